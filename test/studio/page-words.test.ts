import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { sortedOut } from '../../src/studio/inside/no-sounds.ts';
import { inPageWords } from '../../src/studio/inside/page-words.ts';

const SOURCE = new URL('../../src/', import.meta.url);

it('names what was brought as somebody brought it', () => {
  expect(inPageWords('“/afterglow/archive/a/song.wav” is gone')).toBe('“a/song.wav” is gone');
  expect(inPageWords('“/afterglow/archive” holds nothing')).toBe('what you brought holds nothing');
  expect(inPageWords('“/afterglow/export” is full')).toBe('what was made here is full');
});

it('has words instead of what the engine says now', async () => {
  const paths = (await readdir(SOURCE, { recursive: true })).filter((path) => path.endsWith('.ts'));
  const texts = await Promise.all(
    paths
      .filter((path) => !path.endsWith('page-words.ts'))
      .map((path) => readFile(new URL(path, SOURCE), 'utf8')),
  );
  const sentences = (await readFile(new URL('studio/inside/page-words.ts', SOURCE), 'utf8')).matchAll(
    /\[\/([a-z][^/]+)\/g/g,
  );
  const all = [...sentences].map(([, words]) => words);
  expect(all.length).toBeGreaterThan(3);
  for (const words of all)
    expect(
      texts.some((text) => text.includes(words)),
      words,
    ).toBe(true);
});

it('takes folders whole, and single files where they are music', () => {
  const given = (...paths: string[]) => sortedOut(paths.map((path) => ({ path, file: new File([], path) })));
  const paths = (found: ReturnType<typeof given>) => found.taken.map(({ path }) => path);
  expect(paths(given('a/song.wav', 'a/cover.jpg', 'notes.txt', 'loop.rx2'))).toEqual([
    'a/song.wav',
    'a/cover.jpg',
    'loop.rx2',
  ]);
  expect(given('a/song.wav', 'a/cover.jpg').problems).toEqual([]);
  expect(given('a/._song.wav', 'a/1', 'a/2', 'a/3')).toEqual({
    taken: [],
    problems: [
      '“._song.wav”, “1”, “2” and 1 more are no sounds; WAV, AIFF, FLAC, MP3, Ogg and Opus are read.',
    ],
  });
});
