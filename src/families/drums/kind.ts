import { exp } from '../../dsp/maths.ts';
import type { Sound } from '../../dsp/sound.ts';
import { DRUM_SORTS, DRUM_WEIGHTS, type DrumKind } from './kind-table.ts';
import { drumShape } from './shape.ts';

/** A drum by its sound. */
export interface KindEstimate {
  readonly kind: DrumKind;
  /** How likely it is that kind rather than another, 0 to 1. */
  readonly confidence: number;
}

/** Longest part of a hit that is analysed, s: by then a cymbal has shown how slowly it dies. */
export const LISTENED_SEC = 3;

/**
 * Which drum a hit is: by multinomial logistic regression of its figures, over sorts of drum that are alike (a tom and a
 * cowbell are both perc, and have nothing else in common), summed up by kind.
 * @param hit from its attack on, up to the next one or {@link LISTENED_SEC}
 */
export function estimateKind(hit: Sound): KindEstimate {
  const figures = drumShape(hit);
  const scores = DRUM_SORTS.map((_, sort) => {
    let score = DRUM_WEIGHTS.bias[sort];
    for (const [name, value] of figures) score += DRUM_WEIGHTS[name][sort] * value;
    return score;
  });
  const most = Math.max(...scores);
  const likelihoods = scores.map((score) => exp(score - most));
  const all = likelihoods.reduce((sum, likelihood) => sum + likelihood, 0);
  const kinds = new Map<DrumKind, number>();
  DRUM_SORTS.forEach(({ kind }, sort) => {
    kinds.set(kind, (kinds.get(kind) ?? 0) + likelihoods[sort] / all);
  });
  const [kind, confidence] = [...kinds].reduce((best, other) => (other[1] > best[1] ? other : best));
  return { kind, confidence };
}
