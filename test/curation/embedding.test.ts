import { describe, expect, it } from 'vitest';
import { EMBEDDING_SIZE, embeddingDistance, embedSound } from '../../src/curation/embedding.ts';
import { COPY_DISTANCE } from '../../src/curation/select.ts';
import { butterworthHighPass, butterworthLowPass } from '../../src/dsp/butterworth.ts';
import { ditherTo16Bit } from '../../src/dsp/dither.ts';
import { filter, filterCircular } from '../../src/dsp/filter.ts';
import { Random } from '../../src/dsp/random.ts';
import { faded, joined, mixed, mono, noise, plucks, RATE, rotated, sines } from '../signals.ts';

const LENGTH = 2 * RATE;

/** Whole cycles a loop, so that it goes round. */
const held = (...hertz: number[]) => sines(hertz, LENGTH, 0.1);
const hiss = (seed: string) =>
  filterCircular([noise(LENGTH, 0.3, seed)], butterworthHighPass(2, 5000, RATE))[0];

const LOOPS: Record<string, Float32Array> = {
  'A major': held(220, 277.5, 330, 440, 660),
  'E minor': held(165, 196, 247, 330, 494),
  'a low drone': held(55, 110, 165),
  hiss: hiss('hiss'),
  'noise of a dark room': filterCircular([noise(LENGTH, 0.3, 'room')], butterworthLowPass(2, 400, RATE))[0],
  'a chord that beats': mixed(held(220, 330), held(223, 333)),
  'plucks that come again': plucks([0.1, 0.6, 1.1, 1.6], 220, LENGTH),
};

const HIT = joined(faded(noise(4000, 0.5, 'hit'), -60), new Float32Array(4000));
const SWELL = joined(
  new Float32Array(100),
  faded(sines([220, 331], RATE, 0.0003), 60),
  new Float32Array(100),
);

const embedLoop = (samples: Float32Array) => embedSound(mono(samples), true);
const embedOnce = (samples: Float32Array) => embedSound(mono(samples), false);

const ALTERED: Record<string, (samples: Float32Array) => Float32Array> = {
  'at a tenth of the level': (samples) => samples.map((x) => 0.1 * x),
  'upside down': (samples) => samples.map((x) => -x),
  'in 16 bits': (samples) =>
    Float32Array.from(ditherTo16Bit(samples, new Random('dither')), (x) => x / 32_768),
  'cut off above 14 kHz': (samples) => filter([samples], butterworthLowPass(2, 14_000, RATE))[0],
  'without its lowest octave': (samples) => filter([samples], butterworthHighPass(1, 20, RATE))[0],
};

describe.each(Object.entries(LOOPS))('%s', (name, samples) => {
  const original = embedLoop(samples);

  it('is a fixed count of numbers', () => {
    expect(original).toHaveLength(EMBEDDING_SIZE);
    expect(original.every(Number.isFinite)).toBe(true);
  });

  it.each(Object.entries(ALTERED))('%s is a copy', (_, alter) => {
    expect(embeddingDistance(embedLoop(alter(samples)), original)).toBeLessThan(COPY_DISTANCE);
  });

  it('is a copy wherever it begins, and where its head is cut off', () => {
    for (const frames of [100, 5000, 40_000]) {
      expect(embeddingDistance(embedLoop(rotated(samples, frames)), original)).toBeLessThan(COPY_DISTANCE);
    }
    expect(embeddingDistance(embedLoop(samples.subarray(900)), original)).toBeLessThan(COPY_DISTANCE);
  });

  it('is a copy in two channels', () => {
    const stereo = { sampleRate: RATE, channels: [samples, samples] };
    expect(embeddingDistance(embedSound(stereo, true), original)).toBeLessThan(0.01);
  });

  it('is none of the others', () => {
    for (const [other, sound] of Object.entries(LOOPS)) {
      if (other === name) continue;
      expect(embeddingDistance(embedLoop(sound), original), other).toBeGreaterThan(2 * COPY_DISTANCE);
    }
  });
});

it('hears other noise of one colour as the same: it has no other mark', () => {
  expect(embeddingDistance(embedLoop(hiss('a')), embedLoop(hiss('b')))).toBeLessThan(COPY_DISTANCE);
});

it('knows a hit and a swell again a moment later, and tells them from their reversals', () => {
  for (const samples of [HIT, SWELL]) {
    const late = joined(new Float32Array(700), samples);
    const backwards = samples.slice().reverse();
    expect(embeddingDistance(embedOnce(late), embedOnce(samples))).toBeLessThan(COPY_DISTANCE);
    expect(embeddingDistance(embedOnce(backwards), embedOnce(samples))).toBeGreaterThan(COPY_DISTANCE);
  }
});

it('tells a loop from its reversal where one rises at once and the other falls at once', () => {
  const pumping = mixed(
    ...[0, 1, 2, 3].map((i) =>
      rotated(joined(faded(noise(20_000, 0.5, i), -40), new Float32Array(LENGTH - 20_000)), (i * LENGTH) / 4),
    ),
  );
  const backwards = pumping.slice().reverse();
  expect(embeddingDistance(embedLoop(backwards), embedLoop(pumping))).toBeGreaterThan(COPY_DISTANCE);
});

it('tells a short hit from a long one', () => {
  const long = joined(faded(noise(20_000, 0.5, 'hit'), -60), new Float32Array(4000));
  expect(embeddingDistance(embedOnce(long), embedOnce(HIT))).toBeGreaterThan(2 * COPY_DISTANCE);
});

it('tells a chord from its transpositions', () => {
  const chord = embedLoop(held(220, 277.5, 330));
  for (const semitones of [1, 2, 5, 7, 12]) {
    const ratio = 2 ** (semitones / 12);
    const moved = held(...[220, 277.5, 330].map((hertz) => Math.round(2 * hertz * ratio) / 2));
    expect(embeddingDistance(embedLoop(moved), chord), `${semitones}`).toBeGreaterThan(COPY_DISTANCE);
  }
});

it.each([
  ['nothing', 0],
  ['one frame', 1],
  ['a few frames', 300],
])('has finite numbers for %s', (_, frames) => {
  for (const loops of [true, false]) {
    for (const samples of [new Float32Array(Math.max(1, frames)), noise(Math.max(1, frames), 0.5)]) {
      expect(embedSound(mono(samples), loops).every(Number.isFinite)).toBe(true);
    }
  }
});

it('gives one sound at two sample rates all but one place', () => {
  const seconds = 2;
  const at = (rate: number) =>
    embedSound(mono(sines([220, 330, 440], seconds * rate, 0.1, rate), rate), true);
  expect(embeddingDistance(at(44_100), at(48_000))).toBeLessThan(COPY_DISTANCE);
});
