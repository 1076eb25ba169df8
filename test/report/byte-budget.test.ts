import { expect, it } from 'vitest';
import { createRoom } from '../../src/report/byte-budget.ts';
import { LIGHT_BYTES } from '../../src/report/page/overview.ts';
import { blockLength } from '../../src/report/page.ts';

/** Shares bytes out among textures whose picture and sound take so many. */
function shared(free: number, sizes: readonly number[]) {
  const room = createRoom(free, sizes.length);
  const light = blockLength(LIGHT_BYTES, 'overview', sizes.length);
  const taken = sizes.map((size) => {
    const bytes = room.has(size) ? size : room.hasLight() ? light : 0;
    room.take(bytes);
    return bytes;
  });
  return { taken, light, used: taken.reduce((sum, bytes) => sum + bytes, 0) };
}

it.each([40, 277, 3000, 30_000])('shares 24 MB among %i textures, and no more', (count) => {
  const { taken, light, used } = shared(24_000_000, Array(count).fill(56_000));
  expect(used).toBeLessThanOrEqual(24_000_000);
  const whole = taken.filter((bytes) => bytes > light).length;
  expect(taken.slice(0, whole).every((bytes) => bytes === 56_000)).toBe(true);
  if (count <= 277) expect(whole).toBe(count);
  else expect(used).toBeGreaterThan(24_000_000 - 56_000);
  // All have a picture, as far as a quarter of the room goes.
  if (count <= 3000) expect(taken).not.toContain(0);
  else expect(taken.filter((bytes) => bytes === light).length * light).toBeGreaterThan(5_900_000);
});

it('lets no texture take more than an eighth, and the next ones have it', () => {
  const { taken, light } = shared(800_000, [100_001, 100_000, 20_000]);
  expect(taken).toEqual([light, 100_000, 20_000]);
});
