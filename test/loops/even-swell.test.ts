/** Slow gains that take the swell out of a loop. */
import { describe, expect, it } from 'vitest';
import type { Sound } from '../../src/dsp/sound.ts';
import { evenSwell } from '../../src/loops/even-swell.ts';
import { placeWrap } from '../../src/loops/place-wrap.ts';
import { noise, RATE, rotated } from '../signals.ts';

const LENGTH = 2 * RATE;
const NOISE = noise(LENGTH, 0.2);

function swelling(db: number, cycles: number): Float32Array {
  return NOISE.map((x, n) => x * 10 ** ((db / 40) * Math.sin((2 * Math.PI * cycles * n) / LENGTH)));
}

function loop(...channels: Float32Array[]): Sound {
  return { sampleRate: RATE, channels };
}

const levelOf = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

const swellOf = (sound: Sound) => placeWrap(sound, null).course.swellDb;

describe('evenSwell', () => {
  it.each([1, 3])('takes out a swell of %d cycles', (cycles) => {
    const even = evenSwell(loop(swelling(6, cycles)), 8);
    expect(swellOf(even)).toBeLessThan(1);
    // What is left is the sound before it swelled, but for its own slow movement and one gain.
    const ratios = even.channels[0].map((x, n) => 20 * Math.log10(Math.abs(x / NOISE[n])));
    expect(Math.max(...ratios) - Math.min(...ratios)).toBeLessThan(2.5);
  });

  it('takes out so much and no more', () => {
    expect(swellOf(evenSwell(loop(swelling(12, 1)), 8))).toBeCloseTo(4, 0);
    const sound = loop(swelling(6, 1));
    expect(evenSwell(sound, 0).channels[0]).toBe(sound.channels[0]);
  });

  it('leaves what hardly swells as it is, to the bit', () => {
    for (const even of [NOISE, swelling(6, 9)]) expect(evenSwell(loop(even), 8).channels[0]).toBe(even);
  });

  it('evens out each channel by itself, and changes none of what it was given', () => {
    const swells = swelling(6, 1);
    const [left, right] = evenSwell(loop(swells, NOISE), 8).channels;
    expect(right).toBe(NOISE);
    expect(swellOf(loop(left))).toBeLessThan(1);
    expect(swells).toEqual(swelling(6, 1));
    expect(Math.abs(20 * Math.log10(levelOf(left) / levelOf(swells)))).toBeLessThan(0.5);
  });

  it('goes round: turned before it is turned after', () => {
    const by = 12_345;
    const turned = evenSwell(loop(rotated(swelling(6, 1), by)), 8).channels[0];
    const even = rotated(evenSwell(loop(swelling(6, 1)), 8).channels[0], by);
    const apart = turned.reduce((most, x, n) => Math.max(most, Math.abs(x - even[n])), 0);
    expect(apart).toBeLessThan(0.005);
  });
});
