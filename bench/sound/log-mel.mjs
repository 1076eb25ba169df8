/**
 * A plain short-time spectrum for the bench, written apart from the engine's: only the transform is shared.
 *
 * Hann window of 46 ms (the power of two nearest to it), a quarter of it from frame to frame; 48 triangular
 * bands, evenly spaced in mel (2595·log10(1 + f/700)) from 50 Hz to 16 kHz; levels in dB. What lies 60 dB
 * under the loudest band of the signal is one floor: nobody hears it change.
 */
import { realFft } from '../../dist/dsp/fft.js';
import { largest } from './statistics.mjs';

const WINDOW_SEC = 0.046;
const FRAMES_PER_WINDOW = 4;
const BANDS = 48;
const LOWEST_HZ = 50;
const HIGHEST_HZ = 16_000;
const RANGE_DB = 60;

/**
 * Frames of a signal whose windows lie wholly inside it.
 * @param rangeDb how far under the loudest band of the signal the floor lies
 * @returns {{ size: number, hop: number, frames: Float64Array[] }} frame k covers samples [k·hop, k·hop+size)
 */
export function logMel(signal, sampleRate, rangeDb = RANGE_DB) {
  const size = 2 ** Math.round(Math.log2(WINDOW_SEC * sampleRate));
  const hop = size / FRAMES_PER_WINDOW;
  const fft = realFft(size);
  const window = Float32Array.from(
    { length: size },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size),
  );
  const filters = melFilters(sampleRate, size);
  const windowed = new Float32Array(size);
  const spectrum = new Float32Array(size + 2);
  const frames = [];
  for (let start = 0; start + size <= signal.length; start += hop) {
    for (let n = 0; n < size; n++) windowed[n] = signal[start + n] * window[n];
    fft.forward(windowed, spectrum);
    frames.push(Float64Array.from(filters, (filter) => bandPower(spectrum, filter)));
  }
  const floor = largest(frames.map((frame) => largest(frame))) * 10 ** (-rangeDb / 10);
  for (const frame of frames) {
    for (let b = 0; b < BANDS; b++) frame[b] = 10 * Math.log10(Math.max(frame[b], floor, 1e-30));
  }
  return { size, hop, frames };
}

const tiledFrames = new WeakMap();

/** Frames of a loop tiled twice; remembered as long as the loop is, since several figures look at them. */
export function tiledLogMel(loop, sampleRate) {
  if (!tiledFrames.has(loop)) {
    const tiled = new Float32Array(2 * loop.length);
    tiled.set(loop);
    tiled.set(loop, loop.length);
    tiledFrames.set(loop, logMel(tiled, sampleRate));
  }
  return tiledFrames.get(loop);
}

/** Mean absolute difference of two frames, dB a band. */
export function melDistance(a, b) {
  let sum = 0;
  for (let band = 0; band < BANDS; band++) sum += Math.abs(a[band] - b[band]);
  return sum / BANDS;
}

/** Mean of all frames, about its own mean: the colour of a sound, whatever its level. */
export function colour({ frames }) {
  const mean = new Float64Array(BANDS);
  for (const frame of frames) for (let b = 0; b < BANDS; b++) mean[b] += frame[b] / frames.length;
  const level = mean.reduce((sum, value) => sum + value, 0) / BANDS;
  return mean.map((value) => value - level);
}

function bandPower(spectrum, { first, weights }) {
  let power = 0;
  for (let i = 0, k = 2 * first; i < weights.length; i++, k += 2) {
    power += weights[i] * (spectrum[k] * spectrum[k] + spectrum[k + 1] * spectrum[k + 1]);
  }
  return power;
}

const filterBanks = new Map();

function melFilters(sampleRate, size) {
  const key = `${sampleRate} ${size}`;
  if (!filterBanks.has(key)) filterBanks.set(key, makeMelFilters(sampleRate, size));
  return filterBanks.get(key);
}

function makeMelFilters(sampleRate, size) {
  const toMel = (hz) => 2595 * Math.log10(1 + hz / 700);
  const toHz = (mel) => 700 * (10 ** (mel / 2595) - 1);
  const lowest = toMel(LOWEST_HZ);
  const highest = toMel(Math.min(HIGHEST_HZ, 0.48 * sampleRate));
  const edges = Array.from({ length: BANDS + 2 }, (_, i) =>
    toHz(lowest + ((highest - lowest) * i) / (BANDS + 1)),
  );
  return Array.from({ length: BANDS }, (_, b) => {
    const [low, middle, high] = edges.slice(b, b + 3).map((hz) => (hz * size) / sampleRate);
    const first = Math.floor(low);
    const weights = [];
    for (let k = first; k <= Math.ceil(high); k++) {
      weights.push(Math.max(0, Math.min((k - low) / (middle - low), (high - k) / (high - middle))));
    }
    // The lowest bands are narrower than a bin: there the nearest bin stands for the band.
    if (weights.every((weight) => weight === 0)) weights[Math.round(middle) - first] = 1;
    return { first, weights };
  });
}
