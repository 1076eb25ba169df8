import { describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.uniform());

describe('Random', () => {
  it('repeats itself for the same words', () => {
    expect(draw(new Random(7, 'pad', 1), 20)).toEqual(draw(new Random(7, 'pad', 1), 20));
  });

  it('differs for any other words, also where they only join differently', () => {
    const sequences = [
      new Random(7, 'pad', 1),
      new Random(7, 'pad', 2),
      new Random(8, 'pad', 1),
      new Random(7, 'pad1'),
      new Random('7pad', 1),
    ].map((random) => draw(random, 4).join());
    expect(new Set(sequences).size).toBe(sequences.length);
  });

  it('is even over its range, and gaussian where asked', () => {
    const random = new Random('moments');
    const uniform = draw(random, 50_000);
    expect(Math.abs(uniform.reduce((a, b) => a + b) / 50_000 - 0.5)).toBeLessThan(0.01);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = uniform.filter((x) => Math.floor(x * 10) === tenth).length / 50_000;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
    }
    const normal = Array.from({ length: 50_000 }, () => random.gaussian());
    expect(Math.abs(normal.reduce((a, b) => a + b) / 50_000)).toBeLessThan(0.02);
    expect(Math.abs(normal.reduce((a, b) => a + b * b, 0) / 50_000 - 1)).toBeLessThan(0.03);
  });

  it('keeps to its bounds', () => {
    const random = new Random('bounds');
    for (let i = 0; i < 1000; i++) {
      expect([2, 3, 4]).toContain(random.below(3) + 2);
      const value = random.between(-7, 7);
      expect(value >= -7 && value < 7).toBe(true);
    }
  });
});
