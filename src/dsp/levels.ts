import { BLOCK, KernelWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { log10, pow } from './maths.ts';
import type { Sound } from './sound.ts';
import { changeSamples, type SampleSums, sampleSums } from './sums.ts';

const own = new KernelWorkspace();
const block = own.floats(BLOCK);

/** Levels of a sound: amplitudes are parts of full scale, dB are relative to full scale. */

/** An amplitude in dB; -Infinity for 0. */
export function amplitudeToDb(amplitude: number): number {
  return 20 * log10(amplitude);
}

/** The amplitude that lies this many dB from full scale. */
export function dbToAmplitude(db: number): number {
  return pow(10, db / 20);
}

/** What one pass over a sound tells. */
export interface Levels {
  /** Root mean square over all frames and channels; 0 for an empty sound. A full-scale sine has 0.7071 (-3.01 dB). */
  readonly rms: number;
  /** Largest absolute sample of any channel; NaN where a sample is not a number. */
  readonly peak: number;
  /** Mean of each channel. */
  readonly means: readonly number[];
}

/** The levels of a sound, in one pass. */
export function levelsOf({ channels }: Sound): Levels {
  return levelsFrom(channels.map(sampleSums), channels[0]?.length ?? 0);
}

/** The levels of a sound from the sums of its channels. @param frames samples of each channel */
export function levelsFrom(channels: readonly SampleSums[], frames: number): Levels {
  const energy = channels.reduce((total, channel) => total + channel.energy, 0);
  return {
    rms: frames === 0 ? 0 : Math.sqrt(energy / (frames * channels.length)),
    peak: Math.max(...channels.map((channel) => channel.peak)),
    means: channels.map(({ sum }) => sum / Math.max(1, frames)),
  };
}

/** See {@link Levels}. */
export function rms(sound: Sound): number {
  return levelsOf(sound).rms;
}

/** See {@link Levels}. */
export function peak(sound: Sound): number {
  return levelsOf(sound).peak;
}

/** Multiplies every sample by its own gain, in place. @param gains at least as many */
export function multiply(samples: Float32Array, gains: Float32Array): void {
  for (let n = 0; n < samples.length; n++) samples[n] *= gains[n];
}

/** The same of one gain, where nobody asks for the sums that {@link amplify} returns. */
export function scale(samples: Float32Array, gain: number): void {
  for (let start = 0; start < samples.length; start += BLOCK) {
    const part = samples.subarray(start, start + BLOCK);
    block.set(part);
    kernels.applyGain(block, part.length, gain);
    part.set(block.subarray(0, part.length));
  }
}

/** Multiplies every sample by one gain, in place. @returns the sums of what they became */
export function amplify(samples: Float32Array, gain: number): SampleSums {
  return changeSamples(samples, samples, (part, count) => kernels.applyGain(part, count, gain));
}

/** Adds one number to every sample. @param to filled, as many @returns the sums of what they became */
export function addOffset(samples: Float32Array, offset: number, to = samples): SampleSums {
  return changeSamples(samples, to, (part, count) => kernels.addOffset(part, count, offset));
}

/**
 * Adds a curve of this mean that starts and ends at zero, flat at both ends: 30·t²·(1-t)², t from 0 to 1.
 * @param to filled, as many @returns the sums of what they became
 */
export function addHump(samples: Float32Array, mean: number, to = samples): SampleSums {
  const last = Math.max(1, samples.length - 1);
  return changeSamples(samples, to, (block, count, first) =>
    kernels.addHump(block, count, first, last, 30 * mean),
  );
}
