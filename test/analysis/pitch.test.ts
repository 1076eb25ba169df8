import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { estimateKey } from '../../src/analysis/key.ts';
import { estimateRoot } from '../../src/analysis/root.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { chord, joined, mono, noise, noteHz, RATE, sine } from '../signals.ts';

const hear = (samples: Float32Array, sampleRate = RATE) => analyse(soundReader(mono(samples, sampleRate)));

describe('chroma', () => {
  it('holds the pitch classes of a chord, in rows of unit sum', async () => {
    const { chroma } = await hear(chord([57, 60, 64], 2 * RATE));
    for (let row = 2; row < chroma.rows - 2; row++) {
      const classes = [...chroma.values.subarray(row * 12, row * 12 + 12)];
      expect(classes.reduce((sum, value) => sum + value)).toBeCloseTo(1, 4);
      expect(classes[9] + classes[0] + classes[4]).toBeGreaterThan(0.75);
    }
  });

  it.each([-40, -15, 0, 20, 45])('measures a tuning of %i cents and corrects it', async (cents) => {
    const { chroma, tuningCents } = await hear(chord([60, 64, 67], 3 * RATE, 0.5, RATE, cents));
    expect(Math.abs(tuningCents - cents)).toBeLessThan(4);
    const classes = [...chroma.values.subarray(10 * 12, 11 * 12)];
    expect(classes[0] + classes[4] + classes[7]).toBeGreaterThan(0.7);
  });
});

describe('key', () => {
  const minor = [57, 62, 64, 57].map((root) => chord([root, root + 3, root + 7], RATE));
  const major = [60, 65, 67, 60].map((root) => chord([root, root + 4, root + 7], RATE));

  it('hears A minor and C major cadences', async () => {
    const one = await hear(joined(...minor));
    expect(one.key).toMatchObject({ tonic: 9, mode: 'min' });
    expect(one.key!.confidence).toBeGreaterThan(0.2);
    expect((await hear(joined(...major))).key).toMatchObject({ tonic: 0, mode: 'maj' });
  });

  it('has no confidence in noise', async () => {
    expect((await hear(noise(5 * RATE, 0.3))).key!.confidence).toBeLessThan(0.1);
  });

  it('moves with the music', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }),
        fc.integer({ min: 1, max: 11 }),
        (weights, up) => {
          const key = estimateKey(weights, 10);
          fc.pre(key !== null && key.confidence >= 1e-6);
          const moved = estimateKey(
            weights.map((_, i) => weights[(i - up + 12) % 12]),
            10,
          )!;
          expect(moved.tonic).toBe((key.tonic + up) % 12);
          expect(moved.mode).toBe(key.mode);
          expect(moved.confidence).toBeCloseTo(key.confidence, 6);
        },
      ),
    );
  });

  it('is unknown where all pitch classes weigh the same', () => {
    expect(estimateKey(new Float64Array(12), 10)).toBeNull();
    expect(estimateKey(new Float64Array(12).fill(1), 10)).toBeNull();
  });
});

describe('root', () => {
  it('finds note and cents of one tone anywhere on the keyboard', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 31, max: 84 }),
        fc.integer({ min: -48, max: 48 }),
        fc.constantFrom(22_050, 44_100, 48_000),
        (note, cents, rate) => {
          const root = estimateRoot(mono(chord([note], 2 * rate, 0.5, rate, cents), rate))!;
          expect(Math.abs(root.note * 100 + root.cents - note * 100 - cents)).toBeLessThan(4);
          expect(root.confidence).toBeGreaterThan(0.3);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the lowest strong tone of a chord', () => {
    expect(estimateRoot(mono(chord([43, 59, 62, 66], 4 * RATE)))!.note).toBe(43);
    expect(estimateRoot(mono(chord([57, 60, 64], 4 * RATE)))!.note).toBe(57);
  });

  it('is heard in a whole source too', async () => {
    const { root } = await hear(chord([50, 57, 60], 5 * RATE, 0.5, RATE, 12));
    expect(root!.note).toBe(50);
    expect(Math.abs(root!.cents - 12)).toBeLessThan(5);
  });

  it('is heard where left and right cancel', () => {
    const left = sine(noteHz(52), 2 * RATE, 0.3);
    const sound = { sampleRate: RATE, channels: [left, left.map((x) => -x)] };
    expect(estimateRoot(sound)!.note).toBe(52);
  });

  it('has no confidence in noise, and is unknown in silence or too short a sound', () => {
    expect(estimateRoot(mono(noise(3 * RATE, 0.3)))!.confidence).toBeLessThan(0.2);
    expect(estimateRoot(mono(new Float32Array(RATE)))).toBeNull();
    expect(estimateRoot(mono(sine(440, 500)))).toBeNull();
  });
});
