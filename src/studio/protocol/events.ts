/** What the server reports by itself, and how it says that something went wrong. */
import type { JobState, Rendering } from './jobs.ts';
import type { NotMade } from './runs.ts';
import type { Decision } from './textures.ts';

export type StudioEvent =
  /** An export's manifest is another: fetch the palette and the map again. */
  | { readonly kind: 'palette-changed'; readonly export: string; readonly revision: string }
  /** Decisions that somebody, this page included, changed. */
  | {
      readonly kind: 'decisions-changed';
      readonly revision: string;
      readonly changes: readonly { readonly id: string; readonly decision: Decision }[];
    }
  /** Embeddings are being made. */
  | { readonly kind: 'analysing'; readonly done: number; readonly all: number }
  /** Fetch the map again. */
  | { readonly kind: 'map-changed'; readonly isRefined: boolean }
  | { readonly kind: 'job'; readonly job: JobState }
  | {
      readonly kind: 'job-done';
      readonly job: JobState;
      readonly outcome: 'done' | 'stopped' | 'failed';
      /** In a sentence. */
      readonly message: string;
      /** What went wrong with single sources, in sentences. */
      readonly problems: readonly string[];
      /** Why no more was made than was. */
      readonly notMade: readonly NotMade[];
      readonly rendering: Rendering | null;
    }
  /** What came of something that was no job, in a sentence. */
  | { readonly kind: 'answer'; readonly message: string }
  /** The server ends. */
  | { readonly kind: 'closing' };

export interface ErrorAnswer {
  readonly error: {
    /**
     * `unauthorised`, `forbidden`, `not-found`, `bad-request`, `too-large`, `needs-force`, `busy`, `unsupported`; else the engine's:
     * `config`, `malformed-file`, `file-system`, `disk-full`, `not-allowed`, …; `unexpected`.
     */
    readonly code: string;
    /** In a sentence, for people. */
    readonly message: string;
  };
}
