/** One file of a target's samples: a texture as it is, or what the target makes of fitted sounds. */

import { copyFresh } from '../archive/copy-file.ts';
import { makeFolder } from '../archive/make-folder.ts';
import { openSource } from '../archive/source.ts';
import type { Random } from '../dsp/random.ts';
import { AudioError, FileSystemError } from '../errors.ts';
import { dirname, join } from '../paths.ts';
import type { InTurn } from '../platform/lanes.ts';
import type { Platform } from '../platform/platform.ts';
import type { Levelling } from '../targets/kit-levels.ts';
import type { Slot } from '../targets/plan.ts';
import type { MadeSample, OutputFile, Target, TargetOptions } from '../targets/target.ts';
import { type FittedTextures, levelledSample } from './fitted-textures.ts';
import type { KitTexture } from './texture-choice.ts';
import { assertWhole } from './whole-texture.ts';

/** Samples that lie inside other files wait here until those are written. */
export const WAITING = '.waiting';

/** Where samples are made, and of what. */
export interface SampleMaking {
  readonly platform: Platform;
  /** Absolute; it is there. */
  readonly folder: string;
  /** The random numbers for what is made of a texture, by a word for what. */
  readonly randomFor: (texture: KitTexture, what: 'smear' | 'dither') => Random;
  readonly fitted: FittedTextures;
}

/** Where a file is made beside others. */
interface FileMaking extends SampleMaking {
  /** Fits and encodes: one sound at a time, whereas files are written side by side. */
  readonly inTurn: InTurn;
}

/** A target with what it is asked. */
export interface TargetAsked<Options extends TargetOptions> {
  readonly target: Target<Options>;
  readonly options: Options;
}

/** What one file holds. */
export interface MadeFile {
  readonly samples: readonly MadeSample<KitTexture>[];
  /** Absolute: what was written for it. */
  readonly written: readonly string[];
}

/**
 * Makes the file of some slots. A texture that is taken as it is may not be readable; what is fitted has been read.
 * @param file by what the slots call it
 * @throws DiskFullError, NotAllowedError, FileSystemError; what the target throws
 */
export async function makeFile<Options extends TargetOptions>(
  file: string,
  slots: readonly Slot<KitTexture>[],
  levels: ReadonlyMap<string, Levelling>,
  asked: TargetAsked<Options>,
  into: FileMaking,
): Promise<MadeFile | UnreadTexture> {
  const { target } = asked;
  const home = target.samples === 'files' ? into.folder : join(into.folder, WAITING);
  const [first] = slots;
  if (first.shape === null)
    return takeFile(first, target.samples === 'files' ? join(home, file) : null, into);
  const { samples, files } = await into.inTurn(() => encoded(slots, levels, asked, into));
  const written: string[] = [];
  for (const { path, bytes } of files) {
    written.push(join(home, path));
    await makeFolder(into.platform, dirname(join(home, path)));
    await into.platform.files.write(join(home, path), bytes);
  }
  return { samples, written };
}

/** What fitted sounds are in their file, and the bytes of what is written for it. */
async function encoded<Options extends TargetOptions>(
  slots: readonly Slot<KitTexture>[],
  levels: ReadonlyMap<string, Levelling>,
  { target, options }: TargetAsked<Options>,
  into: SampleMaking,
): Promise<{ readonly samples: MadeFile['samples']; readonly files: readonly OutputFile[] }> {
  const fitted: ReturnType<typeof levelledSample>[] = [];
  for (const slot of slots) {
    const one = await into.fitted.taken(slot);
    const random = into.randomFor(slot.texture, 'dither');
    fitted.push(levelledSample(slot, one, levels.get(slot.texture.path), random));
  }
  return { samples: fitted.map(({ sample }) => sample), files: await target.encode!(fitted, options) };
}

/** A texture as its file is, copied where it is to be a file of its own. */
async function takeFile(
  slot: Slot<KitTexture>,
  copy: string | null,
  into: SampleMaking,
): Promise<MadeFile | UnreadTexture> {
  const { texture } = slot;
  const extent = await readOf(texture, () => extentOf(into.platform, texture));
  if ('error' in extent) return extent;
  if (copy !== null) {
    await makeFolder(into.platform, dirname(copy));
    await copyFresh(into.platform, texture.file, copy);
  }
  const sample = { slot, ...extent, bitDepth: texture.bitDepth, level: null, adaptations: [] };
  return { samples: [sample], written: copy === null ? [] : [copy] };
}

/** How long a sound is, its file says; the manifest rounds. */
async function extentOf(platform: Platform, texture: KitTexture) {
  const source = await openSource(platform, texture.file);
  const { frameCount, sampleRate, channelCount } = source;
  await source.close();
  assertWhole(texture, source);
  return { frameCount, sampleRate, channelCount };
}

/** A texture that cannot be read, and why. */
export interface UnreadTexture {
  readonly path: string;
  readonly error: AudioError | FileSystemError;
}

/** What is read of a texture, or why it cannot be; what ails the disk as a whole is thrown. */
export async function readOf<T>(
  { path }: Pick<KitTexture, 'path'>,
  read: () => Promise<T>,
): Promise<T | UnreadTexture> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AudioError || error instanceof FileSystemError) return { path, error };
    throw error;
  }
}
