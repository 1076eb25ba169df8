/** What a kit for a device will be, whatever the target: which textures fit, in what shape and under what names. */

import { ConfigError } from '../errors.ts';
import { inBanks } from './banks.ts';
import type { Candidate } from './candidate.ts';
import { filledLimits, overfull, placed, UNKNOWN_FOLDER } from './device-limits.ts';
import { deviceNames, kitFolderName, nameRules, separatorOf } from './device-names.ts';
import { isHit } from './hits.ts';
import type { LeftOutReason } from './left-out.ts';
import { isEnoughLeft, SHORTEST_NAME } from './limits.ts';
import type { KitPlan, KitSize, KitSlot, LeftOut } from './plan.ts';
import type { Profile } from './profile.ts';
import { lesserOf, WHOLE_ROOM } from './room.ts';
import { type BitDepth, mostFrames, type WantedShape, wantedShape } from './shape.ts';
import { loopLengths } from './shared-length.ts';
import type { DeviceOptions } from './target.ts';

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
  options: PlanOptions,
  leftOut: ReadonlyMap<string, LeftOutReason>,
  form: SampleForm,
): KitPlan<T> {
  const { profile, families } = options;
  const name = kitFolderName(options.name, nameRules(profile));
  const { taken, ...rest } = takenIn(candidates, options, leftOut, form);
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
  { profile, families, room = WHOLE_ROOM }: PlanOptions,
  unusable: ReadonlyMap<string, LeftOutReason>,
  form: SampleForm,
) {
  const limits = filledLimits(profile, room.fill);
  const longest = { asked: room.longestSec, device: profile.longest_sample_sec.value };
  const fittedTo = (texture: T, loopSec: number | null) => {
    const wantedSec = lesserOf(longest.asked, texture.loops ? loopSec : null);
    const shape = wantedShape(profile, texture, form.bitDepths, wantedSec);
    return { texture, shape, size: sizeOf(texture, shape, form), isHit: isHit(texture, families) };
  };
  const usable = candidates.filter((one) => !unusable.has(one.path) && tooLong(one, longest) === null);
  const lengthOf = loopLengths(usable, fittedTo, limits, { profile, families, room });
  const taken: ReturnType<typeof fittedTo>[] = [];
  const leftOut: LeftOut<T>[] = [];
  for (const texture of candidates) {
    const one = fittedTo(texture, lengthOf(texture));
    const reason =
      unusable.get(texture.path) ?? tooLong(texture, longest) ?? overfull([...taken, one], limits);
    if (reason !== null) leftOut.push({ texture, reason });
    else taken.push(one);
  }
  const { streamed, used, usedOfCard } = placed(taken, limits);
  const slots = taken.map((one): Omit<KitSlot<T>, 'file'> => {
    const { texture, shape, size } = one;
    return { texture, shape, size, isStreamed: streamed.has(one) };
  });
  return { taken: slots, leftOut, used, usedOfCard, limits };
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

/** Samples of a bank, where a kit can have a folder for each. */
function bankSizeOf({ bank_size, folder }: Profile): number | null {
  return (folder.value ?? UNKNOWN_FOLDER).includes('{kit}') ? bank_size.value : null;
}

function mostBanksOf({ bank_size, most_samples }: Profile): number | null {
  if (bank_size.value === null || most_samples.value === null) return null;
  return Math.ceil(most_samples.value / bank_size.value);
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
      const further = part === 0 ? '' : `${number === '' ? '' : separator}${part + 1}`;
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
