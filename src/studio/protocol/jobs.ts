/** What is under way, one at a time. */
import type { Texture } from './textures.ts';

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

/** A texture made again otherwise; it lies in `_rendered/` of its export, until somebody keeps it. */
export interface Rendering {
  /** As it would be in the palette, with the id that it would have there; `GET /api/sound/ID` has its sound. */
  readonly texture: Texture;
  /** The id of the texture that was made again. */
  readonly of: string;
  /** What is another about it, in words: `seed 7, 12 s`. */
  readonly what: string;
  /** As the user would name it. */
  readonly file: string;
  /** It sounds as the one that it was made from, to the sample. */
  readonly isSame: boolean;
  /** Sentences on what keeps it from being what was asked for. */
  readonly notes: readonly string[];
}

/** A version that is to be kept, or released. */
export interface VersionRequest {
  /** Of its texture. */
  readonly id: string;
}

export interface KeepVersionAnswer {
  /** In the palette from now on. */
  readonly id: string;
  /** It was no texture of the export before. */
  readonly isNew: boolean;
}

export interface ReleaseVersionAnswer {
  /** In the palette no more. */
  readonly id: string;
}
