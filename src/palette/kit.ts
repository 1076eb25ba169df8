/** Kits: a choice of an export's textures as a folder that a device reads. */

import { parseCsv } from '../archive/csv.ts';
import { makeFolder } from '../archive/make-folder.ts';
import { textIfThere } from '../archive/text-file.ts';
import { safeName } from '../config/safe-name.ts';
import { Random } from '../dsp/random.ts';
import { frameCount } from '../dsp/sound.ts';
import { KITS_FOLDER } from '../engine/export-folder.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { AudioError, ConfigError, FileSystemError } from '../errors.ts';
import { encodeWav } from '../formats/wav-writer.ts';
import { fitSound } from '../kits/fit-sound.ts';
import { type KitPlan, type KitSize, type KitSlot, type LeftOut, planKit } from '../kits/plan.ts';
import type { Profile } from '../kits/profile.ts';
import { dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { DecidedSince } from './decided-selection.ts';
import { chosenForKit, type KitTexture, type KitWish } from './kit-choice.ts';
import { type KitFile, kitCsv } from './kit-csv.ts';
import { readTexture } from './palette.ts';
import { besideRuns, swapping, type WholeFolder, writeWholeFolder } from './whole-folder.ts';

/** UTF-8 bytes. */
const LONGEST_NAME = 100;
const TABLE = 'KIT.csv';
/** Sounds that are made, in the kit's folder while it is not finished. */
const MAKING = '.making';

export interface KitRequest extends ExportLocation, KitWish {
  readonly profile: Profile;
  /** Names the kit's folder, and, in the device's characters, its folder on the device where it has one there. */
  readonly name: string;
  /** Absolute: the folder that the kit's own is made in. By default {@link KITS_FOLDER} of the export. */
  readonly into?: string;
  /** Replaces a kit of that name; what others put into its folder stays. */
  readonly force: boolean;
  /** Ends the work at the next texture; nothing has changed then. */
  readonly signal?: AbortSignal;
  /** See {@link WholeFolder.beforeSwap}. */
  readonly beforeSwap?: WholeFolder['beforeSwap'];
}

export interface KitResult {
  /** Absolute. */
  readonly folder: string;
  /** As the device lists them. */
  readonly files: readonly KitFile[];
  /** Best first. */
  readonly leftOut: readonly LeftOut<KitTexture>[];
  /** What is taken of the device. */
  readonly used: KitSize;
  readonly limits: KitPlan['limits'];
  /** Who chose: somebody, by a selection, or nobody. */
  readonly isSelected: boolean;
  /** How it differs from what curate chose. */
  readonly since: DecidedSince;
  /** Textures of the selection that the export folder no longer holds. */
  readonly missing: readonly string[];
}

/** A sound that is made, and how its file is called until all names are known. */
type Made = Omit<KitFile, 'file' | 'texture'> & { readonly waiting: string };

/**
 * What a kit would be, without reading a sound: those that cannot be read or fitted are not known yet.
 * @throws as {@link makeKit}
 */
export async function foreseeKit(
  platform: Platform,
  request: KitWish & Pick<KitRequest, 'profile' | 'name'>,
): Promise<KitPlan<KitTexture> & Pick<KitResult, 'isSelected' | 'since' | 'missing'>> {
  const { textures, ...choice } = await chosenForKit(platform, request);
  return { ...planKit(textures, request.profile, request.name), ...choice };
}

/**
 * Makes a kit. It appears as a whole, or not at all; the same textures and profile give the same bytes. A sound that
 * cannot be read or fitted is left out, and its room goes to the next.
 *
 * @param onProgress is told how many sounds of how many are made
 * @throws ConfigError where the kit is there and force was not given, where its folder holds no kit, or nothing fits
 * @throws MalformedFileError where the selection is none; BusyError while a run works in the export
 * @throws NotAllowedError outside the root; DiskFullError, FileSystemError; the signal's reason where it aborts
 */
export async function makeKit(
  platform: Platform,
  request: KitRequest,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<KitResult> {
  const { exportRoot, force } = request;
  const folder = kitFolder(request);
  const ours = (there: string) => filesOfKit(platform, there);
  const build = async (): Promise<KitResult> => {
    const { textures, ...choice } = await chosenForKit(platform, request);
    return writeWholeFolder(
      platform,
      { folder, root: exportRoot, force, ours, ...swapping(request) },
      async (making) => {
        const made = await fillKit(platform, textures, request, making, onProgress);
        const table = new TextEncoder().encode(kitCsv(made.files, made.leftOut));
        await platform.files.write(join(making, TABLE), table);
        return { ...made, folder, ...choice };
      },
    );
  };
  return besideRuns(platform, folder, request, build);
}

/** Where a kit is made; absolute. */
export function kitFolder({
  exportFolder,
  into,
  name,
}: Pick<KitRequest, 'exportFolder' | 'into' | 'name'>): string {
  return join(into ?? join(exportFolder, KITS_FOLDER), safeName(name, LONGEST_NAME, 'KIT'));
}

/** Plans, makes what is planned, and plans again without what could not be made, until all that is planned is made. */
async function fillKit(
  platform: Platform,
  textures: readonly KitTexture[],
  request: KitRequest,
  folder: string,
  onProgress: (done: number, all: number) => void,
) {
  const { profile, signal } = request;
  const refused = new Map<string, string>();
  const made = new Map<string, Made>();
  await platform.files.makeFolder(join(folder, MAKING));
  let plan = planKit(textures, profile, request.name);
  for (let missing = missingOf(plan, made); missing.length > 0; missing = missingOf(plan, made)) {
    for (const slot of missing) {
      signal?.throwIfAborted();
      const waiting = join(folder, MAKING, `${made.size}.wav`);
      const outcome = await makeSound(platform, slot, profile, waiting);
      if ('refusal' in outcome) refused.set(slot.texture.path, outcome.refusal);
      else made.set(slot.texture.path, outcome);
      onProgress(made.size, plan.slots.length);
    }
    plan = planKit(textures, profile, request.name, refused);
  }
  if (plan.slots.length === 0) throw nothingFits(plan, profile);
  const files: KitFile[] = [];
  for (const { texture, file } of plan.slots) {
    const { waiting, ...facts } = made.get(texture.path)!;
    const path = join(folder, file);
    await makeFolder(platform, dirname(path));
    await platform.files.rename(waiting, path);
    files.push({ file, texture, ...facts });
  }
  await platform.files.removeTree(join(folder, MAKING));
  return { files, leftOut: plan.leftOut, used: sizeOf(files), limits: plan.limits };
}

function sizeOf(files: readonly KitFile[]): KitSize {
  const sum = (of: (file: KitFile) => number) => files.reduce((total, file) => total + of(file), 0);
  return {
    samples: files.length,
    seconds: sum(({ durationSec, channelCount }) => durationSec * channelCount),
    bytes: sum(({ bytes }) => bytes),
  };
}

function missingOf({ slots }: KitPlan<KitTexture>, made: ReadonlyMap<string, Made>): KitSlot<KitTexture>[] {
  return slots.filter(({ texture }) => !made.has(texture.path));
}

async function makeSound(
  platform: Platform,
  { texture, shape, size }: KitSlot<KitTexture>,
  profile: Profile,
  waiting: string,
): Promise<Made | { refusal: string }> {
  const chance = (what: string) => new Random('kit', profile.id, texture.path, what);
  const sound = await readOrWhyNot(platform, texture);
  if (typeof sound === 'string') return { refusal: sound };
  const fitted = fitSound(sound, texture.loops, shape, chance('smear'));
  if ('refusal' in fitted) return fitted;
  const { bitDepth } = shape;
  const frames = frameCount(fitted.sound);
  const channelCount = fitted.sound.channels.length;
  if ((frames * channelCount) / shape.sampleRate > size.seconds) {
    return { refusal: 'its file is longer than the manifest says, so it was changed since; run again' };
  }
  const bytes = encodeWav(fitted.sound, {
    bitDepth,
    metadata: profile.chunks.value ?? 'none',
    sampler: { loop: texture.loops, root: texture.root },
    info: {
      name: texture.name ?? texture.fileName,
      software: `afterglow-engine ${ENGINE_VERSION}`,
      source: texture.row.source_path,
    },
    random: chance('dither'),
  });
  await platform.files.write(waiting, bytes);
  return {
    waiting,
    durationSec: frames / shape.sampleRate,
    sampleRate: shape.sampleRate,
    bitDepth,
    channelCount,
    bytes: (frames * channelCount * bitDepth) / 8,
    adaptations: [
      ...fitted.adaptations,
      ...(texture.bitDepth > bitDepth ? [`${texture.bitDepth} to ${bitDepth} bits`] : []),
    ],
  };
}

/** A texture's sound, or why there is none; what ails the disk as a whole is thrown. */
async function readOrWhyNot(platform: Platform, texture: KitTexture) {
  try {
    return await readTexture(platform, texture);
  } catch (error) {
    if (error instanceof AudioError || error instanceof FileSystemError) return error.message;
    throw error;
  }
}

function nothingFits({ leftOut }: KitPlan<KitTexture>, { device }: Profile): ConfigError {
  const why = leftOut.length === 0 ? 'there is nothing to choose from' : leftOut[0].reason;
  return new ConfigError(`Nothing fits into a kit for ${device}: ${why}.`, {
    context: { leftOut: leftOut.length },
  });
}

/** What the kit that is there is made of, by its own table; nothing where there is no such table. */
async function filesOfKit(platform: Platform, folder: string): Promise<Set<string>> {
  const text = await textIfThere(platform, join(folder, TABLE));
  if (text === null) return new Set();
  try {
    const [header = [], ...records] = parseCsv(text);
    const column = header.indexOf('file');
    return new Set([TABLE, ...records.flatMap((record) => record[column] || [])]);
  } catch {
    return new Set([TABLE]);
  }
}
