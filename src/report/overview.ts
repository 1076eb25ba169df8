import { triangularBands } from '../dsp/bands.ts';
import { type RealFft, realFft } from '../dsp/fft.ts';
import { type KernelFloats, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { log2, log10, pow } from '../dsp/maths.ts';
import { type PlacedBands, placeBands } from '../dsp/placed-bands.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { extremes } from '../dsp/sums.ts';
import { hann } from '../dsp/windows.ts';
import {
  axisHertz,
  BAND_COUNT,
  COLUMN_COUNT,
  type Overview,
  PEAK_COUNT,
  RANGE_DB,
  REDUCTION,
  STEPS,
} from './page/overview.ts';

/** A window of about this many seconds: bins of 11 Hz, so that low bands hold one each. */
const WINDOW_SEC = 0.09;
/** Windows a column at most; what is longer is sampled in places. */
const WINDOWS_PER_COLUMN = 2;

/**
 * Waveform and spectrogram of a sound, small enough for a page of hundreds.
 * @param isLoop the end is followed by the beginning
 */
export function overviewOf(sound: Sound, isLoop: boolean): Overview {
  return { peaks: peaksOf(sound), levels: levelsOf(sound, isLoop), columnCount: COLUMN_COUNT };
}

/** The same picture with half as many ranges of time, moments and bands: the widest peaks, the mean levels. */
export function reduced({ peaks, levels }: Overview): Overview {
  const widest = new Int8Array(peaks.length / REDUCTION);
  for (let i = 0; i < widest.length; i += 2) {
    const at = REDUCTION * i;
    widest[i] = Math.min(peaks[at], peaks[at + 2]);
    widest[i + 1] = Math.max(peaks[at + 1], peaks[at + 3]);
  }
  const columnCount = COLUMN_COUNT / REDUCTION;
  const bandCount = BAND_COUNT / REDUCTION;
  const means = new Uint8Array(columnCount * bandCount);
  for (let column = 0; column < columnCount; column++) {
    for (let band = 0; band < bandCount; band++) {
      const at = REDUCTION * (column * BAND_COUNT + band);
      const sum = levels[at] + levels[at + 1] + levels[at + BAND_COUNT] + levels[at + BAND_COUNT + 1];
      means[column * bandCount + band] = Math.round(sum / (REDUCTION * REDUCTION));
    }
  }
  return { peaks: widest, levels: means, columnCount };
}

function peaksOf(sound: Sound): Int8Array {
  const frames = frameCount(sound);
  const peaks = new Int8Array(2 * PEAK_COUNT);
  for (let i = 0; i < PEAK_COUNT; i++) {
    const start = Math.min(frames - 1, Math.floor((i * frames) / PEAK_COUNT));
    const end = Math.max(start + 1, Math.floor(((i + 1) * frames) / PEAK_COUNT));
    const { least, greatest } = extremes(sound.channels, start, end);
    peaks[2 * i] = Math.round(127 * Math.max(-1, least));
    peaks[2 * i + 1] = Math.round(127 * Math.min(1, greatest));
  }
  return peaks;
}

function levelsOf(sound: Sound, isLoop: boolean): Uint8Array {
  const powers = bandPowers(sound, isLoop);
  const levels = new Uint8Array(powers.length);
  let loudest = 1e-12;
  for (let i = 0; i < powers.length; i++) loudest = Math.max(loudest, powers[i]);
  for (let i = 0; i < powers.length; i++) {
    const belowDb = 10 * log10(loudest / Math.max(powers[i], 1e-20));
    levels[i] = Math.round((STEPS - 1) * Math.max(0, 1 - belowDb / RANGE_DB));
  }
  return levels;
}

/** Power in each band of each column, summed over channels and the column's windows; on no scale. */
function bandPowers(sound: Sound, isLoop: boolean): Float32Array {
  const size = windowSize(sound);
  const { fft, window, frame, spectrum, power, bands, found } = toolsFor(size, sound.sampleRate);
  const { weights, firstBins, weightCounts } = bands;
  const powers = new Float32Array(COLUMN_COUNT * BAND_COUNT);
  const advance = frameCount(sound) / COLUMN_COUNT;
  const windows = Math.max(1, Math.min(WINDOWS_PER_COLUMN, Math.round((2 * advance) / size)));
  for (let column = 0; column < COLUMN_COUNT; column++) {
    power.fill(0);
    for (let turn = 0; turn < windows; turn++) {
      const middle = Math.round((column + (turn + 0.5) / windows) * advance);
      for (const channel of sound.channels) {
        cut(channel, middle - size / 2, isLoop, frame);
        kernels.multiplyArrays(frame, window, frame, size);
        fft.forward(frame, spectrum);
        kernels.addBinPowers(spectrum, power, fft.binCount);
      }
    }
    // Bands are taken by four bins, so zeros must follow the last.
    power.fill(0, fft.binCount);
    kernels.bandSums(power, weights, firstBins, weightCounts, BAND_COUNT, found);
    powers.set(found, column * BAND_COUNT);
  }
  return powers;
}

/** Bins that kernels take at once. */
const BINS_AT_ONCE = 4;

/** What a window of one size is measured with, at one rate. */
interface Tools {
  readonly fft: RealFft;
  readonly window: KernelFloats;
  readonly frame: KernelFloats;
  readonly spectrum: KernelFloats;
  readonly power: KernelFloats;
  readonly bands: PlacedBands;
  /** Powers of the bands. */
  readonly found: KernelFloats;
}

/** By size and rate: there are few. */
const tools = new Map<string, Tools>();

function toolsFor(size: number, sampleRate: number): Tools {
  const key = `${size} ${sampleRate}`;
  const known = tools.get(key);
  if (known) return known;
  const own = new KernelWorkspace();
  const edges = Array.from(
    { length: BAND_COUNT + 2 },
    (_, edge) => (axisHertz((edge - 0.5) / BAND_COUNT) * size) / sampleRate,
  );
  const made: Tools = {
    fft: realFft(size),
    window: own.floats(size),
    frame: own.floats(size),
    spectrum: own.floats(size + 2 * BINS_AT_ONCE),
    power: own.floats(size / 2 + BINS_AT_ONCE),
    bands: placeBands(own, triangularBands(edges, size / 2)),
    found: own.floats(BAND_COUNT),
  };
  made.window.set(hann(size));
  tools.set(key, made);
  return made;
}

/** A power of two; short sounds are read through shorter windows, so that time shows in them. */
function windowSize(sound: Sound): number {
  const wanted = Math.min(WINDOW_SEC * sound.sampleRate, frameCount(sound) / 4);
  return pow(2, Math.max(8, Math.round(log2(wanted))));
}

/** Fills the frame with the channel from `start` on, round the loop or with silence outside. */
function cut(channel: Float32Array, start: number, isLoop: boolean, frame: Float32Array): void {
  const { length } = channel;
  if (start >= 0 && start + frame.length <= length) {
    frame.set(channel.subarray(start, start + frame.length));
    return;
  }
  for (let n = 0; n < frame.length; n++) {
    const place = start + n;
    if (isLoop) frame[n] = channel[((place % length) + length) % length];
    else frame[n] = place >= 0 && place < length ? channel[place] : 0;
  }
}
