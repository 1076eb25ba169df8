export interface TempoEstimate {
  readonly bpm: number;
  /** 0 to 1, from the salience of the beat in the onset envelope. */
  readonly confidence: number;
}
