import { describe, expect, it } from 'vitest';
import { fadeRank } from '../../src/loops/fade-rank.ts';
import { noise, RATE } from '../signals.ts';

const CROSSFADE = { start: RATE, length: RATE / 4 };

/** Two seconds of two sides, changed within the crossfade. */
function rankOf(change: (x: number, other: number) => number, crossfade = CROSSFADE): number {
  const sides = [noise(2 * RATE, 0.2, 'left'), noise(2 * RATE, 0.2, 'right')];
  const isIn = (n: number) => (n - crossfade.start + 2 * RATE) % (2 * RATE) < crossfade.length;
  const channels = sides.map((side, c) => side.map((x, n) => (isIn(n) ? change(x, sides[1 - c][n]) : x)));
  return fadeRank({ sampleRate: RATE, channels }, crossfade);
}

describe('fadeRank', () => {
  it('finds out what is softer, and what is narrower', () => {
    expect(rankOf((x) => 0.8 * x)).toBe(1);
    expect(rankOf((x, other) => 0.95 * x + 0.31 * other)).toBe(1);
  });

  it('finds out a crossfade that runs round the end of the file', () => {
    expect(rankOf((x) => 0.8 * x, { start: 1.9 * RATE, length: RATE / 4 })).toBe(1);
  });

  it('lets one pass that is like the rest', () => {
    const tone = Float32Array.from({ length: 2 * RATE }, (_, n) => Math.sin((2 * Math.PI * 100 * n) / RATE));
    const beating = tone.map((x, n) => x * (1 + 0.3 * Math.cos((2 * Math.PI * n) / RATE)));
    const rankAt = (start: number) =>
      fadeRank({ sampleRate: RATE, channels: [beating] }, { start: start * RATE, length: RATE / 4 });
    // Where it is softest, and halfway between that and the loudest.
    expect(rankAt(0.375)).toBeGreaterThan(0.9);
    expect(rankAt(0.125)).toBeLessThan(0.4);
  });
});
