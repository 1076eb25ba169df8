/**
 * The way from textures to the files of a target, the same for kits and instruments: plan, make the samples, plan again
 * without what could not be had, write what lists them. The folder is one that nobody sees yet: see `whole-folder.ts`.
 */

import { copyFresh } from '../archive/copy-file.ts';
import { makeFolder } from '../archive/make-folder.ts';
import { openSource } from '../archive/source.ts';
import type { Random } from '../dsp/random.ts';
import { frameCount } from '../dsp/sound.ts';
import { type AfterglowError, AudioError, FileSystemError } from '../errors.ts';
import { groupedBy } from '../groups.ts';
import { dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Adaptation } from '../targets/adaptation.ts';
import { fitSound } from '../targets/fit-sound.ts';
import type { LeftOutReason } from '../targets/left-out.ts';
import type { Slot, TargetPlan } from '../targets/plan.ts';
import { mostFrames } from '../targets/shape.ts';
import type { FittedSample, IndexFile, MadeSample, Target, TargetOptions } from '../targets/target.ts';
import { readTexture } from './palette.ts';
import type { KitTexture } from './texture-choice.ts';

/** Samples that lie inside other files wait here until those are written. */
const WAITING = '.waiting';

export interface TargetFolder {
  readonly platform: Platform;
  /** Absolute; it is there. */
  readonly folder: string;
  /** The random numbers for what is made of a texture, by a word for what. */
  readonly randomFor: (texture: KitTexture, what: 'smear' | 'dither') => Random;
  readonly signal: AbortSignal | undefined;
  /** Receives after each sample how many of those that are planned are there, or cannot be had. */
  readonly onSample: (done: number, planned: number) => void;
  /** Textures that could not be had for any target so far, by path. */
  readonly leftOut: Map<string, LeftOutReason>;
  /** Of those that cannot be read, why. */
  readonly unreadable: Map<string, AfterglowError>;
  /** Sample files, by what their slots call them: targets may share them. */
  readonly made: Map<string, MadeFile>;
}

interface MadeFile {
  readonly samples: readonly MadeSample<KitTexture>[];
  /** Absolute: what was written for it. */
  readonly written: readonly string[];
}

/** A target with what it is asked. */
export interface TargetWork<Options extends TargetOptions, Plan extends TargetPlan<KitTexture>> {
  readonly target: Target<Options>;
  readonly options: Options;
  /** Its plan without some textures. */
  plan(leftOut: ReadonlyMap<string, LeftOutReason>): Plan;
}

export interface TargetFiles<Plan> {
  /** What holds: all that it plans is made. */
  readonly plan: Plan;
  /** In the plan's order. */
  readonly samples: readonly MadeSample<KitTexture>[];
  readonly index: readonly IndexFile[];
}

/** A folder for the files of one target or several. */
export function openTargetFolder(
  given: Pick<TargetFolder, 'platform' | 'folder' | 'randomFor' | 'signal' | 'onSample'>,
): TargetFolder {
  return { ...given, leftOut: new Map(), unreadable: new Map(), made: new Map() };
}

/**
 * Writes the files of a target.
 * @throws DiskFullError, NotAllowedError, FileSystemError, LimitError; what the target throws; the signal's reason
 */
export async function writeTarget<Options extends TargetOptions, Plan extends TargetPlan<KitTexture>>(
  work: TargetWork<Options, Plan>,
  into: TargetFolder,
): Promise<TargetFiles<Plan>> {
  const { target, options } = work;
  const plan = await makeSamples(work, into);
  const byPath = new Map(
    plan.slots
      .flatMap(({ file }) => into.made.get(file)!.samples)
      .map((sample) => [sample.slot.texture.path, sample]),
  );
  const samples = plan.slots.map(({ texture }) => byPath.get(texture.path)!);
  const read = (file: string) => readSample(file, plan.slots.length, into);
  const index = await target.index(samples, options, read);
  for (const { path, contents } of index) await writeContents(into, path, contents);
  await into.platform.files.removeTree(join(into.folder, WAITING));
  return { plan, samples, index };
}

/** Makes what is planned, and plans again without what could not be had, until all that is planned is made. */
async function makeSamples<Options extends TargetOptions, Plan extends TargetPlan<KitTexture>>(
  work: TargetWork<Options, Plan>,
  into: TargetFolder,
): Promise<Plan> {
  const own = new Set<string>();
  for (;;) {
    const plan = work.plan(into.leftOut);
    const files = groupedBy<Slot<KitTexture>, string>(plan.slots, ({ file }) => file);
    // What an earlier plan had under this name, and the new one has under another or not at all.
    for (const file of own) if (!holds(into.made.get(file), files.get(file))) await discard(file, into);
    const missing = [...files].filter(([file, slots]) => !holds(into.made.get(file), slots));
    if (missing.length === 0) return plan;
    let done = plan.slots.length - missing.flatMap(([, slots]) => slots).length;
    for (const [file, slots] of missing) {
      into.signal?.throwIfAborted();
      const made = await makeFile(file, slots, work, into);
      own.add(file);
      if (made) {
        into.made.set(file, made);
        done += slots.length;
      }
      if (!made || made.written.length > 0) into.onSample(done, plan.slots.length);
    }
  }
}

