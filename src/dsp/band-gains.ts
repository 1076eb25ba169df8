/** What bands of a ring are levelled in, and the gains that bring one from a course of its power to another. */
import { RingFrames } from './ring-frames.ts';

/** Frames that tell two partials a third apart from 200 Hz on, and are short against what is levelled. */
const FRAME_SEC = 0.046;
/** Frames over each sample. */
export const OVERLAP = 2;
export const BANDS = 32;
/** A band so far under the whole, in power, is left alone: 70 dB. What is at 60 is just heard, and the gain may be 12; set by hand. */
const LEAST_SHARE = 1e-7;
/** Of silence, which is left alone as well. */
const LEAST_POWER = 1e-20;

/** Frames of {@link BANDS} bands. @param length samples */
export function levelFrames(length: number, sampleRate: number): RingFrames {
  return new RingFrames(length, sampleRate, FRAME_SEC, OVERLAP, BANDS);
}

/** Which bands are loud enough to be levelled. @param powers of each band, frame after frame */
export function audibleBands(powers: readonly Float32Array[]): boolean[] {
  const means = powers.map(meanOf);
  const least = LEAST_SHARE * means.reduce((sum, mean) => sum + mean, 0);
  return means.map((mean) => mean > least);
}

/**
 * Amplitude gains, frame by frame, that bring a band from one course of its power to another.
 * @param most largest gain, and one over the smallest
 */
export function levellingGains(power: Float32Array, wanted: Float32Array, most: number): Float32Array {
  return power.map((is, i) => Math.min(most, Math.max(1 / most, Math.sqrt(powerRatio(wanted[i], is)))));
}

/** One power over another, and 1 where both are silent. */
export function powerRatio(one: number, other: number): number {
  return (one + LEAST_POWER) / (other + LEAST_POWER);
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
