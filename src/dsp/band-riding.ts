/** Riding the level of a ring band by band: where partials beat, or keep still, they are brought to move as they should. */
import { audibleBands, BANDS, levelFrames, levellingGains, OVERLAP, powerRatio } from './band-gains.ts';
import { cos, exp, log, log10, pow, sin, square } from './maths.ts';
import { smoothRing } from './riding.ts';
import type { BandLevels } from './ring-frames.ts';

/** How {@link rideBands} rides. */
export interface BandRiding {
  /** Over this time the level of a band is measured, s: movement that is slower is ridden… */
  readonly fastSec: number;
  /** …unless it is slower than this, s: the drift of the sound itself, which stays. */
  readonly slowSec: number;
  /** Largest correction, up or down, dB. */
  readonly limitDb: number;
  /** Where on the ring the movement begins, samples. */
  readonly begins: number;
  /** What each band gains besides, dB, once its level is known. */
  readonly recolour?: (levels: BandLevels) => Float32Array;
}

type Speeds = Pick<BandRiding, 'fastSec' | 'slowSec'>;

/** Of each band, frame after frame: its power over its slower power. */
export type BandMovement = readonly Float32Array[];

/** How the bands of a sound are, by {@link measureBands}. */
export interface SoundBands {
  readonly movement: BandMovement;
  /** As {@link BandLevels} has them. */
  readonly levelsDb: Float32Array;
}

/**
 * What a part begins or ends with, so far under its mean in the mean of its bands, is a fade: 2 dB, in nepers of power. A held chord
 * of strings keeps within 1.6 dB nineteen times in twenty; its last 0.4 s go down by 14.
 */
const FADE = -0.46;
/** So much of a part is taken for a fade at either end, at most. */
const MOST_FADE = 0.25;
/** No band moves by more, in power: 15 dB up or down. */
const MOST_MOVEMENT = 30;
/**
 * What moves by so much, nepers of power, is given half of its movement, and the more the more it moves: parts that sound together move
 * against each other faster than is ridden, which adds to it. Set by hand: ridden over 0.1 s, a cloud of a chord
 * that trembles moves 1.06 times as much as its source with 0.1, 0.98 with 0.2 and 0.88 with 0.4; its distance from it is the same.
 */
const STILL_BAND = 0.1;
/** Power to this is amplitude to the power of 0.3, as the ear hears it: a strike now and then hardly raises the mean of that. */
const COMPRESSION = 0.15;
/** What goes round so often or less is heard as the ring breathing. */
const SWELL_CYCLES = 4;

/** How loud the bands of a sound are and how they move between two speeds. @param parts of it, one behind the other */
export function measureBands(
  parts: readonly (readonly Float32Array[])[],
  sampleRate: number,
  speeds: Speeds,
): SoundBands {
  const measured = parts.map((channels) => measurePart(channels, sampleRate, speeds));
  const bands = Array.from({ length: BANDS }, (_, band) => measured.map((part) => part[band]));
  return {
    movement: bands.map((part) => joined(part.map(({ movement }) => movement))),
    levelsDb: Float32Array.from(bands, (part) => compressedDb(joined(part.map(({ power }) => power)))),
  };
}

/** Of each band, frame after frame, without the fades at both ends. */
function measurePart(
  channels: readonly Float32Array[],
  sampleRate: number,
  speeds: Speeds,
): { readonly power: Float32Array; readonly movement: Float32Array }[] {
  const frames = levelFrames(channels[0].length, sampleRate);
  const [fast, slow] = inFrames(speeds, frames.count, channels[0].length / sampleRate);
  // The last frames hold the beginning too.
  const count = Math.max(0, frames.count - OVERLAP);
  const bands = frames.powersOf(channels).map((whole) => {
    const power = whole.subarray(0, count);
    const mirrored = thereAndBack(power);
    const [local, slower] = [smoothRing(mirrored, fast), smoothRing(mirrored, slow)];
    return { power, movement: movementBetween(local, slower, count) };
  });
  const [first, end] = betweenFades(bands.map(({ movement }) => movement));
  return bands.map(({ power, movement }) => ({
    power: power.subarray(first, end),
    movement: movement.subarray(first, end),
  }));
}

/**
 * The frames of a part between what it begins and ends with: where a note comes up or goes, all bands do, and a cloud that moved
 * like that would do so once a round.
 */
