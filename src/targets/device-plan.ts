/**
 * What a kit will be: which textures fit into a device, in what shape and under what names. Pure and quick, so that a
 * page can show it while somebody chooses.
 */
import { ConfigError } from '../errors.ts';
import { FAMILIES } from '../textures/texture.ts';
import { byFamily, type Candidate } from './candidate.ts';
import { deviceNames, kitFolderName, nameRules } from './device-names.ts';
import { isEnoughLeft } from './fit-length.ts';
import { type Figure, type Profile, SHORTEST_NAME } from './profile.ts';
import { type WantedShape, wantedShape } from './shape.ts';

/** How much of a device a kit takes. */
export interface KitSize {
  readonly samples: number;
  /** Of mono: a stereo sample counts twice. */
  readonly seconds: number;
  /** Of sound data. */
  readonly bytes: number;
}

export interface KitSlot<T extends Candidate> {
  readonly texture: T;
  readonly shape: WantedShape;
  /** Within the kit, with slashes; copied to a card's root it lies where the device looks. */
  readonly file: string;
  /** What it takes at most. */
  readonly size: KitSize;
}

export interface LeftOut<T extends Candidate> {
  readonly texture: T;
  readonly reason: string;
}

export interface KitPlan<T extends Candidate = Candidate> {
  /** The kit's name in the device's characters. */
  readonly name: string;
  /** As the device lists them: by family, best first. */
  readonly slots: readonly KitSlot<T>[];
  /** Best first. */
  readonly leftOut: readonly LeftOut<T>[];
  readonly used: KitSize;
  /** Null where there is no limit, or none that is known. */
  readonly limits: { readonly [K in keyof KitSize]: KitSize[K] | null };
}

/** Where a kit lies when nobody knows where the device looks. */
const UNKNOWN_FOLDER = '{kit}';
const ENDING = '.wav';

/**
 * The best-ranked textures until the device is full; what is too long for the room that is left is passed over for what
 * is not.
 *
 * @param candidates best first
 * @param refused textures that cannot be had, and why, by their paths
 * @throws ConfigError where the kit's name leaves no room for names in the device's longest path
 */
export function planKit<T extends Candidate>(
  candidates: readonly T[],
  profile: Profile,
  kitName: string,
  refused: ReadonlyMap<string, string> = new Map(),
): KitPlan<T> {
  const rules = nameRules(profile);
  const name = kitFolderName(kitName, rules);
  const limits = limitsOf(profile);
  const taken: T[] = [];
  const leftOut: LeftOut<T>[] = [];
  const sizes = new Map<T, KitSize>();
  let used: KitSize = { samples: 0, seconds: 0, bytes: 0 };
  for (const texture of candidates) {
    const size = sizeOf(texture, wantedShape(profile, texture));
    const sum = added(used, size);
    const reason = refused.get(texture.path) ?? tooShortened(texture, profile) ?? excess(sum, used, limits);
    if (reason !== null) {
      leftOut.push({ texture, reason });
      continue;
    }
    taken.push(texture);
    sizes.set(texture, size);
    used = sum;
  }
  const ordered = byFamily(taken, FAMILIES);
  const folders = foldersOf(ordered.length, profile, name);
  const longestFolder = Math.max(0, ...folders.map(({ length }) => length));
  const names = deviceNames(ordered, {
    ...rules,
    longest: longestName(rules.longest, longestFolder, profile),
  });
  const slots = ordered.map((texture, i) => ({
    texture,
    shape: wantedShape(profile, texture),
    file: `${folders[i]}${names[i]}${ENDING}`,
    size: sizes.get(texture)!,
  }));
  return { name, slots, leftOut, used, limits };
}

function sizeOf({ durationSec }: Candidate, shape: WantedShape): KitSize {
  const { sampleRate, channelCount, bitDepth, longestFrames } = shape;
  // A loop's length is rounded and a one-shot's rounded up, so a frame more than it will have.
  const frames = Math.min(Math.ceil(durationSec * sampleRate) + 1, longestFrames ?? Infinity);
  return {
    samples: 1,
    seconds: (frames * channelCount) / sampleRate,
    bytes: (frames * channelCount * bitDepth) / 8,
  };
}

function added(a: KitSize, b: KitSize): KitSize {
  return { samples: a.samples + b.samples, seconds: a.seconds + b.seconds, bytes: a.bytes + b.bytes };
}

function limitsOf(profile: Profile): KitPlan['limits'] {
  return {
    samples: mostSamplesOf(profile).value,
    seconds: profile.total_sec.value,
    bytes: profile.total_bytes.value,
  };
}

/**
 * How many samples a kit has at most: as many as the device takes, or, where they all lie in one folder, as that takes if
 * those are fewer.
 */
export function mostSamplesOf({ most_samples, most_files_per_folder, folder }: Profile): Figure<number> {
  const isSplit = (folder.value ?? UNKNOWN_FOLDER).includes('{kit}');
  const inFolder = isSplit ? null : most_files_per_folder.value;
  const isFewer = inFolder !== null && inFolder < (most_samples.value ?? Infinity);
  return isFewer ? most_files_per_folder : most_samples;
}

/** Why a texture would not fit any more; null where it does. */
function excess(sum: KitSize, used: KitSize, limits: KitPlan['limits']): string | null {
  if (limits.samples !== null && sum.samples > limits.samples) {
    return `the device holds ${limits.samples} samples, and better ranked ones have them`;
  }
  if (limits.seconds !== null && sum.seconds > limits.seconds) {
    const [needs, left] = [sum.seconds - used.seconds, limits.seconds - used.seconds];
    return `needs ${needs.toFixed(1)} s of mono, and better ranked ones leave ${left.toFixed(1)} of ${limits.seconds} s`;
  }
  if (limits.bytes !== null && sum.bytes > limits.bytes) {
    const [needs, left] = [sum.bytes - used.bytes, limits.bytes - used.bytes];
    return `needs ${megabytes(needs)}, and better ranked ones leave ${megabytes(left)} of ${megabytes(limits.bytes)}`;
  }
  return null;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Why a one-shot is too long to be shortened; null where it is not. */
function tooShortened({ loops, durationSec }: Candidate, { longest_sample_sec }: Profile): string | null {
  const most = longest_sample_sec.value;
  if (loops || most === null || isEnoughLeft(most, durationSec)) return null;
  return `it is ${durationSec.toFixed(1)} s long and no loop, and of the ${most} s that the device takes less than half of it would be left`;
}

/** The folder of each file, with its last slash; a kit with a folder of its own has as many as its files need. */
function foldersOf(count: number, { folder, most_files_per_folder }: Profile, kitName: string): string[] {
  const pattern = folder.value ?? UNKNOWN_FOLDER;
  const most = pattern.includes('{kit}') ? (most_files_per_folder.value ?? Infinity) : Infinity;
  return Array.from({ length: count }, (_, i) => {
    const part = Math.floor(i / most);
    const path = pattern.replaceAll('{kit}', part === 0 ? kitName : `${kitName}${part + 1}`);
    return path === '' ? '' : `${path}/`;
  });
}

function longestName(longest: number, longestFolder: number, { longest_path, device }: Profile): number {
  const path = longest_path.value;
  const room = path === null ? longest : Math.min(longest, path - longestFolder - ENDING.length);
  if (room < SHORTEST_NAME) {
    throw new ConfigError(
      `The kit's name leaves ${Math.max(0, room)} characters for each file, since ${device} takes paths of ${path}; give it a shorter --name.`,
    );
  }
  return room;
}
