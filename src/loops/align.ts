/**
 * Fine half of the joint search: the length (or, where the length is fixed, the start) at which the two
 * sides of the crossfade run most in phase, by energy-normalised cross-correlation over all channels.
 */
import { fastFftSize, realFft } from '../dsp/fft.ts';
import type { Sound } from '../dsp/sound.ts';
import type { LoopBounds, StartCandidate } from './candidates.ts';

export interface Alignment {
  readonly start: number;
  readonly length: number;
  /** Foreseen cost: what the candidate's length costs, and the correlation that is missing from 1. */
  readonly cost: number;
}

/** The best length for a start: every length allowed is weighed, to the sample. */
export function alignLength(
  sound: Sound,
  candidate: StartCandidate,
  fade: number,
  bounds: LoopBounds,
  hop: number,
): Alignment {
  const { start, lengthCosts } = candidate;
  const longest = Math.min(bounds.longest, sound.channels[0].length - start);
  const correlation = correlations(sound, start, fade, bounds.shortest, longest);
  let best = 0;
  let cost = Infinity;
  for (let k = 0; k < correlation.length; k++) {
    const at = 1 - correlation[k] + lengthCosts[Math.min(lengthCosts.length - 1, Math.round(k / hop))];
    if (at < cost) {
      cost = at;
      best = k;
    }
  }
  return { start, length: bounds.shortest + best, cost };
}

/** Correlation of the `fade` frames before start with those before start + length, for every length allowed. */
function correlations(
  sound: Sound,
  start: number,
  fade: number,
  shortest: number,
  longest: number,
): Float32Array {
  const count = longest - shortest + 1;
  const products = new Float32Array(count);
  const energies = new Float64Array(count);
  const size = fastFftSize(fade + count);
  const fft = realFft(size);
  const lead = new Float32Array(size);
  const field = new Float32Array(size);
  let leadEnergy = 0;
  for (const channel of sound.channels) {
    lead.fill(0).set(channel.subarray(start - fade, start));
    const from = start + shortest - fade;
    field.fill(0).set(channel.subarray(from, from + fade + count - 1));
    leadEnergy += energy(lead, fade);
    addSlidingEnergies(field, fade, energies);
    const product = fft.inverse(crossSpectrum(fft.forward(field), fft.forward(lead)), field);
    for (let k = 0; k < count; k++) products[k] += product[k];
  }
  for (let k = 0; k < count; k++) products[k] /= Math.sqrt(leadEnergy * energies[k]) || Infinity;
  return products;
}

/** The best start within half a hop of the candidate, for a fixed length. */
export function alignStart(
  sound: Sound,
  candidate: StartCandidate,
  length: number,
  fade: number,
  hop: number,
): Alignment {
  const reach = Math.round(hop / 2);
  const first = Math.max(fade, candidate.start - reach);
  const last = Math.min(sound.channels[0].length - length, candidate.start + reach);
  const sums = new PairSums(sound, first, length, fade);
  let best = first;
  let highest = sums.correlation();
  for (let at = first + 1; at <= last; at++) {
    sums.slide(at - 1);
    if (sums.correlation() > highest) {
      highest = sums.correlation();
      best = at;
    }
  }
  return { start: best, length, cost: candidate.cost + 1 - highest };
}

/** Correlation of the `fade` frames before start with those before start + length, over all channels. */
export function correlationAt(sound: Sound, start: number, length: number, fade: number): number {
  return new PairSums(sound, start, length, fade).correlation();
}

/** Running sums over the two sides of a crossfade. */
class PairSums {
  readonly #sound: Sound;
  readonly #length: number;
  readonly #fade: number;
  #product = 0;
  #before = 0;
  #after = 0;

  constructor(sound: Sound, start: number, length: number, fade: number) {
    this.#sound = sound;
    this.#length = length;
    this.#fade = fade;
    for (let at = start - fade; at < start; at++) this.#add(at, 1);
  }

  /** Moves the loop's start from `start` to start + 1. */
  slide(start: number): void {
    this.#add(start, 1);
    this.#add(start - this.#fade, -1);
  }

  correlation(): number {
    return Math.min(1, this.#product / (Math.sqrt(this.#before * this.#after) || Infinity));
  }

  #add(at: number, sign: number): void {
    for (const channel of this.#sound.channels) {
      const a = channel[at];
      const b = channel[at + this.#length];
      this.#product += sign * a * b;
      this.#before += sign * a * a;
      this.#after += sign * b * b;
    }
  }
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
    sum += field[lag + width] * field[lag + width] - field[lag] * field[lag];
  }
}

/** a · conj(b), written over a. */
function crossSpectrum(a: Float32Array, b: Float32Array): Float32Array {
  for (let k = 0; k < a.length; k += 2) {
    const re = a[k];
    const im = a[k + 1];
    a[k] = re * b[k] + im * b[k + 1];
    a[k + 1] = im * b[k] - re * b[k + 1];
  }
  return a;
}
