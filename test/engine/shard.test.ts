import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealOut, MOST_SHARDS, parseShard } from '../../src/engine/shard.ts';

describe('parseShard', () => {
  it.each([
    ['1/1', { index: 1, count: 1 }],
    ['2/8', { index: 2, count: 8 }],
    ['08/08', { index: 8, count: 8 }],
    [`1/${MOST_SHARDS}`, { index: 1, count: MOST_SHARDS }],
  ])('reads %s', (text, shard) => {
    expect(parseShard(text)).toEqual(shard);
  });

  it.each(['', '3', '0/8', '9/8', '-1/8', '1/0', '1.5/3', '1/3/5', ' 1/3', '1/x', `1/${MOST_SHARDS + 1}`])(
    'refuses “%s”',
    (text) => {
      expect(parseShard(text)).toBeNull();
    },
  );
});

describe('dealOut', () => {
  const works = fc.array(fc.nat(1000), { maxLength: 60 }).map((list) => list.sort((a, b) => b - a));

  it('puts every item into exactly one share', () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 1, max: 12 }), (sizes, count) => {
        const items = sizes.map((work, id) => ({ work, id }));
        const shares = dealOut(items, count, ({ work }) => work);
        expect(shares).toHaveLength(count);
        const ids = shares.flat().map(({ id }) => id);
        expect(ids.sort((a, b) => a - b)).toEqual(items.map(({ id }) => id));
      }),
    );
  });

  it('makes no share larger than another by more than the largest item', () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 1, max: 12 }), (sizes, count) => {
        const shares = dealOut(sizes, count, (work) => work);
        const loads = shares.map((share) => share.reduce((sum, work) => sum + work, 0));
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(sizes[0] ?? 0);
      }),
    );
  });

  it('gives each to the one with least, the first of them where several have', () => {
    // Graham's own worst case (1969): 11 where 9 were possible, 4/3 - 1/(3n) of it.
    expect(dealOut([5, 5, 4, 4, 3, 3, 3], 3, (work) => work)).toEqual([
      [5, 3, 3],
      [5, 3],
      [4, 4],
    ]);
  });
});