/** Whether a file holds just the textures of these slots. */
function holds(made: MadeFile | undefined, slots: readonly Slot<KitTexture>[] = []): boolean {
  if (made?.samples.length !== slots.length) return false;
  return made.samples.every(({ slot }, i) => slot.texture.path === slots[i].texture.path);
}

async function discard(file: string, { platform, made }: TargetFolder): Promise<void> {
  for (const path of made.get(file)?.written ?? []) await platform.files.remove(path);
  made.delete(file);
}

/** Null where one of its textures cannot be had, which is noted. */
async function makeFile<Options extends TargetOptions>(
  file: string,
  slots: readonly Slot<KitTexture>[],
  { target, options }: Pick<TargetWork<Options, never>, 'target' | 'options'>,
  into: TargetFolder,
): Promise<MadeFile | null> {
  const home = target.samples === 'files' ? into.folder : join(into.folder, WAITING);
  const [first] = slots;
  if (first.shape === null)
    return takeFile(first, target.samples === 'files' ? join(home, file) : null, into);
  const fitted: Fitted[] = [];
  for (const slot of slots) {
    const one = await fitTexture(slot, into);
    if (one === null) return null;
    fitted.push(one);
  }
  const written: string[] = [];
  for (const { path, bytes } of await target.encode!(fitted, options)) {
    written.push(join(home, path));
    await makeFolder(into.platform, dirname(join(home, path)));
    await into.platform.files.write(join(home, path), bytes);
  }
  return { samples: fitted.map(({ sample }) => sample), written };
}

/** A texture as its file is, copied where it is to be a file of its own; null where it cannot be read. */
async function takeFile(
  slot: Slot<KitTexture>,
  copy: string | null,
  into: TargetFolder,
): Promise<MadeFile | null> {
  const { texture } = slot;
  const extent = await orNoted(texture, into, () => extentOf(into.platform, texture.file));
  if (extent === null) return null;
  if (copy !== null) {
    await makeFolder(into.platform, dirname(copy));
    await copyFresh(into.platform, texture.file, copy);
  }
  const sample = { slot, ...extent, bitDepth: texture.bitDepth, adaptations: [] };
  return { samples: [sample], written: copy === null ? [] : [copy] };
}

/** How long a sound is, its file says; the manifest rounds. */
async function extentOf(platform: Platform, path: string) {
  const source = await openSource(platform, path);
  const { frameCount, sampleRate, channelCount } = source;
  await source.close();
  return { frameCount, sampleRate, channelCount };
}

interface Fitted extends FittedSample {
  readonly sample: MadeSample<KitTexture>;
}

/** Null where its sound cannot be read or fitted. */
async function fitTexture(slot: Slot<KitTexture>, into: TargetFolder): Promise<Fitted | null> {
  const { texture } = slot;
  const shape = slot.shape!;
  const sound = await orNoted(texture, into, () => readTexture(into.platform, texture));
  if (sound === null) return null;
  const fitted = fitSound(sound, texture.loops, shape, into.randomFor(texture, 'smear'));
  const leaveOut = (reason: LeftOutReason) => {
    into.leftOut.set(texture.path, reason);
    return null;
  };
  if ('leftOut' in fitted) return leaveOut(fitted.leftOut);
  const frames = frameCount(fitted.sound);
  if (frames > mostFrames(texture, shape)) return leaveOut({ code: 'longer-than-listed' });
  const sample: MadeSample<KitTexture> = {
    slot,
    frameCount: frames,
    sampleRate: shape.sampleRate,
    bitDepth: shape.bitDepth,
    channelCount: fitted.sound.channels.length,
    adaptations: [...fitted.adaptations, ...depthChange(texture.bitDepth, shape.bitDepth)],
  };
  return { slot, sound: fitted.sound, random: into.randomFor(texture, 'dither'), sample };
}

function depthChange(fromBits: number, toBits: number): Adaptation[] {
  return fromBits > toBits ? [{ code: 'depth-reduced', fromBits, toBits }] : [];
}

/** What is read of a texture, or null, and why is noted; what ails the disk as a whole is thrown. */
async function orNoted<T>(
  { path }: KitTexture,
  { leftOut, unreadable }: TargetFolder,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AudioError || error instanceof FileSystemError)) throw error;
    leftOut.set(path, { code: 'unreadable', message: error.message });
    unreadable.set(path, error);
    return null;
  }
}

/** The bytes of a sample that lies inside an index file, or beside it. */
async function readSample(file: string, planned: number, into: TargetFolder): Promise<Uint8Array> {
  into.signal?.throwIfAborted();
  const { samples, written } = into.made.get(file)!;
  if (written.length > 0) return into.platform.files.read(written[0]);
  const bytes = await into.platform.files.read(samples[0].slot.texture.file);
  into.onSample(planned, planned);
  return bytes;
}

async function writeContents(
  { platform, folder }: TargetFolder,
  path: string,
  contents: IndexFile['contents'],
): Promise<void> {
  const file = join(folder, path);
  await makeFolder(platform, dirname(file));
  await platform.files.write(
    file,
    typeof contents === 'string' ? new TextEncoder().encode(contents) : contents,
  );
}
