/**
 * A texture as a point, so that textures that sound alike lie close together: for finding near-copies, for variety, for
 * a map. 80 numbers whose Euclidean distance counts; each part is divided by what it may change by when a sound is only
 * louder, shifted a little, coded or coloured a little (measured; see docs/CURATION.md).
 *
 * - Colour, 40: loudness of each mel band on the whole, as a share (power to the 0.3, after Stevens).
 * - Pitch classes, 12: how the partials from 110 Hz to 2.1 kHz share out among them; all equal for noise.
 * - Movement, 24: how far the level of four wide bands moves over 12 ms to 0.37 s (Haar wavelets), where it is heard.
 * - Direction, 2: whether it rises faster than it falls or the other way round: a sound and its reversal differ.
 * - Shape, 2: for what plays once, how long it sounds (up to 2 s) and whether early or late.
 *
 * It listens to channels summed by power: width does not count, nor does level, nor where a loop begins.
 */
import { createSpectrometer } from '../analysis/spectrum.ts';
import { triangularBands } from '../dsp/bands.ts';
import type { Sound } from '../dsp/sound.ts';
import { type LogMelFrames, logMelFrames } from '../loops/log-mel.ts';

const COLOUR = 40;
const PITCHES = 12;
const GROUPS = 4;
const SCALES = 6;

/** Numbers in an embedding. */
export const EMBEDDING_SIZE = COLOUR + PITCHES + GROUPS * SCALES + 2 + 2;

/** What one unit of each part is worth. */
const WEIGHTS = { colour: 8, pitch: 1.5, movement: 0.7, direction: 0.35, duration: 0.5, lean: 0.5 };

/** Loudness grows with the power to this (S. S. Stevens, "The measurement of loudness", 1955). */
const LOUDNESS_EXPONENT = 0.3;
/** Levels further than this under the loudest moment are not heard to move, dB. */
const HEARD_DB = 40;
/** Frames at which rise and fall are compared: 46 and 186 ms. */
const DIRECTION_SCALES = [4, 16];
const SHORTEST_SEC = 0.03;
const LONGEST_SEC = 2;

const PITCH_WINDOW_SEC = 0.37;
/** MIDI notes from A2 to B6: lower ones lie closer than the window tells apart, higher ones are mostly overtones. */
const LOWEST_NOTE = 45;
const NOTE_COUNT = 48;

/**
 * @param sound one or more channels; of any length, though under 50 ms there is little to tell it by
 * @param loops whether the whole of it goes round
 * @returns {@link EMBEDDING_SIZE} numbers, all finite; those of silence are of no meaning
 */
export function embedSound(sound: Sound, loops: boolean): Float32Array {
  const frames = logMelFrames(sound.channels, sound.sampleRate, { circular: loops });
  const power = framePowers(frames);
  const weights = power.map(Math.sqrt);
  const embedding = new Float32Array(EMBEDDING_SIZE);
  let at = 0;
  const put = (values: ArrayLike<number>, weight: number) => {
    for (let i = 0; i < values.length; i++) embedding[at++] = weight * values[i];
  };
  put(colourOf(frames, weights), WEIGHTS.colour);
  put(pitchClassesOf(sound, loops), WEIGHTS.pitch);
  const bands = bandTracks(frames, power);
  for (const band of bands) put(movementOf(band, loops), WEIGHTS.movement);
  put(directionOf(powerTrack(power), loops), WEIGHTS.direction);
  const { octaves, lean } = loops ? { octaves: 0, lean: 0 } : shapeOf(weights, frames.hop / sound.sampleRate);
  put([octaves], WEIGHTS.duration);
  put([lean], WEIGHTS.lean);
  return embedding;
}

/** Euclidean distance of two embeddings. */
export function embeddingDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return Math.sqrt(sum);
}

function framePowers({ count, levels }: LogMelFrames): Float64Array {
  const power = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    for (let band = 0; band < COLOUR; band++) power[t] += 10 ** (levels[t * COLOUR + band] / 10);
  }
  return power;
}

/** Share of each band in the loudness, summing to 1: louder moments count more. */
function colourOf({ count, levels }: LogMelFrames, weights: Float64Array): Float64Array {
  const colour = new Float64Array(COLOUR);
  for (let t = 0; t < count; t++) {
    for (let band = 0; band < COLOUR; band++) {
      colour[band] += weights[t] * levels[t * COLOUR + band];
    }
  }
  const total = sumOf(weights);
  for (let band = 0; band < COLOUR; band++)
    colour[band] = 10 ** ((LOUDNESS_EXPONENT * colour[band]) / total / 10);
  return scaled(colour, 1 / (sumOf(colour) || 1));
}

