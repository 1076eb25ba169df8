export interface RootEstimate {
  /** MIDI note, 60 = middle C. */
  readonly note: number;
  /** How far the sound lies above (positive) or below that note, cents, -50 to 50. */
  readonly cents: number;
  /** 0 to 1. */
  readonly confidence: number;
}
