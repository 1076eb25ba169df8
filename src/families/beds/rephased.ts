/**
 * A sound with the same spectrum and other phases, by a chain of all-passes (Schroeder, JASA 1961). What is played again and
 * again is then no copy of itself: each of its partials is turned by another angle each time, as in another moment of a held chord.
 */
import { withWorkspace } from '../../dsp/kernel-memory.ts';
import * as kernels from '../../dsp/kernels.ts';
import type { Random } from '../../dsp/random.ts';
import { FRESH, type Lender } from '../../dsp/rooms.ts';

/** How many there are in a chain, and how long each delays, s: partials 25 to 125 Hz apart are turned by a whole turn more or less. */
const SECTIONS = 4;
const SHORTEST_SEC = 0.008;
const LONGEST_SEC = 0.04;
/** What comes back of each delay. */
const FEEDBACK = 0.6;
/**
 * What a chain plays before it says what it says of a held note, s. Of 60 chains, each with a note of its own, the 50 ms after that are off by
 * 0.18 dB at most; with 0.25 s by 14 dB, with nothing by 19.
 */
const RUN_IN_SEC = 0.5;

/** Delays of a chain, frames. */
export function drawDelays(random: Random, sampleRate: number): number[] {
  return Array.from({ length: SECTIONS }, () =>
    Math.round(sampleRate * random.between(SHORTEST_SEC, LONGEST_SEC)),
  );
}

/** Frames that a chain wants to be given before what is played of it. */
export function runInOf(sampleRate: number): number {
  return Math.round(RUN_IN_SEC * sampleRate);
}

/**
 * What comes out of a chain that has run in. What the channel has too little of before, as at a source's start, is its beginning mirrored.
 * @param delays frames each
 * @param before frames of the channel before what is wanted
 * @param runIn frames, at least as many
 * @param lender of what is returned
 * @returns the channel without those before
 */
export function rephased(
  channel: Float32Array,
  delays: readonly number[],
  before: number,
  runIn: number,
  lender: Lender = FRESH,
): Float32Array {
  const missing = runIn - before;
  const played = lender.floats(missing + channel.length);
  const mirrored = channel.slice(0, missing).reverse();
  played.fill(0, 0, missing - mirrored.length);
  played.set(mirrored, missing - mirrored.length);
  played.set(channel, missing);
  for (const delay of delays) allPass(played, delay);
  return played.subarray(runIn);
}

/** Changes a channel in place. */
function allPass(channel: Float32Array, delay: number): void {
  withWorkspace((own) => {
    const [samples, kept] = [own.floats(delay), own.floats(delay)];
    for (let start = 0; start < channel.length; start += delay) {
      const part = channel.subarray(start, start + delay);
      samples.set(part);
      kernels.allPass(samples, kept, FEEDBACK, part.length);
      part.set(part.length < delay ? samples.subarray(0, part.length) : samples);
    }
  });
}
