/** Why a texture loops where it does, as data. */

import type { Loop } from '../families/texture.ts';
import type { LoopSearch } from '../loops/search-record.ts';

export type LoopExplanation =
  /** Cut from its source, at the place that a search chose. */
  | { readonly kind: 'searched'; readonly search: LoopSearch }
  /** No place that the search found was good enough, so it was made on a circle instead. */
  | { readonly kind: 'rejected'; readonly search: LoopSearch }
  /** Made on a circle: it has no end to be joined. */
  | { readonly kind: 'ring' }
  /** It plays once. */
  | { readonly kind: 'one-shot' };

/** @param loop of a texture whose searches were recorded */
export function explainLoop(loop: Loop | null): LoopExplanation {
  if (!loop) return { kind: 'one-shot' };
  const { kind, search } = loop;
  if (!search) return { kind: 'ring' };
  return { kind: kind === 'splice' ? 'searched' : 'rejected', search };
}
