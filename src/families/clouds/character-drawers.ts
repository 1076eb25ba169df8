/** Where in the source the grains of a cloud of each character come from. */
import { stabilityOf } from '../../analysis/stability-score.ts';
import { cos } from '../../dsp/maths.ts';
import { CHARACTER_COUNT, characterOf } from './characters.ts';
import type { GrainPool, Moment } from './grain.ts';
import { windowGroups, windowsDrawer } from './windows.ts';

/** Names the place in the source where a grain begins. */
export type Drawer = (
  /** Samples of the source that the grain reads. */
  span: number,
  /** Where on the ring it sounds, 0 to 1. */
  turn: number,
  /** What chance says, 0 to 1. */
  share: number,
  /** How many moments were drawn before for the same grain, and were no good. */
  tries: number,
) => Moment;

/** Least material that a cloud can call its own, s: below it clouds of one character share everything. */
const LEAST_OWN_SEC = 3;
/** A still cloud stays with so much of its source, s: so much that a ring of 6 s need not say anything twice. */
const STILL_SEC = 8;
/** How far a drifting cloud's grains stray from its path, as a share of all the material; further with every try. */
const STRAY = 0.1;

/** How the n-th cloud of a source, from 0, of `parts` draws. @param phase where on the ring a drifting cloud begins, 0 to 1 */
export function drawerOf(pool: GrainPool, part: number, parts: number, phase: number): Drawer {
  const round = Math.floor(part / CHARACTER_COUNT);
  const character = characterOf(part);
  if (character === 'still') return stillDrawer(pool, round);
  const rounds = Math.ceil((parts - (part % CHARACTER_COUNT)) / CHARACTER_COUNT);
  const at = spreadDrawer(pool, round, rounds);
  if (character === 'shimmering') return (span, _, share) => at(span, share);
  // There and back, slowest where it turns, so that the ring has no leap.
  return (span, turn, share, tries) => {
    const path = 0.5 - 0.5 * cos(2 * Math.PI * (turn + phase));
    return at(span, Math.min(1, Math.max(0, path + STRAY * (1 + tries) * (2 * share - 1))));
  };
}

/** By a share of the stretches: the longer and steadier one is, the more it has. */
function spreadDrawer({ stretches, analysis }: GrainPool, round: number, rounds: number) {
  const limits = new Float64Array(stretches.length);
  let total = 0;
  let frames = 0;
  stretches.forEach((stretch, i) => {
    frames += stretch.end - stretch.start;
    total += (stretch.end - stretch.start) * Math.max(0.05, stretch.stability);
    limits[i] = total;
  });
  const own = frames / rounds >= LEAST_OWN_SEC * analysis.sampleRate;
  return (span: number, share: number): Moment => {
    const weight = (own ? (round + share) / rounds : share) * total;
    let stretch = 0;
    while (stretch < stretches.length - 1 && limits[stretch] <= weight) stretch++;
    const { start, end } = stretches[stretch];
    const before = stretch > 0 ? limits[stretch - 1] : 0;
    const within = (weight - before) / (limits[stretch] - before);
    return { stretch, start: start + Math.floor(within * Math.max(0, end - start - span)) };
  };
}

/** From the most stable windows of the material, or for a further still cloud the most stable that are left. */
function stillDrawer(pool: GrainPool, round: number): Drawer {
  const { sampleRate } = pool.analysis;
  const score = stabilityOf(pool.analysis);
  const length = STILL_SEC * sampleRate;
  // A short window repeats more of itself.
  const groups = windowGroups(
    pool,
    length,
    length,
    ({ start, end }) => score(start, end - start).score * Math.sqrt((end - start) / length),
  );
  const draw = windowsDrawer(groups[round % groups.length]);
  return (span, _, share) => draw(span, share);
}
