import { cp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoExport } from '../palette/demo-export.ts';
import { afterglow, emptyFolder } from './afterglow.ts';

let folder: string;

beforeAll(async () => {
  folder = await emptyFolder();
  await cp((await demoExport()).exportFolder, join(folder, 'export/tr8s'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

it('afterglow report makes the page, and says where', async () => {
  const { status, stdout } = await afterglow(['report'], { folder });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\d+ textures, [\d.]+ MB: export\/tr8s\/report\.html \(open it in a browser\)\n$/);
});

it('takes another place and size, and tells programs of them', async () => {
  const args = ['report', '--out', 'export/tr8s/quiet.html', '--previews', 'none', '--json'];
  const { status, stdout } = await afterglow(args, { folder });
  const told = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(told).toMatchObject({ path: join(folder, 'export/tr8s/quiet.html'), failed: [] });
  expect((await stat(told.path)).size).toBe(told.bytes);
});

it('stays as small as it is asked to, and says what that leaves out', async () => {
  const { status, stdout } = await afterglow(['report', '--previews', 'full', '--max-mb', '1'], { folder });
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /, (1\.0|0\.\d) MB: .*\nIt holds the sound of \d+ \(the others .*--max-mb lets it be larger\.\n$/,
  );
  expect((await stat(join(folder, 'export/tr8s/report.html'))).size).toBeLessThanOrEqual(1e6);
});

it.each([
  [['--max-mb', '0'], /between 1 and 1000|1 to 1000/],
  [['--previews', 'loud'], /none, small, full/],
  [['--export', 'nowhere'], /holds no manifest\.csv/],
  [['--out', 'elsewhere.html'], /lies outside the export folder/],
  [['--out', 'export/tr8s/manifest.csv'], /is no report of afterglow/],
])('refuses %j with a sentence', async (flags, sentence) => {
  const { status, stderr } = await afterglow(['report', ...flags], { folder });
  expect(status).toBeGreaterThan(0);
  expect(stderr).toMatch(sentence);
});
