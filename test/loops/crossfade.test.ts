import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { risingCurve } from '../../src/loops/crossfade.ts';
import { levellingOf } from './single-crossfade.ts';

function crossfadeGains(length: number, correlation: number) {
  const rising = risingCurve(length);
  const levelling = levellingOf(rising, correlation);
  return {
    fadeIn: rising.map((up, k) => up * levelling[k]),
    fadeOut: rising.map((up, k) => (1 - up) * levelling[k]),
  };
}

describe('levelCrossfade', () => {
  it.each([1, 3, 4, 50, 4097])('is the formula of its paper to the last bit, %i samples', (length) => {
    const rising = risingCurve(length);
    const apart = 2 * (1 - 0.3);
    const plain = rising.map((up) => 1 / Math.sqrt(1 - apart * up * (1 - up)));
    expect(levellingOf(rising, 0.3)).toEqual(plain);
  });

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
