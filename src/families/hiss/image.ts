import { kernels, memory } from '../../dsp/kernels.ts';
import type { Sound } from '../../dsp/sound.ts';
import { sineWindow } from '../../dsp/windows.ts';
import { frameDesk, hearFrame } from './frames.ts';
import { smoothedSpectrum } from './smoothing.ts';

/** The image of a stereo hiss: how far its two channels share their noise, bin by bin. */

/**
 * Correlation of left and right in each bin over a whole stereo sound, smoothed over frequency. Frames overlap by
 * half under a sine window, whose squares then sum to one: an attack counts alike wherever frames fall on it.
 * @param frameLength a size that a transform takes
 * @returns of bins firstBin … firstBin + bins - 1; -1 to 1, 0 where a channel is silent
 */
export function binCorrelations(
  { channels }: Sound,
  frameLength: number,
  firstBin: number,
  bins: number,
): Float32Array {
  const desk = frameDesk(sineWindow(frameLength));
  const [leftAt, rightAt] = desk.spectraAt.map((at) => at + 8 * firstBin);
  const sumsAt = [0, 1, 2].map((index) => desk.freeAt + 4 * index * bins);
  const sums = sumsAt.map((at) => memory.floats.subarray(at >> 2, (at >> 2) + bins).fill(0));
  const { length } = channels[0];
  for (let start = -frameLength / 2; start < length; start += frameLength / 2) {
    for (let c = 0; c < 2; c++) hearFrame(desk, channels[c], start, c);
    kernels.addBinProducts(leftAt, leftAt, sumsAt[0], bins);
    kernels.addBinProducts(rightAt, rightAt, sumsAt[1], bins);
    kernels.addBinProducts(leftAt, rightAt, sumsAt[2], bins);
  }
  const [lefts, rights, both] = sums.map(smoothedSpectrum);
  return both.map((shared, bin) => {
    const scale = Math.sqrt(lefts[bin] * rights[bin]);
    return scale > 0 ? clampUnit(shared / scale) : 0;
  });
}

/**
 * How much of the left noise the right one has to share in each bin, so that a ring of these colours, each
 * heard as long as the others, correlates as wanted there. Where a colour's sides differ in level more of it has
 * to be shared; where all of it would not be enough, all of it is.
 * @param colours each the powers of the left channel's bins, then of the right's
 * @param wanted correlation of each bin, -1 to 1
 * @returns real coherence of each bin, -1 to 1
 */
export function coherenceFor(colours: readonly Float32Array[], wanted: Float32Array): Float32Array {
  const bins = wanted.length;
  return wanted.map((correlation, bin) => {
    let [left, right, shared] = [0, 0, 0];
    for (const colour of colours) {
      left += colour[bin];
      right += colour[bins + bin];
      shared += Math.sqrt(colour[bin] * colour[bins + bin]);
    }
    return shared > 0 ? clampUnit((correlation * Math.sqrt(left * right)) / shared) : 0;
  });
}

function clampUnit(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
