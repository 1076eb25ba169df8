import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kick } from '../families/drumming.ts';
import { drumLoop, heldChord, speech } from '../kinds.ts';
import { mono } from '../signals.ts';
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

it('says with --dry-run what the sounds of an unsorted folder are, and writes nothing', async () => {
  await put(folder, 'messy/sub/chord.wav', wav(mono(heldChord(4)), 16));
  await put(folder, 'messy/beat.wav', wav(mono(drumLoop()), 16));
  await put(folder, 'messy/kick.wav', wav(mono(kick()), 16));
  await put(folder, 'messy/memo.wav', wav(mono(speech()), 16));
  await put(folder, 'messy/config.yaml', 'routes: { skip: "memo*" }');
  const before = await readdir(folder, { recursive: true });
  const dry = (...more: string[]) =>
    afterglow(['batch', '--input', 'messy', '--dry-run', '--seed', '1', ...more], { folder });
  const { status, stdout, stderr } = await dry('--jobs', '2');
  expect(status).toBe(0);
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    expect.stringMatching(
      /^beat\.wav: drum loop \(\d+ % sure\), struck and not held, .* → make-hiss, mine-drums$/,
    ),
    expect.stringMatching(/^kick\.wav: hit \(\d+ % sure\), one attack, .* → mine-drums$/),
    'memo.wav: skipped, as routes.skip: memo* says',
    expect.stringMatching(
      /^sub\/chord\.wav: tonal sound \(\d+ % sure\), .* → make-drones, make-beds, make-clouds$/,
    ),
  ]);
  expect(stderr).toContain('analysing 3 sounds to sort them');
  expect(stderr).toContain('sorted by kind: 1 tonal sound, 1 drum loop, 1 hit, 1 skipped');
  expect(stdout).not.toMatch(/^(beat|kick)\/pads\//m);
  expect((await dry('--jobs', '1')).stdout).toBe(stdout);
  const { routes } = JSON.parse((await dry('--json')).stdout);
  expect(routes).toMatchObject([
    { source: 'beat.wav', kind: 'drum_loop', by: 'ear', phases: ['make-hiss', 'mine-drums'] },
    { source: 'kick.wav', kind: 'hit' },
    { source: 'memo.wav', kind: 'skip', by: 'config', confidence: null, phases: [] },
    { source: 'sub/chord.wav', kind: 'tonal', reason: expect.stringContaining('pitch that holds') },
  ]);
  expect(await readdir(folder, { recursive: true })).toEqual(before);

  await put(folder, 'messy/config.yaml', 'routes: { skip: "**" }');
  expect(await dry()).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/routes\.skip skips every sound/),
  });
});

it.each<[string[], RegExp]>([
  [
    ['--input', 'sounds', '--export', 'a-file'],
    /^\[✗\] The export folder is “.*a-file”, and “.*a-file” is a file; name a folder\.\n$/,
  ],
  [['--input', 'sounds', '--export', 'a-file/in'], /a-file” is a file; name a folder\.\n$/],
  [
    ['--input', 'empty'],
    /^\[✗\] “.*empty” holds no sound that can be mined; name a folder of WAV, .* files\.\n$/,
  ],
  [['--input', 'sorted'], /sorted” holds no sound that can be mined in drums; name a folder/],
  [['--input', 'a-file'], /“a-file” is a file; --input names the folder of an archive/],
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
