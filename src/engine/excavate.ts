/**
 * One task, start to end: read → analyse → make → finish → write. Runs in a worker, or in the caller's
 * own thread for tests and small programs.
 */

import type { Analysis } from '../analysis/analysis.ts';
import { isClearKey } from '../analysis/transposition.ts';
import { isVideoName } from '../archive/file-kinds.ts';
import { type OpenedSource, openSource } from '../archive/source.ts';
import { AfterglowError, UnsupportedFormatError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { isTexture, type Made, type Material } from '../textures/texture.ts';
import { assignPaths } from './assign-paths.ts';
import type { PassedOverNote } from './cache.ts';
import { chanceOf } from './chance.ts';
import { makeDust } from './dust.ts';
import type { Emit } from './events.ts';
import type { ExportLocation } from './export-location.ts';
import { make } from './makers.ts';
import { analyseMaterial, materialFor } from './material.ts';
import type { Making } from './phases.ts';
import { ExportRefused, type SaveContext, saveTexture } from './save-texture.ts';
import { SILENT_POWER } from './silent.ts';
import { openSourceMemory, type SourceMemory } from './source-memory.ts';
import { stereoNotice } from './stereo-notice.ts';
import type { Task } from './task.ts';
import { tooShort } from './too-short.ts';
import { emptyDraft } from './unit-draft.ts';
import { reportAgain } from './up-to-date.ts';

/** Asked between textures and while analysing; true ends the task early, with what is written so far. */
export type StopRequested = () => boolean;

/** Thrown through the analysis to end it early; never leaves this file. */
class Stopped extends Error {}

/**
 * Excavates one source. Whatever goes wrong with it is an event, never an exception; `source-done` is
 * always the last event.
 */
export async function excavate(
  platform: Platform,
  task: Task,
  location: ExportLocation,
  emit: Emit,
  stopRequested: StopRequested,
): Promise<void> {
  const { source } = task;
  emit({ kind: 'source-started', source, makings: task.makings });
  const memory = await openSourceMemory(platform, task, location);
  const notices: string[] = [];
  let opened: OpenedSource | null = null;
  const warnings = () => [...notices, ...(opened?.warnings ?? [])];
  try {
    if (task.path === null) {
      await makeAll(platform, task, null, location, memory, warnings, emit, stopRequested);
    } else {
      opened = await openSource(platform, task.path);
      const analysed = await analyseSource(opened, task, emit, stopRequested);
      notices.push(...analysed.warnings);
      if (analysed.material)
        await makeAll(platform, task, analysed.material, location, memory, warnings, emit, stopRequested);
      else await rememberUnusable(task, analysed.passedOver, memory, warnings());
    }
  } catch (error) {
    const reason = task.path === null ? null : silentVideo(task.path, error);
    if (error instanceof ExportRefused) emit({ kind: 'export-failed', source, ...error.refusal });
    else if (reason !== null) emit({ kind: 'passed-over', source, family: null, variant: null, reason });
    else if (!(error instanceof Stopped)) emitFailure(task, error, emit);
  } finally {
    for (const message of opened?.warnings ?? []) emit({ kind: 'warning', source, message });
    await opened?.close();
    emit({ kind: 'source-done', source });
  }
}

/** What was analysed in a source: material, or why it holds nothing to work with. */
type Heard = { readonly warnings: readonly string[] } & (
  | { readonly material: Material }
  | { readonly material: null; readonly passedOver: PassedOverNote }
);

/** Analyses a source. What is odd about it, or that it cannot be used, is an event too. */
async function analyseSource(
  opened: OpenedSource,
  { name, source, settings, makings }: Task,
  emit: Emit,
  stopRequested: StopRequested,
): Promise<Heard> {
  const material = await analyseMaterial(opened, name, settings, hearing(source, emit, stopRequested));
  const { analysis } = material;
  emit({ kind: 'analysed', source, durationSec: analysis.frameCount / analysis.sampleRate });
  const pitched = makings.some((making) => !UNPITCHED.has(making));
  const isAstray = pitched && settings.musicality.target_key !== null && !isClearKey(analysis.key);
  const notices = [stereoNotice(analysis.stereoFault), isAstray ? KEY_NOT_CLEAR : null];
  const warnings = notices.filter((notice) => notice !== null);
  for (const message of warnings) emit({ kind: 'warning', source, message });
  const reason = unusable(analysis, makings);
  if (!reason) return { warnings, material };
  const passedOver = { family: null, variant: null, reason };
  emit({ kind: 'passed-over', source, ...passedOver });
  return { warnings, material: null, passedOver };
}

/** Makings that no key moves. */
const UNPITCHED: ReadonlySet<Making> = new Set(['hiss', 'drums', 'silences']);

/** Tells how far a hearing is, and ends it where that is asked. */
function hearing(source: string, emit: Emit, stopRequested: StopRequested) {
  return (share: number) => {
    if (stopRequested()) throw new Stopped();
    emit({ kind: 'analysing', source, share });
  };
}

const KEY_NOT_CLEAR =
  'its key is not clear, so it stays at its own pitch: musicality.target_key moves what is in a key';

async function rememberUnusable(
  task: Task,
  passedOver: PassedOverNote,
  memory: SourceMemory,
  warnings: readonly string[],
): Promise<void> {
  for (const making of task.makings) {
    await memory.remember(making, task.seed, { ...emptyDraft(), passedOver: [passedOver] }, warnings);
  }
}

/** Everything that the task asks for and that is not there already. @param warnings those of the source, so far */
async function makeAll(
  platform: Platform,
  task: Task,
  material: Material | null,
  location: ExportLocation,
  memory: SourceMemory,
  warnings: () => string[],
  emit: Emit,
  stopRequested: StopRequested,
): Promise<void> {
  const { source, settings, earlier } = task;
  const content = await memory.content();
  const places = assignPaths();
  for (const making of task.makings) {
    if (stopRequested()) throw new Stopped();
    const kept = earlier?.kept.find(({ unit }) => unit.making === making);
    if (kept && places.giveAgain(kept.unit.wanted, kept.unit.given)) {
      reportAgain(kept, source, emit);
      continue;
    }
    const seed = kept?.unit.seed ?? earlier?.seeds[making] ?? task.seed;
    const draft = emptyDraft();
    const to = { task: { ...task, seed }, location, making, content, places, draft };
    const makeAndSave = async () => {
      const analysed = await materialFor(
        platform,
        making,
        material,
        settings,
        hearing(source, emit, stopRequested),
      );
      const analysis = analysed.material?.analysis ?? null;
      try {
        const made =
          making === 'dust'
            ? makeDust(platform, task.layers!, settings, seed)
            : make(making, analysed.material, settings, chanceOf(seed, content, making));
        await saveAll(platform, made, { ...to, analysis }, emit, stopRequested);
      } finally {
        await analysed.close();
      }
    };
    if (await carryOn(task, emit, makeAndSave)) await memory.remember(making, seed, draft, warnings());
    emit({ kind: 'making-done', source, making });
  }
}

/** Deposits what a maker makes. */
async function saveAll(
  platform: Platform,
  made: AsyncIterable<Made> | Iterable<Made>,
  to: SaveContext,
  emit: Emit,
  stopRequested: StopRequested,
): Promise<void> {
  for await (const each of made) {
    if (isTexture(each)) {
      await saveTexture(platform, each, to, emit);
    } else {
      const passedOver = { variant: null, ...each };
      to.draft.passedOver.push(passedOver);
      emit({ kind: 'passed-over', source: to.task.source, ...passedOver });
    }
    if (stopRequested()) throw new Stopped();
  }
}

/** Does the work of one maker; its failure is an event, and the other makers go on. @returns whether it was done */
async function carryOn(task: Task, emit: Emit, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Stopped || error instanceof ExportRefused) throw error;
    emitFailure(task, error, emit);
    return false;
  }
}

