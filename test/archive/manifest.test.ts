import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalPath, keepRow, promiseRow } from '../../src/archive/journal.ts';
import { listedRows, manifestPath, settleManifest } from '../../src/archive/manifest.ts';
import { manifestFromCsv, manifestToCsv } from '../../src/archive/manifest-csv.ts';
import { MANIFEST_COLUMNS, type ManifestRow, manifestRow } from '../../src/archive/manifest-row.ts';
import { FileSystemError, NotAllowedError } from '../../src/errors.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { sha256Of } from '../../src/platform/sha256.ts';

const REFERENCE_COLUMNS =
  'filename,source,type,duration_sec,rms_db,peak,crest_factor,centroid_hz,est_freq_hz,loop_error_db,brightness,detected_key,detected_bpm,grade,saved';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-manifest-'));
});
afterEach(() => rm(folder, { recursive: true }));

const row = (path: string, source = 'song') => manifestRow({ path, source });

async function putFile(path: string, content = path): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

/** Promise, file, note: what a worker does for one texture. */
async function make(path: string, source?: string, content = path): Promise<void> {
  await promiseRow(nodePlatform, folder, row(path, source), sha256Of(content));
  await putFile(path, content);
  await keepRow(nodePlatform, folder, path);
}

async function settledPaths(): Promise<string[]> {
  return (await settleManifest(nodePlatform, folder, folder)).rows.map(({ path }) => path).sort();
}

describe('manifest text', () => {
  it('begins with the columns of the Python program, in its order', () => {
    expect(manifestToCsv([])).toMatch(new RegExp(`^${REFERENCE_COLUMNS},path,source_path,`));
  });

  it('gives back any text that stands in a cell', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^['=+\-@\t\r\n",]{0,6}$/));
    fc.assert(
      fc.property(cell, cell, (source, reasons) => {
        const written = manifestRow({ path: 'a.wav', source, grade_reasons: reasons });
        expect(manifestFromCsv(manifestToCsv([written])).rows).toEqual([written]);
      }),
    );
  });

  it('leaves no cell that a spreadsheet runs as a formula', () => {
    const text = manifestToCsv([
      manifestRow({ path: '=HYPERLINK("http://x")', source: '@a', rms_db: -12.5 }),
    ]);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(text).toContain(`,'@a,`);
    expect(text).toContain(',-12.50,');
  });

  it('sorts by path and prints figures with fixed precision', () => {
    const text = manifestToCsv([
      manifestRow({ path: 'b.wav', peak: 0.1 + 0.2, dc_offset: -1e-12 }),
      manifestRow({ path: 'a.wav', peak: Number.NaN, seed: 7 }),
    ]);
    const [first, second] = manifestFromCsv(text).rows;
    expect([first.path, first.peak, first.seed]).toEqual(['a.wav', '', '7']);
    expect([second.path, second.peak, second.dc_offset]).toEqual(['b.wav', '0.300000', '0.0000000']);
  });

  it('reads a manifest of an older version, whose later columns are missing', () => {
    expect(manifestFromCsv('filename,path\r\na.wav,x/a.wav\r\n').rows).toEqual([
      manifestRow({ filename: 'a.wav', path: 'x/a.wav' }),
    ]);
  });
});

