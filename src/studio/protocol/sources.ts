/** Where textures were found. */

/** All in seconds, printed as numbers. Where the excerpt begins in the source, and where in the source the find lies. */
export interface ContextHeaders {
  readonly 'afterglow-start-sec': string;
  readonly 'afterglow-find-start-sec': string;
  readonly 'afterglow-find-end-sec': string;
  readonly 'afterglow-source-sec': string;
}

export interface SourceAnswer {
  /** The source's path as the manifest names it; empty for what has none, as synthetic hiss. */
  readonly source: string;
  readonly title: string;
  /** Why it cannot be played, in a sentence; null where it can. */
  readonly problem: string | null;
  /** Null where it cannot be played. */
  readonly durationSec: number | null;
  /** Highest magnitude of each of equal parts of the whole, 0 to 1; empty where it cannot be played. */
  readonly peaks: readonly number[];
  /** What was found in it, this one included, by place. */
  readonly finds: readonly { readonly id: string; readonly startSec: number; readonly endSec: number }[];
}
