import { partOf, withWorkspace } from '../../dsp/kernel-memory.ts';
import * as kernels from '../../dsp/kernels.ts';
import type { Sound } from '../../dsp/sound.ts';
import { sineWindow } from '../../dsp/windows.ts';
import { createFrameWorkspace, transformFrame } from './frames.ts';
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
  const [lefts, rights, both] = withWorkspace((own) => {
    const workspace = createFrameWorkspace(sineWindow(frameLength), own);
    const [left, right] = workspace.spectra.map((spectrum) => partOf(spectrum, 2 * firstBin));
    const sums = [own.floats(bins), own.floats(bins), own.floats(bins)];
    for (let start = -frameLength / 2; start < channels[0].length; start += frameLength / 2) {
      for (let c = 0; c < 2; c++) transformFrame(workspace, channels[c], start, c);
      kernels.addBinProducts(left, left, sums[0], bins);
      kernels.addBinProducts(right, right, sums[1], bins);
      kernels.addBinProducts(left, right, sums[2], bins);
    }
    return sums.map(smoothedSpectrum);
  });
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
