import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeQuality, type QualityFigures } from '../../src/curation/quality.ts';

const GOOD: QualityFigures = {
  family: 'pad',
  grade: 'A',
  loops: true,
  seam: { step: 0.3, levelDb: 0, flux: 0.9 },
  course: { landmark: { times: 1.4, db: 2 }, swellDb: 0.5 },
  stability: 0.8,
  crestFactor: 4,
  lufs: -14,
  rootConfidence: 0.9,
  kindConfidence: null,
  sourceDistance: 1,
};

const qualityOf = (...textures: Partial<QualityFigures>[]) =>
  judgeQuality(textures.map((figures) => ({ ...GOOD, ...figures }))).map(({ quality }) => quality);

it.each<[string, Partial<QualityFigures>]>([
  ['a worse grade', { grade: 'B' }],
  ['a seam that steps', { seam: { step: 3, levelDb: 0, flux: 0.9 } }],
  ['a seam that dips', { seam: { step: 0.3, levelDb: -1.2, flux: 0.9 } }],
  ['a seam that changes colour', { seam: { step: 0.3, levelDb: 0, flux: 1.08 } }],
  ['an event that stands out', { course: { landmark: { times: 2.6, db: 4 }, swellDb: 0.5 } }],
  ['a level that swells', { course: { landmark: { times: 1.4, db: 2 }, swellDb: 1.2 } }],
  ['less stillness', { stability: 0.5 }],
  ['more crest', { crestFactor: 9 }],
  ['a faint level', { lufs: -40 }],
  ['no root', { rootConfidence: null }],
])('%s is worse', (_, figures) => {
  const [good, worse] = qualityOf({}, figures);
  expect(worse).toBeLessThan(good);
});

it('is less far from the source where a family stays like that, and the same in all others', () => {
  const lost = (family: QualityFigures['family']) => {
    const [near, far] = qualityOf({ family }, { family, sourceDistance: 2 });
    return near - far;
  };
  for (const family of ['cloud', 'bed'] as const) expect(lost(family)).toBeGreaterThan(0.02);
  for (const family of ['hiss', 'dust', 'pad'] as const) expect(lost(family)).toBe(0);
});

it('lies between 0 and 1 whatever the figures', () => {
  const figure = fc.oneof(fc.constant(null), fc.double({ min: -100, max: 100, noNaN: true }));
  const texture = fc.record({
    family: fc.constantFrom('pad' as const, 'hiss' as const),
    grade: fc.constantFrom('A', 'B', 'F', ''),
    loops: fc.boolean(),
    seam: fc.constant(null),
    course: fc.constant(null),
    stability: figure,
    crestFactor: figure,
    lufs: figure,
    sourceDistance: figure,
    rootConfidence: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1, noNaN: true })),
    kindConfidence: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.array(texture), (textures) => {
      for (const { quality } of judgeQuality(textures)) {
        expect(quality).toBeGreaterThanOrEqual(0);
        expect(quality).toBeLessThanOrEqual(1);
      }
    }),
  );
});

it('holds a hit that is surely a kick for better than one that may be', () => {
  const hit = { family: 'drum', loops: false, seam: null, stability: null, rootConfidence: null } as const;
  const [sure, unsure, unknown] = qualityOf(
    { ...hit, kindConfidence: 0.9 },
    { ...hit, kindConfidence: 0.4 },
    { ...hit, kindConfidence: null },
  );
  expect(sure - unsure).toBeGreaterThan(0.15);
  // As if its family's mean.
  expect(unknown).toBeCloseTo((sure + unsure) / 2, 9);
  expect(qualityOf({ kindConfidence: null })).toEqual(qualityOf({}));
});

it('judges stillness by the family alone', () => {
  const [alone] = judgeQuality([{ ...GOOD, stability: 0.5 }]);
  const [amongDrones] = judgeQuality([
    { ...GOOD, stability: 0.5 },
    { ...GOOD, family: 'drone', stability: 0.9 },
  ]);
  const [amongPads] = judgeQuality([
    { ...GOOD, stability: 0.5 },
    { ...GOOD, stability: 0.9 },
  ]);
  expect(amongDrones.parts.stillness).toBe(alone.parts.stillness);
  expect(amongPads.parts.stillness).toBe(0.25);
});

it('takes the mean of its family for what is unknown of a texture, and does not tell of it', () => {
  const [, , unknown] = judgeQuality([
    { ...GOOD, seam: { step: 0.3, levelDb: 0, flux: 0.9 } },
    { ...GOOD, seam: { step: 4, levelDb: 0, flux: 0.9 } },
    { ...GOOD, seam: null },
  ]);
  const [half] = judgeQuality([{ ...GOOD, seam: { step: 0.3, levelDb: 0.75, flux: 0.9 } }]);
  expect(unknown.quality).toBeCloseTo(half.quality, 9);
  expect(unknown.parts).not.toHaveProperty('seam');
});
