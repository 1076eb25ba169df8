/** What a kit for a device will be, whatever the target: which textures fit, in what shape and under what names. */

import { ConfigError } from '../errors.ts';
import { inBanks } from './banks.ts';
import type { Candidate } from './candidate.ts';
import { deviceNames, kitFolderName, nameRules, separatorOf } from './device-names.ts';
import type { LeftOutReason } from './left-out.ts';
import { isEnoughLeft, SHORTEST_NAME } from './limits.ts';
import type { KitPlan, KitSize, KitSlot, LeftOut } from './plan.ts';
import type { KnownValue, Profile } from './profile.ts';
import { lengthThatFits, lesserOf, type Room, WHOLE_ROOM } from './room.ts';
import { type BitDepth, mostFrames, type WantedShape, wantedShape } from './shape.ts';
import type { DeviceOptions } from './target.ts';

/** Where a kit lies when nobody knows where the device looks. */
const UNKNOWN_FOLDER = '{kit}';

const NOTHING: KitSize = { samples: 0, seconds: 0, bytes: 0 };

/** What a plan depends on beside the textures. */
export type PlanOptions = Pick<DeviceOptions, 'name' | 'profile' | 'families' | 'room'>;

/** How a target writes samples. */
export interface SampleForm {
  readonly sampleEnding: string;
  readonly bitDepths: readonly BitDepth[];
  /** Frames that stand around a loop of so many, at most; none where this is left out. */
  readonly aroundLoop?: (frames: number) => number;
}

/**
 * The best-ranked textures until the device is full; what is too long for the room that is left is skipped for what
 * is not.
 *
 * @param candidates best first
 * @param leftOut textures that cannot be had, and why, by their paths
 * @throws ConfigError where the kit's name leaves no room for names in the device's longest path
 */
export function planForDevice<T extends Candidate>(
  candidates: readonly T[],
  { profile, name: kitName, families, room = WHOLE_ROOM }: PlanOptions,
  leftOut: ReadonlyMap<string, LeftOutReason>,
  form: SampleForm,
): KitPlan<T> {
  const rules = nameRules(profile);
  const name = kitFolderName(kitName, rules);
  const { taken, ...rest } = takenIn(candidates, profile, leftOut, form, room);
  const banks = inBanks(
    taken,
    families.map(({ id }) => id),
    bankSizeOf(profile),
    mostBanksOf(profile),
  );
  const files = filesOf(
    banks.map((bank) => bank.map(({ texture }) => texture)),
    { profile, name, families },
    form,
  );
  return { name, slots: banks.flat().map((slot, i) => ({ ...slot, file: files[i] })), ...rest };
}

/** What fits, best first, and what does not. */
function takenIn<T extends Candidate>(
  candidates: readonly T[],
  profile: Profile,
  unusable: ReadonlyMap<string, LeftOutReason>,
  form: SampleForm,
  room: Room,
) {
  const limits = filledLimits(profile, room);
  const longest = { asked: room.longestSec, device: profile.longest_sample_sec.value };
  const shapeOf = (texture: T, loopSec: number | null) =>
    wantedShape(profile, texture, form.bitDepths, lesserOf(longest.asked, texture.loops ? loopSec : null));
  const usable = candidates.filter((one) => !unusable.has(one.path) && tooLong(one, longest) === null);
  const sizeIn = (texture: T, length: number | null) => sizeOf(texture, shapeOf(texture, length), form);
  const loopSec = loopLength(usable, sizeIn, limits, room);
  const taken: Omit<KitSlot<T>, 'file'>[] = [];
  const leftOut: LeftOut<T>[] = [];
  let used = NOTHING;
  for (const texture of candidates) {
    const shape = shapeOf(texture, loopSec);
    const size = sizeOf(texture, shape, form);
    const sum = added(used, size);
    const reason = unusable.get(texture.path) ?? tooLong(texture, longest) ?? excess(sum, used, limits);
    if (reason !== null) {
      leftOut.push({ texture, reason });
      continue;
    }
    taken.push({ texture, shape, size });
    used = sum;
  }
  return { taken, leftOut, used, limits };
}

/** The file of each texture, bank after bank. */
function filesOf(
  banks: readonly (readonly Candidate[])[],
  { profile, name: kitName, families }: Pick<DeviceOptions, 'name' | 'profile' | 'families'>,
  { sampleEnding }: SampleForm,
): string[] {
  const rules = nameRules(profile);
  const folders = foldersOf(banks, profile, kitName, separatorOf(rules.alphabet));
  const longestFolder = Math.max(0, ...folders.map(({ length }) => length));
  const longest = longestName(rules.longest, longestFolder + sampleEnding.length, profile);
  const names = deviceNames(banks.flat(), { ...rules, longest }, families);
  return names.map((name, i) => `${folders[i]}${name}${sampleEnding}`);
}

function sizeOf(texture: Candidate, shape: WantedShape, { aroundLoop }: SampleForm): KitSize {
  const { sampleRate, channelCount, bitDepth } = shape;
  const own = mostFrames(texture, shape);
  const frames = texture.loops && aroundLoop ? own + aroundLoop(own) : own;
  return {
    samples: 1,
    seconds: (frames * channelCount) / sampleRate,
    bytes: (frames * channelCount * bitDepth) / 8,
  };
}

function added(a: KitSize, b: KitSize): KitSize {
  return { samples: a.samples + b.samples, seconds: a.seconds + b.seconds, bytes: a.bytes + b.bytes };
}

