import { describe, expect, it } from 'vitest';
import { choose, firstLoop, ORDERS } from '../../src/report/page/choice.ts';
import { sheetOf, texture } from './sheets.ts';

const sheet = sheetOf([
  texture({
    path: '0.wav',
    title: 'b, pad 02',
    source: 'b',
    centroidHz: 900,
    lufs: -20,
    root: 'A3',
    durationSec: 2,
  }),
  texture({
    path: '1.wav',
    title: 'a, cloud 01',
    source: 'a',
    family: 'cloud',
    centroidHz: 300,
    lufs: -10,
    rank: 1,
  }),
  texture({
    path: '2.wav',
    title: 'b, drone 01',
    source: 'b',
    family: 'drone',
    centroidHz: null,
    root: 'C#4',
    grade: 'B',
  }),
  texture({
    path: '3.wav',
    title: 'b, pad 10',
    source: 'b',
    centroidHz: 100,
    lufs: -30,
    root: 'B2',
    rank: 2,
  }),
]);
const all = { search: '', families: new Set<string>(), onlyChosen: false, order: 'source' };
const titles = (wish: Partial<typeof all>) =>
  choose(sheet, { ...all, ...wish }).map(({ heading, places }) => [
    heading,
    ...places.map((place) => sheet.textures[place].title),
  ]);

describe('choose', () => {
  it.each([
    [
      'source',
      [
        ['a', 'a, cloud 01'],
        ['b', 'b, pad 02', 'b, pad 10', 'b, drone 01'],
      ],
    ],
    [
      'best first',
      [
        ['pads', 'b, pad 10', 'b, pad 02'],
        ['drones', 'b, drone 01'],
        ['clouds', 'a, cloud 01'],
      ],
    ],
    [
      'grade',
      [
        ['grade A', 'a, cloud 01', 'b, pad 10', 'b, pad 02'],
        ['grade B', 'b, drone 01'],
      ],
    ],
    ['dark to bright', [['', 'b, pad 10', 'a, cloud 01', 'b, pad 02', 'b, drone 01']]],
    ['quiet to loud', [['', 'b, pad 10', 'b, pad 02', 'a, cloud 01', 'b, drone 01']]],
    ['short to long', [['', 'a, cloud 01', 'b, drone 01', 'b, pad 10', 'b, pad 02']]],
    [
      'root',
      [
        ['B2', 'b, pad 10'],
        ['A3', 'b, pad 02'],
        ['C#4', 'b, drone 01'],
        ['no clear root', 'a, cloud 01'],
      ],
    ],
    ['name', [['', 'a, cloud 01', 'b, drone 01', 'b, pad 02', 'b, pad 10']]],
  ])('orders by %s; what is unknown comes last', (order, expected) => {
    expect(titles({ order })).toEqual(expected);
  });

  it('knows no other orders', () => {
    expect(Object.keys(ORDERS)).toHaveLength(8);
  });

  it.each([
    ['pad', 2],
    ['PAD b,', 2],
    ['c#4', 1],
    ['chosen', 2],
    ['A3 pads', 1],
    ['2-4 s', 1],
    ['wav', 0],
    ['nothing such', 0],
    ['  ', 4],
  ])('finds every word: “%s”', (search, count) => {
    expect(choose(sheet, { ...all, search }).flatMap(({ places }) => places)).toHaveLength(count);
  });

  it('lets in the families that are asked for', () => {
    expect(titles({ families: new Set(['cloud', 'drone']) }).flat()).toEqual([
      'a',
      'a, cloud 01',
      'b',
      'b, drone 01',
    ]);
  });

  it('lets in only what was chosen, and puts what was not by quality', () => {
    expect(titles({ onlyChosen: true }).flat()).toEqual(['a', 'a, cloud 01', 'b', 'b, pad 10']);
    const pads = sheetOf([
      texture({ title: 'fair', quality: 0.4 }),
      texture({ title: 'good', quality: 0.9 }),
      texture({ title: 'chosen', quality: 0.1, rank: 3 }),
    ]);
    expect(choose(pads, { ...all, order: 'best first' })[0].places).toEqual([2, 1, 0]);
  });
});

describe('firstLoop', () => {
  const clap = texture({ family: 'drum', isLoop: false, durationSec: 0.084 });

  it('opens on no clap where anything loops', () => {
    expect(
      firstLoop(sheetOf([clap, texture({ isLoop: false }), texture({}), texture({})]), [0, 1, 3, 2]),
    ).toBe(3);
  });

  it('opens on the first where nothing loops', () => {
    expect(firstLoop(sheetOf([clap, clap]), [1, 0])).toBe(1);
  });
});
