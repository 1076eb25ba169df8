/** What a kit for a device will be, whatever the target: which textures fit, in what shape and under what names. */

import { inBanks } from './banks.ts';
import type { Candidate } from './candidate.ts';
import { filesOf } from './device-files.ts';
import { bankSizeOf, filledLimits, mostBanksOf, overfull, placed } from './device-limits.ts';
import { kitFolderName, nameRules } from './device-names.ts';
import { isHit } from './hits.ts';
import type { LeftOutReason } from './left-out.ts';
import { isEnoughLeft } from './limits.ts';
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
    form.sampleEnding,
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
    const shape = shapeFor(texture, profile, form, wantedSec);
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
