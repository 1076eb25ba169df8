/**
 * Fine half of the joint search: the length (or, where the length is fixed, the place) at which the two
 * sides of the crossfade run most in phase, by energy-normalised cross-correlation over all channels.
 */
import { fastFftSize, realFft } from '../dsp/fft.ts';
import type { Sound } from '../dsp/sound.ts';

export interface Alignment {
  readonly start: number;
  readonly length: number;
  /** Correlation of the `fade` frames before start with those before start + length, -1 to 1. */
  readonly correlation: number;
}

/**
 * Best length within ± `reach` of `length`, for a fixed start.
 * @param bounds lengths allowed, shortest and longest
 */
export function alignLength(
  sound: Sound,
  start: number,
  length: number,
  fade: number,
  reach: number,
  bounds: readonly [shortest: number, longest: number],
): Alignment {
  const frames = sound.channels[0].length;
  const shortest = Math.max(bounds[0], length - reach, fade);
  const longest = Math.min(bounds[1], length + reach, frames - start);
  if (longest < shortest) return { start, length, correlation: correlationAt(sound, start, length, fade) };
  const count = longest - shortest + 1;
  const products = new Float64Array(count);
  const energies = new Float64Array(count);
  const size = fastFftSize(fade + count);
  const fft = realFft(size);
  const template = new Float32Array(size);
  const field = new Float32Array(size);
  let templateEnergy = 0;
  for (const channel of sound.channels) {
    template.fill(0).set(channel.subarray(start - fade, start));
    const from = start + shortest - fade;
    field.fill(0).set(channel.subarray(from, from + fade + count - 1));
    templateEnergy += energy(template, fade);
    addSlidingEnergies(field, fade, energies);
    const correlation = fft.inverse(crossSpectrum(fft.forward(field), fft.forward(template)));
    for (let lag = 0; lag < count; lag++) products[lag] += correlation[lag];
  }
  let best = 0;
  let bestCorrelation = -Infinity;
  for (let lag = 0; lag < count; lag++) {
    const correlation = products[lag] / (Math.sqrt(templateEnergy * energies[lag]) || Infinity);
    if (correlation > bestCorrelation) {
      best = lag;
      bestCorrelation = correlation;
    }
  }
  return { start, length: shortest + best, correlation: Math.min(1, bestCorrelation) };
}

/** Best start within ± `reach`, for a fixed length. */
export function alignStart(
  sound: Sound,
  start: number,
  length: number,
  fade: number,
  reach: number,
): Alignment {
  const frames = sound.channels[0].length;
  const first = Math.max(fade, start - reach);
  const last = Math.min(frames - length, start + reach);
  if (last < first) return { start, length, correlation: correlationAt(sound, start, length, fade) };
  let [product, energyBefore, energyAfter] = [0, 0, 0];
  const add = (at: number, sign: number) => {
    for (const channel of sound.channels) {
      product += sign * channel[at] * channel[at + length];
      energyBefore += sign * channel[at] * channel[at];
      energyAfter += sign * channel[at + length] * channel[at + length];
    }
  };
  for (let at = first - fade; at < first; at++) add(at, 1);
  let best: Alignment = { start: first, length, correlation: -Infinity };
  for (let at = first; at <= last; at++) {
    const correlation = product / (Math.sqrt(energyBefore * energyAfter) || Infinity);
    if (correlation > best.correlation) best = { start: at, length, correlation: Math.min(1, correlation) };
    add(at - fade, -1);
    add(at, 1);
  }
  return best;
}

/** Correlation of the `fade` frames before start with those before start + length, over all channels. */
export function correlationAt(sound: Sound, start: number, length: number, fade: number): number {
  let [product, before, after] = [0, 0, 0];
  for (const channel of sound.channels) {
    for (let at = start - fade; at < start; at++) {
      product += channel[at] * channel[at + length];
      before += channel[at] * channel[at];
      after += channel[at + length] * channel[at + length];
    }
  }
  return product / (Math.sqrt(before * after) || Infinity);
}

function energy(samples: Float32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += samples[i] * samples[i];
  return sum;
}

/** energies[lag] += Σ field[lag … lag+width)² */
function addSlidingEnergies(field: Float32Array, width: number, energies: Float64Array): void {
  let sum = energy(field, width);
  for (let lag = 0; lag < energies.length; lag++) {
    energies[lag] += Math.max(sum, 0);
    sum += field[lag + width] ** 2 - field[lag] ** 2;
  }
}

/** a · conj(b), written over a. */
function crossSpectrum(a: Float32Array, b: Float32Array): Float32Array {
  for (let k = 0; k < a.length; k += 2) {
    const [re, im] = [a[k], a[k + 1]];
    a[k] = re * b[k] + im * b[k + 1];
    a[k + 1] = im * b[k] - re * b[k + 1];
  }
  return a;
}
