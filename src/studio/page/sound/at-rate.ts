/**
 * Sounds at another rate or pitch than their own, read by the engine's resampler: browsers read between samples in straight
 * lines, which folds what lies above the output's range into it, and loses 2.9 dB at 15 kHz.
 */
import { type Resampler, resampler } from '../../../dsp/resample.ts';
import { unrolled } from '../../../dsp/unroll.ts';
import type { PageSound } from './wav.ts';

/** A sound on its way out, by ranges: one by one they equal the whole. */
export interface Stretches {
  /** Frames in all; of a loop, without end. */
  readonly frameCount: number;
  /** Frames of all channels from `start` on. */
  read(start: number, count: number): Float32Array<ArrayBuffer>[];
}

export interface Reading {
  /** It goes round its end. */
  readonly isLoop: boolean;
  /** How fast it is read: 2 is an octave up. */
  readonly speed: number;
  /** Hz. */
  readonly toRate: number;
}

/** Parts of a hertz in which speeds are told apart: 2e-5 cents at 44.1 kHz. */
const FINENESS = 1000;

/** What the engine's resampler takes; five octaves, and rates between 8 and 16 kHz and 48 kHz. */
const FURTHEST = 64;

/** @returns null where it lies too far from the sound's own pitch to be read */
export function stretchesOf(sound: PageSound, { isLoop, speed, toRate }: Reading): Stretches | null {
  const ratio = (sound.sampleRate * speed) / toRate;
  if (ratio > FURTHEST || ratio < 1 / FURTHEST) return null;
  const reader = readerOf(sound.sampleRate, speed, toRate);
  const length = sound.channels[0].length;
  const source = (channel: Float32Array, start: number, count: number) =>
    isLoop && length > 0 ? unrolled(channel, start, count) : channel;
  return {
    frameCount: isLoop ? Number.POSITIVE_INFINITY : reader.outputLength(length),
    read(start, count) {
      const needed = reader.inputRange(start, count);
      return sound.channels.map((channel) => {
        const from = isLoop ? needed.start : 0;
        return reader.render(source(channel, needed.start, needed.count), from, start, count);
      }) as Float32Array<ArrayBuffer>[];
    },
  };
}

/** Readers that are kept, with their filters of a quarter of a megabyte each: as many as a piano has keys. */
const MOST_KEPT = 88;
const readers = new Map<string, Resampler>();

/** Making one takes some 10 ms, so they are kept. */
function readerOf(sampleRate: number, speed: number, toRate: number): Resampler {
  const from = speed === 1 ? sampleRate : Math.round(sampleRate * speed * FINENESS);
  const to = speed === 1 ? toRate : toRate * FINENESS;
  const key = `${from}:${to}`;
  const kept = readers.get(key);
  if (kept) return kept;
  const made = resampler(from, to);
  if (readers.size >= MOST_KEPT) readers.clear();
  readers.set(key, made);
  return made;
}
