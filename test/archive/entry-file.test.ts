import { beforeEach, expect, it } from 'vitest';
import { contentsAt, type EntryPlace, entryLines, readEntries } from '../../src/archive/entry-file.ts';
import { memoryPlatform } from '../../src/platform/memory/platform.ts';

const HEAD = 'entries 1';
const LONG = 'x'.repeat(3_000_000);
const ENTRIES = [
  { kind: 'one', key: 'a', contents: 'first' },
  { kind: 'two', key: 'b', contents: LONG },
  { kind: 'one', key: 'c', contents: 'ends with ü' },
];

let { files } = memoryPlatform();
beforeEach(() => {
  files = memoryPlatform().files;
});

async function readBack(bytes: Uint8Array, head = HEAD) {
  await files.write('/entries', bytes);
  const found: [string, string, string][] = [];
  const places: EntryPlace[] = [];
  const file = await files.open('/entries');
  const size = await readEntries(file, head, (kind, key, contents, place) => {
    found.push([kind, key, new TextDecoder().decode(contents)]);
    places.push(place);
  });
  return { found, places, size, file };
}

const text = `${HEAD}\n${entryLines(ENTRIES)}`;
const bytes = new TextEncoder().encode(text);

it('gives back what was written, lines longer than a piece too, and where it lies', async () => {
  const { found, places, size, file } = await readBack(bytes);
  expect(found).toEqual(ENTRIES.map(({ kind, key, contents }) => [kind, key, contents]));
  expect(size).toBe(bytes.length);
  expect(new TextDecoder().decode(await contentsAt(file, places[2]))).toBe('ends with ü');
});

it('passes by a damaged line and a torn one, and no other', async () => {
  const damaged = bytes.slice(0, -3);
  damaged[damaged.indexOf('f'.charCodeAt(0), HEAD.length)] ^= 1;
  expect((await readBack(damaged)).found.map(([, key]) => key)).toEqual(['b']);
});

it('holds nothing where it is of another version, or empty', async () => {
  expect(await readBack(bytes, 'entries 2')).toMatchObject({ found: [], size: 0 });
  await files.remove('/entries');
  expect(await readBack(new Uint8Array())).toMatchObject({ found: [], size: 0 });
});
