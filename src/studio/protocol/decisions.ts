/** What somebody decides on textures. */
import type { Decision } from './textures.ts';

/** What is left out stays as it is; null takes it away. */
export interface DecisionChange {
  readonly id: string;
  readonly decision?: 'keep' | 'reject' | null;
  readonly stars?: number | null;
  readonly note?: string | null;
  readonly name?: string | null;
}

export interface DecisionsRequest {
  /** 1 to 1,000; saved together. */
  readonly changes: readonly DecisionChange[];
}

export interface DecisionsAnswer {
  readonly revision: string;
  /** What is saved now of those that were changed, and what was before, for undoing. */
  readonly saved: readonly { readonly id: string; readonly decision: Decision; readonly before: Decision }[];
  /** What was wrong with curation.json, and where it was set aside. */
  readonly warning: string | null;
}
