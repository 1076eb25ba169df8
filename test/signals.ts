/** Signals and measures that tests of several rooms share. */
import { Random } from '../src/dsp/random.ts';
import type { Sound } from '../src/dsp/sound.ts';

export const RATE = 44_100;

/** A sum of sines, each of the amplitude, its phase 0 at frame 0. */
export function sines(
  frequencies: readonly number[],
  frames: number,
  amplitude = 0.2,
  sampleRate = RATE,
): Float32Array {
  const samples = new Float32Array(frames);
  for (const frequency of frequencies) {
    const step = (2 * Math.PI * frequency) / sampleRate;
    for (let n = 0; n < frames; n++) samples[n] += amplitude * Math.sin(step * n);
  }
  return samples;
}

export function mono(samples: Float32Array, sampleRate = RATE): Sound {
  return { sampleRate, channels: [samples] };
}

/** Root mean square of samples [start, end). */
export function rms(samples: Float32Array, start = 0, end = samples.length): number {
  let sum = 0;
  for (let n = start; n < end; n++) sum += samples[n] * samples[n];
  return Math.sqrt(sum / (end - start));
}

/** Amplitude ratio in dB. */
export function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}

/** Normalised correlation of two signals, -1 to 1. */
export function correlation(a: Float32Array, b: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let n = 0; n < a.length; n++) {
    ab += a[n] * b[n];
    aa += a[n] * a[n];
    bb += b[n] * b[n];
  }
  return ab / Math.sqrt(aa * bb);
}

/** A sine; phase in radians at frame 0. */
export function sine(
  frequency: number,
  frames: number,
  amplitude = 1,
  sampleRate = RATE,
  phase = 0,
): Float32Array {
  const step = (2 * Math.PI * frequency) / sampleRate;
  return filled(frames, (n) => amplitude * Math.sin(step * n + phase));
}

/** As `Float32Array.from({ length: frames }, …)`, which makes a list of the numbers first and takes six times as long. */
export function filled(frames: number, sampleAt: (n: number) => number): Float32Array {
  const samples = new Float32Array(frames);
  for (let n = 0; n < frames; n++) samples[n] = sampleAt(n);
  return samples;
}

/** White noise, uniform in ±amplitude; the same seed gives the same noise. */
export function noise(frames: number, amplitude = 1, seed: string | number = 'noise'): Float32Array {
  const random = new Random(seed);
  return filled(frames, () => random.between(-amplitude, amplitude));
}

/** The signal moved round a ring: result[n] = signal[n + frames]. */
export function rotated(signal: Float32Array, frames: number): Float32Array {
  const { length } = signal;
  return signal.map((_, n) => signal[(n + frames) % length]);
}

/** Root mean square of the difference over that of the wanted signal, dB. */
export function errorDb(actual: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let error = 0;
  let power = 0;
  for (let n = 0; n < wanted.length; n++) {
    error += (actual[n] - wanted[n]) ** 2;
    power += wanted[n] ** 2;
  }
  return 10 * Math.log10(error / power);
}

/**
 * The sine of this frequency in a signal, by least squares, and all the rest.
 * @returns peak amplitude of the sine and root mean square of the rest, both in dB re full scale
 */
export function toneAndRest(
  signal: Float32Array,
  frequency: number,
  sampleRate = RATE,
): { toneDb: number; restDb: number } {
  const step = (2 * Math.PI * frequency) / sampleRate;
  let [ss, cc, sc, xs, xc] = [0, 0, 0, 0, 0];
  for (let n = 0; n < signal.length; n++) {
    const s = Math.sin(step * n);
    const c = Math.cos(step * n);
    ss += s * s;
    cc += c * c;
    sc += s * c;
    xs += signal[n] * s;
    xc += signal[n] * c;
  }
  const determinant = ss * cc - sc * sc;
  const a = (xs * cc - xc * sc) / determinant;
  const b = (xc * ss - xs * sc) / determinant;
  let rest = 0;
  for (let n = 0; n < signal.length; n++) {
    rest += (signal[n] - a * Math.sin(step * n) - b * Math.cos(step * n)) ** 2;
  }
  return { toneDb: decibels(Math.sqrt(a * a + b * b)), restDb: decibels(Math.sqrt(rest / signal.length)) };
}

/** Frequency of a MIDI note, Hz; cents above (positive) or below it. */
export function noteHz(note: number, cents = 0): number {
  return 440 * 2 ** ((note - 69 + cents / 100) / 12);
}

/** A chord of MIDI notes, each with six harmonics that fall as 1/h; peak near `amplitude`. */
export function chord(
  notes: readonly number[],
  frames: number,
  amplitude = 0.5,
  sampleRate = RATE,
  cents = 0,
): Float32Array {
  const key = JSON.stringify([notes, amplitude, sampleRate, cents]);
  const known = chords.get(key);
  if (known && known.length >= frames) return known.slice(0, frames);
  if (chords.size === MOST_CHORDS) chords.clear();
  const samples = newChord(notes, frames, amplitude, sampleRate, cents);
  chords.set(key, samples);
  return samples.slice();
}

/**
 * Of each chord the longest so far, which begins as all shorter ones: files of tests share a process, and ask for the same ones
 * hundreds of times. Made anew they took a third of the time of what is tested with them.
 */
const chords = new Map<string, Float32Array>();
const MOST_CHORDS = 20;

function newChord(
  notes: readonly number[],
  frames: number,
  amplitude: number,
  sampleRate: number,
  cents: number,
): Float32Array {
  const samples = new Float32Array(frames);
  for (const note of notes) {
    for (let harmonic = 1; harmonic <= 6; harmonic++) {
      const frequency = harmonic * noteHz(note, cents);
      if (frequency > sampleRate / 2) continue;
      const level = amplitude / (2 * notes.length * harmonic);
      const tone = sine(frequency, frames, level, sampleRate, note * harmonic);
      for (let n = 0; n < frames; n++) samples[n] += tone[n];
    }
  }
  return samples;
}

/** Plucked notes, all of one pitch, that start at the given times and decay with a time constant of 80 ms. */
export function plucks(
  timesSec: readonly number[],
  frequency: number,
  frames: number,
  amplitude = 0.5,
  sampleRate = RATE,
): Float32Array {
  const samples = new Float32Array(frames);
  const step = (2 * Math.PI * frequency) / sampleRate;
  for (const time of timesSec) {
    const start = Math.round(time * sampleRate);
    for (let n = start; n < frames; n++) {
      samples[n] += amplitude * Math.exp((start - n) / (0.08 * sampleRate)) * Math.sin(step * (n - start));
    }
  }
  return samples;
}

/** The signal with its level changing evenly by `db` from its first to its last frame. */
export function faded(signal: Float32Array, db: number): Float32Array {
  return signal.map((x, n) => x * 10 ** ((db * n) / (20 * signal.length)));
}

/** Signals of one length, added up. */
export function mixed(...signals: readonly Float32Array[]): Float32Array {
  return signals[0].map((_, n) => signals.reduce((sum, signal) => sum + signal[n], 0));
}

/** Signals one after another. */
export function joined(...signals: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(signals.reduce((sum, signal) => sum + signal.length, 0));
  let at = 0;
  for (const signal of signals) {
    result.set(signal, at);
    at += signal.length;
  }
  return result;
}
