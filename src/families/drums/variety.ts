/** The most different of many hits: songs with drums hold hundreds of each, and a handful of each is what anybody uses. */

import { log2, log10, square } from '../../dsp/maths.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { OCTAVES, octaveLevels } from './octaves.ts';

/** A hit's colour is heard in what is struck and in what rings on, s. */
const STRUCK_SEC = 0.05;
const RINGING_SEC = 0.2;
/** How much of a hit that is. */
export const COMPARED_SEC = STRUCK_SEC + RINGING_SEC;
/** Bands further than this under a hit's own sum are not heard beside it, dB. */
const AUDIBLE_DB = 30;
/** What twice the length counts beside the bands, dB. */
const LENGTH_DB = 3;

/** Figures that place a hit: octaves of what is struck and of what rings on, how far it dies down, its length. */
export const PLACE_FIGURES = 2 * OCTAVES + 2;

/**
 * Where a hit lies among others: levels of the octaves of its attack and of as much that follows, dB re their sum, how far
 * it has died down by then, and its length. Linear in the samples of the first quarter second.
 * @param hit from its attack on
 * @param lengthSec how long it may ring
 * @param place {@link PLACE_FIGURES} numbers; filled and returned
 */
export function hitPlace(
  hit: Sound,
  lengthSec: number,
  place = new Float32Array(PLACE_FIGURES),
): Float32Array {
  const struck = part(hit, 0, STRUCK_SEC);
  octaveLevels(struck.channels, place.subarray(0, OCTAVES));
  octaveLevels(part(hit, STRUCK_SEC, 2 * STRUCK_SEC).channels, place.subarray(OCTAVES, 2 * OCTAVES));
  for (let octave = 0; octave < 2 * OCTAVES; octave++) place[octave] = Math.max(place[octave], -AUDIBLE_DB);
  const drop = levelDb(part(hit, STRUCK_SEC, COMPARED_SEC)) - levelDb(struck);
  place[2 * OCTAVES] = 2 * Math.max(-AUDIBLE_DB, drop);
  place[2 * OCTAVES + 1] = LENGTH_DB * log2(Math.max(0.01, lengthSec));
  return place;
}

/**
 * The `count` that lie furthest apart: the first, then again and again what lies furthest from all that are taken
 * (T. Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985: nothing left out lies further from one
 * taken than twice what the best choice could do). Work grows with places times count.
 * @returns indices, in the order in which they were taken; the first of equals is taken
 */
export function mostDifferent(places: readonly Float32Array[], count: number): number[] {
  const apart = new Float64Array(places.length).fill(Infinity);
  const taken: number[] = [];
  let next = 0;
  while (taken.length < Math.min(count, places.length)) {
    taken.push(next);
    apart[next] = -1;
    let furthest = next;
    for (let i = 0; i < places.length; i++) {
      if (apart[i] < 0) continue;
      apart[i] = Math.min(apart[i], squaredDistance(places[i], places[next]));
      if (apart[i] > apart[furthest]) furthest = i;
    }
    next = furthest;
  }
  return taken;
}

function squaredDistance(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < one.length; d++) sum += square(one[d] - other[d]);
  return sum;
}

function part({ sampleRate, channels }: Sound, fromSec: number, toSec: number): Sound {
  const [from, to] = [Math.round(fromSec * sampleRate), Math.round(toSec * sampleRate)];
  return { sampleRate, channels: channels.map((channel) => channel.subarray(from, to)) };
}

function levelDb(sound: Sound): number {
  let sum = 0;
  for (const channel of sound.channels) {
    for (let n = 0; n < channel.length; n++) sum += channel[n] * channel[n];
  }
  return 10 * log10(sum / Math.max(1, frameCount(sound) * sound.channels.length) + 1e-10);
}
