/** How far a texture is from what it was made of, held against how far that is from itself. */
import { repeated } from '../dsp/resample-ring.ts';
import { withRooms } from '../dsp/rooms.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { textureDistance } from './texture-distance.ts';
import { type TextureStatistics, textureStatistics } from './texture-statistics.ts';

/** Stretches that are compared, s: long enough for a movement of 0.5 Hz, so short that 6 s hold two. */
const STRETCH_SEC = 3;
/** A source of less than two stretches as long says nothing of how it goes on, s. */
const LEAST_SEC = 1;
/** Most stretches of a source, and of a texture: 15 pairs of the former are enough for a mean within a tenth. */
const MOST_OF_SOURCE = 6;
const MOST_OF_TEXTURE = 4;
/**
 * Nobody hears a difference as small: a third of that between two stretches of a song. A tone that never moves would else
 * be unlike itself. The stillest of 31 sources, speech of one voice, has 0.34.
 */
const LEAST_SPREAD = 0.3;

/** What a source is like as a texture, by {@link sourceTexture}. */
export interface SourceTexture {
  /** Of stretches of one length, two at least. */
  readonly stretches: readonly TextureStatistics[];
  readonly stretchSec: number;
  /** Mean distance of each two of them, 0.3 at least. */
  readonly spread: number;
}

/**
 * Measures what a texture is made of.
 * @param material all of it: parts of any length that share nothing, in their order; each stretch takes as many as fill it
 * @returns null where it is too short to be held against itself
 */
export function sourceTexture(material: readonly Sound[]): SourceTexture | null {
  const { sampleRate } = material[0];
  const whole = material.reduce((sum, sound) => sum + frameCount(sound), 0);
  const length = Math.min(STRETCH_SEC * sampleRate, Math.floor(whole / 2));
  if (length < LEAST_SEC * sampleRate) return null;
  const count = Math.min(MOST_OF_SOURCE, Math.floor(whole / length));
  const stretches = startsOf(whole, length, count).map((start) =>
    textureStatistics(partsWithin(material, start, start + length)),
  );
  return { stretches, stretchSec: length / sampleRate, spread: spreadOf(stretches) };
}

/**
 * Measures the loops that a texture is laid of, one over the other. Of two, none is nearer to both than half the way from the
 * one to the other (distances add up): 0.5 is a texture between them, and what is beyond that has something of neither.
 */
export function layersTexture(layers: readonly Sound[]): SourceTexture {
  const stretches = layers.flatMap((loop) => loopStatistics(loop, STRETCH_SEC, 1));
  return { stretches, stretchSec: STRETCH_SEC, spread: spreadOf(stretches) };
}

/** Mean distance of each two, as far as anybody hears it. */
function spreadOf(stretches: readonly TextureStatistics[]): number {
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < stretches.length; i++) {
    for (let k = 0; k < i; k++, pairs++) sum += textureDistance(stretches[i], stretches[k]);
  }
  return Math.max(LEAST_SPREAD, sum / pairs);
}

/**
 * Mean distance of a texture's stretches from those of its source, over the mean distance of these from one another: 1
 * where it is as like its source as that is itself, 2 where it is twice as far.
 * @param loop a texture that goes round; where it is shorter than a stretch, it does so until that is full
 */
export function sourceDistance(loop: Sound, { stretches, stretchSec, spread }: SourceTexture): number {
  const own = loopStatistics(loop, stretchSec, MOST_OF_TEXTURE);
  let sum = 0;
  for (const one of own) for (const other of stretches) sum += textureDistance(one, other);
  return sum / (own.length * stretches.length) / spread;
}

/** Of a loop's stretches, as many as there is room for up to `most`; of one that goes round until the first is full, that. */
function loopStatistics(loop: Sound, stretchSec: number, most: number): TextureStatistics[] {
  const length = Math.round(stretchSec * loop.sampleRate);
  const rounds = Math.ceil(length / frameCount(loop));
  return withRooms((rooms) => {
    const sound = repeated(loop, rounds, rooms);
    const count = Math.min(most, Math.floor(frameCount(sound) / length));
    return startsOf(frameCount(sound), length, count).map((start) =>
      textureStatistics(partsWithin([sound], start, start + length)),
    );
  });
}

/** Where so many stretches begin, from the first to the last, as far apart as they can be. */
function startsOf(whole: number, length: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    count > 1 ? Math.floor(((whole - length) * i) / (count - 1)) : 0,
  );
}

/** What lies between two places, if the sounds stood one behind the other. */
function partsWithin(sounds: readonly Sound[], from: number, to: number): Sound[] {
  const parts: Sound[] = [];
  let before = 0;
  for (const sound of sounds) {
    const [start, end] = [Math.max(0, from - before), Math.min(frameCount(sound), to - before)];
    const channels = sound.channels.map((channel) => channel.subarray(start, Math.max(start, end)));
    if (end > start) parts.push({ sampleRate: sound.sampleRate, channels });
    before += frameCount(sound);
  }
  return parts;
}
