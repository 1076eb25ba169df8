/** What somebody opened in a spreadsheet or an editor and saved is read, and never makes everything again. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { afterglow, digests, minedArchive } from './afterglow.ts';

const EXPORT = 'export/tr8s';
let folder: string;
let manifest: string;
let made: Record<string, string>;
beforeAll(async () => {
  ({ folder } = await minedArchive());
  made = await digests(join(folder, EXPORT));
  manifest = join(folder, EXPORT, 'manifest.csv');
});
afterAll(() => rm(folder, { recursive: true }));

/** Semicolons, decimal commas, no zeros at ends, UTF-16. No cell of this export holds a comma or a quote. */
async function saveAsSpreadsheet(): Promise<void> {
  const text = await readFile(manifest, 'utf8');
  const cells = text.split('\r\n').map((line) => line.split(','));
  const number = (cell: string) =>
    /^-?\d+\.\d+$/.test(cell) ? String(Number(cell)).replace('.', ',') : cell === 'true' ? 'WAHR' : cell;
  const saved = cells.map((line) => line.map(number).join(';')).join('\r\n');
  await writeFile(manifest, Buffer.from(`\ufeff${saved}`, 'utf16le'));
}

it('finds everything up to date by a manifest that a spreadsheet saved, and writes it as it was', async () => {
  await saveAsSpreadsheet();
  const { status, stdout, stderr } = await afterglow(['all'], { folder });
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: '[*] 3 sources, seed 3\n[*] 3 of 3 sources up to date\n',
  });
  expect(stdout).toMatch(/^Nothing to make: /);
  expect(await digests(join(folder, EXPORT))).toEqual(made);
});

it('says what one lost, and makes that again as it was, with the file of before beside it', async () => {
  const text = await readFile(manifest, 'utf8');
  const spoilt = text.replace(/,3,(\d+\.\d+\.\d+),/, ',3E+00,$1,');
  await writeFile(manifest, spoilt);
  for (const args of [['all', '--dry-run'], ['report'], ['all']]) {
    const { status, stderr } = await afterglow(args, { folder });
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^\[!\] [^\n]*in row 2 [^\n]*seed is "3E\+00"/m),
    });
  }
  expect(await readFile(manifest, 'utf8')).toBe(text);
  expect(await readFile(`${manifest}.bak`, 'utf8')).toBe(spoilt);
  expect(await digests(join(folder, EXPORT))).toMatchObject(made);
});

it('brings back what was lost before a run of something else', async () => {
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace(/,3,(\d+\.\d+\.\d+),/, ',3E+00,$1,').replace(/,pad,/, ',wave,'));
  await afterglow(['make-clouds'], { folder });
  expect(await readFile(manifest, 'utf8')).not.toBe(text);
  const foretold = await afterglow(['all', '--dry-run'], { folder });
  expect(foretold.stderr).not.toContain('3 of 3 sources up to date');
  await afterglow(['all'], { folder });
  expect(await readFile(manifest, 'utf8')).toBe(text);
  const { stdout } = await afterglow(['all'], { folder });
  expect(stdout).toMatch(/^Nothing to make: /);
  expect(await digests(join(folder, EXPORT))).toMatchObject(made);
});

it('honours a curation.json that an editor saved with a byte order mark, or as UTF-16', async () => {
  const [texture] = Object.keys(made).filter((path) => path.includes('/pads/'));
  const decided = JSON.stringify({ version: 1, textures: { [texture]: { decision: 'reject' } } });
  for (const encoding of ['utf8', 'utf16le'] as const) {
    await writeFile(join(folder, EXPORT, 'curation.json'), `\ufeff${decided}`, encoding);
    const { status, stderr } = await afterglow(['curate', '--force', '--top', '100'], { folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('✗') });
    const selection = await readFile(join(folder, EXPORT, '_curated/selection.json'), 'utf8');
    expect(selection).toContain('/pads/');
    expect(selection).not.toContain(texture);
  }
});
