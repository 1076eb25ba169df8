import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeStem, sourceNames } from '../../src/engine/source-names.ts';

describe('sourceNames', () => {
  it('gives the second of one stem a suffix that depends on its path alone', () => {
    const names = sourceNames(['b/song.wav', 'a/song.flac', 'c/Song.aiff']);
    expect(names.get('a/song.flac')).toBe('song');
    expect(names.get('b/song.wav')).toMatch(/^song_[0-9a-f]{4}$/);
    expect(names.get('c/Song.aiff')).toMatch(/^Song_[0-9a-f]{4}$/);
    expect(sourceNames(['a/song.flac', 'b/song.wav']).get('b/song.wav')).toBe(names.get('b/song.wav'));
  });

  it('gives no source the name of the manifest, which lies beside its folder', () => {
    expect(sourceNames(['a/Manifest.csv.wav']).get('a/Manifest.csv.wav')).toMatch(
      /^Manifest\.csv_[0-9a-f]{4}$/,
    );
  });

  it('never gives two sources one name, case apart, in any order', () => {
    const path = fc
      .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'X', 'x?', 'x*', ''))
      .map(([folder, stem], i = 0) => `${folder}${i}/${stem}.wav`);
    fc.assert(
      fc.property(fc.uniqueArray(path), (paths) => {
        const names = sourceNames(paths);
        expect(new Set([...names.values()].map((name) => name.toLowerCase())).size).toBe(paths.length);
        expect(sourceNames(paths.toReversed())).toEqual(new Map([...names].toSorted()));
      }),
    );
  });
});

describe('safeStem', () => {
  it.each([
    ['night ferry.wav', 'night ferry'],
    ['a/b/it\'s "late".wav', "it's _late_"],
    ['two\nlines.wav', 'two lines'],
    ['-rf.wav', 'rf'],
    ['--.wav', 'untitled'],
    ['v1.2 final.wav', 'v1.2 final'],
    ['what?.wav', 'what_'],
    ['con.wav', '_con'],
    ['ends. .wav', 'ends'],
    ['глубина 🌊.flac', 'глубина 🌊'],
  ])('%j → %j', (path, stem) => expect(safeStem(path)).toBe(stem));

  it('leaves room for a pattern in 255 bytes', () => {
    expect(Buffer.byteLength(safeStem(`${'波'.repeat(83)}.wav`))).toBe(120);
  });

  it('makes a name that is safe everywhere, of whatever the disk holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeStem(`${text}.wav`)).toMatch(/^[^-. \p{Cc}<>:"/\\|?*][^\p{Cc}<>:"/\\|?*]*$/u);
      }),
    );
  });
});