/** Why a video gives no sound; null where the error is about something else. Nobody put it there to be mined. */
function silentVideo(path: string, error: unknown): string | null {
  if (!(error instanceof UnsupportedFormatError) || !isVideoName(path)) return null;
  return error.cause === undefined
    ? 'it is a video in which no sound is found'
    : 'it is a video, and its sound is read with ffmpeg, which is not on the PATH; install it, or export the sound as WAV';
}

/** Why nothing at all can be made of a source, or null. */
function unusable(analysis: Analysis, makings: readonly Making[]): string | null {
  const { power, cellCount } = analysis;
  const short = makings.map((making) => tooShort(analysis, making));
  if (!short.includes(null)) return short[0];
  let loudest = 0;
  for (let cell = 0; cell < cellCount; cell++) loudest = Math.max(loudest, power[cell]);
  return loudest < SILENT_POWER ? 'it is silent from start to end; remove it or check the bounce' : null;
}

function emitFailure({ source }: Task, error: unknown, emit: Emit): void {
  if (error instanceof AfterglowError) {
    emit({ kind: 'source-failed', source, code: error.code, message: error.message });
    return;
  }
  const message = `Something unforeseen went wrong (${String(error)}); please report it, with what --verbose says.`;
  const stack = error instanceof Error && error.stack ? { stack: error.stack } : {};
  emit({ kind: 'source-failed', source, code: 'unexpected', message, ...stack });
}
