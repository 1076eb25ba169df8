/**
 * One task, start to end: read → analyse → make → finish → write. Runs in a worker, or in the caller's
 * own thread for tests and small programs.
 */

import type { Analysis } from '../analysis/analysis.ts';
import { isClearKey } from '../analysis/transposition.ts';
import { isVideoName } from '../archive/file-kinds.ts';
import { type OpenedSource, openSource } from '../archive/source.ts';
import type { Families, Settings } from '../config/settings.ts';
import type { SoundReader } from '../dsp/sound.ts';
import { UnsupportedFormatError } from '../errors.ts';
import type { MakerDefinition } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOfMaker, type MakerReason, makerOf } from '../families/lookup.ts';
import { isTexture, isUnwanted, type Made, type Material, type Unwanted } from '../families/texture.ts';
import type { Platform } from '../platform/platform.ts';
import { assignPaths } from './assign-paths.ts';
import type { SkippedNote } from './cache.ts';
import type { Emit } from './events.ts';
import type { ExportLocation } from './export-location.ts';
import { failureOf } from './failure.ts';
import { type LayerSilent, makeLayered } from './lay.ts';
import { make } from './makers.ts';
import { analyseMaterial } from './material.ts';
import { fileNotices, type SourceNotice, stereoNotice } from './notice.ts';
import { randomFor } from './random-for.ts';
import { ExportUnwritable, type SaveContext, saveTexture } from './save-texture.ts';
import { SILENT_POWER } from './silent.ts';
import type { SourceReason } from './skip-reason.ts';
import { openSourceMemory, type SourceMemory } from './source-memory.ts';
import type { Task } from './task.ts';
import { type TooShort, tooShort } from './too-short.ts';
import { emptyDraft } from './unit-draft.ts';
import { reportAgain } from './up-to-date.ts';

/** One task, and what goes for all of a run. */
export interface Excavation {
  readonly task: Task;
  readonly location: ExportLocation;
  /** In the caller's own thread alone: definitions hold functions, which cannot be sent to another. */
  readonly families?: Families;
  /** See `RunOptions.impresses`; then its file has been begun. */
  readonly impresses?: boolean;
}

/** Asked between textures and while analysing; true ends the task early, with what is written so far. */
export type StopRequested = () => boolean;

/** Thrown through the analysis to end it early; never leaves this file. */
class Stopped extends Error {}

/** One task being done. */
interface Run extends Required<Excavation> {
  readonly platform: Platform;
  readonly memory: SourceMemory;
  readonly emit: Emit;
  readonly stopRequested: StopRequested;
}

/**
 * Excavates one source. Whatever goes wrong with it is an event, never an exception; `source-done` is
 * always the last event.
 */
export async function excavate(
  platform: Platform,
  { task, location, families = FAMILIES, impresses = false }: Excavation,
  emit: Emit,
  stopRequested: StopRequested,
): Promise<void> {
  const { source } = task;
  emit({ kind: 'source-started', source, makings: task.makers });
  const memory = await openSourceMemory(platform, task, location, families);
  const run: Run = { platform, task, location, families, impresses, memory, emit, stopRequested };
  const found: SourceNotice[] = [];
  let opened: OpenedSource | null = null;
  const warnings = () => [...found, ...fileNotices(opened?.warnings ?? [])];
  try {
    if (task.path === null) {
      await makeAll(run, null, warnings);
    } else {
      opened = await openSource(platform, task.path);
      const analysed = await analyseSource(opened, run);
      found.push(...analysed.warnings);
      if (analysed.material) await makeAll(run, analysed.material, warnings);
      else await rememberUnusable(run, analysed.skipped, warnings());
    }
  } catch (error) {
    const reason = task.path === null ? null : silentVideo(task.path, error);
    if (error instanceof ExportUnwritable) emit({ kind: 'export-failed', source, ...error.problem });
    else if (reason !== null) emit({ kind: 'passed-over', source, family: null, variant: null, reason });
    else if (!(error instanceof Stopped)) emit(failureOf(task.source, error));
  } finally {
    for (const notice of fileNotices(opened?.warnings ?? [])) emit({ kind: 'warning', source, notice });
    await opened?.close();
    emit({ kind: 'source-done', source });
  }
}

/** What the analysis found in a source: material, or why it holds nothing to work with. */
type Analysed = { readonly warnings: readonly SourceNotice[] } & (
  | { readonly material: Material }
  | { readonly material: null; readonly skipped: SkippedNote }
);

/** Analyses a source. What is odd about it, or that it cannot be used, is an event too. */
async function analyseSource(
  opened: OpenedSource,
  { task: { name, source, settings, makers }, families, emit, stopRequested }: Run,
): Promise<Analysed> {
  const material = await analyseMaterial(opened, name, settings, progressOf(source, emit, stopRequested));
  const { analysis } = material;
  emit({ kind: 'analysed', source, durationSec: analysis.frameCount / analysis.sampleRate });
  const pitched = makers.some((makerId) => familyOfMaker(makerId, families).pitch === 'tones');
  const isUnmoved = pitched && settings.musicality.target_key !== null && !isClearKey(analysis.key);
  const stereo = stereoNotice(analysis.stereoFault);
  const warnings: SourceNotice[] = stereo ? [stereo] : [];
  if (isUnmoved) warnings.push({ code: 'key-not-clear' });
  for (const notice of warnings) emit({ kind: 'warning', source, notice });
  const reason = unusable(
    analysis,
    makers.map((makerId) => makerOf(makerId, families)),
  );
  if (!reason) return { warnings, material };
  const skipped = { family: null, variant: null, reason };
  emit({ kind: 'passed-over', source, ...skipped });
  return { warnings, material: null, skipped };
}

