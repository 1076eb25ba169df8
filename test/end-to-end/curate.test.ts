import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { afterglow, digests, minedArchive, put } from './afterglow.ts';

let folder: string;
beforeAll(async () => {
  ({ folder } = await minedArchive());
});
afterAll(() => rm(folder, { recursive: true }));

const EXPORT = 'export/tr8s';

it('chooses, says so, and chooses again; what somebody changed of it is replaced only when forced', async () => {
  const before = await digests(join(folder, EXPORT));
  const made = await afterglow(['curate', '--top', '2'], { folder });
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(made.stdout).toMatch(/^pads: 2 of \d+.*\n(.*\n)*\d+ of \d+ textures in export\/tr8s\/_curated\n$/);
  const again = await afterglow(['curate', '--top', '2'], { folder });
  expect(again).toMatchObject({ status: 0, stdout: expect.stringMatching(/, chosen as before\n$/) });
  await writeFile(join(folder, EXPORT, '_curated/mine.txt'), 'mine');
  expect(await afterglow(['curate'], { folder })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--force'),
  });
  expect(await afterglow(['curate', '--force', '--quiet'], { folder })).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
  expect(await digests(join(folder, EXPORT))).toMatchObject(before);
});

it('explains each texture, as text and as JSON', async () => {
  const flags = ['curate', '--family', 'pad', 'cloud', '--top', '1', '--dry-run', '--explain'];
  const { stdout } = await afterglow(flags, { folder });
  expect(stdout).toMatch(/^ {2}01 \S+: the best; quality 0\.\d\d \(grade 1\.00, /m);
  expect(stdout).toMatch(/^ {3}- \S+: (a near-copy|outdone), \d+\.\d\d from \S+; quality/m);
  const { families } = JSON.parse((await afterglow([...flags, '--json'], { folder })).stdout);
  expect(families).toMatchObject([
    { family: 'pad', chosen: [{ rank: 1, path: expect.stringMatching(/\/pads\/.*\.wav$/) }] },
    { family: 'cloud', chosen: [{ rank: 1, parts: { grade: 1 } }] },
  ]);
});

it('names its document, and writes where it is told', async () => {
  const out = join(EXPORT, '_live');
  const { stdout, status } = await afterglow(['curate', '--out', out, '--json'], { folder });
  expect(status).toBe(0);
  const { selection, textures } = JSON.parse(stdout);
  expect(JSON.parse(await readFile(selection, 'utf8')).textures).toEqual(textures);
  await access(join(folder, out, 'pads'));
});

it('ends with 1 where nothing is chosen and that was not wanted', async () => {
  const nothing = ['curate', '--family', 'drum', '--dry-run'];
  expect(await afterglow(nothing, { folder })).toMatchObject({ status: 0 });
  expect(await afterglow([...nothing, '--fail-on-empty'], { folder })).toMatchObject({ status: 1 });
});

it.each([
  [['--top', '0'], /whole number from 1/],
  [['--grade', 'C'], /Allowed choices are A, B, F/],
  [['--family', 'songs'], /Allowed choices are pad/],
  [['--export', 'nowhere'], /holds no manifest\.csv/],
])('refuses %j', async (flags, why) => {
  const { status, stderr } = await afterglow(['curate', ...flags], { folder });
  expect(status).toBe(flags[0] === '--export' ? 1 : 2);
  expect(stderr).toMatch(why);
});

it('tells kit and instrument that somebody decided otherwise since', async () => {
  await put(
    join(folder, EXPORT),
    'curation.json',
    '{ "version": 1, "textures": { "a.wav": { "stars": 5 } } }',
  );
  for (const args of [['kit', '--profile', 'tr8s', '--dry-run'], ['instrument']]) {
    expect(await afterglow(args, { folder })).toMatchObject({
      status: 0,
      stderr:
        '[!] curation.json decides otherwise than when curate chose; "afterglow curate --force" chooses again, by the stars too\n',
    });
  }
});

it('refuses decisions that are none', async () => {
  await put(join(folder, EXPORT), 'curation.json', '{');
  expect(await afterglow(['curate', '--force'], { folder })).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/curation\.json” is not what the studio writes/),
  });
});
