/** Plays a path on a ring: stretches of the source, each blended into the next where their phases agree best. */
import { amplify, dbToAmplitude } from '../../dsp/levels.ts';
import { type Lender, type Rooms, withRooms, withRoomsUntil } from '../../dsp/rooms.ts';
import { frameCount, type Sound, type SoundReader, silence } from '../../dsp/sound.ts';
import { correlationOf, type StereoCovariance, stereoCovariance } from '../../dsp/stereo.ts';
import { alignLength, thinSides } from '../../loops/align.ts';
import {
  type Blend,
  blendSides,
  type FadeSides,
  type SplitRegion,
  sideCorrelation,
  splitRegion,
} from '../../loops/band-crossfade.ts';
import { risingCurve } from '../../loops/crossfade.ts';
import type { Sounding } from './level-bands.ts';
import { rephased, runInOf } from './rephased.ts';
import type { Stretch } from './stretch.ts';

/** How far a stretch may be moved either way to run in phase with the one before it, s: a period of 20 Hz. */
const SHIFT_SEC = 0.05;

/** Places of the last stretch that are weighed by both of its ends. */
const PLACES_WEIGHED = 3;

/** The source as it is to sound. @param gainDb for all of it */
export interface Reading {
  readonly frameCount: number;
  readonly sampleRate: number;
  readonly read: SoundReader['read'];
}

/** A stretch as it was read. */
interface Played {
  readonly stretch: Stretch;
  readonly sound: Sound;
  /** Frame of the sound with which it comes in; it may be another, up to `room`. */
  readonly from: number;
  readonly room: number;
  /** Frame of the source with which the sound begins. */
  readonly start: number;
}

/** Two stretches where they overlap, in bands: all that the second may come in with, and the first go out with. */
interface Overlap {
  readonly outgoing: SplitRegion;
  readonly incoming: SplitRegion;
  readonly count: number;
}

/** A path as it plays, and how wide. */
export interface Playing {
  readonly ring: Sound;
  /** Correlation of the two channels in all that is played, -1 to 1; 0 of one. */
  readonly width: number;
  /** Of all stretches, what sounds and where. */
  readonly sounding: readonly Sounding[];
}

/**
 * A ring of a path. What is held of the source at a time are two stretches, and the first of them all.
 * @param stretches in the order in which they play; their steps sum to the ring
 */
export function playPath(stretches: readonly Stretch[], source: Reading): Promise<Playing> {
  return withRoomsUntil((all) =>
    withRoomsUntil((one) => withRoomsUntil((other) => playIn(stretches, source, all, [one, other]))),
  );
}

/**
 * @param rooms of the first stretch, and of what closes the ring
 * @param inTurn of the stretch that comes in and of the one before it
 */
async function playIn(
  stretches: readonly Stretch[],
  source: Reading,
  rooms: Rooms,
  inTurn: readonly [Rooms, Rooms],
): Promise<Playing> {
  const fadeOut = (i: number) => stretches[(i + 1) % stretches.length].overlap;
  const first = await readStretch(stretches[0], fadeOut(0), source, rooms);
  const frames = stretches.reduce((sum, { step }) => sum + step, 0);
  const ring = { ...first.sound, channels: silence(first.sound.channels.length, frames) };
  putBody(ring, first);
  const covariance = { left: 0, right: 0, both: 0 };
  addCovariance(first.sound, covariance);
  let before = first;
  const sounding = [soundingOf(first, fadeOut(0))];
  let closing = stretches.length === 1 ? overlapOf(first, first, 0, rooms) : null;
  for (let i = 1; i < stretches.length; i++) {
    const own = inTurn[i % 2];
    own.release();
    const found = await readStretch(stretches[i], fadeOut(i), source, own);
    addCovariance(found.sound, covariance);
    if (i === stretches.length - 1) closing = overlapOf(found, first, found.room, rooms);
    before = withRooms((moment) => {
      const overlap = overlapOf(before, found, 0, moment);
      const played = { ...found, from: bestPlace(overlap, before, found, closing, first) };
      putOnRing(ring, played.stretch.place, blendAt(overlap, before, played.from, moment).channels);
      putBody(ring, played);
      return played;
    });
    sounding.push(soundingOf(before, fadeOut(i)));
  }
  // The last of them leads back to the first, which plays already.
  if (closing) putOnRing(ring, first.stretch.place, blendAt(closing, before, first.from, rooms).channels);
  return { ring, width: correlationOf(covariance), sounding };
}

function soundingOf({ stretch, start, from }: Played, fadeOut: number): Sounding {
  const { place, step, overlap, gainDb } = stretch;
  return { start: start + from, place, step, overlap, fadeOut, gain: dbToAmplitude(gainDb) };
}

