/** Grants what is wished of a kit: which textures, how moved, and how much of the device. */
import type { Families } from '../config/settings.ts';
import { ConfigError } from '../errors.ts';
import { limitsOf } from '../targets/device-limits.ts';
import type { Profile } from '../targets/profile.ts';
import type { Room } from '../targets/room.ts';
import { type InKey, inKey } from './kit-key.ts';
import { tuned } from './kit-tuning.ts';
import { bestFirst, type TextureChoice } from './texture-choice.ts';
import type { KitWishes } from './wishes.ts';

/** The textures that a kit may take, best first and as they will sound, and those that are no matter of room. */
export function wishedTextures(
  choice: TextureChoice,
  { key, tune }: Pick<KitWishes, 'key' | 'tune'>,
  profile: Profile,
  families: Families,
): InKey {
  const textures = tuned(bestFirst(choice, profile), tune, families);
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
  return { fill, longestSec, isShared: isSelected };
}
