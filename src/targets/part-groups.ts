/** Groups of zones as a part of the instruments wants them played. */
import type { InstrumentPart } from '../families/family.ts';
import type { Zone, ZoneGroup } from './zones.ts';

/** How much velocity moves the level of what is held: a little, for whoever plays softly. */
export const HELD_VELOCITY_DEPTH = 0.3;

/** Whether what a part holds is struck rather than held. */
export function isStruck({ layout }: InstrumentPart): boolean {
  return layout === 'drums';
}

/** What is held: it starts and ends gently, and velocity moves its level a little. */
export function heldGroup(
  name: string,
  { attackSec, releaseSec }: InstrumentPart,
  zones: readonly Zone[],
): ZoneGroup {
  const velocityDepth = HELD_VELOCITY_DEPTH;
  return { name, zones, attackSec, releaseSec, isOneShot: false, velocityDepth, chokes: false };
}

/** What is struck: it sounds to its end, as loud as it is struck. A hit is too short for loudness to say anything, and keeps its peak. */
export function struckGroup(
  name: string,
  { attackSec, releaseSec }: InstrumentPart,
  zones: readonly Zone[],
  chokes = false,
): ZoneGroup {
  const atOwnPeak = zones.map((zone) => ({ ...zone, gainDb: 0 }));
  return { name, zones: atOwnPeak, attackSec, releaseSec, isOneShot: true, velocityDepth: 1, chokes };
}
