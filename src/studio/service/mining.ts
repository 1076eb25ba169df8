/** All that `afterglow batch` does up to the choice, as a job of the studio. */
import { defaultSettings } from '../../config/defaults.ts';
import { writeDemoArchive } from '../../engine/demo/archive.ts';
import { literalGlob } from '../../engine/only.ts';
import { freshSeed } from '../../engine/seed.ts';
import { type BatchResult, batch } from '../../palette/batch.ts';
import type { BatchStep } from '../../palette/step-outcome.ts';
import { basename, isAbsolute, join } from '../../paths.ts';
import { counted } from '../../wording/counted.ts';
import { stepWords } from '../../wording/steps.ts';
import type { MineRequest } from '../protocol.ts';
import type { ExportIndex } from './export-index.ts';
import type { Jobs, Outcome } from './jobs.ts';
import type { Library } from './library.ts';
import { notMadeReasons } from './not-made.ts';
import { badRequest } from './request-error.ts';
import { runProblems } from './run-problems.ts';
import { countMade, progress } from './run-progress.ts';
import type { StudioMachine } from './studio-machine.ts';

/** Names what is made of a whole archive. */
const PROJECT_NAME = 'afterglow';
/** In the export folder: the sounds of the demo, which are made in code. */
const DEMO_FOLDER = '_demo';
/** The seed of the demo, so that everybody hears the same. */
const DEMO_SEED = 7;
/** Complaints that are shown at once; more would push the palette off the page. */
const MOST_PROBLEMS = 6;

/** Sounds that are to be mined, and into which export. */
interface Heap {
  readonly exportIndex: ExportIndex;
  /** What it is done of, in words. */
  readonly title: string;
  /** The folder of sounds, absolute, once they are there. */
  input(): Promise<string>;
  /** Null: by chance. */
  readonly seed: number | null;
  /** What of it is mined, by paths in the folder; null: all. */
  readonly only: readonly string[] | null;
  /** What is wrong with what lies beside it, in sentences. */
  readonly problems?: readonly string[];
}

type Miner = Pick<StudioMachine, 'platform' | 'runJobs'> & { readonly jobs: Jobs; readonly library: Library };

/** Mines a folder into an export, and shows it. @throws RequestError while another job goes on */
export function mineFolder({ platform, runJobs, jobs, library }: Miner, heap: Heap): Promise<Outcome> {
  const { exportIndex, title, seed, only, problems = [] } = heap;
  const { exportFolder, exportRoot } = exportIndex;
  return jobs.start(
    { kind: 'run', export: exportIndex.facts.id, title },
    async ({ signal, report }): Promise<Outcome> => {
      const before = pathsIn(exportIndex);
      const hasDust = [...exportIndex.textures.values()].some(({ shown }) => shown.family === 'dust');
      const made = countMade((path) => !before.has(path));
      const request = {
        exportFolder,
        exportRoot,
        project: PROJECT_NAME,
        profiles: [],
        force: false,
        input: await heap.input(),
        settings: defaultSettings(),
        // The page makes what somebody asks for.
        withProducts: false,
        seed: seed ?? freshSeed(),
        anySeed: seed === null,
        ...(only === null ? {} : { only: only.map(literalGlob) }),
        run: { signal, ...(runJobs === undefined ? {} : { jobs: runJobs }) },
      };
      const result = await batch(platform, request, {
        planned(step, plan) {
          if (step !== 'dust') return progress(plan, report, made);
          const what = hasDust ? DUST_AGAIN : STEP_WORDS.dust;
          return progress(plan, (change) => report(headed(change, what)), made);
        },
        analysing: (done, all) => report({ share: done / all, message: `listening: ${done} of ${all}` }),
        stepStarted: (step) => report({ message: STEP_WORDS[step] }),
      });
      await library.refresh();
      const now = pathsIn(library.exportIndex(exportIndex.facts.id));
      const count = [...now].filter((path) => !before.has(path)).length;
      return outcomeOf(result, count, only, problems);
    },
  );
}

/** What is being done, as one says it. */
const STEP_WORDS: Readonly<Record<BatchStep, string>> = {
  excavate: 'making textures',
  dust: 'laying dust',
  curate: 'choosing the best',
  kit: 'making a kit',
  instruments: 'making instruments',
  report: 'writing the report',
};

/** Dust lies over other textures: where there are more of them it is another, and its drops go and come back. */
const DUST_AGAIN = 'laying dust again, in place of the former';

/** Progress that says what is done before it says of what. */
function headed<Change extends { readonly message?: string }>(change: Change, what: string): Change {
  return change.message === undefined ? change : { ...change, message: `${what}: ${change.message}` };
}

export interface Mining {
  /** Begins to mine a folder, or the demo's sounds. @throws RequestError */
  start(request: MineRequest): void;
}

export function openMining(miner: Miner): Mining {
  return {
    start({ export: id, folder }) {
      const exportIndex = miner.library.exportIndex(id);
      if (folder !== null && !isAbsolute(folder)) {
        throw badRequest('Name the folder from its root on, such as “/home/me/music”.');
      }
      const heap: Heap =
        folder === null
          ? {
              exportIndex,
              title: 'the demo’s sounds',
              seed: DEMO_SEED,
              only: null,
              async input() {
                const archive = join(exportIndex.exportFolder, DEMO_FOLDER);
                await writeDemoArchive(miner.platform, archive);
                return archive;
              },
            }
          : {
              exportIndex,
              title: basename(folder),
              seed: null,
              only: null,
              input: async () => folder,
            };
      // Its end is reported to the page.
      mineFolder(miner, heap).catch(() => undefined);
    },
  };
}

function pathsIn({ textures }: ExportIndex): ReadonlySet<string> {
  return new Set([...textures.values()].map(({ shown }) => shown.path));
}

/** @param count of textures that were not there before: dust is laid again over all */
function outcomeOf(
  { plan, run, dust, steps, isInterrupted }: BatchResult,
  count: number,
  only: readonly string[] | null,
  beside: readonly string[],
): Outcome {
  const made = counted(count, 'texture');
  const problems = [
    ...beside,
    ...(run === null ? [] : runProblems(run, plan.exportFolder)),
    ...steps
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ step, reason }) => `${step}: ${reason && stepWords(reason)}`),
  ];
  const notMade = notMadeReasons(run?.skipped ?? [], plan.tasks);
  // Of what was made before it is known why it was no more.
  const isKnown = only !== null && (run?.sourcesUpToDate ?? 0) > 0;
  const isUnexplained = problems.length === 0 && (notMade.length === 0 || isKnown);
  const isMute = count === 0 && isUnexplained && !isInterrupted;
  const each = isMute ? [nothingWords(only)] : [...new Set(problems)];
  const more = each.length - MOST_PROBLEMS;
  return {
    message: `${isInterrupted ? `Stopped; ${made} had been made.` : `Made ${made}.`}${dustWords(dust?.replaced ?? 0)}`,
    problems: more > 0 ? [...each.slice(0, MOST_PROBLEMS), `And ${more} more like these.`] : each,
    notMade,
    isStopped: isInterrupted,
  };
}

/** @param replaced textures of dust that took the place of former ones */
function dustWords(replaced: number): string {
  return replaced === 0
    ? ''
    : ` Dust was laid again, ${counted(replaced, 'texture')} in place of former ones.`;
}

/** Why nothing was made, where no source has anything to say. */
function nothingWords(only: readonly string[] | null): string {
  return only !== null
    ? 'All of it was here already.'
    : 'There is no sound in it that can be read, or all was made before.';
}
