/** What is measured of a stretched sound, from the definitions and not from the engine's code. */
import { fastFftSize, realFft } from '../../dist/dsp/fft.js';
import { RATE } from '../sound/known/signals.mjs';
import { largest, median, percentile, powerDb } from '../sound/statistics.mjs';

/** Left out at either end, s: there every method fades in or out in its own way. */
const ENDS_SEC = 0.4;
/** What lies nearer to a tone is the tone, Hz. */
const TONE_WIDTH_HZ = 5;
const ENVELOPE_SEC = 0.002;

export const amplitudeDb = (ratio) => 2 * powerDb(ratio);

/** @param factor of a stretched sound: the same stretch of music is left out as of its source */
export function inner(samples, factor = 1) {
  const skip = Math.round(ENDS_SEC * factor * RATE);
  return samples.subarray(skip, samples.length - skip);
}

/** RMS of all channels against the source's, dB. */
export function levelChange(channels, source) {
  const power = (sides) => sides.reduce((sum, side) => sum + meanSquare(inner(side)), 0);
  return powerDb(power(channels) / power(source));
}

/** The same of music whose pitch was moved, without what a rate of 44.1 kHz cannot hold on both sides. */
export function levelChangeShifted(channels, source, { factor, semitones }) {
  const ratio = 2 ** (semitones / 12);
  const highest = (0.9 * RATE) / 2 / Math.max(1, ratio);
  const power = (sides, times, limit) =>
    sides.reduce((sum, side) => sum + meanSquareBelow(inner(side, times), limit), 0);
  return powerDb(power(channels, factor, highest * ratio) / power(source, 1, highest));
}

function meanSquareBelow(samples, hz) {
  const size = fastFftSize(samples.length);
  const padded = new Float32Array(size);
  padded.set(samples);
  const spectrum = realFft(size).forward(padded);
  let sum = 0;
  for (let k = 0; k < size / 2 && (k * RATE) / size < hz; k++)
    sum += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
  return (2 * sum) / size / samples.length;
}

/** Correlation of left and right, -1 to 1. */
export function likenessOfSides([left, right]) {
  let both = 0;
  for (let n = 0; n < left.length; n++) both += left[n] * right[n];
  return both / left.length / Math.sqrt(meanSquare(left) * meanSquare(right));
}

/** Power of a tone over the power of everything further than 5 Hz from it, dB (Blackman-Harris window). */
export function sinad(samples, hz) {
  const size = fastFftSize(samples.length);
  const weights = [0.35875, -0.48829, 0.14128, -0.01168];
  const windowed = new Float32Array(size);
  for (let n = 0; n < samples.length; n++) {
    const turn = (2 * Math.PI * n) / samples.length;
    windowed[n] = samples[n] * weights.reduce((sum, weight, i) => sum + weight * Math.cos(i * turn), 0);
  }
  const spectrum = realFft(size).forward(windowed);
  let [tone, rest] = [0, 0];
  for (let k = 1; k < size / 2; k++) {
    const power = spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
    if (Math.abs((k * RATE) / size - hz) <= TONE_WIDTH_HZ) tone += power;
    else rest += power;
  }
  return powerDb(tone / rest);
}

/** Height of the peaks (the loudest thousandth) over the RMS, dB. */
export function crest(samples) {
  return amplitudeDb(percentile(samples.map(Math.abs), 0.999) / Math.sqrt(meanSquare(samples)));
}

/**
 * Of attacks near the given times, medians: the time from 10 to 90 % of their largest 2 ms RMS, s, and the power
 * that is heard before (110 to 10 ms before they reach 90 %) over the power of the 100 ms after, dB.
 */
