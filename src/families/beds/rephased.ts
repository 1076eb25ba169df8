/**
 * A sound with the same spectrum and other phases, by a chain of all-passes (Schroeder, JASA 1961). What is played again and
 * again is then no copy of itself: each of its partials is turned by another angle each time, as in another moment of a held chord.
 */
import type { Random } from '../../dsp/random.ts';

/** How many there are in a chain, and how long each delays, s: partials 30 to 100 Hz apart are turned apart. */
const SECTIONS = 4;
const SHORTEST_SEC = 0.008;
const LONGEST_SEC = 0.04;
/** What comes back of each delay. */
const FEEDBACK = 0.6;

/** Delays of a chain, frames. */
export function drawDelays(random: Random, sampleRate: number): number[] {
  return Array.from({ length: SECTIONS }, () =>
    Math.round(sampleRate * random.between(SHORTEST_SEC, LONGEST_SEC)),
  );
}

/** Changes a channel in place. @param delays frames each */
export function rephase(channel: Float32Array, delays: readonly number[]): void {
  for (const delay of delays) {
    const kept = new Float32Array(delay);
    for (let n = 0, at = 0; n < channel.length; n++) {
      const before = kept[at];
      const now = channel[n] + FEEDBACK * before;
      channel[n] = before - FEEDBACK * now;
      kept[at] = now;
      if (++at === delay) at = 0;
    }
  }
}