/** Reports how far an analysis is, and ends it where that is asked. */
function progressOf(source: string, emit: Emit, stopRequested: StopRequested) {
  return (share: number) => {
    if (stopRequested()) throw new Stopped();
    emit({ kind: 'analysing', source, share });
  };
}

async function rememberUnusable(
  { task, memory }: Run,
  skipped: SkippedNote,
  warnings: readonly SourceNotice[],
): Promise<void> {
  for (const makerId of task.makers) {
    await memory.remember(makerId, task.seed, { ...emptyDraft(), passedOver: [skipped] }, warnings);
  }
}

/** Everything that the task asks for and that is not there already. @param warnings those of the source, so far */
async function makeAll(run: Run, material: Material | null, warnings: () => SourceNotice[]): Promise<void> {
  const { platform, task, location, families, impresses, memory, emit, stopRequested } = run;
  const { source, settings, earlier, layers } = task;
  const content = await memory.content();
  const places = assignPaths();
  const ending = endingBetween(material, stopRequested);
  for (const makerId of task.makers) {
    if (stopRequested()) throw new Stopped();
    const kept = earlier?.kept.find(({ unit }) => unit.making === makerId);
    if (kept && places.giveAgain(kept.unit.wanted, kept.unit.given)) {
      reportAgain(kept, source, emit);
      continue;
    }
    const seed = kept?.unit.seed ?? earlier?.seeds[makerId] ?? task.seed;
    const draft = emptyDraft();
    const maker = makerOf(makerId, families);
    const analysis = material?.analysis ?? null;
    const context = { location, analysis, makerId, content, places, draft, families, impresses };
    const to = { ...context, task: { ...task, seed } };
    const makeAndSave = async () => {
      const made =
        maker.input === 'textures'
          ? makeLayered(platform, maker, layers!, settings, seed, families, ending.assertGoesOn)
          : make(makerId, ending.material, settings, randomFor(seed, content, makerId), families);
      await saveAll(platform, made, to, emit, ending);
    };
    if (await carryOn(task, emit, makeAndSave)) await memory.remember(makerId, seed, draft, warnings());
    emit({ kind: 'making-done', source, making: makerId });
  }
}

/** What may keep a maker from something. */
type SkipReasonOfMaker = MakerReason | TooShort | LayerSilent;

/** Saves what a maker makes, texture by texture. */
async function saveAll(
  platform: Platform,
  made: AsyncIterable<Made<SkipReasonOfMaker> | Unwanted>,
  to: SaveContext,
  emit: Emit,
  { assertGoesOn, afterOne }: Ending,
): Promise<void> {
  for await (const each of made) {
    assertGoesOn();
    if (isTexture(each)) {
      await saveTexture(platform, each, to, emit);
    } else if (!isUnwanted(each)) {
      const skipped = { variant: null, ...each };
      to.draft.passedOver.push(skipped);
      emit({ kind: 'passed-over', source: to.task.source, ...skipped });
    }
    afterOne();
  }
}

/** How a maker's work ends early: between two textures, and not behind its last one, so that a unit that is whole is remembered. */
interface Ending {
  /** Once it is to end, nothing more is read of it: a maker that reads for each texture does not begin the next. */
  readonly material: Material | null;
  /** @throws Stopped once it is to end */
  assertGoesOn(): void;
  /** Called when a texture has been dealt with. */
  afterOne(): void;
}

function endingBetween(material: Material | null, stopRequested: StopRequested): Ending {
  let isEnding = false;
  const assertGoesOn = () => {
    if (isEnding) throw new Stopped();
  };
  const read: SoundReader['read'] = async (...range) => {
    assertGoesOn();
    return material!.reader.read(...range);
  };
  return {
    material: material && { ...material, reader: { ...material.reader, read } },
    assertGoesOn,
    afterOne() {
      isEnding = stopRequested();
    },
  };
}

/** Does the work of one maker; its failure is an event, and the other makers go on. @returns whether it was done */
async function carryOn(task: Task, emit: Emit, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Stopped || error instanceof ExportUnwritable) throw error;
    emit(failureOf(task.source, error));
    return false;
  }
}

/** Why a video gives no sound; null where the error is about something else. Nobody put it there to be mined. */
function silentVideo(path: string, error: unknown): SourceReason | null {
  if (!(error instanceof UnsupportedFormatError) || !isVideoName(path)) return null;
  // Only what could not be asked has a cause.
  return { code: error.cause === undefined ? 'video-without-sound' : 'video-needs-ffmpeg' };
}

/** Why nothing at all can be made of a source, or null. */
function unusable(analysis: Analysis, makers: readonly MakerDefinition<Settings>[]): SourceReason | null {
  const { power, cellCount, gain } = analysis;
  const short = makers.map((maker) => tooShort(analysis, maker));
  if (!short.includes(null)) return short[0];
  let loudest = 0;
  for (let cell = 0; cell < cellCount; cell++) loudest = Math.max(loudest, power[cell]);
  return loudest < SILENT_POWER * gain * gain ? { code: 'silent' } : null;
}
