/** All that `afterglow batch` does up to the choice, as a job of the studio. */
import { defaultSettings } from '../../config/defaults.ts';
import { freshSeed } from '../../engine/seed.ts';
import { type BatchResult, batch } from '../../palette/batch.ts';
import type { Platform } from '../../platform/platform.ts';
import { counted } from '../../wording/counted.ts';
import { noticeWords } from '../../wording/notices.ts';
import { skipWords } from '../../wording/skips.ts';
import { stepWords } from '../../wording/steps.ts';
import type { Outcome } from '../service/jobs.ts';
import { progress } from '../service/run-progress.ts';
import type { Services } from '../service/services.ts';
import { ARCHIVE, EXPORT } from './disk.ts';

/** Names what is made of the whole archive. */
const PROJECT_NAME = 'afterglow';
/** Complaints that are shown at once; more would push the palette off the page. */
const MOST_PROBLEMS = 6;

export interface Mining {
  /**
   * Mines the archive, or does so once what is under way is finished.
   * @param added what is new in it: of the rest nobody hears again what is wrong with it
   */
  mine(added: readonly string[]): void;
}

/** @param seed null: by chance */
export function openMining(platform: Platform, services: Services, seed: number | null): Mining {
  const { jobs, library } = services;
  /** What came while something else was being made. */
  let waiting: string[] = [];
  const mine = (added: readonly string[]): void => {
    if (jobs.current() !== null) {
      waiting.push(...added);
      setTimeout(next, WAIT_MS);
      return;
    }
    const job = { kind: 'run', export: library.exportIndexes()[0].facts.id, title: 'your sounds' } as const;
    const work = jobs.start(job, async ({ signal, report }): Promise<Outcome> => {
      const result = await batch(platform, requestOf(seed, signal), {
        planned: (_, plan) => progress(plan, report),
        analysing: (done, all) => report({ share: done / all, message: `listening: ${done} of ${all}` }),
        stepStarted: (step) => report({ message: step }),
      });
      await library.refresh();
      return outcomeOf(result, new Set(added));
    });
    // Its end is reported to the page.
    work.catch(() => undefined);
  };
  const next = (): void => {
    if (waiting.length === 0) return;
    const added = waiting;
    waiting = [];
    mine(added);
  };
  return { mine };
}

/** How often it is looked whether what is under way is finished, ms. */
const WAIT_MS = 500;

function requestOf(seed: number | null, signal: AbortSignal) {
  return {
    exportFolder: EXPORT,
    exportRoot: EXPORT,
    input: ARCHIVE,
    project: PROJECT_NAME,
    settings: defaultSettings(),
    profiles: [],
    // They would double what lies in memory; the page makes what somebody asks for.
    withProducts: false,
    seed: seed ?? freshSeed(),
    anySeed: seed === null,
    run: { signal },
    force: false,
  };
}

function outcomeOf({ run, dust, steps, isInterrupted }: BatchResult, added: ReadonlySet<string>): Outcome {
  const count = (run?.textures.length ?? 0) + (dust?.textures.length ?? 0);
  const made = counted(count, 'texture');
  const ofNew = ({ source }: { readonly source: string | null }) => source !== null && added.has(source);
  const problems = [
    ...(run?.failed ?? []).filter(ofNew).map(({ source, message }) => `${source}: ${message}`),
    ...(run?.warnings ?? []).filter(ofNew).map(({ source, notice }) => `${source}: ${noticeWords(notice)}`),
    // Where something was made, nobody asks what was not.
    ...(count > 0 ? [] : (run?.skipped ?? []))
      .filter(ofNew)
      .map(({ source, reason }) => `${source}: ${skipWords(reason)}`),
    ...steps
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ step, reason }) => `${step}: ${reason && stepWords(reason)}`),
  ];
  const each = [...new Set(problems)];
  const more = each.length - MOST_PROBLEMS;
  return {
    message: isInterrupted ? `Stopped; ${made} had been made.` : `Made ${made}.`,
    problems: more > 0 ? [...each.slice(0, MOST_PROBLEMS), `And ${more} more like these.`] : each,
  };
}
