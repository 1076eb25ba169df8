import { realFft } from '../dsp/fft.ts';
import { multiply } from '../dsp/levels.ts';
import type { Sound } from '../dsp/sound.ts';
import { sineWindow } from '../dsp/windows.ts';
import { smoothedSpectrum } from './hiss-smoothing.ts';

/** The image of a stereo hiss: how far its two channels share their noise, bin by bin. */

/**
 * Correlation of left and right in each bin over a whole stereo sound, smoothed over frequency. Frames overlap by
 * half under a sine window, whose squares then sum to one: an attack counts alike wherever frames fall on it.
 * @param frameLength a size that {@link realFft} takes
 * @returns of bins firstBin … firstBin + bins - 1; -1 to 1, 0 where a channel is silent
 */
export function binCorrelations(
  { channels }: Sound,
  frameLength: number,
  firstBin: number,
  bins: number,
): Float32Array {
  const fft = realFft(frameLength);
  const window = sineWindow(frameLength);
  const frame = new Float32Array(frameLength);
  const spectra = channels.map(() => new Float32Array(frameLength + 2));
  const [powers, otherPowers, cross] = [0, 1, 2].map(() => new Float32Array(bins));
  const { length } = channels[0];
  for (let start = -frameLength / 2; start < length; start += frameLength / 2) {
    const from = Math.max(0, start);
    channels.forEach((channel, c) => {
      frame.fill(0).set(channel.subarray(from, start + frameLength), from - start);
      multiply(frame, window);
      fft.forward(frame, spectra[c]);
    });
    const [left, right] = spectra;
    for (let bin = 0, k = 2 * firstBin; bin < bins; bin++, k += 2) {
      powers[bin] += left[k] * left[k] + left[k + 1] * left[k + 1];
      otherPowers[bin] += right[k] * right[k] + right[k + 1] * right[k + 1];
      cross[bin] += left[k] * right[k] + left[k + 1] * right[k + 1];
    }
  }
  const [lefts, rights] = [smoothedSpectrum(powers), smoothedSpectrum(otherPowers)];
  return smoothedSpectrum(cross).map((both, bin) => {
    const scale = Math.sqrt(lefts[bin] * rights[bin]);
    return scale > 0 ? clampUnit(both / scale) : 0;
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