export function attacks(samples, times) {
  const hop = Math.round((ENVELOPE_SEC * RATE) / 8);
  const found = times.map((time) => {
    const { peakAt, levels, first } = envelope(samples, time, hop);
    let low = peakAt;
    while (low > 0 && levels[low] > 0.1 * Math.max(...levels)) low--;
    const at = first + peakAt * hop;
    const power = (from, to) => meanSquare(samples.subarray(at + from * RATE, at + to * RATE));
    return { rise: ((peakAt - low) * hop) / RATE, before: powerDb(power(-0.11, -0.01) / power(0, 0.1)) };
  });
  return { rise: median(found.map(({ rise }) => rise)), before: median(found.map(({ before }) => before)) };
}

/** 2 ms RMS within 0.2 s of a time, and where it first reaches 90 % of its largest. */
function envelope(samples, time, hop) {
  const window = Math.round(ENVELOPE_SEC * RATE);
  const first = Math.max(0, Math.round((time - 0.2) * RATE));
  const last = Math.min(samples.length - window, Math.round((time + 0.2) * RATE));
  const levels = [];
  for (let at = first; at < last; at += hop) {
    levels.push(Math.sqrt(meanSquare(samples.subarray(at, at + window))));
  }
  const most = Math.max(...levels);
  return { first, levels, peakAt: levels.findIndex((level) => level >= 0.9 * most) };
}

/** RMS difference between two sounds' long-term spectra, third-octave bands 50 Hz to 12.5 kHz, dB. */
export function colourChange(samples, source, sampleRate) {
  const before = thirdOctaves(source, sampleRate);
  const difference = thirdOctaves(samples, sampleRate).map((level, band) => level - before[band]);
  const audible = difference.filter((_, band) => before[band] > Math.max(...before) - 50);
  return Math.sqrt(audible.reduce((sum, x) => sum + x * x, 0) / audible.length);
}

function thirdOctaves(samples, sampleRate) {
  const size = fastFftSize(samples.length);
  const padded = new Float32Array(size);
  padded.set(samples);
  const spectrum = realFft(size).forward(padded);
  const bands = new Float64Array(25);
  for (let k = 1; k < size / 2; k++) {
    const band = Math.round(3 * Math.log2((k * sampleRate) / size / 50));
    if (band < 0 || band >= bands.length) continue;
    bands[band] += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
  }
  return [...bands].map((power) => powerDb(power / samples.length ** 2));
}

/**
 * RMS difference between a sound's short-time levels and its source's at the same moment of music, dB: windows of
 * 93 ms every 50, bands of a sixth of an octave from 150 Hz to 12 kHz that lie within 40 dB of the loudest. It shows
 * what is smeared in time, and what flutters that did not.
 */
export function movementChange(samples, source, factor) {
  const size = fastFftSize(Math.round(0.093 * RATE));
  const pairs = [];
  for (let time = ENDS_SEC; time < source.length / RATE - ENDS_SEC; time += 0.05) {
    pairs.push([sixths(source, time, size), sixths(samples, time * factor, size)]);
  }
  const floor = 1e-4 * largest(pairs.map(([before]) => largest([...before])));
  let [sum, count] = [0, 0];
  for (const [before, after] of pairs) {
    for (let band = 0; band < before.length; band++) {
      if (!(before[band] > floor)) continue;
      sum += powerDb(Math.max(after[band], 1e-3 * floor) / before[band]) ** 2;
      count++;
    }
  }
  return Math.sqrt(sum / count);
}

/** Powers of bands of a sixth of an octave around a time. */
function sixths(samples, time, size) {
  const first = Math.round(time * RATE) - (size >> 1);
  const frame = Float32Array.from(
    { length: size },
    (_, n) => (samples[first + n] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / size)),
  );
  const spectrum = realFft(size).forward(frame);
  const bands = new Float64Array(38);
  for (let k = 1; k < size / 2; k++) {
    const band = Math.floor(6 * Math.log2((k * RATE) / size / 150));
    if (band < 0 || band >= bands.length) continue;
    bands[band] += (spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2) / (size * size);
  }
  return bands;
}

function meanSquare(samples) {
  let sum = 0;
  for (let n = 0; n < samples.length; n++) sum += samples[n] * samples[n];
  return sum / samples.length;
}
