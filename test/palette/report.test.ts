import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ManifestColumn } from '../../src/archive/manifest-row.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { writeReport } from '../../src/palette/report.ts';
import { selectionText } from '../../src/palette/selection.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import type { Sheet } from '../../src/report/page/contract.ts';
import { unpackSheet } from '../../src/report/page/sheet.ts';
import { titleOf } from '../../src/report/title.ts';
import { demoExport } from './demo-export.ts';

let folder: string;
let exportFolder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-report-'));
  exportFolder = join(folder, 'my export');
  await cp((await demoExport()).exportFolder, exportFolder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

const make = (name = 'report.html', previews: 'none' | 'small' | 'full' = 'small') =>
  writeReport(nodePlatform, { exportFolder, path: join(exportFolder, name), root: exportFolder, previews });

async function sheetIn(name: string): Promise<Sheet> {
  const html = await readFile(join(exportFolder, name), 'utf8');
  return unpackSheet(JSON.parse(/id="sheet">(.*?)<\/script>/s.exec(html)?.[1] ?? ''));
}

describe('the report of an export', () => {
  it('holds every texture, with a way to its file', async () => {
    const result = await make();
    const { textures } = await openPalette(nodePlatform, exportFolder);
    expect(result).toMatchObject({ textures: textures.length, failed: [] });
    const sheet = await sheetIn('report.html');
    expect(sheet.textures.map(({ path }) => path)).toEqual(textures.map(({ path }) => path));
    for (const [i, { href, preview, durationSec, title, figures }] of sheet.textures.entries()) {
      expect(durationSec).toBe(textures[i].durationSec);
      expect(title).toBe(
        titleOf(
          textures[i].name,
          textures[i].source,
          FAMILIES.map(({ id }) => id),
        ).title,
      );
      expect(figures).toEqual(sheet.columns.map((column) => textures[i].row[column as ManifestColumn]));
      expect(existsSync(new URL(href, `file://${exportFolder.replaceAll(' ', '%20')}/`))).toBe(true);
      expect(preview?.channelCount).toBe(1);
    }
    const text = await readFile(join(exportFolder, 'report.html'), 'utf8');
    expect(text).not.toContain(folder);
  });

  it('is the same for the same export, made again over itself', async () => {
    const before = await readFile(join(exportFolder, 'report.html'));
    await make();
    expect(before.equals(await readFile(join(exportFolder, 'report.html')))).toBe(true);
  });

  it('carries as much sound as is asked for', async () => {
    const [none, small, full] = [
      await make('none.html', 'none'),
      await make('small.html', 'small'),
      await make('full.html', 'full'),
    ].map(({ bytes }) => bytes);
    expect(none).toBeLessThan(small / 3);
    expect(full).toBeGreaterThan(2 * small);
    expect((await sheetIn('none.html')).textures.every(({ preview }) => preview === null)).toBe(true);
    expect((await sheetIn('full.html')).textures.some(({ preview }) => preview?.channelCount === 2)).toBe(
      true,
    );
  });

  it('marks what was chosen, and reaches files from another folder', async () => {
    const { textures } = await openPalette(nodePlatform, exportFolder);
    await mkdir(join(exportFolder, '_curated'));
    const selection = selectionText({
      version: 1,
      engine_version: '1',
      textures: [{ path: textures[3].path, family: textures[3].family, rank: 1, quality: 1, novelty: null }],
    });
    await writeFile(join(exportFolder, '_curated', 'selection.json'), selection);
    await make('_curated/sheet.html', 'none');
    const { textures: shown } = await sheetIn('_curated/sheet.html');
    expect(shown.map(({ rank }) => rank)).toEqual(textures.map((_, i) => (i === 3 ? 1 : null)));
    expect(shown[0].href).toMatch(/^\.\/\.\.\//);
  });

  it('leaves other files alone, and writes nothing outside the export folder', async () => {
    await expect(make('manifest.csv')).rejects.toThrow(/is no report of afterglow/);
    await expect(make('../report.html')).rejects.toThrow(/lies outside the export folder/);
    await expect(
      writeReport(nodePlatform, {
        exportFolder: folder,
        path: join(folder, 'r.html'),
        root: folder,
        previews: 'none',
      }),
    ).rejects.toThrow(/holds no manifest/);
  });

  it('writes nothing once it is stopped', async () => {
    const stop = new AbortController();
    const path = join(exportFolder, 'stopped.html');
    const onProgress = (done: number) => {
      if (done === 2) stop.abort();
    };
    const { signal } = stop;
    await expect(
      writeReport(nodePlatform, {
        exportFolder,
        path,
        root: exportFolder,
        previews: 'none',
        signal,
        onProgress,
      }),
    ).rejects.toThrow(/abort/);
    expect(existsSync(path)).toBe(false);
  });

  it('tells which textures it could not read, and shows the others', async () => {
    const { textures } = await openPalette(nodePlatform, exportFolder);
    await truncate(textures[0].file, 10);
    const { failed, textures: shown } = await make('torn.html', 'none');
    expect(failed.map(({ path }) => path)).toEqual([textures[0].path]);
    expect(shown).toBe(textures.length - 1);
  });
});
