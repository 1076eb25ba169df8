/** What comes back with a loop: struck notes and swells, in held chords whose truth is known. */
import { describe, expect, it } from 'vitest';
import type { Sound } from '../../src/dsp/sound.ts';
import { courseSeverity } from '../../src/loops/course.ts';
import { LANDMARK_LIMITS } from '../../src/loops/landmark.ts';
import { placeWrap } from '../../src/loops/place-wrap.ts';
import { mixed, mono, noise, RATE, rotated } from '../signals.ts';

const LENGTH = 2 * RATE;

/** A sum of tones of ten harmonics whose every partial goes round in two seconds; RMS 0.1. */
function pad(hertz: readonly number[]): Float32Array {
  const samples = new Float32Array(LENGTH);
  for (const [i, tone] of hertz.entries()) {
    for (let h = 1; h <= 10; h++) {
      const turn = (Math.PI * Math.round(2 * tone * h)) / RATE;
      for (let n = 0; n < LENGTH; n++) samples[n] += Math.sin(turn * n + 7 * i + h * h) / h;
    }
  }
  return scaled(samples, 0.1);
}

const CHORD = [110, 131, 165, 220];
/** The same with neighbours three and four beats a second away. */
const BEATING = [...CHORD, 111.5, 133, 167, 222];

/** A struck note, its first tenth of a second so many dB from a level of 0.1. */
function struck(atSec: number, db: number): Float32Array {
  const note = new Float32Array(LENGTH);
  for (let h = 1; h <= 10; h++) {
    for (let n = 0; n < RATE; n++) {
      note[n] +=
        (Math.sin((2 * Math.PI * 330 * h * n) / RATE) / h) *
        Math.exp((-n / RATE) * 2.5 * (1 + 0.15 * (h - 1)));
    }
  }
  for (let n = 0; n < 220; n++) note[n] *= n / 220;
  const level = levelOf(note.subarray(0, RATE / 10));
  return rotated(note, LENGTH - Math.round(atSec * RATE)).map((x) => (x * 0.1 * 10 ** (db / 20)) / level);
}

function levelOf(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
}

function scaled(samples: Float32Array, level: number): Float32Array {
  const gain = level / levelOf(samples);
  return samples.map((x) => gain * x);
}

/** Rising and falling so many times a round, by so many dB. */
function swelling(samples: Float32Array, cycles: number, db: number): Float32Array {
  return samples.map((x, n) => x * 10 ** ((db / 40) * Math.sin((2 * Math.PI * cycles * n) / LENGTH)));
}

function courseOf(...channels: Float32Array[]) {
  const sound: Sound = channels.length === 1 ? mono(channels[0]) : { sampleRate: RATE, channels };
  return placeWrap(sound, null).course;
}

function isLandmark({ times, db }: { times: number; db: number }): boolean {
  return times >= LANDMARK_LIMITS.times && db >= LANDMARK_LIMITS.db;
}

describe('landmark', () => {
  it('is none in a held chord, in a beating one, in noise', () => {
    for (const held of [pad(CHORD), pad(BEATING), noise(LENGTH)]) {
      expect(isLandmark(courseOf(held).landmark)).toBe(false);
    }
  });

  it('is a note struck 6 dB under a chord, wherever the file begins', () => {
    for (const at of [0, 0.7, 1.99]) {
      const { landmark } = courseOf(mixed(pad(BEATING), struck(at, -6)));
      expect(isLandmark(landmark)).toBe(true);
      expect(landmark.times).toBeLessThan(12);
    }
  });

  it('is no note that is one of many, nor one that nobody hears', () => {
    const eighth = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75].map((at) => struck(at, -6));
    expect(courseOf(mixed(pad(CHORD), ...eighth)).landmark.times).toBeLessThan(
      courseOf(mixed(pad(CHORD), eighth[3])).landmark.times,
    );
    expect(isLandmark(courseOf(mixed(pad(BEATING), struck(0.7, -40))).landmark)).toBe(false);
  });

  it('counts in one channel alone, unless that is not heard', () => {
    const [held, event] = [pad(BEATING), mixed(pad(BEATING), struck(0.7, 0))];
    expect(isLandmark(courseOf(held, event).landmark)).toBe(true);
    expect(
      isLandmark(
        courseOf(
          held,
          event.map((x) => x / 100),
        ).landmark,
      ),
    ).toBe(false);
  });
});

describe('swell', () => {
  it.each([1, 2, 4])('is what the level rises and falls by, %d times a round', (cycles) => {
    expect(courseOf(swelling(noise(LENGTH), cycles, 3)).swellDb).toBeCloseTo(3, 0);
    expect(courseOf(swelling(pad(CHORD), cycles, 3)).swellDb).toBeCloseTo(3, 0);
  });

  it('is none of an even sound, of a quicker movement, of silence', () => {
    expect(courseOf(pad(CHORD)).swellDb).toBeLessThan(0.3);
    expect(courseOf(swelling(pad(CHORD), 12, 6)).swellDb).toBeLessThan(0.5);
    expect(courseOf(new Float32Array(LENGTH)).swellDb).toBe(0);
  });

  it('is of both channels together: what moves from side to side does not swell', () => {
    const held = pad(CHORD);
    const there = held.map(
      (x, n) => x * Math.SQRT2 * Math.cos(Math.PI / 4 + (Math.PI / 8) * Math.sin((2 * Math.PI * n) / LENGTH)),
    );
    const here = held.map(
      (x, n) => x * Math.SQRT2 * Math.sin(Math.PI / 4 + (Math.PI / 8) * Math.sin((2 * Math.PI * n) / LENGTH)),
    );
    expect(courseOf(there).swellDb).toBeGreaterThan(3);
    expect(courseOf(there, here).swellDb).toBeLessThan(0.3);
  });
});

it('counts the worse of both', () => {
  const landmark = { times: 6, db: 1.5 };
  expect(courseSeverity({ landmark, swellDb: 0.3 })).toBe(0.5);
  expect(courseSeverity({ landmark, swellDb: 3 })).toBe(2);
});

describe('a landmark over a pulse', () => {
  /** A chord that is struck twice a second, four times a round. */
  const pumped = pad(CHORD).map((x, n) => {
    const place = ((2 * n) / RATE) % 1;
    return x * (0.1 + 0.9 * Math.min(1, place * 40, 4 * (1 - place)));
  });
  const landmarkOf = (samples: Float32Array, pulses: number) =>
    placeWrap(mono(samples), null, pulses).course.landmark.times;

  it('is none that every period has', () => {
    expect(landmarkOf(pumped, 0)).toBeGreaterThan(LANDMARK_LIMITS.times);
    expect(landmarkOf(pumped, 4)).toBeLessThan(1.5);
  });

  it('is one that a single period has', () => {
    expect(landmarkOf(mixed(pumped, struck(0.7, 0)), 4)).toBeGreaterThan(LANDMARK_LIMITS.times);
  });
});
