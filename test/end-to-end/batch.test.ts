import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { afterglow, beat, emptyFolder, put, wav } from './afterglow.ts';

let folder: string;
beforeAll(async () => {
  folder = await emptyFolder();
  await put(folder, 'sounds/beat.wav', wav(beat(1, 22_050), 16));
  await put(folder, 'a-file', '');
  await mkdir(join(folder, 'empty'));
  await mkdir(join(folder, 'sorted/drums'), { recursive: true });
  await put(folder, 'sorted/drums/notes.txt', '');
});
afterAll(() => rm(folder, { recursive: true }));

it.each<[string[], RegExp]>([
  [
    ['--input', 'sounds', '--export', 'a-file'],
    /^\[✗\] The export folder is “.*a-file”, and “.*a-file” is a file; name a folder\.\n$/,
  ],
  [['--input', 'sounds', '--export', 'a-file/in'], /a-file” is a file; name a folder\.\n$/],
  [
    ['--input', 'empty'],
    /^\[✗\] “.*empty” holds no sound that can be mined; --input names a folder of WAV, .* files\.\n$/,
  ],
  [['--input', 'sorted'], /sorted” holds no sound that can be mined in drums; --input names/],
  [['--input', 'a-file'], /There is no folder “a-file”/],
  ...['', '..', '/', 'a/b'].map((name): [string[], RegExp] => [
    ['--input', 'sounds', '--project', name],
    /^\[✗\] --project is ".*", and it names a folder in export; give it letters or digits, and no slash/,
  ]),
])('afterglow batch %j is refused in a sentence, and nothing is made', async (args, why) => {
  const before = await readdir(folder);
  const { status, stdout, stderr } = await afterglow(['batch', ...args], { folder });
  expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(why)]);
  expect(await readdir(folder)).toEqual(before);
});
