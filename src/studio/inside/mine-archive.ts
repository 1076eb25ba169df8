/** All that `afterglow batch` does, as a job of the studio. */
import { defaultSettings } from '../../config/defaults.ts';
import { freshSeed } from '../../engine/seed.ts';
import { type BatchResult, batch } from '../../palette/batch.ts';
import type { Platform } from '../../platform/platform.ts';
import { noticeWords } from '../../wording/notices.ts';
import { skipWords } from '../../wording/skips.ts';
import { stepWords } from '../../wording/steps.ts';
import type { Outcome } from '../service/jobs.ts';
import { progress } from '../service/run-progress.ts';
import type { Services } from '../service/services.ts';
import { ARCHIVE, EXPORT } from './disk.ts';

/** Names the instruments. */
const PROJECT_NAME = 'afterglow';

/**
 * Begins it; what comes of it is reported as an event.
 * @param seed null: by chance
 * @throws RequestError while another job is under way
 */
export function mineArchive(platform: Platform, services: Services, seed: number | null): void {
  const { jobs, library } = services;
  const job = { kind: 'run', export: library.exportIndexes()[0].facts.id, title: 'your sounds' } as const;
  const work = jobs.start(job, async ({ signal, report }): Promise<Outcome> => {
    const request = {
      exportFolder: EXPORT,
      exportRoot: EXPORT,
      input: ARCHIVE,
      project: PROJECT_NAME,
      settings: defaultSettings(),
      profiles: [],
      seed: seed ?? freshSeed(),
      anySeed: seed === null,
      run: { signal },
      force: false,
    };
    const result = await batch(platform, request, {
      planned: (_, plan) => progress(plan, report),
      analysing: (done, all) => report({ share: done / all, message: `listening: ${done} of ${all}` }),
      stepStarted: (step) => report({ message: step }),
    });
    await library.refresh();
    return outcomeOf(result);
  });
  // Its end is reported to the page.
  work.catch(() => undefined);
}

function outcomeOf({ run, dust, steps, isInterrupted }: BatchResult): Outcome {
  const count = (run?.textures.length ?? 0) + (dust?.textures.length ?? 0);
  const made = count === 1 ? '1 texture' : `${count} textures`;
  const failed = steps.filter(({ outcome }) => outcome === 'failed');
  return {
    message: isInterrupted ? `Stopped; ${made} had been made.` : `Made ${made}.`,
    problems: [
      ...(run?.failed ?? []).map(({ source, message }) => `${source}: ${message}`),
      ...(run?.warnings ?? []).flatMap(({ source, notice }) =>
        source === null ? [] : `${source}: ${noticeWords(notice)}`,
      ),
      ...(count === 0
        ? (run?.skipped ?? []).map(({ source, reason }) => `${source}: ${skipWords(reason)}`)
        : []),
      ...failed.map(({ step, reason }) => `${step}: ${reason && stepWords(reason)}`),
    ],
  };
}
