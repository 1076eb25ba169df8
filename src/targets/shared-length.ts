/** How long loops may be so that all that was chosen has room beside each other. */
import type { Families } from '../config/settings.ts';
import { SHORT_LOOP } from '../families/family.ts';
import { familyOf } from '../families/lookup.ts';
import type { Candidate } from './candidate.ts';
import { mostOfAll, overfull, type SizedSample } from './device-limits.ts';
import type { KitPlan } from './plan.ts';
import type { Profile } from './profile.ts';
import { lengthThatFits, type Room, roomForLoop } from './room.ts';

interface Sharing {
  readonly profile: Profile;
  readonly families: Families;
  readonly room: Room;
}

/**
 * How long each loop may be, s; null: as long as it is. Where a device may play a loop once, or somebody sets each by hand, a
 * long one is worth more than several short ones, and none is shortened.
 * @param usable best first
 * @param sized what a texture takes if no loop is longer
 */
export function loopLengths<T extends Candidate>(
  usable: readonly T[],
  sized: (texture: T, loopSec: number | null) => SizedSample,
  limits: KitPlan['limits'],
  { profile, families, room }: Sharing,
): (texture: T) => number | null {
  const { value: loops } = profile.loops;
  if (!room.isShared || loops === 'doubtful' || loops === 'hand') return () => null;
  const bounded = (texture: T, loopSec: number | null) =>
    loopSec === null ? null : Math.max(loopSec, leastLoopSec(texture, families));
  const wanted = usable.slice(0, mostOfAll(limits) ?? usable.length);
  const fits = (loopSec: number | null) => {
    const samples = wanted.map((texture) => sized(texture, bounded(texture, loopSec)));
    return overfull(samples, limits) === null;
  };
  const longest = Math.max(0, ...wanted.map(({ durationSec }) => durationSec));
  const loopSec = lengthThatFits(fits, SHORT_LOOP.sec, longest);
  return (texture) => bounded(texture, loopSec);
}

/** What a loop is given at least where others are to fit beside it, s. */
function leastLoopSec({ family, durationSec }: Candidate, families: Families): number {
  const { sec, part } = familyOf(family, families).leastLoop ?? SHORT_LOOP;
  return roomForLoop(Math.max(sec, part * durationSec));
}
