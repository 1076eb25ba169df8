/** Why a source was taken for its kind. */

import { exp } from '../dsp/maths.ts';
import type { SourceKind } from '../settings/source-kinds.ts';
import type { KindFigure, KindFigures } from './kind-figures.ts';

/** What reasons are made of, beside the figures. */
export interface KindFacts {
  /** Length of the source, s. */
  readonly seconds: number;
  /** Onsets in what was analysed of it, and how long that was, s. */
  readonly onsets: number;
  readonly analysedSec: number;
  /** Beats a minute where a beat is clear, else null. */
  readonly bpm: number | null;
}

/** Onsets in what was analysed, and how long that was, s. */
type Attacks = Pick<KindFacts, 'onsets' | 'analysedSec'>;

/** What speaks most for each kind, with its figures. */
export type KindReason =
  /** A song: long, and it changes. */
  | (Attacks & Pick<KindFacts, 'seconds' | 'bpm'> & { readonly code: 'changes' })
  /** A tonal sound; how steady its pitch is, 0 to 1. */
  | (Attacks & { readonly code: 'pitch-holds'; readonly pitchSteadiness: number })
  /** A drum loop. */
  | (Attacks & Pick<KindFacts, 'bpm'> & { readonly code: 'struck' })
  /** A hit; time from its peak to 20 dB less, s. */
  | (Pick<KindFacts, 'onsets'> & { readonly code: 'died-down'; readonly decaySec: number })
  /** Noise; its spectral flatness, 0 to 1. */
  | (Attacks & { readonly code: 'little-pitch'; readonly flatness: number })
  /** Speech; how far its voice bands move at the rate of syllables, dB. */
  | {
      readonly code: 'syllables';
      readonly movementDb: number;
      readonly pausesPerSec: number;
    };

export function kindReason(kind: SourceKind, facts: KindFacts, figures: KindFigures): KindReason {
  const { seconds, onsets, analysedSec, bpm } = facts;
  const figure = (name: KindFigure) => figures.get(name)!;
  switch (kind) {
    case 'song':
      return { code: 'changes', seconds, onsets, analysedSec, bpm };
    case 'tonal':
      return { code: 'pitch-holds', pitchSteadiness: figure('pitch steadiness'), onsets, analysedSec };
    case 'drum_loop':
      return { code: 'struck', onsets, analysedSec, bpm };
    case 'hit':
      return { code: 'died-down', onsets, decaySec: exp(figure('time to -20 dB')) };
    case 'noise':
      return { code: 'little-pitch', flatness: figure('flatness'), onsets, analysedSec };
    case 'speech':
      return {
        code: 'syllables',
        movementDb: figure('syllables'),
        pausesPerSec: figure('pauses a second'),
      };
  }
}
