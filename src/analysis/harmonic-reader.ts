import { realFft } from '../dsp/fft.ts';
import { log2, pow } from '../dsp/maths.ts';
import { DIRECTIONS, phasors } from '../dsp/phasors.ts';
import { assertRange, type SoundReader } from '../dsp/sound.ts';
import { sineWindow } from '../dsp/windows.ts';
import { type HarmonicGains, harmonicGains, harmonicShape } from './harmonic-gains.ts';
import { floorReach } from './noise-floor.ts';
import type { RowRange } from './rank-filter.ts';

/** Samples a frame at 44.1 kHz; other rates take the power of two nearest to the same time (93 ms). */
const FRAME_AT_44100 = 4096;

/** Frames overlap four times: a row of the spectrogram is a quarter of a frame. */
const OVERLAP = 4;

/**
 * What lasts in a sound, by ranges ({@link harmonicGains} tell what that is). One set of gains and phases serves all
 * channels, so the image stays.
 *
 * A range reads the same whatever range it is part of, to the bit: frames lie on a grid that begins with the
 * sound, and a range reads about 0.9 s more on either side, all that its gains depend on. Memory: about 40 bytes
 * a frame of the range and those surroundings.
 */
export function harmonicReader(reader: SoundReader): SoundReader {
  const { sampleRate, channelCount, frameCount } = reader;
  const length = pow(2, Math.round(log2((FRAME_AT_44100 * sampleRate) / 44100)));
  const hop = length / OVERLAP;
  const shape = harmonicShape(hop / sampleRate, sampleRate / length);
  const reach = floorReach(shape);
  const lastRow = Math.ceil(frameCount / hop) + OVERLAP - 2;
  return {
    sampleRate,
    channelCount,
    frameCount,
    async read(start, count) {
      assertRange(start, count, frameCount);
      if (count === 0) return reader.read(start, 0);
      // Row r covers samples [(r - 3)·hop, (r + 1)·hop): the first three begin before the sound.
      const first = Math.floor(start / hop);
      const last = Math.floor((start + count - 1) / hop) + OVERLAP - 1;
      const from = Math.max(0, first - reach);
      const to = Math.min(lastRow, last + reach);
      const readFrom = Math.max(0, (from - OVERLAP + 1) * hop);
      const readTo = Math.min(frameCount, (to + 1) * hop);
      const { channels } = await reader.read(readFrom, readTo - readFrom);
      const grid = { length, hop, row: from, from: (from - OVERLAP + 1) * hop - readFrom };
      const rows = to - from + 1;
      const wanted = { first: first - from, last: last - from, start: start - readFrom, count };
      const { power, spectra } = transformed(channels, grid, rows, wanted);
      const gains = harmonicGains(power, power.length / rows, shape, wanted);
      return {
        sampleRate,
        channels: spectra.map((spectrum) => resynthesise(spectrum, grid, gains, wanted)),
      };
    },
  };
}

/** Where frames lie in what was read. */
interface Grid {
  readonly length: number;
  readonly hop: number;
  /** Its first row, counted from the sound's first. */
  readonly row: number;
  /** Sample at which that begins; below 0 where it begins before the sound. */
  readonly from: number;
}

/** Fills `frame` with the windowed samples from `start` on, zeros outside of them. */
function cut(samples: Float32Array, start: number, window: Float32Array, frame: Float32Array): void {
  const from = Math.max(0, -start);
  const to = Math.min(frame.length, samples.length - start);
  if (from > 0 || to < frame.length) frame.fill(0);
  for (let n = from; n < to; n++) frame[n] = samples[start + n] * window[n];
}

/** Power spectrogram summed over channels, rows × (length / 2 + 1), and of each channel the spectra of the rows wanted. */
function transformed(
  channels: readonly Float32Array[],
  { length, hop, from }: Grid,
  rows: number,
  { first, last }: Wanted,
): { power: Float32Array; spectra: Float32Array[] } {
  const fft = realFft(length);
  const window = sineWindow(length);
  const power = new Float32Array(rows * fft.binCount);
  const frame = new Float32Array(length);
  const passing = new Float32Array(length + 2);
  const spectra = channels.map((samples) => {
    const kept = new Float32Array((last - first + 1) * passing.length);
    for (let row = 0, at = 0; row < rows; row++) {
      const isWanted = row >= first && row <= last;
      const place = (row - first) * passing.length;
      const spectrum = isWanted ? kept.subarray(place, place + passing.length) : passing;
      cut(samples, from + row * hop, window, frame);
      fft.forward(frame, spectrum);
      for (let k = 0; k < passing.length; k += 2, at++) {
        power[at] += spectrum[k] * spectrum[k] + spectrum[k + 1] * spectrum[k + 1];
      }
    }
    return kept;
  });
  return { power, spectra };
}

/** Samples [start, start + count) of what was read, and the rows that reach into them. */
interface Wanted extends RowRange {
  readonly start: number;
  readonly count: number;
}

/** What is wanted of one channel. @param spectra of the wanted rows, one after the other; overwritten */
function resynthesise(
  spectra: Float32Array,
  grid: Grid,
  gains: HarmonicGains,
  { first, last, start, count }: Wanted,
): Float32Array {
  const { length, hop } = grid;
  const fft = realFft(length);
  const window = sineWindow(length).map((weight) => (2 / OVERLAP / length) * weight);
  const frame = new Float32Array(length);
  const output = new Float32Array(count);
  for (let row = first, place = 0; row <= last; row++, place += length + 2) {
    const spectrum = spectra.subarray(place, place + length + 2);
    applyGains(spectrum, gains, (row - first) * fft.binCount, grid.row + row);
    fft.inverseUnscaled(spectrum, frame);
    const frameStart = grid.from + row * hop;
    const to = Math.min(length, start + count - frameStart);
    for (let n = Math.max(0, start - frameStart), at = frameStart + n - start; n < to; n++, at++) {
      output[at] += frame[n] * window[n];
    }
  }
  return output;
}

/** @param at of the row's first gain, @param row of the whole sound: the phase of a place is the same in any range */
function applyGains(spectrum: Float32Array, { kept, loose }: HarmonicGains, at: number, row: number): void {
  for (let k = 0; k < spectrum.length; k += 2, at++) {
    let re = kept[at];
    let im = 0;
    if (loose[at] > 0) {
      const direction = 2 * directionAt(row, k);
      re += loose[at] * phasors[direction];
      im = loose[at] * phasors[direction + 1];
    }
    const x = spectrum[k];
    const y = spectrum[k + 1];
    spectrum[k] = re * x - im * y;
    spectrum[k + 1] = re * y + im * x;
  }
}

/** Chance that depends on the place alone, so that any range draws the same: mixed as MurmurHash3 ends. */
function directionAt(row: number, bin: number): number {
  let hash = Math.imul(row, 0x9e3779b1) ^ Math.imul(bin + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  hash ^= hash >>> 13;
  return hash & (DIRECTIONS - 1);
}
