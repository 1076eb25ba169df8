/** Which phases make textures of a family. */
import type { Phase } from '../../engine/phases.ts';
import type { Family } from '../../textures/texture.ts';

/** Pads are mined from songs or made of chosen material; dust is laid under others, so more pads give more of it. */
const PHASES_OF_FAMILY: Record<Family, readonly Phase[]> = {
  pad: ['mine-pads', 'make-drones'],
  drone: ['make-drones'],
  swell: ['make-drones'],
  cloud: ['make-clouds'],
  hiss: ['make-hiss'],
  drum: ['mine-drums'],
  silence: ['mine-silences'],
  dust: ['mine-pads', 'make-drones'],
};

/** The ids of the families that a phase makes, or makes more of. */
export function familiesOf(phase: Phase): string[] {
  return Object.entries(PHASES_OF_FAMILY)
    .filter(([, phases]) => phases.includes(phase))
    .map(([family]) => family);
}
