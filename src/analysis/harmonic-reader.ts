import { realFft } from '../dsp/fft.ts';
import { copySamples, withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { log2, pow } from '../dsp/maths.ts';
import { FRESH, type Rooms, withRoomsUntil } from '../dsp/rooms.ts';
import { assertRange, type SoundReader } from '../dsp/sound.ts';
import { sineWindow } from '../dsp/windows.ts';
import { type HarmonicShape, harmonicShape, lastingPart } from './harmonic-gains.ts';
import type { RowRange } from './least-along-time.ts';
import { floorReach } from './noise-floor.ts';

/** Samples a frame at 44.1 kHz; other rates take the power of two nearest to the same time (93 ms). */
const FRAME_AT_44100 = 4096;

/** Frames overlap four times: a row of the spectrogram is a quarter of a frame. */
const OVERLAP = 4;

/**
 * What lasts in a sound, by ranges ({@link lastingPart} tells what that is). One set of gains and phases serves all
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
    async read(start, count, lender = FRESH) {
      assertRange(start, count, frameCount);
      if (count === 0) return reader.read(start, 0);
      // Row r covers samples [(r - 3)·hop, (r + 1)·hop): the first three begin before the sound.
      const first = Math.floor(start / hop);
      const last = Math.floor((start + count - 1) / hop) + OVERLAP - 1;
      const from = Math.max(0, first - reach);
      const to = Math.min(lastRow, last + reach);
      const readFrom = Math.max(0, (from - OVERLAP + 1) * hop);
      const readTo = Math.min(frameCount, (to + 1) * hop);
      const grid = { length, hop, row: from, from: (from - OVERLAP + 1) * hop - readFrom };
      const rows = to - from + 1;
      const wanted = { first: first - from, last: last - from, start: start - readFrom, count };
      const outputs = Array.from({ length: channelCount }, () => lender.floats(count));
      await withRoomsUntil(async (rooms) => {
        const { channels } = await reader.read(readFrom, readTo - readFrom, rooms);
        const { power, spectra } = transformed(channels, grid, rows, wanted, rooms);
        resynthesise(spectra, power, grid, shape, wanted, outputs);
      });
      return { sampleRate, channels: outputs };
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

/** Samples [start, start + count) of what was read, and the rows that reach into them. */
interface Wanted extends RowRange {
  readonly start: number;
  readonly count: number;
}

/** Power spectrogram summed over channels, rows × (length / 2 + 1), and of each channel the spectra of the rows wanted. */
function transformed(
  channels: readonly Float32Array[],
  { length, hop, from }: Grid,
  rows: number,
  { first, last }: Wanted,
  rooms: Rooms,
): { power: Float32Array; spectra: Float32Array[] } {
  const fft = realFft(length);
  const power = rooms.floats(rows * fft.binCount);
  const spectra = channels.map(() => rooms.floats((last - first + 1) * (length + 2)));
  withWorkspace((own) => {
    const [window, frame] = [own.floats(length), own.floats(length)];
    const [spectrum, powers] = [own.floats(length + 2), own.floats(fft.binCount)];
    window.set(sineWindow(length));
    for (let row = 0; row < rows; row++) {
      powers.fill(0);
      for (const [c, samples] of channels.entries()) {
        copySamples(samples, from + row * hop, length, frame);
        kernels.multiplyArrays(frame, window, frame, length);
        fft.forward(frame, spectrum);
        kernels.addBinPowers(spectrum, powers, fft.binCount);
        if (row >= first && row <= last) spectra[c].set(spectrum, (row - first) * spectrum.length);
      }
      power.set(powers, row * fft.binCount);
    }
  });
  return { power, spectra };
}

/** What is wanted of each channel, from the spectra of the wanted rows, one after the other. @param outputs filled */
function resynthesise(
  spectra: readonly Float32Array[],
  power: Float32Array,
  grid: Grid,
  shape: HarmonicShape,
  wanted: Wanted,
  outputs: readonly Float32Array[],
): void {
  const { length, hop } = grid;
  const fft = realFft(length);
  for (const output of outputs) output.fill(0);
  withWorkspace((own) => {
    const lasting = lastingPart(power, fft.binCount, shape, wanted, own);
    const [turnRe, turnIm] = [own.floats(fft.binCount), own.floats(fft.binCount)];
    const [window, frame, spectrum] = [own.floats(length), own.floats(length), own.floats(length + 2)];
    window.set(sineWindow(length).map((weight) => (2 / OVERLAP / length) * weight));
    for (let row = wanted.first; row <= wanted.last; row++) {
      lasting.turns(row, grid.row + row, turnRe, turnIm);
      const place = (row - wanted.first) * spectrum.length;
      for (const [c, output] of outputs.entries()) {
        spectrum.set(spectra[c].subarray(place, place + spectrum.length));
        kernels.turnSpectrum(spectrum, turnRe, turnIm, spectrum, fft.binCount);
        fft.inverseUnscaled(spectrum, frame);
        kernels.multiplyArrays(frame, window, frame, length);
        addSamples(frame, grid.from + row * hop - wanted.start, output);
      }
    }
  });
}

/** Adds a frame to samples from one on, which may be before the first, as far as there are any. */
function addSamples(frame: Float32Array, at: number, samples: Float32Array): void {
  const to = Math.min(frame.length, samples.length - at);
  for (let n = Math.max(0, -at); n < to; n++) samples[at + n] += frame[n];
}
