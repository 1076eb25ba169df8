/** What words of a musician are taken for, and over which fields of a texture. */
import { describe, expect, it } from 'vitest';
import { type Condition, conditionsIn, type Searched } from '../../src/report/page/search.ts';

const FAMILIES = [
  { id: 'bell', singular: 'bell', plural: 'bells', colour: '' },
  { id: 'hum', singular: 'hum', plural: 'hums', colour: '' },
] as never;

function texture(facts: Partial<Searched>): Searched {
  return {
    title: 'evening, bell 01',
    sourceTitle: 'evening',
    variant: 'dark',
    family: 'bell',
    durationSec: 3,
    isLoop: true,
    grade: 'A',
    root: 57,
    key: 'A min',
    bpm: 119.2,
    isChosen: true,
    ...facts,
  };
}

const asked = (text: string, hasDecisions = true) => conditionsIn(text, { families: FAMILIES, hasDecisions });
const finds = (
  text: string,
  facts: Partial<Searched> = {},
  decision: Parameters<Condition['fits']>[1] = {},
) => asked(text).every((condition) => condition.fits(texture(facts), decision));

describe('a search', () => {
  it.each([
    ['a minor', 'in A min'],
    ['Am', 'in A min'],
    ['bb major', 'in Bb maj'],
    ['a# major', 'in A# maj'],
    ['fits g♭ minor', 'fits Gb min'],
    ['f#m', 'in F# min'],
    ['fits e minor', 'fits E min'],
    ['A3', 'root A3'],
    ['eb2', 'root Eb2'],
    ['ab2', 'root Ab2'],
    ['b2', 'root B2'],
    ['cb4', 'root B3'],
    ['b#3', 'root C4'],
    ['d#', 'root D#'],
    ['e♭', 'root Eb'],
    ['root d', 'root D'],
    ['root a3', 'root A3'],
    ['120 bpm', '120 bpm'],
    ['120bpm', '120 bpm'],
    ['2-4 s', '2 to 4 s'],
    ['0.5 to 2 sec', '0.5 to 2 s'],
    ['under 1 s', 'under 1 s'],
    ['over 2.5 s', 'over 2.5 s'],
    ['bells', 'bells'],
    ['bells,', 'bells'],
    ['grade b', 'grade B'],
    ['chosen', 'chosen'],
    ['loops', 'loops'],
  ])('understands “%s”', (text, words) => {
    expect(asked(text)).toMatchObject([{ words, isWord: false }]);
  });

  it('takes the rest for words, in any order and mixture', () => {
    expect(asked('evening am 2-4 s dark').map(({ words }) => words)).toEqual([
      '“evening”',
      'in A min',
      '2 to 4 s',
      '“dark”',
    ]);
    expect(asked('am-i-late a a4b')).toMatchObject([{ isWord: true }, { isWord: true }, { isWord: true }]);
    expect(asked('   ')).toEqual([]);
  });

  it('parts by commas as by spaces, as its own example does', () => {
    const words = (text: string) => asked(text).map((condition) => condition.words);
    expect(words('bells, a minor, 2-4 s')).toEqual(words('bells a minor 2-4 s'));
    expect(words('evening, dark;')).toEqual(words('evening dark'));
    expect(finds('bells, a minor, 2-4 s')).toBe(true);
    expect(finds('evening, bell 01')).toBe(true);
  });

  it('finds a root in any octave, and lengths on one side', () => {
    expect([finds('root a'), finds('a#'), finds('root b')]).toEqual([true, false, false]);
    expect(finds('a#', { root: 46 })).toBe(true);
    expect(finds('a#', { root: null })).toBe(false);
    expect([finds('under 3 s'), finds('under 3.1 s')]).toEqual([false, true]);
    expect([finds('over 3 s'), finds('over 2.9 s')]).toEqual([false, true]);
  });

  it('finds what it names, and not its neighbours', () => {
    expect(finds('a minor')).toBe(true);
    expect(finds('a major')).toBe(false);
    expect(finds('bb minor', { key: 'A# min' })).toBe(true);
    expect(finds('fits db major', { key: 'A# min' })).toBe(true);
    expect(finds('eb2', { root: 39 })).toBe(true);
    expect(finds('a minor', { key: '' })).toBe(false);
    expect(finds('a3')).toBe(true);
    expect(finds('a4')).toBe(false);
    expect(finds('a3', { root: null })).toBe(false);
    expect(finds('120 bpm')).toBe(true);
    expect(finds('125 bpm')).toBe(false);
    expect(finds('0 bpm', { bpm: null })).toBe(false);
    expect(finds('3-3 s')).toBe(true);
    expect(finds('3.1-4 s')).toBe(false);
    expect(finds('hum')).toBe(false);
    expect(finds('one-shots')).toBe(false);
    expect(finds('chosen', { isChosen: false })).toBe(false);
    expect(finds('kept')).toBe(false);
    expect(finds('kept', {}, { decision: 'keep' })).toBe(true);
  });

  it('knows which keys fit', () => {
    expect(finds('fits am')).toBe(true);
    for (const other of ['e minor', 'dm', 'c major']) expect(finds(`fits ${other}`), other).toBe(true);
    for (const other of ['g major', 'bm', 'a major']) expect(finds(`fits ${other}`), other).toBe(false);
    expect(finds('fits am', { key: '' })).toBe(false);
  });

  it('takes what is decided for words where nobody decides', () => {
    expect(asked('kept', false)).toMatchObject([{ isWord: true }]);
    expect(asked('chosen', false)).toMatchObject([{ isWord: false }]);
  });

  it('looks for words in names and notes, never in paths, settings and digests', () => {
    expect(finds('evening')).toBe(true);
    expect(finds('bridge', {}, { note: 'for the Bridge' })).toBe(true);
    for (const hidden of ['secret', 'wav', 'pad_miner', '3f2a']) expect(finds(hidden)).toBe(false);
  });

  it('takes what has a meaning for the rest of a title, too, beside its word', () => {
    const song = { title: 'strings Am, bell 01', sourceTitle: 'strings Am', key: 'D min' };
    expect(finds('strings am', song)).toBe(true);
    expect(finds('bells strings Am', song)).toBe(true);
    expect(finds('am strings', { ...song, title: 'Am strings, bell 01' })).toBe(true);
    // Whole words, and beside their word alone.
    expect(finds('strings am', { title: 'strings ambient', key: 'D min' })).toBe(false);
    expect(finds('am', song)).toBe(false);
    expect(finds('strings am', { title: 'strings of dusk', key: 'A min' })).toBe(true);
    expect(finds('strings am', { title: 'strings of dusk', key: 'D min' })).toBe(false);
  });
});
