import { correlationOf } from '../dsp/stereo.ts';
import { smoothedSpectrum } from './hiss-smoothing.ts';

/** The image of a stereo hiss: how far its two channels share their noise, bin by bin. */

/** Steps of the search for the offset of the coherence. */
const OFFSET_BISECTIONS = 24;

/** Correlation between left and right of everything within the band. */
export function bandCorrelation(
  powers: readonly Float32Array[],
  cross: Float32Array,
  bins: number,
  [low, high]: readonly [number, number],
): number {
  const sums = { left: 0, right: 0, both: 0 };
  for (let row = 0; row < cross.length; row += bins) {
    for (let at = row + low; at < row + high; at++) {
      sums.left += powers[0][at];
      sums.right += powers[1][at];
      sums.both += cross[at];
    }
  }
  return correlationOf(sums);
}

/**
 * Real coherence of each bin that gives a loop of these moments the wanted correlation: the measured one,
 * moved by one offset for all bins, for what was tuned is gone and every moment will be equally loud.
 */
export function coherenceFor(
  moments: readonly Float32Array[],
  weights: Float32Array,
  measured: Float32Array,
  wanted: number,
  [low, high]: readonly [number, number],
): Float32Array {
  const bins = measured.length;
  const shared = new Float32Array(bins);
  const sums = { left: 0, right: 0, both: 0 };
  moments.forEach((moment, i) => {
    for (let bin = low; bin < high; bin++) {
      const left = moment[bin];
      const right = moment[bins + bin];
      sums.left += weights[i] * left;
      sums.right += weights[i] * right;
      shared[bin] += weights[i] * Math.sqrt(left * right);
    }
  });
  let least = -2;
  let most = 2;
  for (let step = 0; step < OFFSET_BISECTIONS; step++) {
    const offset = (least + most) / 2;
    sums.both = 0;
    for (let bin = low; bin < high; bin++) sums.both += shared[bin] * clampUnit(measured[bin] + offset);
    if (correlationOf(sums) < wanted) least = offset;
    else most = offset;
  }
  return measured.map((value) => clampUnit(value + (least + most) / 2));
}

/** Measured coherence of each bin over the chosen rows, every row counting alike, smoothed over frequency. */
export function measuredCoherence(
  powers: readonly Float32Array[],
  cross: Float32Array,
  chosen: readonly number[],
  bins: number,
): Float32Array {
  const [left, right, both] = [0, 1, 2].map(() => new Float32Array(bins));
  for (const row of chosen) {
    let energy = 0;
    for (let bin = 0, at = row * bins; bin < bins; bin++, at++) energy += powers[0][at] + powers[1][at];
    for (let bin = 0, at = row * bins; bin < bins; bin++, at++) {
      left[bin] += powers[0][at] / energy;
      right[bin] += powers[1][at] / energy;
      both[bin] += cross[at] / energy;
    }
  }
  const [lefts, rights] = [smoothedSpectrum(left), smoothedSpectrum(right)];
  return smoothedSpectrum(both).map((value, bin) => {
    const scale = Math.sqrt(lefts[bin] * rights[bin]);
    return scale > 0 ? clampUnit(value / scale) : 0;
  });
}

function clampUnit(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
