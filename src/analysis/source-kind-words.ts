/** Why a source was taken for its kind, in words. */

import { exp } from '../dsp/maths.ts';
import type { SourceKind } from '../settings/source-kinds.ts';
import type { KindFigure, KindFigures } from './kind-figures.ts';

/** What the words are made of, beside the figures. */
export interface AnalysedFacts {
  /** Length of the source, s. */
  readonly seconds: number;
  /** Onsets in what was analysed of it, and how long that was, s. */
  readonly onsets: number;
  readonly analysedSec: number;
  /** Beats a minute where a beat is clear, else null. */
  readonly bpm: number | null;
}

/** `one attack, over within 0.3 s`: what speaks most for the kind, with its figures. */
export function kindReason(kind: SourceKind, facts: AnalysedFacts, figures: KindFigures): string {
  const { seconds, bpm } = facts;
  const figure = (name: KindFigure, digits: number) => figures.get(name)!.toFixed(digits);
  const beat = bpm === null ? '' : ` at ${Math.round(bpm)} BPM`;
  switch (kind) {
    case 'song':
      return `${duration(seconds)} of changing sound, ${attackRate(facts)}${beat}`;
    case 'tonal':
      return `pitch that holds (${figure('pitch steadiness', 2)} of 1), ${attackRate(facts)}`;
    case 'drum_loop':
      return `struck and not held, ${attackRate(facts)}${beat}`;
    case 'hit':
      return `${attacks(facts.onsets)}, died down within ${duration(exp(figures.get('time to -20 dB')!))}`;
    case 'noise':
      return `little pitch (flatness ${figure('flatness', 2)}), ${attackRate(facts)}`;
    case 'speech':
      return `voice bands that move as syllables do (${figure('syllables', 0)} dB), ${figure('pauses a second', 1)} pauses a second`;
  }
}

function attackRate({ onsets, analysedSec }: AnalysedFacts): string {
  return onsets < 2
    ? attacks(onsets)
    : `${(onsets / Math.max(0.25, analysedSec)).toFixed(1)} attacks a second`;
}

function attacks(onsets: number): string {
  if (onsets === 0) return 'no attack';
  return onsets === 1 ? 'one attack' : `${onsets} attacks`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toPrecision(2)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
