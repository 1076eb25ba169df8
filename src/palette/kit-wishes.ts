/** What may be wished of a kit beside the device: level, key, tuning, length and how full. */
import type { Families } from '../config/settings.ts';
import { ConfigError } from '../errors.ts';
import { limitsOf } from '../targets/device-plan.ts';
import type { LevelWish } from '../targets/kit-levels.ts';
import type { Profile } from '../targets/profile.ts';
import type { Room } from '../targets/room.ts';
import { type InKey, inKey, type KeyWish } from './kit-key.ts';
import { type TuneWish, tuned } from './kit-tuning.ts';
import { bestFirst, type TextureChoice } from './texture-choice.ts';

export interface KitWishes {
  readonly level: LevelWish;
  readonly key: KeyWish | null;
  readonly tune: TuneWish;
  /** The longest sample, s; null: as long as the device takes. */
  readonly longestSec: number | null;
  /** The share of the device to be filled, above 0 to 1. */
  readonly fill: number;
}

/** What a kit is where nobody wishes otherwise. */
export const USUAL_WISHES: KitWishes = { level: 'own', key: null, tune: 'off', longestSec: null, fill: 1 };

/** Where a device is too small for what was chosen, loops are not closed anew shorter than this, s: two bars at 120 BPM. */
const LEAST_LOOP_SEC = 4;

/** The textures that a kit may take, best first and as they will sound, and those that are no matter of room. */
export function wishedTextures(
  choice: TextureChoice,
  { key, tune }: Pick<KitWishes, 'key' | 'tune'>,
  families: Families,
): InKey {
  const textures = tuned(bestFirst(choice), tune);
  return key === null ? { textures, leftOut: new Map() } : inKey(textures, key, families);
}

/**
 * How much of a device is taken. Somebody who chose wants what was chosen, if a little shorter; where nobody did, whatever
 * is best fills the device as it is.
 * @throws ConfigError where a part of a device is wanted of which no limit is known
 */
export function roomFor(
  { longestSec, fill }: Pick<KitWishes, 'longestSec' | 'fill'>,
  profile: Profile,
  { isSelected }: Pick<TextureChoice, 'isSelected'>,
): Room {
  if (fill !== 1 && Object.values(limitsOf(profile)).every((limit) => limit === null)) {
    throw new ConfigError(
      `Nothing is known of how much ${profile.device} holds, so no share of it can be filled; leave out --fill, or say it in a profile of your own.`,
    );
  }
  return { fill, longestSec, leastLoopSec: isSelected ? LEAST_LOOP_SEC : null };
}
