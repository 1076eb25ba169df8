import fc from 'fast-check';
import { expect, it } from 'vitest';
import { embeddingDistance } from '../../src/curation/embedding.ts';
import { type Candidate, COPY_DISTANCE, selectVaried } from '../../src/curation/select.ts';

const candidate = (
  path: string,
  quality: number,
  place: number[],
  keep = false,
  kind = '',
  origin = '',
  recurs = false,
): Candidate => ({
  path,
  quality,
  embedding: Float32Array.from(place),
  keep,
  recurs,
  kind,
  origin,
});

const paths = (of: readonly { candidate: Candidate }[]) => of.map((one) => one.candidate.path);

it('takes the best first, then what is unlike it', () => {
  const { chosen, notSelected } = selectVaried(
    [candidate('good', 0.9, [0]), candidate('alike', 0.88, [1]), candidate('other', 0.6, [20])],
    2,
  );
  expect(paths(chosen)).toEqual(['good', 'other']);
  expect(chosen.map(({ nearest }) => nearest)).toEqual([null, { path: 'good', distance: 20 }]);
  expect(notSelected).toMatchObject([
    { candidate: { path: 'alike' }, why: 'outdone', nearest: { distance: 1 } },
  ]);
});

it('takes what recurs last, however good and unlike, unless it is kept', () => {
  const recurring = candidate('event', 0.99, [90], false, '', 'songs', true);
  const others = [
    candidate('poor', 0.1, [0], false, '', 'songs'),
    candidate('poorer', 0.05, [1], false, '', 'songs'),
  ];
  expect(paths(selectVaried([recurring, ...others], 2).chosen)).toEqual(['poor', 'poorer']);
  expect(paths(selectVaried([recurring, ...others], 3).chosen)).toEqual(['poor', 'poorer', 'event']);
  expect(paths(selectVaried([{ ...recurring, keep: true }, ...others], 1).chosen)).toEqual(['event']);
});

it('leaves out a copy of a better one, however many are wanted, and names it', () => {
  const near = COPY_DISTANCE / 2;
  const { chosen, notSelected } = selectVaried(
    [candidate('copy', 0.5, [near]), candidate('original', 0.6, [0]), candidate('other', 0.1, [9])],
    10,
  );
  expect(paths(chosen)).toEqual(['original', 'other']);
  expect(notSelected).toMatchObject([
    { candidate: { path: 'copy' }, why: 'near-copy', nearest: { path: 'original' } },
  ]);
});

it('takes what is to be kept first, copies and more than wanted alike', () => {
  const { chosen, notSelected } = selectVaried(
    [candidate('best', 1, [0]), candidate('b', 0.1, [5], true), candidate('a', 0.1, [5], true)],
    1,
  );
  expect(paths(chosen)).toEqual(['a', 'b']);
  expect(paths(notSelected)).toEqual(['best']);
});

it('takes something of each kind, though one has more and better ones', () => {
  const many = Array.from({ length: 30 }, (_, i) => candidate(`perc ${i}`, 0.9, [3 * i], false, 'perc'));
  const few = [
    candidate('kick', 0.75, [16], false, 'kick'),
    candidate('snare', 0.7, [31], false, 'snare'),
    candidate('hat', 0.65, [61], false, 'hat'),
  ];
  const { chosen } = selectVaried([...many, ...few], 8);
  expect(paths(chosen)).toEqual(expect.arrayContaining(['kick', 'snare', 'hat']));
  // What is hardly any of its kind is not taken for its name.
  const poor = selectVaried([...many, candidate('tambourine', 0.05, [16], false, 'hat')], 8);
  expect(paths(poor.chosen)).not.toContain('tambourine');
});

it('keeps a place in three for each of two origins, all along the ranks', () => {
  const loops = Array.from({ length: 30 }, (_, i) =>
    candidate(`loop ${i}`, 0.9, [3 * i], false, '', 'pad-loops'),
  );
  const mined = [0, 1, 2, 3].map((i) => candidate(`mined ${i}`, 0.62, [3 * i + 1], false, '', 'pads'));
  const { chosen } = selectVaried([...loops, ...mined], 9);
  const places = paths(chosen).flatMap((path, i) => (path.startsWith('mined') ? [i + 1] : []));
  expect(places).toEqual([3, 6, 9]);
  // What is not good has no place of its own.
  const poor = mined.map((one) => ({ ...one, quality: 0.3 }));
  expect(paths(selectVaried([...loops, ...poor], 9).chosen).join()).not.toContain('mined');
});

it('keeps these promises for any candidates', () => {
  const any = fc.record({
    quality: fc.double({ min: 0, max: 1, noNaN: true }),
    place: fc.array(
      fc.integer({ min: -3, max: 3 }).map((x) => x / 3),
      { minLength: 2, maxLength: 2 },
    ),
    keep: fc.boolean(),
    kind: fc.constantFrom('', 'kick', 'perc'),
    origin: fc.constantFrom('pads', 'pad-loops'),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), fc.integer({ min: 1, max: 12 }), (list, count) => {
      const candidates = list.map(({ quality, place, keep, kind, origin }, i) =>
        candidate(`${i}`, quality, place, keep, kind, origin),
      );
      const { chosen, notSelected } = selectVaried(candidates, count);
      const taken = chosen.map((one) => one.candidate);
      const kept = taken.filter(({ keep }) => keep);
      expect([...paths(chosen), ...paths(notSelected)].sort()).toEqual(
        candidates.map(({ path }) => path).sort(),
      );
      expect(kept).toHaveLength(candidates.filter(({ keep }) => keep).length);
      expect(taken.length).toBeLessThanOrEqual(Math.max(count, kept.length));
      for (const [i, a] of taken.entries()) {
        for (const b of taken.slice(i + 1)) {
          if (a.keep && b.keep) continue;
          expect(embeddingDistance(a.embedding, b.embedding)).toBeGreaterThanOrEqual(COPY_DISTANCE);
        }
      }
      const again = selectVaried([...candidates].reverse(), count);
      expect(paths(again.chosen)).toEqual(paths(chosen));
    }),
  );
});
