import type { Levelling } from './kit-levels.ts';

/** What was done to a sound so that it fits into a kit; `wording/kits.ts` says it in words. */
export type Adaptation =
  /** Mono became stereo: the same on both sides. */
  | { readonly code: 'mono-on-both' }
  /** Stereo became mono, and both channels cancel each other: the louder one alone. */
  | { readonly code: 'one-channel'; readonly channel: 'left' | 'right' }
  | { readonly code: 'mixed-to-mono' }
  /** A shorter loop was found in it. */
  | ({ readonly code: 'looped-anew' } & Shortened)
  /** No shorter loop closes inaudibly: its phases were randomised over a ring. */
  | ({ readonly code: 'phases-randomised' } & Shortened)
  /** A one-shot ends earlier. */
  | ({ readonly code: 'faded-out' } & Shortened)
  | { readonly code: 'resampled'; readonly fromHz: number; readonly toHz: number }
  /** A loop begins elsewhere, since its wrap had come to lie between samples that differ much. */
  | { readonly code: 'rotated' }
  | { readonly code: 'depth-reduced'; readonly fromBits: number; readonly toBits: number }
  /** Moved to fit a key, by this many semitones. */
  | { readonly code: 'transposed'; readonly semitones: number }
  /** Moved to a note of a tuning. */
  | { readonly code: 'tuned'; readonly cents: number }
  | ({ readonly code: 'levelled' } & Levelling);

interface Shortened {
  /** Its length now, and before, s. */
  readonly sec: number;
  readonly ofSec: number;
}