describe('settleManifest', () => {
  it('writes nothing where nothing was made', async () => {
    expect(await settledPaths()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes the journal in and removes it', async () => {
    await make('s/pads/b.wav');
    await make('s/pads/a.wav');
    expect(await settledPaths()).toEqual(['s/pads/a.wav', 's/pads/b.wav']);
    expect((await readdir(folder)).sort()).toEqual(['manifest.csv', 's']);
  });

  it('merges runs: rows stay until their file is replaced or gone', async () => {
    for (const path of ['kept.wav', 'replaced.wav', 'gone.wav']) await make(path, 'first');
    await settleManifest(nodePlatform, folder, folder);
    await rm(join(folder, 'gone.wav'));
    await make('replaced.wav', 'second', 'other bytes');
    await make('new.wav', 'second');
    const { rows } = await settleManifest(nodePlatform, folder, folder);
    expect(Object.fromEntries(rows.map(({ path, source }) => [path, source]))).toEqual({
      'kept.wav': 'first',
      'replaced.wav': 'second',
      'new.wav': 'second',
    });
  });

  it('tells by the bytes on which side of the rename a killed run stopped', async () => {
    for (const path of ['before.wav', 'after.wav']) await make(path, 'first', 'old bytes');
    await settleManifest(nodePlatform, folder, folder);
    for (const path of ['before.wav', 'after.wav', 'never.wav']) {
      await promiseRow(nodePlatform, folder, row(path, 'second'), sha256Of('new bytes'));
    }
    await putFile('after.wav', 'new bytes');
    const { rows } = await settleManifest(nodePlatform, folder, folder);
    expect(Object.fromEntries(rows.map(({ path, source }) => [path, source]))).toEqual({
      'before.wav': 'first',
      'after.wav': 'second',
    });
  });

  it('reads a journal whose last line is torn', async () => {
    await make('a.wav');
    await appendFile(journalPath(folder), '{"row":{"path":"b.wav","fil');
    expect(await settledPaths()).toEqual(['a.wav']);
  });

  it('loses no line behind one that is torn', async () => {
    await appendFile(journalPath(folder), '{"row":{"path":"b.wav","fil');
    await make('a.wav');
    await appendFile(journalPath(folder), '{"kept":"a');
    await make('c.wav');
    expect(await settledPaths()).toEqual(['a.wav', 'c.wav']);
  });

  it.skipIf(process.platform === 'win32').each(['outside.jsonl', 'gone.jsonl'])(
    'never writes its journal through a link: %s',
    async (name) => {
      const elsewhere = await mkdtemp(join(tmpdir(), 'afterglow-elsewhere-'));
      await writeFile(join(elsewhere, 'outside.jsonl'), '');
      await symlink(join(elsewhere, name), journalPath(folder));
      const promising = promiseRow(nodePlatform, folder, row('a.wav'), sha256Of('a'));
      await expect(promising).rejects.toThrow(NotAllowedError);
      await expect(promising).rejects.toThrow(/journal\.jsonl” is a link[^\n]*remove it\.$/);
      expect(await readdir(elsewhere)).toEqual(['outside.jsonl']);
      expect(await readFile(join(elsewhere, 'outside.jsonl'), 'utf8')).toBe('');
      await rm(elsewhere, { recursive: true });
    },
  );

  it.each([
    ['foreign', () => 'name,size\r\nx,1\r\n'],
    ['no table', () => 'PK\u0003\u0004 a spreadsheet'],
    ['empty', () => ''],
  ])('sets a manifest aside that is %s, and says so in one sentence', async (_, other) => {
    await make('a.wav');
    await settleManifest(nodePlatform, folder, folder);
    const spoilt = other();
    await writeFile(manifestPath(folder), spoilt);
    await writeFile(`${manifestPath(folder)}.bak`, 'an older one');
    await make('b.wav');
    const { rows, setAside } = await settleManifest(nodePlatform, folder, folder);
    expect(rows.map(({ path }) => path)).toEqual(['b.wav']);
    expect(setAside).toMatchObject({
      code: 'manifest-set-aside',
      why: expect.stringMatching(/^[^\n]*[^.\n]$/),
    });
    expect(await readFile(`${manifestPath(folder)}.bak2`, 'utf8')).toBe(spoilt);
    expect(await readFile(`${manifestPath(folder)}.bak`, 'utf8')).toBe('an older one');
  });

  it.each([
    ['manifest', manifestPath],
    ['journal', journalPath],
  ])('says in a sentence that a %s which is a folder cannot be read', async (_, pathIn) => {
    await mkdir(pathIn(folder));
    await expect(settleManifest(nodePlatform, folder, folder)).rejects.toThrow(FileSystemError);
  });

  it('sets a manifest aside under a name that no folder has either', async () => {
    await writeFile(manifestPath(folder), 'not ours');
    await mkdir(`${manifestPath(folder)}.bak`);
    const { setAside } = await settleManifest(nodePlatform, folder, folder);
    expect(setAside!.aside).toContain('manifest.csv.bak2');
    expect(await readFile(`${manifestPath(folder)}.bak2`, 'utf8')).toBe('not ours');
  });

  it('gives the same bytes whatever order the work was done in', async () => {
    const paths = ['c.wav', 'a.wav', 'b.wav'];
    for (const path of paths) await make(path);
    await settleManifest(nodePlatform, folder, folder);
    const first = await readFile(manifestPath(folder));
    await rm(manifestPath(folder));
    for (const path of paths.reverse()) await make(path);
    await settleManifest(nodePlatform, folder, folder);
    expect(await readFile(manifestPath(folder))).toEqual(first);
  });
});

it('has a printed cell for every column', () => {
  const complete: ManifestRow = row('a.wav');
  expect(Object.keys(complete)).toEqual(MANIFEST_COLUMNS);
});

describe('a manifest that is asked for again', () => {
  const rowOf = async (path: string) => (await listedRows(nodePlatform, folder))?.get(path);

  it('is not parsed again while its bytes are the same', async () => {
    await make('a.wav');
    await settledPaths();
    const first = await rowOf('a.wav');
    expect(first).toBeDefined();
    expect(await rowOf('a.wav')).toBe(first);
    const text = await readFile(manifestPath(folder), 'utf8');
    await writeFile(manifestPath(folder), text.replace('song', 'sang'));
    expect(await rowOf('a.wav')).toMatchObject({ source: 'sang' });
  });
});
