import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeByCrossfade, crossfadeGains } from '../../src/loops/crossfade.ts';
import { decibels, noise, rms, sine } from '../signals.ts';

describe('crossfadeGains', () => {
  it('is linear in amplitude for sides in phase, and equal power for sides that have nothing in common', () => {
    const inPhase = crossfadeGains(99, 1);
    const unrelated = crossfadeGains(99, 0);
    for (let k = 0; k < 99; k++) {
      expect(inPhase.fadeIn[k] + inPhase.fadeOut[k]).toBeCloseTo(1, 5);
      expect(unrelated.fadeIn[k] ** 2 + unrelated.fadeOut[k] ** 2).toBeCloseTo(1, 5);
    }
  });

  it('keeps the power of the sum even at any correlation', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.5, max: 1, noNaN: true }), (r) => {
        const { fadeIn, fadeOut } = crossfadeGains(50, r);
        return fadeIn.every((a, k) => {
          const b = fadeOut[k];
          return Math.abs(a * a + b * b + 2 * r * a * b - 1) < 1e-5;
        });
      }),
    );
  });
});

describe('closeByCrossfade', () => {
  it('ends where the music led up to the start', () => {
    const music = noise(20_000, 0.5);
    const loop = closeByCrossfade({ sampleRate: 44_100, channels: [music] }, 5000, 10_000, 1000, 0);
    expect(loop.channels[0].length).toBe(10_000);
    expect(loop.channels[0][0]).toBe(music[5000]);
    expect(loop.channels[0][9999]).toBeCloseTo(music[4999], 2);
    expect(loop.channels[0].subarray(0, 9000)).toEqual(music.subarray(5000, 14_000));
  });

  it('leaves a tone as it is where both sides are in phase', () => {
    const tone = sine(441, 20_000, 0.5);
    const loop = closeByCrossfade({ sampleRate: 44_100, channels: [tone] }, 5000, 10_000, 2000, 1);
    const change = loop.channels[0].map((sample, n) => sample - tone[5000 + n]);
    expect(decibels(rms(change))).toBeLessThan(-90);
  });

  it('refuses a loop that does not fit its sound', () => {
    const sound = { sampleRate: 44_100, channels: [new Float32Array(1000)] };
    expect(() => closeByCrossfade(sound, 100, 800, 200, 0)).toThrow(RangeError);
    expect(() => closeByCrossfade(sound, 300, 800, 200, 0)).toThrow(RangeError);
  });
});
