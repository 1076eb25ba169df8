/**
 * What the wrap of a loop becomes in a program that brings a file to its own rate and takes silence to lie round it. Its
 * low-pass (a windowed sinc) reads past both ends, and finds nothing: the last frame lacks what the loop's first frames
 * would have given it, the first what its last ones would. By how much is a short sum over those frames, so every place
 * can be asked what a cut there would cost, without a resampler.
 *
 * The loss is held against the loop's own steps. It is small where all of them are near 0 and no high tone sounds:
 * the sinc's weights change their sign from frame to frame, so of a slow wave only its value at the cut counts.
 */
import { KernelWorkspace, partOf, withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { cos, sin, square } from '../dsp/maths.ts';
import { nthMagnitude } from '../dsp/sort.ts';
import type { Sound } from '../dsp/sound.ts';
import { unroll } from '../dsp/unroll.ts';
import { stepsEvery } from './steps.ts';

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

const own = new KernelWorkspace();
/** Frames on both sides of a cut. */
const aroundCut = own.floats(2 * REACH);
/**
 * Weights of the frames that are missing behind the end, nearest first, for each of {@link BEHIND}; then of those before the
 * first frame, which stays where it is.
 */
const MISSING = own.doubles(REACH * (BEHIND.length + 1));
for (let i = 0; i < REACH; i++) {
  for (const [k, behind] of BEHIND.entries()) MISSING[i * BEHIND.length + k] = windowedSinc(i + 1 - behind);
  MISSING[REACH * BEHIND.length + i] = windowedSinc(i + 1);
}

function windowedSinc(frames: number): number {
  const window = frames < REACH ? square(cos((Math.PI * frames) / (2 * REACH))) : 0;
  return (window * sin(Math.PI * CUTOFF * frames)) / (Math.PI * frames);
}

/** How large the step at the wrap of one loop may become in such a program, wherever its file begins. */
export interface CutResponse {
  /**
   * For a frame where the file would begin: the step there with what both sides lose, over the 99.9th percentile of the
   * loop's own steps; of the worst channel.
   */
  at(start: number): number;
  /**
   * The frame nearest to `place` whose step from the one before, and what a cut there would cost, are small in every
   * channel, or, where none is within reach, the one whose larger is smallest. It is no further than need be: elsewhere
   * level or timbre may be worse.
   * @param smallSteps of each channel
   * @param smallCut as of {@link at}; Infinity where it does not matter
   */
  calmest(place: number, reach: number, smallSteps: readonly number[], smallCut: number): number;
}

export function cutResponse({ channels }: Sound): CutResponse {
  const usual = channels.map(largestUsualStep);
  const { length } = channels[0];
  return {
    at(start) {
      let worst = 0;
      for (const [c, channel] of channels.entries()) {
        unroll(channel, start - REACH, aroundCut);
        worst = Math.max(worst, kernels.stepOfCut(aroundCut, REACH, REACH, MISSING) / usual[c]);
      }
      return worst;
    },
    calmest(place, reach, smallSteps, smallCut) {
      const spacing = 2 * (reach + REACH);
      const off = withWorkspace((workspace) => {
        const samples = workspace.floats(channels.length * spacing);
        for (const [c, channel] of channels.entries()) {
          unroll(channel, place - reach - REACH, partOf(samples, c * spacing, (c + 1) * spacing));
        }
        const steps = workspace.doubles(channels.length);
        steps.set(smallSteps.map((step) => step || Number.MIN_VALUE));
        const cuts = workspace.doubles(channels.length);
        cuts.set(usual.map((step) => smallCut * step));
        return kernels.calmestCut(samples, spacing, channels.length, reach, REACH, steps, cuts, MISSING);
      });
      return (place + off + length) % length;
    },
  };
}

/** The 99.9th percentile of the steps between neighbours; above 0. */
function largestUsualStep(loop: Float32Array): number {
  const stride = Math.max(1, Math.floor((loop.length - 1) / STEPS_TAKEN));
  const steps = stepsEvery(loop, stride);
  return nthMagnitude(steps, Math.floor(0.999 * (steps.length - 1))) || Number.MIN_VALUE;
}
