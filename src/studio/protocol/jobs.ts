/** What is under way, one at a time. */

/** One at a time: a second is answered with 409 `busy`. */
export interface JobState {
  readonly kind: 'run' | 'render' | 'kit';
  readonly export: string;
  /** What is done, in words. */
  readonly title: string;
  /** 0 to 1. */
  readonly share: number;
  /** The last thing that happened, in words; empty at first. */
  readonly message: string;
  /** Textures made so far. */
  readonly made: number;
}

export interface JobAnswer {
  /** Null where nothing is under way. */
  readonly job: JobState | null;
}

/** A texture made again otherwise; it lies in `_rendered/` of its export. */
export interface Rendering {
  readonly id: string;
  /** The id of the texture that was made again. */
  readonly of: string;
  /** As the user would name it. */
  readonly file: string;
  readonly durationSec: number;
  /** Sentences on what keeps it from being what was asked for. */
  readonly notes: readonly string[];
}
