import { butterworthLowPass } from '../dsp/butterworth.ts';
import { filterCircular } from '../dsp/filter.ts';
import { renderGrain } from '../dsp/interpolate.ts';
import { addToRing, correlateWithRing, evenLevel, normaliseOverlap } from '../dsp/ring.ts';
import type { Sound } from '../dsp/sound.ts';
import { correlationOf, matchCorrelation, stereoCovariance } from '../dsp/stereo.ts';
import type { Grain } from './cloud-grains.ts';

/**
 * Furthest turn of a stereo grain's image at full spread, radians (22.5°): turns spread evenly up to it lower
 * the inter-channel correlation by a tenth (the mean of cos 2θ is 0.9), further ones would lose the image.
 */
const WIDEST_TURN = Math.PI / 8;
/** Order of the low-pass, run twice: 6 dB down at the cutoff, then 24 dB an octave. */
const LOW_PASS_ORDER = 2;
/** Level is ridden over this time, s: slower than any pitch, quicker than an ear follows a level. */
const RIDING_SEC = 0.1;
const RIDING_LIMIT_DB = 6;
const RIDING_PASSES = 4;
/** A stereo cloud's correlation may differ from its source's by this much. */
const WIDTH_SLACK = 0.05;
/** Largest correction of a stereo cloud's width, in amplitude of its side signal: 6 dB. */
const WIDTH_LIMIT = 2;

/** The material of a cloud: the stretches that grains name, each beginning at `start` of the source. */
export interface GrainSource {
  readonly start: number;
  readonly sound: Sound;
}

/**
 * Grains overlapped and added on a ring of `frames` frames: a Hann envelope each, divided by the root of the
 * summed squared envelopes, low-passed round the ring and ridden to an even level. As many channels as the
 * source has. A grain that would cancel what already sounds is turned upside down: of two like tones at a
 * random phase, half would otherwise meet in a dip. Turned images and chance meetings of like grains move the
 * width of a stereo cloud; at the end it is brought back to the source's.
 * @param spread 0 to 1, how far a stereo grain's image is turned
 * @param lowPassHz 0 is off
 */
export function renderCloud(
  grains: readonly Grain[],
  sources: readonly GrainSource[],
  frames: number,
  spread: number,
  lowPassHz: number,
): Sound {
  const { sampleRate, channels } = sources[0].sound;
  const ring = channels.map(() => new Float32Array(frames));
  const weight = new Float32Array(frames);
  const longest = grains.reduce((most, { length }) => Math.max(most, length), 0);
  const envelope = new Float32Array(longest);
  const squared = new Float32Array(longest);
  const parts = channels.map(() => new Float32Array(longest));
  for (const grain of grains) {
    const { length, place } = grain;
    hannEnvelope(envelope, squared, length);
    const source = sources[grain.stretch];
    const step = 2 ** (grain.semitones / 12);
    let likeness = 0;
    for (let channel = 0; channel < parts.length; channel++) {
      const part = parts[channel];
      renderGrain(source.sound.channels[channel], grain.start - source.start, step, part, length);
      for (let n = 0; n < length; n++) part[n] *= envelope[n];
      likeness += correlateWithRing(ring[channel], part, place, length);
    }
    addImage(ring, parts, grain, likeness < 0 ? -grain.gain : grain.gain, spread);
    addToRing(weight, squared, place, 1, length);
  }
  normaliseOverlap(ring, weight);
  const filtered = lowPassHz > 0 ? lowPass(ring, lowPassHz, sampleRate) : ring;
  evenLevel(filtered, {
    width: Math.round(RIDING_SEC * sampleRate),
    limitDb: RIDING_LIMIT_DB,
    passes: RIDING_PASSES,
  });
  if (filtered.length === 2) {
    const [left, right] = filtered;
    const wanted = sourceCorrelation(grains, sources);
    const is = correlationOf(stereoCovariance(left, right));
    const kept = Math.min(wanted + WIDTH_SLACK, Math.max(wanted - WIDTH_SLACK, is));
    if (kept !== is) matchCorrelation(left, right, kept, WIDTH_LIMIT);
  }
  return { sampleRate, channels: filtered };
}

/** Correlation between left and right of all the source from the first grain to the end of the last. */
function sourceCorrelation(grains: readonly Grain[], sources: readonly GrainSource[]): number {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const { start, length, semitones } of grains) {
    from = Math.min(from, start);
    to = Math.max(to, start + length * 2 ** (semitones / 12));
  }
  const total = { left: 0, right: 0, both: 0 };
  for (const { start, sound } of sources) {
    const [left, right] = sound.channels;
    const first = Math.max(0, from - start);
    const end = Math.min(left.length, Math.ceil(to) - start);
    const part = stereoCovariance(left, right, first, end);
    total.left += part.left;
    total.right += part.right;
    total.both += part.both;
  }
  return correlationOf(total);
}

/** A mono grain as it is; a stereo one with its image turned, which keeps its power and its width. */
function addImage(
  ring: readonly Float32Array[],
  parts: readonly Float32Array[],
  { place, length, pan }: Grain,
  gain: number,
  spread: number,
): void {
  if (ring.length !== 2) {
    for (let channel = 0; channel < ring.length; channel++) {
      addToRing(ring[channel], parts[channel], place, gain, length);
    }
    return;
  }
  const turn = pan * spread * WIDEST_TURN;
  const [left, right] = parts;
  addToRing(ring[0], left, place, gain * Math.cos(turn), length);
  addToRing(ring[0], right, place, -gain * Math.sin(turn), length);
  addToRing(ring[1], left, place, gain * Math.sin(turn), length);
  addToRing(ring[1], right, place, gain * Math.cos(turn), length);
}

function lowPass(
  channels: readonly Float32Array[],
  cutoffHz: number,
  sampleRate: number,
): readonly Float32Array[] {
  // A cutoff at the top of the spectrum asks for nothing.
  return cutoffHz >= 0.45 * sampleRate
    ? channels
    : filterCircular(channels, butterworthLowPass(LOW_PASS_ORDER, cutoffHz, sampleRate));
}

/** Hann envelope of any length and its square; the cosine by recurrence (drift under 1e-9 over a second). */
function hannEnvelope(envelope: Float32Array, squared: Float32Array, length: number): void {
  const step = (2 * Math.PI) / length;
  const twice = 2 * Math.cos(step);
  // The window is sampled at half-way points, so that it is even and neither end is wasted on a zero.
  let before = Math.cos(-0.5 * step);
  let cosine = Math.cos(0.5 * step);
  for (let n = 0; n < length; n++) {
    const value = 0.5 - 0.5 * cosine;
    envelope[n] = value;
    squared[n] = value * value;
    const after = twice * cosine - before;
    before = cosine;
    cosine = after;
  }
}
