/** How far a texture is from what it was made of, held against how far that is from itself. */
import { frameCount, repeated, type Sound } from '../dsp/sound.ts';
import { textureDistance } from './texture-distance.ts';
import { type TextureStatistics, textureStatistics } from './texture-statistics.ts';

/** Stretches that are compared, s: long enough for a movement of 0.5 Hz, so short that a source of 6 s has two. */
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
  /** Of stretches of one length that share nothing, two at least. */
  readonly stretches: readonly TextureStatistics[];
  readonly stretchSec: number;
  /** Mean distance of each two of them, 0.3 at least. */
  readonly spread: number;
}

/**
 * Measures what a texture is made of.
 * @param material all of it, or parts of any length that share nothing
 * @returns null where it is too short to be held against itself
 */
export function sourceTexture(material: readonly Sound[]): SourceTexture | null {
  const { sampleRate } = material[0];
  const longest = material.reduce((most, sound) => Math.max(most, frameCount(sound)), 0);
  const wanted = STRETCH_SEC * sampleRate;
  const whole = material.reduce((sum, sound) => sum + Math.floor(frameCount(sound) / wanted), 0);
  const length = whole >= 2 ? wanted : Math.min(wanted, Math.floor(longest / 2));
  if (length < LEAST_SEC * sampleRate) return null;
  const cut = material.flatMap((sound) => cutEvenly(sound, length, Math.floor(frameCount(sound) / length)));
  const stretches = thinned(cut, MOST_OF_SOURCE).map(textureStatistics);
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < stretches.length; i++) {
    for (let k = 0; k < i; k++, pairs++) sum += textureDistance(stretches[i], stretches[k]);
  }
  return { stretches, stretchSec: length / sampleRate, spread: Math.max(LEAST_SPREAD, sum / pairs) };
}

/**
 * Mean distance of a texture's stretches from those of its source, over the mean distance of these from one another: 1
 * where it is as like its source as that is itself, 2 where it is twice as far.
 * @param loop a texture that goes round; where it is shorter than a stretch, it does so until that is full
 */
export function sourceDistance(loop: Sound, { stretches, stretchSec, spread }: SourceTexture): number {
  const length = Math.round(stretchSec * loop.sampleRate);
  const rounds = Math.ceil(length / frameCount(loop));
  const sound = rounds > 1 ? repeated(loop, rounds) : loop;
  const count = Math.min(MOST_OF_TEXTURE, Math.floor(frameCount(sound) / length));
  const own = cutEvenly(sound, length, count).map(textureStatistics);
  let sum = 0;
  for (const one of own) for (const other of stretches) sum += textureDistance(one, other);
  return sum / (own.length * stretches.length) / spread;
}

/** So many stretches from the first to the last, as far apart as they can be. */
function cutEvenly({ sampleRate, channels }: Sound, length: number, count: number): Sound[] {
  const last = channels[0].length - length;
  return Array.from({ length: count }, (_, i) => {
    const start = count > 1 ? Math.floor((last * i) / (count - 1)) : 0;
    return { sampleRate, channels: channels.map((channel) => channel.subarray(start, start + length)) };
  });
}

function thinned<Item>(items: readonly Item[], most: number): Item[] {
  const count = Math.min(most, items.length);
  return Array.from({ length: count }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)]);
}
