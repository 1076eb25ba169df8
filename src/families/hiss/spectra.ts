import { harmonicMask } from '../../analysis/median-masks.ts';
import { partOf, withWorkspace } from '../../dsp/kernel-memory.ts';
import * as kernels from '../../dsp/kernels.ts';
import { multiply } from '../../dsp/levels.ts';
import { log2, log10, pow } from '../../dsp/maths.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { hann } from '../../dsp/windows.ts';
import type { HissBand } from './band.ts';
import { createFrameWorkspace, transformFrame } from './frames.ts';
import { binCorrelations } from './image.ts';
import { smoothedSpectrum } from './smoothing.ts';

/**
 * What the noise of some hits is like: short-time power spectra of their untuned part, and how left and
 * right hang together. Bins firstBin … firstBin + bins - 1 of frames of `frameLength` samples.
 */
export interface HissSpectra {
  readonly frameLength: number;
  readonly firstBin: number;
  readonly bins: number;
  /** The bins of these that lie within the band itself, from and to (not included). */
  readonly inBand: readonly [number, number];
  readonly channelCount: number;
  /** Loud moments, each channelCount × bins powers, summing to 1 within the band. */
  readonly moments: readonly Float32Array[];
  /** How often each moment is wanted: its amplitude. */
  readonly weights: Float32Array;
  /** Correlation of left and right in each bin of the whole source, -1 to 1; empty for mono. */
  readonly correlation: Float32Array;
}

/** Frames of 23 ms, side by side, at any rate: short enough for a hit, long enough for its colour. */
const FRAME_AT_44100 = 1024;
/** The tuned part of a hit is what lasts: medians over 9 frames (0.2 s) and 17 bins (0.7 kHz), twice as strong. */
const SEPARATION = { timeWidth: 9, frequencyWidth: 17, margin: 2 };
/** A moment is loud within this of the loudest, in power: 24 dB. */
const LOUD_RANGE = pow(10, -2.4);
/** Most moments kept: more add nothing to a loop of seconds. */
const MOST_MOMENTS = 200;
/** Beyond the band's edges bins are kept this far, as factors: the band-pass itself draws the slope. */
const SKIRT = { low: 0.5, high: 1.4 };

/** Length of a short-time frame, samples: the power of two nearest 23 ms. */
export function hissFrameLength(sampleRate: number): number {
  return pow(2, Math.round(log2((FRAME_AT_44100 * sampleRate) / 44100)));
}

/** The bins that a band touches. */
function hissBins(band: HissBand, sampleRate: number): Pick<HissSpectra, 'firstBin' | 'bins' | 'inBand'> {
  const frameLength = hissFrameLength(sampleRate);
  const firstBin = Math.max(1, Math.floor((SKIRT.low * band.lowHz * frameLength) / sampleRate));
  const last = Math.min(
    frameLength / 2 - 1,
    Math.ceil((SKIRT.high * band.highHz * frameLength) / sampleRate),
  );
  const bins = last - firstBin + 1;
  const low = Math.max(0, Math.round((band.lowHz * frameLength) / sampleRate) - firstBin);
  const high = Math.min(bins, Math.round((band.highHz * frameLength) / sampleRate) - firstBin + 1);
  return { firstBin, bins, inBand: [low, high] };
}

/**
 * Analyses percussive material in a band.
 * @param leastDb level within the band that the loudest moments must exceed, dB
 * @returns null where they do not: there is no hiss in it
 */
export function hissSpectra(sound: Sound, band: HissBand, leastDb: number): HissSpectra | null {
  const { sampleRate } = sound;
  const frameLength = hissFrameLength(sampleRate);
  const { firstBin, bins, inBand } = hissBins(band, sampleRate);
  const [low, high] = inBand;
  const rows = Math.ceil(frameCount(sound) / frameLength + 0.25);
  const channelCount = sound.channels.length;
  const powers = shortTimePowers(sound, frameLength, firstBin, bins, rows);
  removeTuned(powers, rows, bins);
  const levels = bandLevels(powers, rows, bins, low, high);
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  // A frame under a Hann window (Σw² = 3/8 N): mean square = 2·Σ|X|² / (N · 3/8 N).
  const meanSquare = loudest / channelCount / ((3 / 16) * frameLength * frameLength);
  if (!(10 * log10(meanSquare) > leastDb)) return null;
  const chosen = loudRows(levels, loudest * LOUD_RANGE);
  const moments = chosen.map((row) => momentSpectrum(powers, row, bins, low, high));
  const weights = Float32Array.from(chosen, (row) => Math.sqrt(levels[row]));
  // The image is that of all there is: what was tuned gives its place to noise, not its width.
  const correlation =
    channelCount === 2 ? binCorrelations(sound, frameLength, firstBin, bins) : new Float32Array(0);
  return { frameLength, firstBin, bins, inBand, channelCount, moments, weights, correlation };
}

