import { realFft } from '../dsp/fft.ts';
import { log2, pow } from '../dsp/maths.ts';
import { assertRange, type SoundReader } from '../dsp/sound.ts';
import { sineWindow } from '../dsp/windows.ts';
import { type HarmonicShape, harmonicMasks, harmonicReach, harmonicShape } from './harmonic-masks.ts';

/**
 * - harmonic: what lasts, tones and chords
 * - percussive: what is struck
 * - residual: the breath between, which is neither
 */
export type SoundPart = 'harmonic' | 'percussive' | 'residual';

/** Samples a frame at 44.1 kHz; other rates take the power of two nearest to the same time (93 ms). */
const FRAME_AT_44100 = 4096;

/** Frames overlap four times: a row of the spectrogram is a quarter of a frame. */
const OVERLAP = 4;

/**
 * One part of a sound, by ranges ({@link harmonicMasks} tell how they are distinguished). The three parts sum to the
 * sound, to -120 dB. One mask serves all channels, so each part keeps the image.
 *
 * A range reads the same whatever range it is part of, to the bit: frames lie on a grid that begins with the
 * sound, and a range reads about 1.1 s more on either side, all that its masks depend on. Memory: about 40 bytes
 * a frame of the range and those surroundings.
 */
export function partReader(reader: SoundReader, part: SoundPart): SoundReader {
  const { sampleRate, channelCount, frameCount } = reader;
  const length = pow(2, Math.round(log2((FRAME_AT_44100 * sampleRate) / 44100)));
  const hop = length / OVERLAP;
  const shape = harmonicShape(hop / sampleRate, sampleRate / length);
  const reach = harmonicReach(shape);
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
      const grid = { length, hop, from: (from - OVERLAP + 1) * hop - readFrom };
      const mask = partMask(powerMatrix(channels, grid, to - from + 1), to - from + 1, shape, part);
      return {
        sampleRate,
        channels: channels.map((channel) =>
          resynthesise(channel, grid, mask, first - from, last - from, start - readFrom, count),
        ),
      };
    },
  };
}

/** Where frames lie in what was read. */
interface Grid {
  readonly length: number;
  readonly hop: number;
  /** Sample at which the first row begins; below 0 where it begins before the sound. */
  readonly from: number;
}

function partMask(power: Float32Array, rows: number, shape: HarmonicShape, part: SoundPart): Float32Array {
  const { first, both } = harmonicMasks(power, rows, power.length / rows, shape);
  if (part === 'harmonic') return both;
  if (part === 'percussive') return first.map((gain) => 1 - gain);
  return first.map((gain, i) => gain - both[i]);
}

/** Fills `frame` with the windowed samples from `start` on, zeros outside of them. */
function cut(samples: Float32Array, start: number, window: Float32Array, frame: Float32Array): void {
  const from = Math.max(0, -start);
  const to = Math.min(frame.length, samples.length - start);
  if (from > 0 || to < frame.length) frame.fill(0);
  for (let n = from; n < to; n++) frame[n] = samples[start + n] * window[n];
}

/** Power spectrogram summed over channels, rows × (length / 2 + 1). */
function powerMatrix(channels: readonly Float32Array[], grid: Grid, rows: number): Float32Array {
  const { length, hop } = grid;
  const fft = realFft(length);
  const window = sineWindow(length);
  const power = new Float32Array(rows * fft.binCount);
  const frame = new Float32Array(length);
  const spectrum = new Float32Array(length + 2);
  for (const samples of channels) {
    for (let row = 0, at = 0; row < rows; row++) {
      cut(samples, grid.from + row * hop, window, frame);
      fft.forward(frame, spectrum);
      for (let k = 0; k < length + 2; k += 2, at++) {
        power[at] += spectrum[k] * spectrum[k] + spectrum[k + 1] * spectrum[k + 1];
      }
    }
  }
  return power;
}

/** Samples [start, start + count) of one channel, through rows `first` to `last` of the mask. */
function resynthesise(
  samples: Float32Array,
  grid: Grid,
  mask: Float32Array,
  first: number,
  last: number,
  start: number,
  count: number,
): Float32Array {
  const { length, hop } = grid;
  const fft = realFft(length);
  const window = sineWindow(length);
  const frame = new Float32Array(length);
  const spectrum = new Float32Array(length + 2);
  const output = new Float32Array(count);
  for (let row = first; row <= last; row++) {
    const frameStart = grid.from + row * hop;
    cut(samples, frameStart, window, frame);
    fft.forward(frame, spectrum);
    for (let k = 0, at = row * fft.binCount; k < length + 2; k += 2, at++) {
      spectrum[k] *= mask[at];
      spectrum[k + 1] *= mask[at];
    }
    fft.inverse(spectrum, frame);
    const to = Math.min(length, start + count - frameStart);
    for (let n = Math.max(0, start - frameStart), at = frameStart + n - start; n < to; n++, at++) {
      output[at] += (2 / OVERLAP) * frame[n] * window[n];
    }
  }
  return output;
}