function addCovariance({ channels: [left, right] }: Sound, sum: StereoCovariance): void {
  if (!right) return;
  const own = stereoCovariance(left, right);
  sum.left += own.left;
  sum.right += own.right;
  sum.both += own.both;
}

async function readStretch(
  stretch: Stretch,
  fadeOut: number,
  source: Reading,
  lender: Lender,
): Promise<Played> {
  const shift = Math.round(SHIFT_SEC * source.sampleRate);
  const length = stretch.step + fadeOut;
  const start = Math.max(0, Math.min(stretch.start - shift, source.frameCount - length));
  const end = Math.min(source.frameCount, stretch.start + length + shift);
  const sound = await readRephased(stretch.delays, start, end, source, lender);
  for (const channel of sound.channels) amplify(channel, dbToAmplitude(stretch.gainDb));
  const room = frameCount(sound) - length;
  return { stretch, sound, from: Math.min(room, stretch.start - start), room, start };
}

/** Frames [start, end) of the source through a chain that has run in. @param delays none: as they are */
async function readRephased(
  delays: readonly number[],
  start: number,
  end: number,
  source: Reading,
  lender: Lender,
): Promise<Sound> {
  if (delays.length === 0) return source.read(start, end - start, lender);
  const runIn = runInOf(source.sampleRate);
  const before = Math.min(start, runIn);
  return withRoomsUntil(async (rooms) => {
    const sound = await source.read(start - before, before + end - start, rooms);
    const channels = sound.channels.map((channel) => rephased(channel, delays, before, runIn, lender));
    return { ...sound, channels };
  });
}

/** The end of one stretch, and all that the next may begin with. @param room by how much the first may yet be moved */
function overlapOf(before: Played, next: Played, room: number, lender: Lender): Overlap {
  const count = next.stretch.overlap;
  const end = (room > 0 ? 0 : before.from) + before.stretch.step;
  return {
    outgoing: splitRegion(before.sound, end, end + count + room, lender),
    incoming: splitRegion(next.sound, 0, count + next.room, lender),
    count,
  };
}

/**
 * Where a stretch comes in most in phase with what goes out, and with what it leads back to.
 * @param closing of the last stretch, with the first; null of all others
 */
function bestPlace(
  overlap: Overlap,
  before: Played,
  found: Played,
  closing: Overlap | null,
  first: Played,
): number {
  const { outgoing, incoming, count } = overlap;
  const bounds = {
    firstStart: count,
    lastStart: count,
    shortest: 0,
    longest: found.room,
    longestFade: count,
  };
  const candidate = { start: count, lengthCosts: new Float32Array(1), cost: 0 };
  const sides = thinSides(outgoing, incoming, found.sound.sampleRate);
  const places = alignLength(
    { ...sides, from: 0 },
    candidate,
    count,
    bounds,
    Math.max(1, found.room),
    null,
  ).map(({ length }) => Math.min(found.room, Math.round(length)));
  if (!closing || places.length < 2) return places[0] ?? found.from;
  const worth = (from: number) =>
    correlationAt(overlap, before, from) + correlationAt(closing, { ...found, from }, first.from);
  return places.slice(0, PLACES_WEIGHED).reduce((best, place) => (worth(place) > worth(best) ? place : best));
}

function blendAt(overlap: Overlap, before: Played, from: number, lender: Lender): Blend {
  return blendSides(sidesAt(overlap, before, from), risingCurve(overlap.count), lender);
}

/** How far two stretches run in phase, -1 to 1. */
function correlationAt(overlap: Overlap, before: Played, from: number): number {
  return sideCorrelation(sidesAt(overlap, before, from), overlap.count);
}

/** @param before goes out @param from with which the other comes in */
function sidesAt({ incoming, outgoing, count }: Overlap, before: Played, from: number): FadeSides {
  const outgoingEnd = before.from + before.stretch.step + count;
  return { incoming, incomingEnd: from + count, outgoing, outgoingEnd };
}

/** What of a stretch sounds by itself. */
function putBody(ring: Sound, { stretch, sound, from }: Played): void {
  const { place, step, overlap } = stretch;
  const body = sound.channels.map((channel) => channel.subarray(from + overlap, from + step));
  putOnRing(ring, place + overlap, body);
}

function putOnRing({ channels }: Sound, at: number, from: readonly Float32Array[]): void {
  for (const [c, channel] of channels.entries()) {
    const { length } = channel;
    const place = at % length;
    const before = Math.min(from[c].length, length - place);
    channel.set(from[c].subarray(0, before), place);
    channel.set(from[c].subarray(before), 0);
  }
}
