import type { Sound } from '../dsp/sound.ts';

/** What a drum hit can be; perc is all that is struck and is none of the others: toms, hand drums, bells, claps. */
export const DRUM_KINDS = ['kick', 'snare', 'hat', 'cymbal', 'perc'] as const;
export type DrumKind = (typeof DRUM_KINDS)[number];

/** A drum by its sound. */
export interface KindEstimate {
  readonly kind: DrumKind;
  /** How likely it is that kind rather than another, 0 to 1. */
  readonly confidence: number;
}

export function estimateKind(_hit: Sound): KindEstimate {
  return { kind: 'perc', confidence: 0 };
}
