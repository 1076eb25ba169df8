/** What clouds of one source are like, each something else: where their grains come from, how long they are, how high. */

/** In the order in which a source's clouds take them; a fourth cloud is like the first, of other material. */
const CHARACTERS = ['drifting', 'still', 'shimmering'] as const;
export const CHARACTER_COUNT = CHARACTERS.length;
export type Character = (typeof CHARACTERS)[number];

export interface Traits {
  /** Length of its grains against what is asked for. */
  readonly length: number;
  /** Amplitude of a layer of grains an octave higher over all the others. */
  readonly octaveAmplitude: number;
  /** How far it may become darker (below 0) or brighter, dB an octave, to be told from the others and yet be like the first. */
  readonly tiltsDb: readonly [darkest: number, brightest: number];
}

export const TRAITS: Readonly<Record<Character, Traits>> = {
  drifting: { length: 1, octaveAmplitude: 0, tiltsDb: [0, 0] },
  still: { length: 1, octaveAmplitude: 0, tiltsDb: [-3, 0] },
  // An octave up reads twice as much source, so that half the length asks for no longer stretches.
  shimmering: { length: 0.5, octaveAmplitude: 0.6, tiltsDb: [-3, 2] },
};

/** The character of a source's n-th cloud, from 0. */
export function characterOf(part: number): Character {
  return CHARACTERS[part % CHARACTERS.length];
}
