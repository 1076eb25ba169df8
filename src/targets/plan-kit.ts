import { FAMILIES } from '../families/index.ts';
import type { Candidate } from './candidate.ts';
import { TARGETS, targetOf } from './index.ts';
import type { LeftOutReason } from './left-out.ts';
import type { KitPlan } from './plan.ts';
import type { Profile } from './profile.ts';
import type { DeviceOptions, TargetDefinition } from './target.ts';

/** What may be said of a kit beside its textures, device and name; see {@link DeviceOptions}. */
export interface KitPlanOptions
  extends Pick<DeviceOptions, 'room' | 'chains'>,
    Partial<Pick<DeviceOptions, 'families'>> {
  /** Textures that cannot be had, and why, by their paths. */
  readonly leftOut?: ReadonlyMap<string, LeftOutReason>;
  /** Those that the profile may name; by default the engine's. */
  readonly targets?: readonly TargetDefinition[] | undefined;
}

/**
 * What a kit will be, by the target that a profile names: see `DeviceTarget.plan`.
 * @throws ConfigError where the kit's name leaves no room for names, or there is no such target
 */
export function planKit<T extends Candidate>(
  textures: readonly T[],
  profile: Profile,
  name: string,
  options: KitPlanOptions = {},
): KitPlan<T> {
  const { leftOut = new Map(), targets = TARGETS, families = FAMILIES, room, chains } = options;
  return targetOf(profile, targets).plan(textures, { profile, name, families, room, chains }, leftOut);
}
