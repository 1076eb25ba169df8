/** Which textures are in a key or in tune, and what they become when they are moved there. */
import { describe, expect, it } from 'vitest';
import { noteName } from '../../src/curation/note-names.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { inKey } from '../../src/palette/kit-key.ts';
import { tuned } from '../../src/palette/kit-tuning.ts';
import type { KitTexture } from '../../src/palette/texture-choice.ts';
import { parseKeyName } from '../../src/settings/key-name.ts';

const texture = (path: string, facts: Partial<KitTexture> = {}): KitTexture => {
  const root = facts.root ?? null;
  return {
    ...{ path, file: path, fileName: path, family: 'pad', source: 's', sourcePath: '', variant: '' },
    ...{ brightness: '', kind: '', key: '', durationSec: 4, channelCount: 1, sampleRate: 44_100 },
    ...{
      bitDepth: 24,
      loops: true,
      lufs: -18,
      centroidHz: 500,
      grade: 'A',
      moment: null,
      tempo: null,
      moved: null,
    },
    ...{ root, rootName: root === null ? '' : noteName(root.note), row: {} as KitTexture['row'] },
    ...facts,
  };
};
const rooted = (path: string, note: number, cents = 0, facts: Partial<KitTexture> = {}) =>
  texture(path, { root: { note, cents, confidence: 0.8 }, ...facts });

const A_MINOR = parseKeyName('A minor')!;
const taken = (textures: readonly KitTexture[], transpose = 0) => {
  const { textures: all, leftOut } = inKey(textures, { key: A_MINOR, transpose }, FAMILIES);
  return all.filter(({ path }) => !leftOut.has(path));
};

describe('a kit in A minor', () => {
  it.each<[string, Partial<KitTexture>, boolean]>([
    ['the key itself', { key: 'A min' }, true],
    ['its relative', { key: 'C maj' }, true],
    ['another mode of its tonic', { key: 'A maj' }, false],
    ['a neighbour', { key: 'G maj' }, false],
    ['a root of its notes', { root: { note: 62, cents: 0, confidence: 0.5 }, rootName: 'D4' }, true],
    ['a root of no note of it', { root: { note: 61, cents: 0, confidence: 0.5 }, rootName: 'C#4' }, false],
    ['tones of which nothing is clear', {}, false],
    ['noise', { family: 'hiss' }, true],
    ['a hit, whatever its pitch', { family: 'drum', root: { note: 61, cents: 0, confidence: 0.9 } }, true],
  ])('%s', (_, facts, isTaken) => {
    expect(taken([texture('a', facts)])).toHaveLength(isTaken ? 1 : 0);
  });

  it('moves what it may, by as little as does', () => {
    const all = [
      texture('b', {
        key: 'B min',
        root: { note: 59, cents: 12, confidence: 0.9 },
        tempo: { bpm: 100, confidence: 1 },
      }),
      texture('g', { key: 'G min' }),
      texture('e', { key: 'Eb min' }),
      rooted('c', 61),
    ];
    const moved = taken(all, 2);
    expect(moved.map(({ path, key, moved }) => [path, key, moved?.semitones])).toEqual([
      ['b', 'A min', -2],
      ['g', 'A min', 2],
      ['c', '', -1],
    ]);
    expect(moved[0]).toMatchObject({ root: { note: 57, cents: 12 }, rootName: 'A3' });
    expect(moved[0].durationSec).toBeCloseTo(4 * 2 ** (2 / 12), 6);
    expect(moved[0].tempo!.bpm).toBeCloseTo(100 / 2 ** (2 / 12), 6);
    const flat = inKey(
      [texture('d', { key: 'D# min' })],
      { key: parseKeyName('Bb')!, transpose: 0 },
      FAMILIES,
    );
    expect(flat.leftOut.get('d')).toEqual({ code: 'other-key', is: 'Eb min', wanted: 'Bb maj' });
    const { leftOut } = inKey(all, { key: A_MINOR, transpose: 1 }, FAMILIES);
    expect([...leftOut.values()]).toEqual([
      { code: 'other-key', is: 'B min', wanted: 'A min' },
      { code: 'other-key', is: 'G min', wanted: 'A min' },
      { code: 'other-key', is: 'Eb min', wanted: 'A min' },
    ]);
  });
});

describe('a kit in a key that is asked for in flats', () => {
  const inBFlat = (textures: readonly KitTexture[], transpose: number) =>
    inKey(textures, { key: parseKeyName('Bb')!, transpose }, FAMILIES).textures;

  it('names the keys of all in flats, moved or not, and roots as file names do', () => {
    const all = [
      texture('moved', { key: 'A maj', root: { note: 57, cents: 0, confidence: 0.9 }, rootName: 'A3' }),
      texture('is', { key: 'A# maj' }),
      texture('relative', { key: 'G min' }),
    ];
    expect(inBFlat(all, 1).map(({ key }) => key)).toEqual(['Bb maj', 'Bb maj', 'G min']);
    expect(inBFlat(all, 1)[0]).toMatchObject({ rootName: 'A#3', moved: { semitones: 1 } });
    const sharp = inKey(all, { key: parseKeyName('A#')!, transpose: 1 }, FAMILIES).textures;
    expect(sharp.map(({ key }) => key)).toEqual(['A# maj', 'A# maj', 'G min']);
  });
});

describe('tuning', () => {
  it('brings each clear root to its nearest note, and leaves the rest', () => {
    const all = [
      rooted('flat', 60, -45),
      rooted('sharp', 60, 20),
      rooted('near', 60, 1.5),
      texture('unknown'),
    ];
    const [flat, sharp, near, unknown] = tuned(all, 'nearest', FAMILIES);
    expect(flat).toMatchObject({ root: { note: 60, cents: 0 }, moved: { semitones: 0, cents: 45 } });
    expect(flat.durationSec).toBeCloseTo(4 / 2 ** (45 / 1200), 6);
    expect(sharp.moved).toEqual({ semitones: 0, cents: -20 });
    expect([near, unknown]).toEqual(all.slice(2));
    expect(tuned(all, 'off', FAMILIES)).toBe(all);
  });

  it('moves all of a source that is near a quarter tone off the same way, where its tuning is asked', () => {
    const all = [rooted('a', 60, 46), rooted('b', 64, 49), rooted('c', 68, -48, { key: 'G# min' })];
    const cents = (wish: 'nearest' | '440') => tuned(all, wish, FAMILIES).map(({ moved }) => moved!.cents);
    expect(cents('nearest')).toEqual([-46, -49, 48]);
    expect(cents('440')).toEqual([-46, -49, -52]);
    expect(tuned(all, '440', FAMILIES)[2]).toMatchObject({
      root: { note: 67, cents: 0 },
      rootName: 'G4',
      key: 'G min',
    });
  });

  it('leaves hits as they were struck, and takes no tuning of a source from them', () => {
    const hit = rooted('hit', 50, 42, { family: 'drum' });
    expect(tuned([hit], 'nearest', FAMILIES)).toEqual([hit]);
    const [, pad] = tuned([hit, rooted('pad', 60, -48)], '440', FAMILIES);
    expect(pad.root).toMatchObject({ note: 60, cents: 0 });
  });

  it('takes no tuning from a source whose roots agree on none', () => {
    const all = [rooted('a', 60, 0), rooted('b', 64, 33), rooted('c', 68, -33)];
    expect(tuned(all, '440', FAMILIES)).toEqual(tuned(all, 'nearest', FAMILIES));
  });
});
