/** Stretches are brought to one level, by at most this much, dB. */
export const MOST_GAIN_DB = 12;

/** One stretch of a bed, frames. */
export interface Stretch {
  /** Where it begins in the source. */
  readonly start: number;
  /** Where it begins on the ring. */
  readonly place: number;
  /** From there to where the next one begins. */
  readonly step: number;
  /** It comes in, and the one before it goes out, over this. */
  readonly overlap: number;
  /** What brings all stretches to one level, dB. */
  readonly gainDb: number;
  /** Of the all-passes that it is played through, frames; none where it is played as it is. */
  readonly delays: readonly number[];
}
