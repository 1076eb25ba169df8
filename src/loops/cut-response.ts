/**
 * What the wrap of a loop becomes in a program that brings a file to its own rate and takes silence to lie round it. Its
 * low-pass (a windowed sinc) reads past both ends, and finds nothing: the last frame lacks what the loop's first frames
 * would have given it, the first what its last ones would. By how much is a short sum over those frames, so every place
 * can be asked what a cut there would cost, without a resampler.
 *
 * The loss is held against the loop's own steps. It is small where all of them are near 0 and no high tone sounds:
 * the sinc's weights change their sign from frame to frame, so of a slow wave only its value at the cut counts.
 */
import { cos, sin, square } from '../dsp/maths.ts';
import { sortMagnitudes } from '../dsp/sort.ts';
import type { Sound } from '../dsp/sound.ts';

/** Frames on either side that count: there the window of the sinc has closed. */
const REACH = 16;
/** Where the low-passes of resamplers end, as part of the Nyquist frequency: about there. */
const CUTOFF = 0.95;
/**
 * How far behind the last frame of the file the last one of the result may lie, frames: less than one, at any rate above the
 * file's, and just where depends on the length. From 44.1 to 48 kHz it is 0.08 for whole seconds.
 */
const BEHIND = [0.08, 0.31, 0.54, 0.77];
/** Steps of which the 99.9th percentile is taken. */
const STEPS_TAKEN = 8000;

/** Weights of the frames that are missing behind the end, nearest first, for each of {@link BEHIND}. */
const MISSING_BEHIND = BEHIND.map((behind) =>
  Float64Array.from({ length: REACH }, (_, i) => windowedSinc(i + 1 - behind)),
);
/** And of those before the first frame, which stays where it is. */
const MISSING_BEFORE = Float64Array.from({ length: REACH }, (_, i) => windowedSinc(i + 1));

function windowedSinc(frames: number): number {
  const window = frames < REACH ? square(cos((Math.PI * frames) / (2 * REACH))) : 0;
  return (window * sin(Math.PI * CUTOFF * frames)) / (Math.PI * frames);
}

/**
 * Asks a loop how large the step at its wrap may become in such a program.
 * @returns for a frame where the file would begin: the step there with what both sides lose, over the 99.9th
 *   percentile of the loop's own steps; of the worst channel
 */
export function cutResponse({ channels }: Sound): (start: number) => number {
  const usual = channels.map(largestUsualStep);
  const unrolled = channels.map(withEnds);
  return (start) => {
    let worst = 0;
    for (let c = 0; c < channels.length; c++) {
      worst = Math.max(worst, stepOfCut(unrolled[c], start) / usual[c]);
    }
    return worst;
  };
}

/** A loop with what lies round it within {@link REACH}, so that the sums read on without asking where it ends. */
function withEnds(loop: Float32Array): Float32Array {
  const { length } = loop;
  const unrolled = new Float32Array(length + 2 * REACH);
  unrolled.set(loop, REACH);
  for (let i = 0; i < REACH; i++) {
    unrolled[REACH - 1 - i] = loop[length - 1 - (i % length)];
    unrolled[REACH + length + i] = loop[i % length];
  }
  return unrolled;
}

/** @param unrolled as {@link withEnds} has it: the loop's first frame is that at {@link REACH} */
function stepOfCut(unrolled: Float32Array, start: number): number {
  const first = start + REACH;
  let before = 0;
  for (let i = 0; i < REACH; i++) before += MISSING_BEFORE[i] * unrolled[first - 1 - i];
  let most = 0;
  for (const weights of MISSING_BEHIND) {
    let behind = 0;
    for (let i = 0; i < REACH; i++) behind += weights[i] * unrolled[first + i];
    most = Math.max(most, Math.abs(behind - before));
  }
  return most + Math.abs(unrolled[first] - unrolled[first - 1]);
}

/** The 99.9th percentile of the steps between neighbours; above 0. */
function largestUsualStep(loop: Float32Array): number {
  const stride = Math.max(1, Math.floor((loop.length - 1) / STEPS_TAKEN));
  const steps = new Float32Array(Math.max(0, Math.floor((loop.length - 1) / stride)));
  for (let i = 0; i < steps.length; i++) steps[i] = Math.abs(loop[i * stride + 1] - loop[i * stride]);
  return sortMagnitudes(steps)[Math.floor(0.999 * (steps.length - 1))] || Number.MIN_VALUE;
}
