/** Making from the page: a phase on a source with other settings, by the engine's own plan and run. */
import type { Settings } from '../../config/settings.ts';
import { checkHeaders } from '../../engine/check-headers.ts';
import { literalGlob } from '../../engine/only.ts';
import { plan } from '../../engine/plan.ts';
import { run } from '../../engine/run.ts';
import { freshSeed } from '../../engine/seed.ts';
import type { Plan } from '../../engine/task.ts';
import { AfterglowError } from '../../errors.ts';
import { FAMILIES } from '../../families/index.ts';
import { familiesOfPhase, phaseIds, phasesOf } from '../../families/lookup.ts';
import { type OwnProject, projectOf } from '../../palette/origin-project.ts';
import type { Platform } from '../../platform/platform.ts';
import { readable } from '../../report/title.ts';
import { counted } from '../../wording/counted.ts';
import type { PhasesAnswer, RunRequest } from '../protocol.ts';
import type { ExportIndex } from './export-index.ts';
import type { Jobs } from './jobs.ts';
import type { Library } from './library.ts';
import { badRequest } from './request-error.ts';
import { outcomeOf } from './run-outcome.ts';
import { progress } from './run-progress.ts';
import { changedSettings, makersIn, type Phase, settingsOf } from './run-settings.ts';
import type { StudioMachine } from './studio-machine.ts';

export interface Runs {
  phases(exportId: string): Promise<PhasesAnswer>;
  /** Begins a run; new textures lie beside protected ones. @throws RequestError; ConfigError that says what is wrong with the settings */
  start(request: RunRequest): Promise<void>;
}

export function openRuns(
  { platform, runJobs, say }: Pick<StudioMachine, 'platform' | 'runJobs' | 'say'>,
  library: Library,
  jobs: Jobs,
  own: OwnProject,
): Runs {
  return {
    async phases(exportId) {
      try {
        const request = await requestOf(platform, library.exportIndex(exportId), own);
        const planned = await plan(platform, { ...request, seed: 1, phases: phaseIds() });
        const { tasks } = (await checkHeaders(platform, planned)).plan;
        const phases = phasesOf<Settings>(FAMILIES).map((phase) =>
          shownPhase(phase, tasks, request.settings),
        );
        return { problem: null, phases };
      } catch (error) {
        if (!(error instanceof AfterglowError)) throw error;
        return { problem: say(error.message), phases: [] };
      }
    },
    async start({ export: exportId, phase: asked, source, settings: changes, seed }) {
      const exportIndex = library.exportIndex(exportId);
      const phase = phasesOf<Settings>(FAMILIES).find(({ id }) => id === asked);
      if (!phase) throw badRequest(`There is no phase “${asked}”.`);
      const request = await requestOf(platform, exportIndex, own);
      const settings = changedSettings(request.settings, changes, phase);
      const wanted = seed ?? settings.reproducibility.random_seed;
      const planned = await plan(platform, {
        ...request,
        settings,
        seed: wanted ?? freshSeed(),
        anySeed: wanted === null,
        phases: [phase.id],
        ...(source === null ? {} : { only: literalGlob(source) }),
      });
      if (planned.tasks.length === 0) throw badRequest(nothingToDo(planned, phase, source));
      const from = source === null ? counted(planned.tasks.length, 'source') : readable(source);
      const title = `${phase.title} from ${from}`;
      const work = jobs.start({ kind: 'run', export: exportId, title }, async ({ signal, report }) => {
        const result = await run(platform, planned, {
          ...(runJobs === undefined ? {} : { jobs: runJobs }),
          // What somebody kept or changed stays, and what was asked for is made all the same.
          exportRoot: exportIndex.exportRoot,
          beside: true,
          signal,
          onEvent: progress(planned, report),
        });
        await library.refresh();
        return outcomeOf(result, planned);
      });
      // Its end is reported to all pages.
      work.catch(() => undefined);
    },
  };
}

/** The project that made an export, its settings writing into that export; of a batch the unsorted archive. */
async function requestOf(platform: Platform, { exportFolder }: ExportIndex, own: OwnProject) {
  const { folder, settings, isUnsorted } = await projectOf(platform, exportFolder, own);
  const paths = { ...settings.paths, export_dir: exportFolder };
  return { projectFolder: folder, settings: { ...settings, paths }, ...(isUnsorted ? { from: folder } : {}) };
}

/** @param tasks of a plan of all phases */
function shownPhase(phase: Phase, tasks: Plan['tasks'], settings: Settings): PhasesAnswer['phases'][number] {
  const makers = makersIn(phase).map(({ id }) => id);
  return {
    phase: phase.id,
    title: phase.title,
    families: familiesOfPhase<Settings>(phase.id, FAMILIES).map(({ id }) => id),
    settings: settingsOf(phase, settings),
    sources: tasks
      .filter((task) => task.makers.some((id) => makers.includes(id)))
      .map(({ name }) => ({ name, title: readable(name) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function nothingToDo({ problems }: Plan, phase: Phase, source: string | null): string {
  if (problems.length > 0) return problems[0].message;
  const { title } = phase;
  return source === null
    ? `There is nothing to make ${title} from; its folder in the project is empty.`
    : `There is no source “${source}” to make ${title} from any more.`;
}
