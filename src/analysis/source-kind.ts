import { exp } from '../dsp/maths.ts';
import { SOURCE_KINDS, type SourceKind } from '../settings/source-kinds.ts';
import type { KindFigures } from './kind-figures.ts';
import { KIND_WEIGHTS } from './source-kind-table.ts';

/** What a source is by its sound. */
export interface SourceKindEstimate {
  readonly kind: SourceKind;
  /** How likely it is that kind rather than another, 0 to 1. */
  readonly confidence: number;
}

/** Which kind a source is, by multinomial logistic regression of its figures. */
export function estimateSourceKind(figures: KindFigures): SourceKindEstimate {
  const scores = SOURCE_KINDS.map((_, kind) => {
    let score = KIND_WEIGHTS.bias[kind];
    for (const [name, value] of figures) score += KIND_WEIGHTS[name][kind] * value;
    return score;
  });
  const most = Math.max(...scores);
  const likelihoods = scores.map((score) => exp(score - most));
  const best = scores.indexOf(most);
  const all = likelihoods.reduce((sum, likelihood) => sum + likelihood, 0);
  return { kind: SOURCE_KINDS[best], confidence: likelihoods[best] / all };
}
