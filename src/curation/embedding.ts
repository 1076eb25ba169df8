/**
 * A texture as a point, so that textures that sound alike lie close together: for finding near-copies, for variety, for
 * a map. 80 numbers whose Euclidean distance counts: under 0.4 for what is only louder, shifted, coded or coloured a little,
 * 2 to 4 between two textures of an archive (measured: docs/CURATION.md).
 *
 * - Colour, 40: loudness of each mel band on the whole (power to the 0.3, after Stevens).
 * - Pitch classes, 12: how the partials from 110 Hz to 2.1 kHz share out among them; all equal for noise.
 * - Movement, 24: how far the level of four wide bands moves over 12 ms to 0.37 s (Haar wavelets), where it is heard.
 * - Direction, 2: whether it rises faster than it falls or the other way round: a sound and its reversal differ.
 * - Shape, 2: for what plays once, how long it sounds (up to 2 s) and whether early or late.
 *
 * It takes channels summed by power: width does not count, nor does level, nor where a loop begins.
 */
import { log2, log10, pow, square } from '../dsp/maths.ts';
import type { Sound } from '../dsp/sound.ts';
import { sampleSums } from '../dsp/sums.ts';
import { type LogMelFrames, logMelFrames } from '../loops/log-mel.ts';
import { scaled, sumOf } from './number-lists.ts';
import { PITCHES, pitchClassesOf } from './pitch-classes.ts';

/** Mel bands, as the log-mel frames have them. */
const COLOUR = 40;
/** Wide bands, each of ten mel bands. */
const GROUPS = 4;
/** Stretches over which movement counts, each twice the one before: 1 to 32 frames of 12 ms. */
const SCALES = 6;

/** Numbers in an embedding. */
export const EMBEDDING_SIZE = COLOUR + PITCHES + GROUPS * SCALES + 2 + 2;

/** By what each part is multiplied: so that altered copies differ by about as much in each (measured). */
const WEIGHTS = { colour: 3, pitch: 2, movement: 0.7, direction: 0.15, duration: 0.6, lean: 0.3 };

/** Loudness grows with the power to this (S. S. Stevens, "The measurement of loudness", 1955). */
const LOUDNESS_EXPONENT = 0.3;
/** Levels further than this under the loudest moment are not heard to move, dB. */
const AUDIBLE_DB = 40;
/** Frames at which rise and fall are compared: 46 and 186 ms. */
const DIRECTION_SCALES = [4, 16];
/** Between them, how long a sound lasts counts: shorter ones are all clicks, longer ones all last. */
const SHORTEST_SEC = 0.03;
const LONGEST_SEC = 2;

/**
 * @param sound one or more channels; of any length, though under 50 ms there is little to tell it by
 * @param loops whether the whole of it goes round
 * @returns {@link EMBEDDING_SIZE} numbers, all finite; those of silence are of no meaning
 */
