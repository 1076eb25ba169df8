/** Finding near points by few looks: the same as by looking at all. */
import { expect, it } from 'vitest';
import { embeddingDistance } from '../../src/curation/embedding.ts';
import { createNearIndex } from '../../src/curation/near-index.ts';
import { createPointTree } from '../../src/curation/point-tree.ts';
import { Random } from '../../src/dsp/random.ts';

const REACH = 0.4;

/** Points of 80 numbers that spread along some axes, as embeddings do. */
function points(count: number, wide = 5): Float32Array[] {
  const random = new Random('near', count, wide);
  const axes = Array.from({ length: 6 }, () =>
    Float32Array.from({ length: 80 }, () => random.uniform() - 0.5),
  );
  return Array.from({ length: count }, () => {
    const point = new Float32Array(80);
    for (const axis of axes) {
      const far = wide * (random.uniform() - 0.5);
      for (let i = 0; i < 80; i++) point[i] += far * 0.4 * axis[i];
    }
    return point;
  });
}

function nearestByAll(all: readonly Float32Array[], to: Float32Array) {
  let best: { number: number; distance: number } | null = null;
  for (const [number, point] of all.entries()) {
    const distance = embeddingDistance(point, to);
    if (distance < (best?.distance ?? REACH)) best = { number, distance };
  }
  return best;
}

it.each([
  ['spread', 5],
  ['crowded', 0.6],
  ['all the same', 0],
])('finds the nearest within reach: %s', (_, wide) => {
  const all = points(150, wide);
  const index = createNearIndex(all, REACH);
  const found = all.map((point, i) => {
    const nearest = index.nearest(point);
    index.add(i, point);
    return nearest;
  });
  expect(found).toEqual(all.map((point, i) => nearestByAll(all.slice(0, i), point)));
});

it('looks at few of many', () => {
  const looksFor = (count: number) => {
    const all = points(count);
    const index = createNearIndex(all, REACH);
    for (const [i, point] of all.entries()) if (!index.nearest(point)) index.add(i, point);
    return index.looks() / count;
  };
  expect(looksFor(4000)).toBeLessThan(100);
});

it('finds the nearest six of some hundred', () => {
  const all = points(400);
  const tree = createPointTree(all);
  for (const number of [0, 17, 399]) {
    const distances = all.map((point, i) => [embeddingDistance(point, all[number]), i] as const);
    const nearest = distances.filter(([, i]) => i !== number).sort(([a, i], [b, j]) => a - b || i - j);
    expect([...tree.nearest(number, 6)]).toEqual(nearest.slice(0, 6).map(([, i]) => i));
  }
});

it('looks at as many of thousands as of hundreds', () => {
  const all = points(4000);
  const tree = createPointTree(all);
  for (let i = 0; i < 100; i++) tree.nearest(i, 6);
  expect(tree.looks()).toBeLessThan(100 * 650);
});
