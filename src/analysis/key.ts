export interface KeyEstimate {
  /** 0 = C … 11 = B. */
  readonly tonic: number;
  readonly mode: 'maj' | 'min';
  /** 0 to 1, from the margin to the runner-up. */
  readonly confidence: number;
}