export function embedSound(sound: Sound, loops: boolean): Float32Array {
  const channels = loops ? sound.channels : fromOnset(sound.channels);
  const frames = soundingFrames(logMelFrames(channels, sound.sampleRate, { circular: false }), loops);
  const powers = bandPowers(frames);
  const power = framePowers(powers);
  const weights = power.map(Math.sqrt);
  const embedding = new Float32Array(EMBEDDING_SIZE);
  let at = 0;
  const put = (values: ArrayLike<number>, weight: number) => {
    for (let i = 0; i < values.length; i++) embedding[at++] = weight * values[i];
  };
  put(colourOf(frames, weights), WEIGHTS.colour);
  put(pitchClassesOf(channels, sound.sampleRate), WEIGHTS.pitch);
  const around = loops ? 0 : pow(2, SCALES);
  for (const band of bandTracks(powers, power)) put(movementOf(inSilence(band, around)), WEIGHTS.movement);
  put(directionOf(inSilence(powerTrack(power), around)), WEIGHTS.direction);
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

/** Numbers whose differences are added up before it is asked whether they are too many. */
const ADDED_AT_ONCE = 16;

/** The same where it is no further than `most`; else some number over that, as soon as it is known. */
export function distanceWithin(a: Float32Array, b: Float32Array, most: number): number {
  const { length } = a;
  // What rounding takes from a sum of squares, and more.
  const enough = most * most * (1 + 1e-9);
  let sum = 0;
  for (let start = 0; start < length; start += ADDED_AT_ONCE) {
    const end = Math.min(length, start + ADDED_AT_ONCE);
    for (let i = start; i < end; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    if (sum > enough) return Infinity;
  }
  return Math.sqrt(sum);
}

/**
 * How much a sound moves, of its embedding: octaves of 1 + dB RMS by which the level of a band changes, on the mean over
 * bands and times of 12 ms to 0.37 s. 0 for a steady tone; of an archive's textures 0.5 for pads, 1.2 for hiss, 2 at most.
 */
export function movementIn(embedding: Float32Array): number {
  const movement = embedding.subarray(COLOUR + PITCHES, COLOUR + PITCHES + GROUPS * SCALES);
  return sumOf(movement) / movement.length / WEIGHTS.movement;
}

type Levels = Pick<LogMelFrames, 'count' | 'levels' | 'hop'>;

/** What plays once, from where it is first heard: else frames would cut a hit here or there by where its file begins. */
function fromOnset(channels: readonly Float32Array[]): readonly Float32Array[] {
  const peak = Math.max(...channels.map((channel) => sampleSums(channel).peak));
  const threshold = peak * pow(10, -AUDIBLE_DB / 20);
  let start = channels[0].length;
  for (const channel of channels) {
    let at = 0;
    while (at < start && Math.abs(channel[at]) < threshold) at++;
    start = at;
  }
  return channels.map((channel) => channel.subarray(start));
}

/** Of a loop, the frames that reach beyond neither end: what a cut leaves at its wrap is not what it sounds like. */
function soundingFrames(frames: LogMelFrames, loops: boolean): Levels {
  const reach = Math.ceil(frames.windowLength / 2 / frames.hop);
  if (!loops || frames.count < 4 * reach) return frames;
  const levels = frames.levels.subarray(reach * COLOUR, (frames.count - reach) * COLOUR);
  return { count: frames.count - 2 * reach, levels, hop: frames.hop };
}

/** Of each band in each frame. */
function bandPowers({ levels }: Levels): Float64Array {
  const powers = new Float64Array(levels.length);
  for (let i = 0; i < powers.length; i++) powers[i] = pow(10, levels[i] / 10);
  return powers;
}

function framePowers(powers: Float64Array): Float64Array {
  const sums = new Float64Array(powers.length / COLOUR);
  for (let t = 0; t < sums.length; t++) sums[t] = bandsFrom(powers, t * COLOUR, COLOUR);
  return sums;
}

/** The sum of so many bands of a frame. */
function bandsFrom(powers: Float64Array, first: number, count: number): number {
  let sum = 0;
  for (let band = first; band < first + count; band++) sum += powers[band];
  return sum;
}

/** Loudness of each band, louder moments counting more; of unit length, so that a single tone lies no further out than noise. */
function colourOf({ count, levels }: Levels, weights: Float64Array): Float64Array {
  const colour = new Float64Array(COLOUR);
  for (let t = 0; t < count; t++) {
    for (let band = 0; band < COLOUR; band++) {
      colour[band] += weights[t] * levels[t * COLOUR + band];
    }
  }
  const total = sumOf(weights);
  for (let band = 0; band < COLOUR; band++)
    colour[band] = pow(10, (LOUDNESS_EXPONENT * colour[band]) / total / 10);
  return scaled(colour, 1 / Math.sqrt(sumOf(colour.map((value) => value * value)) || 1));
}

/** Level over time of four wide bands, dB over what is heard beside the loudest moment, towards which it sinks softly. */
function bandTracks(powers: Float64Array, power: Float64Array): Float64Array[] {
  const floor = audibleFloor(power);
  const width = COLOUR / GROUPS;
  return Array.from({ length: GROUPS }, (_, group) => {
    const track = new Float64Array(power.length);
    for (let t = 0; t < track.length; t++) {
      track[t] = 10 * log10(1 + bandsFrom(powers, t * COLOUR + group * width, width) / floor);
    }
    return track;
  });
}

/** With silence before and behind it: what plays once comes out of silence, wherever its file was cut. */
function inSilence(track: Float64Array, frames: number): Float64Array {
  const result = new Float64Array(track.length + 2 * frames);
  result.set(track, frames);
  return result;
}

function powerTrack(power: Float64Array): Float64Array {
  const floor = audibleFloor(power);
  return power.map((value) => 10 * log10(1 + value / floor));
}

function audibleFloor(power: Float64Array): number {
  const loudest = power.reduce((most, value) => Math.max(most, value), 0);
  return Math.max(Number.MIN_VALUE, loudest * pow(10, -AUDIBLE_DB / 10));
}

/**
 * How far a level moves from one stretch of 1, 2, 4… frames to the next, log2(1 + dB RMS); less where the sound is hardly
 * longer than the stretches, since then chance has much of it.
 */
function movementOf(track: Float64Array): Float64Array {
  return Float64Array.from({ length: SCALES }, (_, scale) => {
    const { squares, certainty } = differences(track, pow(2, scale));
    return certainty * log2(1 + Math.sqrt(squares));
  });
}

/** Skewness of the same differences, in dB; next to nothing where it hardly moves. Positive: it rises faster than it falls. */
function directionOf(track: Float64Array): Float64Array {
  return Float64Array.from(DIRECTION_SCALES, (frames) => {
    const { squares, cubes, certainty } = differences(track, frames);
    return (certainty * cubes) / (squares + 1);
  });
}

/**
 * Mean square and mean cube of what the mean of `frames` values differs by from that of the `frames` before, and a share
 * that tends to 1 the more such stretches there are.
 */
function differences(track: Float64Array, frames: number) {
  const { length } = track;
  const sums = new Float64Array(length + 1);
  for (let i = 0; i < length; i++) sums[i + 1] = sums[i] + track[i];
  const places = Math.max(0, length - 2 * frames + 1);
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < places; i++) {
    const step = (sums[i + 2 * frames] - 2 * sums[i + frames] + sums[i]) / frames;
    squares += step * step;
    cubes += step * step * step;
  }
  const count = Math.max(1, places);
  return { squares: squares / count, cubes: cubes / count, certainty: places / (places + 4 * frames) };
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
    variance += (square(t - mean) * weights[t]) / total;
    cubes += (pow(t - mean, 3) * weights[t]) / total;
  }
  const seconds = (frameSec * total * total) / squares;
  return {
    octaves: log2(Math.min(LONGEST_SEC, Math.max(SHORTEST_SEC, seconds)) / SHORTEST_SEC),
    lean: variance > 0 ? Math.max(-2, Math.min(2, cubes / pow(variance, 1.5))) : 0,
  };
}
