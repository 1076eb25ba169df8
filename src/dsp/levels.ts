import type { Sound } from './sound.ts';

/** Levels of a sound: amplitudes are parts of full scale, dB are relative to full scale. */

/** An amplitude in dB; -Infinity for 0. */
export function amplitudeToDb(amplitude: number): number {
  return 20 * Math.log10(amplitude);
}

/** The amplitude that lies this many dB from full scale. */
export function dbToAmplitude(db: number): number {
  return 10 ** (db / 20);
}

/** Root mean square over all frames and channels; 0 for an empty sound. A full-scale sine has 0.7071 (-3.01 dB). */
export function rms({ channels }: Sound): number {
  let sum = 0;
  let count = 0;
  for (const channel of channels) {
    for (let n = 0; n < channel.length; n++) sum += channel[n] * channel[n];
    count += channel.length;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

/** Largest absolute sample of any channel; NaN where a sample is not a number. */
export function peak({ channels }: Sound): number {
  let largest = 0;
  for (const channel of channels) {
    for (let n = 0; n < channel.length; n++) {
      const size = Math.abs(channel[n]);
      // No comparison finds NaN larger, and none finds anything larger than NaN.
      if (size > largest || Number.isNaN(size)) largest = size;
    }
  }
  return largest;
}

/** Mean of each channel. */
export function dcOffsets({ channels }: Sound): number[] {
  return channels.map(mean);
}

// By itself, because the compiler leaves long loops inside closures that are made anew each time unoptimised.
function mean(samples: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < samples.length; n++) sum += samples[n];
  return samples.length === 0 ? 0 : sum / samples.length;
}

/** Multiplies every sample by its own gain, in place. @param gains at least as many */
export function multiply(samples: Float32Array, gains: Float32Array): void {
  for (let n = 0; n < samples.length; n++) samples[n] *= gains[n];
}

/** Adds one number to every sample, in place. */
export function shift(samples: Float32Array, offset: number): void {
  for (let n = 0; n < samples.length; n++) samples[n] += offset;
}

/** Multiplies every sample by one gain, in place. */
export function amplify(samples: Float32Array, gain: number): void {
  for (let n = 0; n < samples.length; n++) samples[n] *= gain;
}
