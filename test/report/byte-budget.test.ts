import { expect, it } from 'vitest';
import { createByteBudget } from '../../src/report/byte-budget.ts';
import { REDUCED_BYTES } from '../../src/report/page/overview.ts';
import { blockLength } from '../../src/report/page.ts';

/** Shares bytes out among textures whose picture and sound take so many. */
function shared(free: number, sizes: readonly number[]) {
  const budget = createByteBudget(free, sizes.length);
  const reducedSize = blockLength(REDUCED_BYTES, 'overview', sizes.length);
  const taken = sizes.map((size) => {
    const bytes = budget.fits(size) ? size : budget.fitsReduced() ? reducedSize : 0;
    budget.spend(bytes);
    return bytes;
  });
  return { taken, reducedSize, used: taken.reduce((sum, bytes) => sum + bytes, 0) };
}

it.each([40, 277, 3000, 30_000])('shares 24 MB among %i textures, and no more', (count) => {
  const { taken, reducedSize, used } = shared(24_000_000, Array(count).fill(56_000));
  expect(used).toBeLessThanOrEqual(24_000_000);
  const whole = taken.filter((bytes) => bytes > reducedSize).length;
  expect(taken.slice(0, whole).every((bytes) => bytes === 56_000)).toBe(true);
  if (count <= 277) expect(whole).toBe(count);
  else expect(used).toBeGreaterThan(24_000_000 - 56_000);
  // All have a picture, as far as a quarter of the room goes.
  if (count <= 3000) expect(taken).not.toContain(0);
  else expect(taken.filter((bytes) => bytes === reducedSize).length * reducedSize).toBeGreaterThan(5_900_000);
});

it('lets no texture take more than an eighth, and the next ones have it', () => {
  const { taken, reducedSize } = shared(800_000, [100_001, 100_000, 20_000]);
  expect(taken).toEqual([reducedSize, 100_000, 20_000]);
});
