import type { Analysis } from '../../analysis/analysis.ts';
import { fadeIn, fadeOut } from '../../dsp/fade.ts';
import { realFft } from '../../dsp/fft.ts';
import { filterZeroPhase } from '../../dsp/filter.ts';
import { log2, log10, pow, square } from '../../dsp/maths.ts';
import type { Sound } from '../../dsp/sound.ts';
import { hann } from '../../dsp/windows.ts';
import { findAttacks } from '../shared/attacks.ts';
import type { RandomFor } from '../texture.ts';
import type { HissBand } from './band.ts';
import type { HissSettings } from './settings.ts';

/** A short moment cut from a hit. */
export interface Flicker {
  readonly sound: Sound;
  /** First sample in the excerpt it was cut from. */
  readonly start: number;
}

/** Kept before the attack, s: the fade-in ends there. */
const LEAD_SEC = 0.003;
/** Longest fade-out, as a share of the flicker: the longer half of it falls. */
const FADE_OUT_SHARE = 0.6;
/** Flickers whose log spectra differ by less than this are alike, dB (root mean square over bands and times). */
const ALIKE_DB = 2;
/** Peak over RMS of a moment; the grades take 20 for a fault, and the shape adds a little. */
const MOST_SPIKY = 13;
/**
 * Correlation above which two moments are one sound; how far apart their attacks may be placed, s (one at the very
 * beginning of a source has no lead); and the time over which they are held against each other, s: what follows
 * an attack may differ though the hit does not.
 */
const REPEAT_CORRELATION = 0.85;
const REPEAT_REACH_SEC = 0.005;
const REPEAT_SEC = 0.05;
/** Bands and times of the likeness; levels under this are all alike. */
const BANDS = 8;
const TIMES = 3;
const FLOOR_DB = -50;

interface Candidate {
  readonly start: number;
  readonly length: number;
  /** Mean square within the band. */
  readonly level: number;
  /** TIMES × BANDS levels in dB re their loudest. */
  readonly likeness: Float32Array;
}

/**
 * Real moments of a drum source: each begins a few milliseconds before an attack and ends before the next
 * one. The loudest comes first, then always the one that is least like those chosen. One filter and one shape
 * serve all channels, so the image of each moment is the source's.
 *
 * @param excerpt part of the source, from sample `excerptStart` on
 * @param leastDb level within the band that a flicker must reach, dB
 * @param randomFor asked for a generator by the place of each hit in the source
 * @returns at most hiss.flicker_count; fewer where hits are too few, too quiet or too alike
 */
export function cutFlickers(
  excerpt: Sound,
  excerptStart: number,
  analysis: Analysis,
  band: HissBand,
  hiss: HissSettings['hiss'],
  leastDb: number,
  randomFor: RandomFor,
): Flicker[] {
  const { sampleRate } = excerpt;
  const filtered = filterZeroPhase(excerpt.channels, band.sections);
  const power = summedPower(filtered);
  const lead = Math.round(LEAD_SEC * sampleRate);
  const starts = findAttacks(power, excerptStart, analysis).map((attack) => Math.max(0, attack - lead));
  const candidates: Candidate[] = [];
  const shortest = Math.max(8, Math.round((hiss.flicker_min_ms * sampleRate) / 1000));
  for (const [i, start] of starts.entries()) {
    const room = (starts[i + 1] ?? power.length) - start;
    const random = randomFor('hiss_flicker', excerptStart + start);
    const wanted = random.between(hiss.flicker_min_ms, hiss.flicker_max_ms);
    const length = withoutEmptyTail(
      power,
      start,
      Math.min(room, Math.round((wanted * sampleRate) / 1000)),
      shortest,
    );
    if (length < shortest) continue;
    const level = mean(power, start, start + length) / filtered.length;
    if (10 * log10(level) < leastDb) continue;
    candidates.push({
      start,
      length,
      level,
      likeness: likenessOf(filtered, start, length, band, sampleRate),
    });
  }
  const repeats = (one: Candidate, other: Candidate) => isRepeat(filtered, one, other, sampleRate);
  return mostVaried(candidates, hiss.flicker_count, repeats).map(({ start, length }) => ({
    start,
    sound: { sampleRate, channels: filtered.map((channel) => shaped(channel, start, length, sampleRate)) },
  }));
}

/**
 * The length halved until the moment is more than a click with nothing behind it.
 * @returns less than `shortest` where it is just that
 */
function withoutEmptyTail(power: Float32Array, start: number, length: number, shortest: number): number {
  const peak = power.subarray(start, start + length).reduce((most, value) => Math.max(most, value), 0);
  let kept = length;
  while (kept >= shortest && peak > square(MOST_SPIKY) * mean(power, start, start + kept)) kept >>= 1;
  return kept;
}

function summedPower(channels: readonly Float32Array[]): Float32Array {
  const power = new Float32Array(channels[0].length);
  for (const channel of channels) {
    for (let n = 0; n < power.length; n++) power[n] += channel[n] * channel[n];
  }
  return power;
}

/**
 * Greedy: the loudest, then always the one furthest from all chosen, until the rest are alike.
 * @param repeats whether one is the same sound as another
 */