function betweenFades(movement: BandMovement): readonly [first: number, end: number] {
  const { length } = movement[0];
  const most = Math.floor(MOST_FADE * length);
  const isFade = (frame: number) => {
    let sum = 0;
    for (let band = 0; band < BANDS; band++) sum += log(movement[band][frame]);
    return sum < BANDS * FADE;
  };
  let [first, end] = [0, length];
  while (first < most && isFade(first)) first++;
  while (length - end < most && isFade(end - 1)) end--;
  return [first, end];
}

/** Level of a band whose power goes like this, dB. */
function compressedDb(power: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < power.length; i++) sum += pow(power[i] + 1e-20, COMPRESSION);
  return (10 / COMPRESSION) * log10(sum / power.length);
}

function movementBetween(local: Float32Array, slower: Float32Array, count: number): Float32Array {
  const movement = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const ratio = powerRatio(local[i], slower[i]);
    movement[i] = Math.min(MOST_MOVEMENT, Math.max(1 / MOST_MOVEMENT, ratio));
  }
  return movement;
}

function thereAndBack(values: Float32Array): Float32Array {
  const both = new Float32Array(2 * values.length);
  both.set(values);
  both.subarray(values.length).set(values);
  both.subarray(values.length).reverse();
  return both;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Rides every band of a ring, about its own slower level, along a movement; one gain for all channels, so that the image stays. In place.
 * @param movement as {@link measureBands} finds it, a frame for each of the ring's; a shorter one is gone through again
 * @param ridesBands false leaves the bands as they are, but for a new colour
 * @returns how the level of the whole would move by that, without its swell: power over slower power, frame after frame
 */
export function rideBands(
  channels: readonly Float32Array[],
  sampleRate: number,
  movement: BandMovement,
  ridesBands: boolean,
  riding: BandRiding,
): Float32Array {
  const frames = levelFrames(channels[0].length, sampleRate);
  const { count } = frames;
  if (count < 2 * OVERLAP || movement[0].length === 0) return new Float32Array(count).fill(1);
  const powers = frames.powersOf(channels);
  const isAudible = audibleBands(powers);
  const limit = pow(10, riding.limitDb / 20);
  const [fast, slow] = inFrames(riding, count, channels[0].length / sampleRate);
  const first = Math.round((riding.begins * count) / channels[0].length);
  const level = new Float32Array(count);
  const gains = powers.map((power, band) => {
    const wanted = wantedPower(smoothRing(power, slow), movement[band], first);
    for (let i = 0; i < count; i++) level[i] += wanted[i];
    return ridesBands && isAudible[band]
      ? levellingGains(smoothRing(power, fast), wanted, limit)
      : new Float32Array(count).fill(1);
  });
  const levelsDb = Float32Array.from(powers, (power, band) =>
    compressedDb(power.map((value, i) => value * square(gains[band][i]))),
  );
  for (const [band, db] of riding.recolour?.({ centresHz: frames.centresHz, levelsDb }).entries() ?? []) {
    if (db === 0) continue;
    for (let i = 0; i < count; i++) gains[band][i] *= pow(10, db / 20);
  }
  frames.applyTo(channels, gains);
  return withoutSwell(movementBetween(level, smoothRing(level, slow), count));
}

/** A course without its first few cycles round the ring, in dB. */
function withoutSwell(course: Float32Array): Float32Array {
  const levels = course.map((power) => log(power));
  const { length } = levels;
  for (let cycles = 1; cycles <= SWELL_CYCLES; cycles++) {
    const turn = (2 * Math.PI * cycles) / length;
    let [cosine, sine] = [0, 0];
    for (let i = 0; i < length; i++) {
      cosine += (2 / length) * levels[i] * cos(turn * i);
      sine += (2 / length) * levels[i] * sin(turn * i);
    }
    for (let i = 0; i < length; i++) levels[i] -= cosine * cos(turn * i) + sine * sin(turn * i);
  }
  return levels.map((level) => exp(level));
}

/** Fast and slow in frames. */
function inFrames({ fastSec, slowSec }: Speeds, count: number, seconds: number): readonly [number, number] {
  return [(fastSec * count) / seconds, (slowSec * count) / seconds];
}

function wantedPower(slower: Float32Array, movement: Float32Array, first: number): Float32Array {
  const { length } = slower;
  const own = spreadOf(movement);
  const share = own / (own + STILL_BAND);
  return slower.map(
    (power, i) => power * pow(movement[((i + length - first) % length) % movement.length], share),
  );
}

/** Root mean square of a movement, nepers of power. */
function spreadOf(movement: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < movement.length; i++) sum += square(log(movement[i]));
  return Math.sqrt(sum / movement.length);
}