/** Powers of each channel, rows × bins. */
function shortTimePowers(sound: Sound, frameLength: number, firstBin: number, bins: number, rows: number) {
  const powers = sound.channels.map(() => new Float32Array(rows * bins));
  withWorkspace((own) => {
    const workspace = createFrameWorkspace(hann(frameLength), own);
    const spectrum = partOf(workspace.spectra[0], 2 * firstBin);
    const line = own.floats(bins);
    for (let row = 0; row < rows; row++) {
      // Hann hides a frame's edges: begin a little before the sound, or a one-shot's attack is lost.
      const start = (row - 0.25) * frameLength;
      for (let channel = 0; channel < powers.length; channel++) {
        transformFrame(workspace, sound.channels[channel], start, 0);
        line.fill(0);
        kernels.addBinProducts(spectrum, spectrum, line, bins);
        powers[channel].set(line, row * bins);
      }
    }
  });
  return powers;
}

/** Leaves of every spectrum what is not harmonic; one mask for all channels. */
function removeTuned(powers: readonly Float32Array[], rows: number, bins: number): void {
  const total = powers[0].slice();
  if (powers.length === 2) for (let i = 0; i < total.length; i++) total[i] += powers[1][i];
  const gain = harmonicMask(total, rows, bins, SEPARATION);
  for (let i = 0; i < gain.length; i++) gain[i] = (1 - gain[i]) * (1 - gain[i]);
  for (const power of powers) multiply(power, gain);
}

function bandLevels(powers: readonly Float32Array[], rows: number, bins: number, low: number, high: number) {
  const levels = new Float64Array(rows);
  for (const power of powers) {
    for (let row = 0; row < rows; row++) {
      for (let bin = low; bin < high; bin++) levels[row] += power[row * bins + bin];
    }
  }
  return levels;
}

/** Rows at or above a level, thinned evenly where there are too many. */
function loudRows(levels: Float64Array, least: number): number[] {
  const loud: number[] = [];
  levels.forEach((level, row) => {
    if (level >= least) loud.push(row);
  });
  const step = Math.max(1, loud.length / MOST_MOMENTS);
  return Array.from({ length: Math.floor(loud.length / step) }, (_, i) => loud[Math.floor(i * step)]);
}

/** One frame's powers, smoothed over frequency, channel after channel, of unit sum within the band. */
function momentSpectrum(
  powers: readonly Float32Array[],
  row: number,
  bins: number,
  low: number,
  high: number,
) {
  const spectrum = new Float32Array(powers.length * bins);
  let sum = 0;
  powers.forEach((power, channel) => {
    const line = smoothedSpectrum(power.subarray(row * bins, (row + 1) * bins));
    spectrum.set(line, channel * bins);
    for (let bin = low; bin < high; bin++) sum += line[bin];
  });
  for (let i = 0; i < spectrum.length; i++) spectrum[i] /= sum;
  return spectrum;
}

/** White noise: one moment, flat, its channels independent. */
export function flatSpectra(band: HissBand, sampleRate: number, channelCount: number): HissSpectra {
  const { firstBin, bins, inBand } = hissBins(band, sampleRate);
  return {
    frameLength: hissFrameLength(sampleRate),
    firstBin,
    bins,
    inBand,
    channelCount,
    moments: [new Float32Array(channelCount * bins).fill(1)],
    weights: Float32Array.of(1),
    correlation: new Float32Array(channelCount === 2 ? bins : 0),
  };
}

/**
 * The same moments with white noise beneath, as loud in each channel as that channel's share asks.
 * It correlates as the hiss does, so the image stays.
 * @param levelDb of the white noise against the hiss, dB
 */
export function withFlatNoise(spectra: HissSpectra, levelDb: number): HissSpectra {
  const share = pow(10, levelDb / 10);
  const { bins, inBand } = spectra;
  const [low, high] = inBand;
  const moments = spectra.moments.map((moment) => {
    const mixed = moment.slice();
    for (let from = 0; from < mixed.length; from += bins) {
      const channel = mixed.subarray(from, from + bins);
      let sum = 0;
      for (let bin = low; bin < high; bin++) sum += channel[bin];
      for (let bin = 0; bin < bins; bin++) channel[bin] += (share * sum) / (high - low);
    }
    return mixed;
  });
  return { ...spectra, moments };
}
