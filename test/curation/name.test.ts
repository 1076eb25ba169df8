import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { type NameTokens, textureName } from '../../src/curation/name.ts';

const TOKENS: NameTokens = {
  source: 'song',
  index: 3,
  variant: 'warm',
  brightness: 'dark',
  key: 'Amin',
  root: 'A3',
  bpm: '120',
  kind: 'snare',
};

describe('textureName', () => {
  it('fills the default patterns as the Python program named its files', () => {
    const { naming } = defaultSettings();
    expect(textureName(naming.pad, TOKENS)).toBe('song_pad03_dark');
    expect(textureName(naming.cloud, TOKENS)).toBe('cloud_song_03_dark');
    expect(textureName(naming.drum, TOKENS)).toBe('song_drum003');
    expect(textureName(naming.pad_loop, { ...TOKENS, variant: 'airy_pitch+7' })).toBe(
      'song_pad_airy_pitch+7',
    );
  });

  it.each([
    ['{source}_pad{index:02}_{brightness}', 'song_pad03'],
    ['cloud_{source}_{index:02}_{brightness}', 'cloud_song_03'],
    ['{brightness}_{source}_{index}', 'song_3'],
    ['{source}_{brightness}_{index}', 'song_3'],
    ['{source}-{brightness}.{index}', 'song.3'],
    ['{source} {brightness} {index:02}', 'song 03'],
    ['{index}{brightness}', '3'],
  ])('lets an empty token of %s take its separator along', (pattern, name) => {
    expect(textureName(pattern, { ...TOKENS, brightness: '' })).toBe(name);
  });

  it('keeps the index of a name that is too long', () => {
    const name = textureName('{source}_pad{index:02}_{brightness}', { ...TOKENS, source: 'ü'.repeat(300) });
    expect(name).toMatch(/^ü+_pad03_dark$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    expect(Buffer.byteLength(name)).toBeGreaterThan(195);
  });

  it('avoids what file systems refuse', () => {
    const named = (source: string) =>
      textureName('{source}_{brightness}{index}', { ...TOKENS, source, brightness: '' });
    expect(named('a/b\\c:d*e?f"g<h>i|j\nk')).toBe('a_b_c_d_e_f_g_h_i_j k3');
    expect(named('--rm -rf')).toBe('rm -rf3');
    expect(named('.hidden')).toBe('hidden3');
    expect(named('com')).toBe('_com3');
  });

  it('is safe, short and the same every time, whatever the source is called', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.constantFrom('{source}_pad{index:02}_{brightness}', '{variant}', '{source} {variant}{index}'),
        (source, variant, pattern) => {
          const tokens = { ...TOKENS, source, variant, brightness: '' };
          const name = textureName(pattern, tokens);
          expect(textureName(pattern, tokens)).toBe(name);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
          expect(Buffer.from(name).toString()).toBe(name);
          expect(name).not.toMatch(/[<>:"/\\|?*\p{C}]/u);
          expect(name).not.toMatch(/^[-. ]|[. ]$|^$/);
          expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        },
      ),
    );
  });
});
