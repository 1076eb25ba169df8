/** The steps of a batch that work on the finished export: curate, kits, instruments, report. */

import { KITS_FOLDER } from '../engine/export-folder.ts';
import { type Helpers, withHelpers } from '../engine/helpers.ts';
import { FAMILIES } from '../families/index.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256Of } from '../platform/sha256.ts';
import { kitFolderName } from '../targets/device-names.ts';
import type { Profile } from '../targets/profile.ts';
import {
  type BatchKit,
  type BatchListener,
  type BatchProducts,
  type BatchRequest,
  NOTHING,
} from './batch-request.ts';
import { type Course, doStep } from './batch-steps.ts';
import { CURATED_FOLDER, curate, selectionFacts } from './curate.ts';
import { BATCH_FORMATS, writeInstruments } from './instrument.ts';
import { kitFacts, makeKit } from './kit.ts';
import { pageParts } from './page-parts.ts';
import { writeReport } from './report.ts';
import { type StepInputs, stepInputs } from './step-inputs.ts';

const REPORT_FILE = 'report.html';

/** A batch whose export is finished. */
interface Finished {
  readonly platform: Platform;
  readonly request: BatchRequest;
  readonly course: Course;
  readonly inputs: () => Promise<StepInputs>;
  readonly helpers: Helpers;
  readonly progress: (done: number, all: number) => void;
}

/** Curates, and makes kits, instruments and report, as far as each can be done and is not there. */
export async function makeOfExport(
  platform: Platform,
  profiles: readonly Profile[],
  request: BatchRequest,
  listener: BatchListener,
  course: Course,
): Promise<BatchProducts> {
  const { exportFolder, families = FAMILIES } = request;
  const { jobs, signal } = request.run;
  const progress = (done: number, all: number) => listener.progress?.(done, all);
  // Asked by the steps, so that what is wrong with the export is their failure.
  let found: Promise<StepInputs> | null = null;
  const inputs = () => {
    found ??= stepInputs(platform, exportFolder, families);
    return found;
  };
  return withHelpers(platform, { jobs, signal }, async (helpers) => {
    const finished = { platform, request, course, inputs, helpers, progress };
    const curated = await curateStep(finished);
    const kits: BatchKit[] = [];
    for (const profile of profiles) {
      const kit = await kitStep(profile, finished);
      if (kit) kits.push({ ...kit, profile });
    }
    if (request.withProducts === false) return { ...NOTHING, curated, kits };
    return {
      curated,
      kits,
      instruments: await instrumentStep(finished),
      report: await reportStep(finished),
    };
  });
}

function curateStep({ platform, request, course, inputs, helpers, progress }: Finished) {
  const { exportFolder, exportRoot, settings, families: known = FAMILIES, run } = request;
  const wanted = { count: settings.curation.per_family, families: null, leastGrade: 'B' } as const;
  return doStep(platform, course, {
    step: 'curate',
    what: CURATED_FOLDER,
    inputs: async () => (await inputs()).ofTextures(wanted),
    make: (place) =>
      curate(
        platform,
        { exportFolder, exportRoot, ...place, dryRun: false, known, ...wanted },
        { signal: run.signal, helpers, onProgress: progress },
      ),
    factsOf: selectionFacts,
    isSound: ({ failed }) => failed.length === 0,
  });
}

function kitStep(profile: Profile, { platform, request, course, inputs, progress }: Finished) {
  const { exportFolder, exportRoot, project, families = FAMILIES, run } = request;
  const name = kitName(project, profile);
  return doStep(platform, course, {
    step: 'kit',
    what: `${KITS_FOLDER}/${name}`,
    inputs: async () => (await inputs()).ofSelection({ profile, name }),
    make: (place) =>
      makeKit(
        platform,
        { exportFolder, exportRoot, profile, name, families, ...place, signal: run.signal },
        progress,
      ),
    factsOf: kitFacts,
    isSound: ({ leftOut }) => leftOut.every(({ reason }) => reason.code !== 'unreadable'),
  });
}

function instrumentStep({ platform, request, course, inputs, progress }: Finished) {
  const { exportFolder, exportRoot, project, families = FAMILIES, instrumentRate, run } = request;
  const wanted = { name: project, formats: BATCH_FORMATS, rate: instrumentRate };
  return doStep(platform, course, {
    step: 'instruments',
    what: `${KITS_FOLDER}/${project}`,
    inputs: async () => (await inputs()).ofSelection(wanted),
    make: (place) =>
      writeInstruments(
        platform,
        { exportFolder, root: exportRoot, families, out: null, ...wanted, ...place, signal: run.signal },
        progress,
      ),
    factsOf: (made) => made,
    isSound: ({ failed }) => failed.length === 0,
  });
}

function reportStep({ platform, request, course, inputs, helpers, progress }: Finished) {
  const { exportFolder, exportRoot, families = FAMILIES, run } = request;
  const previews = 'small';
  return doStep(platform, course, {
    step: 'report',
    what: REPORT_FILE,
    inputs: async () => {
      const page = sha256Of(JSON.stringify(await pageParts(platform)));
      return (await inputs()).ofSelection({ previews, page });
    },
    make: () =>
      writeReport(platform, {
        exportFolder,
        root: exportRoot,
        families,
        path: join(exportFolder, REPORT_FILE),
        previews,
        signal: run.signal,
        helpers,
        onProgress: progress,
      }),
    factsOf: (made) => made,
    isSound: ({ failed }) => failed.length === 0,
  });
}

/** What the folder of a kit may be called, whatever its device can show: that has folders of its own in it. */
const KIT_NAME_RULES = { alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_', longest: 100 };

/** A kit's folder: the project's name, and the device's, in letters without accents. */
export function kitName(project: string, { id }: Pick<Profile, 'id'>): string {
  return kitFolderName(`${project} ${id}`.toUpperCase(), KIT_NAME_RULES);
}
