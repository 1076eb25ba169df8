import type { Families } from '../config/settings.ts';
import { FAMILIES } from '../families/index.ts';
import type { Candidate } from './candidate.ts';
import { TARGETS, targetOf } from './index.ts';
import type { LeftOutReason } from './left-out.ts';
import type { KitPlan } from './plan.ts';
import type { Profile } from './profile.ts';
import { type Room, WHOLE_ROOM } from './room.ts';

/**
 * What a kit will be, by the target that a profile names: see `DeviceTarget.plan`.
 * @throws ConfigError where the kit's name leaves no room for names, or there is no such target
 */
export function planKit<T extends Candidate>(
  textures: readonly T[],
  profile: Profile,
  name: string,
  leftOut: ReadonlyMap<string, LeftOutReason> = new Map(),
  targets = TARGETS,
  families: Families = FAMILIES,
  room: Room = WHOLE_ROOM,
  chains = false,
): KitPlan<T> {
  const options = { profile, name, families, room, chains };
  return targetOf(profile, targets).plan(textures, options, leftOut);
}
