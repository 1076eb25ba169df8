import { expect, it } from 'vitest';
import { noteName, noteNumber, tuningWords } from '../../src/curation/note-names.ts';

it('a note is read as it is named, in every octave', () => {
  for (let note = 0; note < 128; note++) expect(noteNumber(noteName(note))).toBe(note);
  expect(noteName(69)).toBe('A4');
  expect(noteNumber('H2')).toBeNull();
});

it('cents are short where they are few, and words beyond 20', () => {
  expect([0, 8.4, -8.4, 20].map(tuningWords)).toEqual(['+0c', '+8c', '−8c', '+20c']);
  expect([27, -27, 20.6].map(tuningWords)).toEqual(['27 cents sharp', '27 cents flat', '21 cents sharp']);
});
