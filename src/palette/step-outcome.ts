/** What comes of the steps of a batch. */
import type { ErrorCode } from '../errors.ts';

/** The steps, in their order. */
export type BatchStep = 'excavate' | 'dust' | 'curate' | 'kit' | 'instruments' | 'report';

/** Why a step failed, or kept what was there. */
export type StepReason =
  /** What lies there is not as a batch left it. */
  | { readonly code: 'changed-by-hand'; readonly path: string }
  /** So many sources failed, otherwise than by being broken. */
  | { readonly code: 'sources-failed'; readonly sources: number }
  /** Under `strict` the first source that failed, be it that it is broken, ended it. */
  | { readonly code: 'stopped-at-failure' }
  /** An error of the engine's, by its code and its sentence. */
  | { readonly code: 'error'; readonly error: ErrorCode; readonly sentence: string }
  /** What should not have happened, as it was thrown. */
  | { readonly code: 'unforeseen'; readonly thrown: string };

/** What came of a step; of `kit` there may be several. */
export interface StepOutcome {
  readonly step: BatchStep;
  /** The folder or file that it made, relative to the export folder. */
  readonly what: string;
  /**
   * `up-to-date`: what lies there is as a batch made it, of the same; `kept`: it was changed since a batch made it, so it stays.
   */
  readonly outcome: 'done' | 'up-to-date' | 'failed' | 'kept';
  /** Why it failed or was kept; else null. */
  readonly reason: StepReason | null;
  readonly seconds: number;
}