/** The share of a device that is to be filled. */
function filledLimits(profile: Profile, { fill }: Room): KitPlan['limits'] {
  const { samples, seconds, bytes } = limitsOf(profile);
  return {
    samples: samples === null ? null : Math.floor(samples * fill),
    seconds: seconds === null ? null : seconds * fill,
    bytes: bytes === null ? null : Math.floor(bytes * fill),
  };
}

/** What a profile says that a kit may take at most. */
export function limitsOf(profile: Profile): KitPlan['limits'] {
  return {
    samples: mostSamplesOf(profile).value,
    seconds: profile.total_sec.value,
    bytes: mostBytesOf(profile).value,
  };
}

/** The memory that is left of a device's by what it takes for itself. */
export function mostBytesOf({ total_bytes, reserved_bytes }: Profile): KnownValue<number> {
  const { value } = total_bytes;
  return value === null ? total_bytes : { ...total_bytes, value: value - (reserved_bytes.value ?? 0) };
}

/** Samples of a bank, where a kit can have a folder for each. */
function bankSizeOf({ bank_size, folder }: Profile): number | null {
  return (folder.value ?? UNKNOWN_FOLDER).includes('{kit}') ? bank_size.value : null;
}

function mostBanksOf({ bank_size, most_samples }: Profile): number | null {
  if (bank_size.value === null || most_samples.value === null) return null;
  return Math.ceil(most_samples.value / bank_size.value);
}

/**
 * How many samples a kit has at most: as many as the device takes, or, where they all lie in one folder, as that takes if
 * those are fewer.
 */
export function mostSamplesOf({ most_samples, most_files_per_folder, folder }: Profile): KnownValue<number> {
  const isSplit = (folder.value ?? UNKNOWN_FOLDER).includes('{kit}');
  const inFolder = isSplit ? null : most_files_per_folder.value;
  const isFewer = inFolder !== null && inFolder < (most_samples.value ?? Infinity);
  return isFewer ? most_files_per_folder : most_samples;
}

/** Why a texture would not fit any more; null where it does. */
function excess(sum: KitSize, used: KitSize, limits: KitPlan['limits']): LeftOutReason | null {
  if (limits.samples !== null && sum.samples > limits.samples) {
    return { code: 'samples-full', limit: limits.samples };
  }
  const over = (key: 'seconds' | 'bytes') => {
    const limit = limits[key];
    if (limit === null || sum[key] <= limit) return null;
    return { needs: sum[key] - used[key], left: limit - used[key], limit };
  };
  const [seconds, bytes] = [over('seconds'), over('bytes')];
  if (seconds) return { code: 'seconds-full', ...seconds };
  return bytes && { code: 'bytes-full', ...bytes };
}

/** Why a one-shot is too long to be shortened; null where it is not. */
function tooLong({ loops, durationSec }: Candidate, { asked, device }: LongestSec): LeftOutReason | null {
  const mostSec = lesserOf(asked, device);
  if (loops || mostSec === null || isEnoughLeft(mostSec, durationSec)) return null;
  return { code: 'too-long', durationSec, mostSec, isAsked: mostSec !== device };
}

/** The longest sample that somebody wants and that the device takes, s; null: any. */
interface LongestSec {
  readonly asked: number | null;
  readonly device: number | null;
}

/** How long loops may be so that all of them fit; null: as long as they are. @param usable best first */
function loopLength<T extends Candidate>(
  usable: readonly T[],
  sizeIn: (texture: T, loopSec: number | null) => KitSize,
  limits: KitPlan['limits'],
  { leastLoopSec }: Room,
): number | null {
  if (leastLoopSec === null) return null;
  const wanted = usable.slice(0, limits.samples ?? usable.length);
  const fits = (loopSec: number | null) => {
    const sizes = wanted.map((texture) => sizeIn(texture, loopSec));
    return excess(sizes.reduce(added, NOTHING), NOTHING, limits) === null;
  };
  const longest = Math.max(0, ...wanted.map(({ durationSec }) => durationSec));
  return lengthThatFits(fits, leastLoopSec, longest);
}

/**
 * The folder of each file, with its last slash. A kit with a folder of its own has one for each bank, numbered where there are
 * several, and further ones where a folder takes fewer files.
 */
function foldersOf(
  banks: readonly (readonly Candidate[])[],
  { folder, most_files_per_folder }: Profile,
  kitName: string,
  separator: string,
): string[] {
  const pattern = folder.value ?? UNKNOWN_FOLDER;
  const most = pattern.includes('{kit}') ? (most_files_per_folder.value ?? Infinity) : Infinity;
  return banks.flatMap(({ length }, bank) => {
    const number = banks.length === 1 ? '' : `${separator}${String(bank + 1).padStart(2, '0')}`;
    return Array.from({ length }, (_, i) => {
      const part = Math.floor(i / most);
      const further = part === 0 ? '' : `${separator}${part + 1}`;
      const path = pattern.replaceAll('{kit}', `${kitName}${number}${further}`);
      return path === '' ? '' : `${path}/`;
    });
  });
}

/** @param around characters of the longest folder and of the ending */
function longestName(longest: number, around: number, { longest_path, device }: Profile): number {
  const path = longest_path.value;
  const room = path === null ? longest : Math.min(longest, path - around);
  if (room < SHORTEST_NAME) {
    throw new ConfigError(
      `The kit's name leaves ${Math.max(0, room)} characters for each file, since ${device} takes paths of ${path}; give it a shorter --name.`,
    );
  }
  return room;
}
