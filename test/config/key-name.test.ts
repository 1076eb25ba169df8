import { expect, it } from 'vitest';
import { parseKeyName } from '../../src/settings/key-name.ts';

it.each([
  ['C maj', 0, 'maj'],
  ['C', 0, 'maj'],
  ['Am', 9, 'min'],
  ['am', 9, 'min'],
  ['A min', 9, 'min'],
  ['F# minor', 6, 'min'],
  ['F♯m', 6, 'min'],
  ['Gb major', 6, 'maj'],
  ['Bb', 10, 'maj'],
  ['bbm', 10, 'min'],
  ['Bm', 11, 'min'],
  ['BM', 11, 'maj'],
  ['Cb', 11, 'maj'],
  ['B#', 0, 'maj'],
  [' D Minor ', 2, 'min'],
])('%j', (text, tonic, mode) => {
  const spelling = /^.[b♭]/.test(text) ? { inFlats: true } : {};
  expect(parseKeyName(text)).toEqual({ tonic, mode, ...spelling });
});

it.each(['', 'H', 'Am7', 'C major minor', 'F##', 'minor', 'C  ♯', '7'])('%j is no key', (text) => {
  expect(parseKeyName(text)).toBeNull();
});
