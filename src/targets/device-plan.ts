/** What a kit for a device will be, whatever the target: which textures fit, in what shape and under what names. */

import { inBanks } from './banks.ts';
import type { Candidate } from './candidate.ts';
import { filesOf } from './device-files.ts';
import { bankSizeOf, limitsOf, mostBanksOf } from './device-limits.ts';
import { kitFolderName, nameRules } from './device-names.ts';
import type { LeftOutReason } from './left-out.ts';
import { isEnoughLeft } from './limits.ts';
import type { KitPlan, KitSize, KitSlot, LeftOut } from './plan.ts';
import type { Profile } from './profile.ts';
import { lengthThatFits, lesserOf, type Room, WHOLE_ROOM } from './room.ts';
import { type BitDepth, mostFrames, type WantedShape, wantedShape } from './shape.ts';
import type { DeviceOptions } from './target.ts';

const NOTHING: KitSize = { samples: 0, seconds: 0, bytes: 0 };

/** What a plan depends on beside the textures. */
export type PlanOptions = Pick<DeviceOptions, 'name' | 'profile' | 'families' | 'room'>;

/** How a target writes samples. */
export interface SampleForm {
  readonly sampleEnding: string;
  readonly bitDepths: readonly BitDepth[];
  /** Frames that stand around a loop of so many, at most: no fewer around a longer one. None where this is left out. */
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
    form.sampleEnding,
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
    shapeFor(texture, profile, form, lesserOf(longest.asked, texture.loops ? loopSec : null));
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

/** The shape of a texture, in which a loop leaves room for what stands around it. */
function shapeFor(
  texture: Candidate,
  profile: Profile,
  { bitDepths, aroundLoop }: SampleForm,
  longestSec: number | null,
): WantedShape {
  const shape = wantedShape(profile, texture, bitDepths, longestSec);
  const most = shape.longestFrames;
  if (!texture.loops || !aroundLoop || most === null) return shape;
  return { ...shape, longestFrames: Math.max(0, most - aroundLoop(most)) };
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
