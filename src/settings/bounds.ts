/** Bounds that settings of several sections have in common. */

/** dBFS. */
export const DECIBELS = { min: -120, max: 0 };
/** Lengths of what is made, seconds. */
export const SECONDS = { min: 0.1, max: 600 };
/** Cut-offs above half the sample rate are lowered to it when the filter is made. */
export const HERTZ = { min: 20, max: 96_000 };
/** Transpositions. */
export const SEMITONES = { min: -48, max: 48 };
/** How many are made at most. */
export const COUNT = { min: 0, max: 10_000 };
/** Onsets a second. */
export const PER_SECOND = { min: 0, max: 100 };
