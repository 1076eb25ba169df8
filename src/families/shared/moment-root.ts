import type { Analysis } from '../../analysis/analysis.ts';
import { CLEAR_ENOUGH_TO_SAY, isClear } from '../../analysis/confidence.ts';
import { estimateRoot, type RootEstimate } from '../../analysis/root.ts';
import type { Sound } from '../../dsp/sound.ts';

/**
 * Root of a moment of a source, for everything that is made of it: filters, shifts and drawn phases each move
 * the balance of partials, and what was estimated from each would disagree from one variant to the next.
 *
 * Where the moment's root is the source's own, whatever the octave, it is given as the source's, which was estimated for
 * longer; that lends a faint one enough confidence. A chord of its own keeps its own root.
 * @param sound the moment at the source's pitch
 * @returns null where neither is clear
 */
export function momentRoot(sound: Sound, { root }: Pick<Analysis, 'root'>): RootEstimate | null {
  const least = CLEAR_ENOUGH_TO_SAY.root;
  const here = estimateRoot(sound);
  if (here && isClear(root, least) && samePitchClass(here, root)) return root;
  return isClear(here, least) ? here : null;
}

function samePitchClass(one: RootEstimate, other: RootEstimate): boolean {
  const apart = one.note - other.note + (one.cents - other.cents) / 100;
  return Math.abs(apart - 12 * Math.round(apart / 12)) < 0.5;
}