function mostVaried(
  candidates: readonly Candidate[],
  count: number,
  repeats: (one: Candidate, other: Candidate) => boolean,
): Candidate[] {
  const rest = [...candidates].sort((one, other) => other.level - one.level);
  const chosen: Candidate[] = [];
  const distances = rest.map(() => Number.POSITIVE_INFINITY);
  while (chosen.length < count) {
    let best = -1;
    for (let i = 0; i < rest.length; i++) {
      if (distances[i] >= ALIKE_DB && (best < 0 || distances[i] > distances[best])) best = i;
    }
    if (best < 0) break;
    if (chosen.some((other) => repeats(rest[best], other))) {
      distances[best] = 0;
      continue;
    }
    chosen.push(rest[best]);
    for (let i = 0; i < rest.length; i++) {
      distances[i] = Math.min(distances[i], difference(rest[i].likeness, rest[best].likeness));
    }
  }
  return chosen;
}

/**
 * Whether two moments are one sample that a sequencer plays twice: alike wave by wave, some milliseconds aside,
 * by the largest normalised cross-correlation of all channels together.
 */
function isRepeat(
  channels: readonly Float32Array[],
  one: Candidate,
  other: Candidate,
  sampleRate: number,
): boolean {
  const compared = Math.min(one.length, other.length, Math.round(REPEAT_SEC * sampleRate));
  const reach = Math.round(REPEAT_REACH_SEC * sampleRate);
  const length = compared - 2 * reach;
  if (length <= 0) return false;
  const products = crossCorrelation(channels, one.start + reach, length, other.start, compared);
  const energy = (start: number) => {
    let sum = 0;
    for (const channel of channels) {
      for (let n = start; n < start + length; n++) sum += channel[n] * channel[n];
    }
    return sum;
  };
  const first = energy(one.start + reach);
  let second = energy(other.start);
  for (let lag = 0, at = other.start; lag <= 2 * reach; lag++, at++) {
    if (products[lag] > REPEAT_CORRELATION * Math.sqrt(first * second)) return true;
    for (const channel of channels) second += square(channel[at + length]) - square(channel[at]);
  }
  return false;
}

/** Σ channel[start + n] · channel[otherStart + lag + n], n from 0 to length, summed over channels, by lag. */
function crossCorrelation(
  channels: readonly Float32Array[],
  start: number,
  length: number,
  otherStart: number,
  otherLength: number,
): Float32Array {
  // Powers of two: a transform's plan is kept for good, and flickers have all lengths.
  const size = Math.max(32, pow(2, Math.ceil(log2(otherLength))));
  const fft = realFft(size);
  const frame = new Float32Array(size);
  const sum = new Float32Array(size + 2);
  for (const channel of channels) {
    frame.fill(0).set(channel.subarray(start, start + length));
    const one = fft.forward(frame);
    frame.fill(0).set(channel.subarray(otherStart, otherStart + otherLength));
    const other = fft.forward(frame);
    for (let k = 0; k < sum.length; k += 2) {
      sum[k] += one[k] * other[k] + one[k + 1] * other[k + 1];
      sum[k + 1] += one[k] * other[k + 1] - one[k + 1] * other[k];
    }
  }
  return fft.inverse(sum);
}

function difference(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += square(one[i] - other[i]);
  return Math.sqrt(sum / one.length);
}

/** Levels in dB of a few bands at a few times of a moment, re the loudest. */
function likenessOf(
  channels: readonly Float32Array[],
  start: number,
  length: number,
  band: HissBand,
  sampleRate: number,
): Float32Array {
  const size = 512;
  const fft = realFft(size);
  const window = hann(size);
  const frame = new Float32Array(size);
  const spectrum = new Float32Array(size + 2);
  const levels = new Float32Array(TIMES * BANDS);
  const low = (band.lowHz * size) / sampleRate;
  const width = ((band.highHz - band.lowHz) * size) / sampleRate / BANDS;
  const first = Math.ceil(low);
  const end = Math.min(size / 2, Math.ceil(low + width * BANDS));
  const bandOf = Uint8Array.from({ length: end }, (_, bin) =>
    Math.max(0, Math.min(BANDS - 1, Math.floor((bin - low) / width))),
  );
  for (let time = 0; time < TIMES; time++) {
    const from = start + Math.round((time * Math.max(0, length - size)) / (TIMES - 1));
    for (const channel of channels) {
      const last = Math.min(size, length, channel.length - from);
      frame.fill(0, Math.max(0, last));
      for (let n = 0; n < last; n++) frame[n] = channel[from + n] * window[n];
      fft.forward(frame, spectrum);
      for (let bin = first; bin < end; bin++) {
        const place = time * BANDS + bandOf[bin];
        levels[place] += square(spectrum[2 * bin]) + square(spectrum[2 * bin + 1]);
      }
    }
  }
  const loudest = levels.reduce((most, level) => Math.max(most, level), 1e-20);
  return levels.map((level) => Math.max(FLOOR_DB, 10 * log10(level / loudest + 1e-12)));
}

/** The samples under a shape that begins and ends at exactly zero: quick raised cosine in, long one out. */
function shaped(channel: Float32Array, start: number, length: number, sampleRate: number): Float32Array {
  const samples = channel.slice(start, start + length);
  fadeIn(samples, Math.round(LEAD_SEC * sampleRate));
  fadeOut(samples, Math.round(FADE_OUT_SHARE * length));
  return samples;
}

function mean(values: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let n = from; n < to; n++) sum += values[n];
  return sum / (to - from);
}
