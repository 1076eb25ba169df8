import type { KernelFloats, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { exp } from '../dsp/maths.ts';
import type { Spectrometer } from './spectrum.ts';

/** Bins that are taken at a time. */
const GROUP = 4;
/**
 * Floor of a bin's power in the flatness: librosa's 1e-10 for an unscaled spectrum of 2048 points,
 * in the scale of our spectra (-154 dB re a full-scale sine).
 */
export const POWER_FLOOR = 3.8e-16;
/** Below this (-140 dBFS for the strongest bins) a frame is taken as silent: it has no shape. */
const SILENT_POWER = 1e-14;
/**
 * A source of a lower rate, or one that was once an MP3, holds nothing above some frequency, and bins of nothing
 * would make tones of its noise (white noise at 22.05 kHz measured 0.000): the top counts from the highest bin
 * within 40 dB of the strongest. So white noise measures 0.52 or more, whatever its source's rate; songs 0.3 at
 * most over any two seconds. From 4 kHz down all bins count: tones are tones by the nothing between them.
 */
export const TOP_RANGE = 1e-4;
const LEAST_TOP_HZ = 4000;

/** The bin up to which a flatness counts at least. */
export function leastTopBin(lastBin: number, binHz: number): number {
  return Math.min(lastBin, Math.ceil(LEAST_TOP_HZ / binHz));
}

/**
 * Centroid of a magnitude spectrum, Hz; 0 for a silent frame.
 * @param sum of the magnitudes, @param moment of bin · magnitude
 */
export function centroidOf(sum: number, moment: number, binHz: number): number {
  return sum * sum < SILENT_POWER ? 0 : (moment / sum) * binHz;
}

/**
 * Spectral flatness: geometric over arithmetic mean of the power, 0 (tone) to 1 (noise), over the bins up to the
 * highest that holds something; 0 for a silent frame.
 * @param logarithms the sum of ln(power + {@link POWER_FLOOR}), @param sum of power + {@link POWER_FLOOR}
 */
export function flatnessOf(logarithms: number, sum: number, count: number): number {
  if (sum - count * POWER_FLOOR < SILENT_POWER) return 0;
  return Math.min(1, exp(logarithms / count) / (sum / count));
}

/** The shape of one spectrum after the other; filled by `measure`. */
export interface SpectrumShape {
  /** Sum of the magnitudes. */
  magnitudeSum: number;
  /** Centroid of the magnitude spectrum, Hz; 0 for a silent frame. */
  centroidHz: number;
  /** @param power as the spectrometer measured it, with three zeros behind it */
  measure(power: KernelFloats): void;
}

/** @param own in which it works */
export function createSpectrumShape(
  { firstBin, lastBin, binHz }: Pick<Spectrometer, 'firstBin' | 'lastBin' | 'binHz'>,
  own: KernelWorkspace,
): SpectrumShape {
  const magnitudes = own.floats(lastBin + 1 + GROUP);
  const sums = own.struct('ShapeSums');
  return {
    magnitudeSum: 0,
    centroidHz: 0,
    measure(power) {
      kernels.magnitudeSums(power, firstBin, lastBin, magnitudes, sums);
      this.magnitudeSum = sums.magnitudes;
      this.centroidHz = centroidOf(sums.magnitudes, sums.moments, binHz);
    },
  };
}
