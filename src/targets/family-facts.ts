/** All that kits and instruments know of families, in one place. */
import type { Family } from '../textures/texture.ts';

/** What is played as one instrument. */
export const PARTS = ['pads', 'drones', 'swells', 'dust', 'drums', 'layers'] as const;
export type Part = (typeof PARTS)[number];

interface FamilyFacts {
  /**
   * How names on a device begin. Sorted by name, a kit comes in the order of FAMILIES only by luck; these keep families
   * together.
   */
  readonly prefix: string;
  readonly part: Part;
  /** In the part `layers` each family has keys of its own: their name, the first as a MIDI note, and how many. */
  readonly layer?: { readonly name: string; readonly firstKey: number; readonly keyCount: number };
}

/** In the order of FAMILIES, which is also that of a kit. */
export const FAMILY_FACTS: Record<Family, FamilyFacts> = {
  pad: { prefix: 'PD', part: 'pads' },
  drone: { prefix: 'DR', part: 'drones' },
  swell: { prefix: 'SW', part: 'swells' },
  // From C2, C4 and C6.
  cloud: { prefix: 'CL', part: 'layers', layer: { name: 'clouds', firstKey: 36, keyCount: 24 } },
  hiss: { prefix: 'HS', part: 'layers', layer: { name: 'hiss', firstKey: 60, keyCount: 24 } },
  drum: { prefix: 'DM', part: 'drums' },
  silence: { prefix: 'SL', part: 'layers', layer: { name: 'silences', firstKey: 84, keyCount: 12 } },
  dust: { prefix: 'DU', part: 'dust' },
};
