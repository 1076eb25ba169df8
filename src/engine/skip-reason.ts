import type { UnreadReason } from '../archive/file-kinds.ts';
import type { MakerReason } from '../families/lookup.ts';
import type { InWords } from './in-words.ts';
import type { LayerSilent } from './lay.ts';
import type { TooShort } from './too-short.ts';

/** Why nothing at all can be made of a source that was opened, or should have been. */
export type SourceReason =
  | TooShort
  | { readonly code: 'silent' }
  /** A video that ffmpeg read, and found no sound in. */
  | { readonly code: 'video-without-sound' }
  /** A video, and there is no ffmpeg to read it with. */
  | { readonly code: 'video-needs-ffmpeg' };

/** Why something was not made, whoever found it. */
export type SkipReason = MakerReason | LayerSilent | SourceReason | UnreadReason | InWords;