/** Amplitude in each pitch class about their mean, C first; of unit length for a single pitch class. */
function pitchClassesOf({ channels, sampleRate }: Sound, loops: boolean): Float64Array {
  const size = 2 ** Math.round(Math.log2(PITCH_WINDOW_SEC * sampleRate));
  const edges = Array.from(
    { length: NOTE_COUNT + 2 },
    (_, i) => (440 * 2 ** ((LOWEST_NOTE + i - 1 - 69) / 12) * size) / sampleRate,
  );
  const spectrometer = createSpectrometer(size, sampleRate, 2500);
  const notes = triangularBands(edges, spectrometer.lastBin);
  const power = new Float32Array(spectrometer.lastBin + 1);
  const levels = new Float32Array(NOTE_COUNT);
  const classes = new Float64Array(PITCHES);
  const length = channels[0].length;
  const hop = size / 2;
  const padded = channels.map((channel) => lengthened(channel, size, loops));
  for (let offset = 0; offset === 0 || offset < length - (loops ? 0 : hop); offset += hop) {
    spectrometer.measure(padded, offset, power);
    notes.apply(power, levels);
    for (let i = 0; i < NOTE_COUNT; i++) classes[(LOWEST_NOTE + i) % PITCHES] += Math.sqrt(levels[i]);
  }
  const mean = sumOf(classes) / PITCHES;
  return scaled(
    classes.map((value) => value - mean),
    1 / (PITCHES * mean || 1),
  );
}

/** The channel, and behind it itself again where it is a loop, else silence: enough for a window that begins anywhere in it. */
function lengthened(channel: Float32Array, size: number, loops: boolean): Float32Array {
  const result = new Float32Array(channel.length + size);
  result.set(channel);
  if (loops) for (let n = channel.length; n < result.length; n++) result[n] = result[n - channel.length];
  return result;
}

/** Level over time of four wide bands, dB over what is heard beside the loudest moment. */
function bandTracks({ count, levels }: LogMelFrames, power: Float64Array): Float64Array[] {
  const floor = heardFloor(power);
  const width = COLOUR / GROUPS;
  return Array.from({ length: GROUPS }, (_, group) =>
    Float64Array.from({ length: count }, (_, t) => {
      let sum = 0;
      for (let band = group * width; band < (group + 1) * width; band++) {
        sum += 10 ** (levels[t * COLOUR + band] / 10);
      }
      return 10 * Math.log10(Math.max(sum / floor, 1));
    }),
  );
}

function powerTrack(power: Float64Array): Float64Array {
  const floor = heardFloor(power);
  return power.map((value) => 10 * Math.log10(Math.max(value / floor, 1)));
}

function heardFloor(power: Float64Array): number {
  return Math.max(Number.MIN_VALUE, Math.max(...power) * 10 ** (-HEARD_DB / 10));
}

/** How far a level moves from one stretch of 1, 2, 4… frames to the next, log2(1 + dB RMS). */
function movementOf(track: Float64Array, loops: boolean): Float64Array {
  return Float64Array.from({ length: SCALES }, (_, scale) => {
    const { squares } = differences(track, 2 ** scale, loops);
    return Math.log2(1 + Math.sqrt(squares));
  });
}

/** Cube root of the mean cubed difference: positive where it rises in fewer, larger steps than it falls; dB. */
function directionOf(track: Float64Array, loops: boolean): Float64Array {
  return Float64Array.from(DIRECTION_SCALES, (frames) => Math.cbrt(differences(track, frames, loops).cubes));
}

/** Mean square and mean cube of what the mean of `frames` values differs by from that of the `frames` before. */
function differences(track: Float64Array, frames: number, loops: boolean) {
  const { length } = track;
  const sums = new Float64Array(length + 1 + 2 * frames);
  for (let i = 0; i + 1 < sums.length; i++) sums[i + 1] = sums[i] + track[i % length];
  const places = loops ? length : length - 2 * frames + 1;
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < places; i++) {
    const step = (sums[i + 2 * frames] - 2 * sums[i + frames] + sums[i]) / frames;
    squares += step * step;
    cubes += step * step * step;
  }
  return places > 0 ? { squares: squares / places, cubes: cubes / places } : { squares: 0, cubes: 0 };
}

/** How long it sounds, in octaves over 30 ms, and the skewness of its loudness over time, -2 to 2. */
function shapeOf(weights: Float64Array, frameSec: number): { octaves: number; lean: number } {
  const total = sumOf(weights);
  if (total === 0) return { octaves: 0, lean: 0 };
  let [mean, squares] = [0, 0];
  for (let t = 0; t < weights.length; t++) {
    mean += (t * weights[t]) / total;
    squares += weights[t] * weights[t];
  }
  let [variance, cubes] = [0, 0];
  for (let t = 0; t < weights.length; t++) {
    variance += ((t - mean) ** 2 * weights[t]) / total;
    cubes += ((t - mean) ** 3 * weights[t]) / total;
  }
  const seconds = (frameSec * total * total) / squares;
  return {
    octaves: Math.log2(Math.min(LONGEST_SEC, Math.max(SHORTEST_SEC, seconds)) / SHORTEST_SEC),
    lean: variance > 0 ? Math.max(-2, Math.min(2, cubes / variance ** 1.5)) : 0,
  };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function scaled(values: Float64Array, factor: number): Float64Array {
  return values.map((value) => factor * value);
}
