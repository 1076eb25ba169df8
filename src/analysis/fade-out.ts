/**
 * Where a source begins to fade out. A window of two seconds loses little in a fade of twenty, so no limit on
 * the window alone can tell: a fade-out is seen from the end of the source, as the level that it climbs back to.
 */
import { log10 } from '../dsp/maths.ts';
import type { Analysis } from './analysis.ts';

/** Time over which a level is taken: longer than a beat, s. */
const BLOCK_SEC = 1;
const BLOCKS_PER_LEVEL = 2;
/**
 * Seen backwards, the fade goes on as long as the loudest level so far is outdone by this much in this time
 * (a straight fade of 20 s begins with 1.3 dB in its first 3 s), or by twice as much in twice the time: the beating of
 * a chord can hide a rise for 3 s, dB and s.
 */
const LEAST_RISE_DB = 0.5;
const RISE_SEC = 3;
/** A source that ends less than this under what came before does not fade, it stops, dB. */
const LEAST_FADE_DB = 12;
/** What lies this much under the loudest block is the silence after the music, dB. */
const SILENCE_DB = -60;

/** First frame of the fade-out that a source ends with; its length where it ends without one. */
export function fadeOutStart({ power, hop, cellCount, frameCount, sampleRate }: Analysis): number {
  const cells = Math.max(1, Math.round((BLOCK_SEC / BLOCKS_PER_LEVEL) * (sampleRate / hop)));
  const loudest = loudestFrom(halfBlocks(power, cellCount, cells));
  const reach = Math.round((RISE_SEC / BLOCK_SEC) * BLOCKS_PER_LEVEL);
  let start = lastAudible(loudest);
  const rises = (times: number) =>
    loudest[Math.max(0, start - times * reach)] - loudest[start] >= times * LEAST_RISE_DB;
  while (start > 0 && (rises(1) || rises(2))) start--;
  if (start < 0 || loudest[start] - loudest[loudest.length - 1] < LEAST_FADE_DB) return frameCount;
  // The level of a block stands for its middle.
  return Math.min(frameCount, Math.round((start + BLOCKS_PER_LEVEL / 2) * cells * hop));
}

/** The last block that is not silence; -1 where all are. Levels never rise from one block to the next. */
function lastAudible(loudest: Float64Array): number {
  let last = loudest.length - 1;
  while (last >= 0 && !(loudest[last] > loudest[0] + SILENCE_DB)) last--;
  return last;
}

/** Mean square of the cells of each half block. A rest too short for one is left out: it may hold a click. */
function halfBlocks(power: Float32Array, cellCount: number, cells: number): Float64Array {
  const means = new Float64Array(Math.floor(cellCount / cells));
  for (let i = 0; i < means.length; i++) {
    for (let cell = i * cells; cell < (i + 1) * cells; cell++) means[i] += power[cell] / cells;
  }
  return means;
}

/** For each block the largest level, dB, from there to the end. */
function loudestFrom(halves: Float64Array): Float64Array {
  const levels = new Float64Array(Math.max(0, halves.length - BLOCKS_PER_LEVEL + 1));
  let most = -Infinity;
  for (let i = levels.length - 1; i >= 0; i--) {
    let sum = 0;
    for (let k = 0; k < BLOCKS_PER_LEVEL; k++) sum += halves[i + k] / BLOCKS_PER_LEVEL;
    most = Math.max(most, 10 * log10(sum));
    levels[i] = most;
  }
  return levels;
}
