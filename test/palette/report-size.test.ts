/** A page has a size that it does not pass, whatever the export holds. */
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { MANIFEST_COLUMNS, type ManifestRow } from '../../src/archive/manifest-row.ts';
import type { FamilyId } from '../../src/families/family.ts';
import { openPalette, type Palette } from '../../src/palette/palette.ts';
import { writeReport } from '../../src/palette/report.ts';
import { packedSheet, rowsWithin, sheetBytes } from '../../src/palette/report-sheet.ts';
import { selectionText } from '../../src/palette/selection.ts';
import { byWorth, type Worth } from '../../src/palette/worth.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { rowBytes } from '../../src/report/byte-budget.ts';
import { fromBase64 } from '../../src/report/page/base64.ts';
import { REDUCED_BYTES } from '../../src/report/page/overview.ts';
import { unpackSheet } from '../../src/report/page/sheet.ts';
import { type MadeTexture, madeExport } from './made-export.ts';

const FAMILIES: readonly FamilyId[] = ['pad', 'drone', 'swell', 'drum'];
const TEXTURE = { sampleRate: 44_100, bitDepth: 16, channelCount: 1, seconds: 0.4 } as const;

/** Ten of each family, of which the later ones are worse; two of each are chosen, not the best. */
const textures: MadeTexture[] = Array.from({ length: 40 }, (_, i) => ({
  ...TEXTURE,
  family: FAMILIES[i % 4],
  source: `song${i % 3}`,
  loops: i % 4 < 2,
  grade: i < 28 ? 'A' : 'F',
}));
const CHOSEN = [31, 30, 29, 28, 35, 34, 33, 32];

describe('a page of 40 textures', () => {
  let exportFolder: string;
  let paths: string[];

  beforeAll(async () => {
    ({ exportFolder, paths } = await madeExport(textures));
    await mkdir(join(exportFolder, '_curated'));
    const chosen = CHOSEN.map((place, i) => {
      const family = FAMILIES[place % 4];
      return { path: paths[place], family, rank: 1 + Math.floor(i / 4), quality: 1, novelty: null };
    });
    const text = selectionText({ version: 1, engine_version: '1', textures: chosen });
    await writeFile(join(exportFolder, '_curated/selection.json'), text);
  });

  async function made(mostBytes: number, previews: 'none' | 'small' | 'full' = 'small') {
    const path = join(exportFolder, 'report.html');
    const result = await writeReport(nodePlatform, {
      exportFolder,
      path,
      root: exportFolder,
      previews,
      mostBytes,
      jobs: 1,
    });
    const html = await readFile(path, 'utf8');
    const block = (id: string) => new RegExp(`id="${id}">([^<]*)<`).exec(html)?.[1] ?? null;
    const sheet = unpackSheet(JSON.parse(block('sheet') ?? ''));
    const pictures = sheet.textures.map((_, place) => {
      const text = block(`overview-${place}`);
      return text === null ? 0 : fromBase64(text).length;
    });
    for (const [place, { preview }] of sheet.textures.entries()) {
      expect(block(`preview-${place}`) !== null).toBe(preview !== null);
    }
    const heard = sheet.textures.filter(({ preview }) => preview).map(({ path }) => path);
    return { result, html, sheet, pictures, heard };
  }

  it.each([
    [110, 'small'],
    [180, 'small'],
    [260, 'small'],
    [260, 'full'],
    [260, 'none'],
  ] as const)('is at most %i kB, and near to it: %s', async (kB, previews) => {
    const { result, html } = await made(1000 * kB, previews);
    expect(Buffer.byteLength(html)).toBe(result.bytes);
    expect(result.bytes).toBeLessThanOrEqual(1000 * kB);
    expect(result.bytes).toBeGreaterThan(1000 * kB - 18_000);
  });

  it('holds all where all has room', async () => {
    const { result, pictures } = await made(25_000_000);
    expect(result).toMatchObject({ textures: 40, all: 40, pictures: 40, sounds: 40 });
    expect(pictures.every((length) => length > REDUCED_BYTES)).toBe(true);
  });

  it('carries the sound of what was chosen first, then of the best of each family; the others have light pictures', async () => {
    const { heard, pictures, sheet, result } = await made(280_000);
    expect(heard).toEqual(expect.arrayContaining(CHOSEN.map((place) => paths[place])));
    const others = heard.filter((path) => !CHOSEN.some((place) => paths[place] === path));
    expect(others.length).toBeGreaterThan(3);
    // Those after the 28th are graded F.
    expect(others.every((path) => paths.indexOf(path) < 28)).toBe(true);
    expect(result).toMatchObject({ textures: 40, pictures: 40, sounds: heard.length });
    expect(pictures.every((length, i) => length === REDUCED_BYTES || sheet.textures[i].preview)).toBe(true);
  });

  it('takes the families in turn where not even what was chosen has room', async () => {
    const places: number[][] = [];
    for (let kB = 110; places.at(-1)?.length !== CHOSEN.length; kB += 6) {
      const { heard } = await made(1000 * kB);
      places.push(heard.map((path) => CHOSEN.indexOf(paths.indexOf(path))).sort((a, b) => a - b));
    }
    expect(places.length).toBeGreaterThan(2);
    // The second of a family is not heard before the first of every other.
    const early = places.filter((heard) => heard.some((turn) => turn >= 4) && heard[3] !== 3);
    expect(early).toEqual([]);
    expect(places.some((heard) => heard.length > 0 && heard.length < CHOSEN.length)).toBe(true);
  });

  it('says how many it does not list where rows alone are too much', async () => {
    const { html } = await made(25_000_000, 'none');
    const rows = Buffer.byteLength(/id="sheet">.*/.exec(html)?.[0] ?? '');
    const frame = Buffer.byteLength(html.replace(/<script type="(text|application).*/g, ''));
    const limit = Math.round(frame + 1.2 * rows);
    const { result, sheet } = await made(limit);
    expect(result.bytes).toBeLessThanOrEqual(limit);
    expect(sheet.textures.length).toBe(result.textures);
    expect(result.textures).toBeGreaterThan(5);
    expect(result.textures).toBeLessThan(30);
    expect(sheet.unlisted).toBe(40 - result.textures);
    expect(sheet.textures.filter(({ rank }) => rank !== null)).toHaveLength(CHOSEN.length);
  });

  it('is the same page again', async () => {
    expect((await made(200_000)).html).toBe((await made(200_000)).html);
  });

  it('reads nothing that has no room', async () => {
    const worst = (await byWorth(nodePlatform, await openPalette(nodePlatform, exportFolder))).at(
      -1,
    )?.texture;
    await truncate(worst?.file ?? '', 10);
    const { html } = await made(25_000_000, 'none');
    const frame = Buffer.byteLength(html.replace(/id="overview.*/g, ''));
    const { result } = await made(frame + 14_000);
    expect(result).toMatchObject({ textures: 40, failed: [] });
    expect(result.pictures).toBeLessThan(30);
    expect((await made(25_000_000)).result.failed).toHaveLength(1);
  });
});

describe('rows of 25,000 textures', () => {
  it('have room in half of 25 MB; of 60,000 as many as have', async () => {
    const palette = await openPalette(nodePlatform, (await madeExport(textures.slice(0, 2))).exportFolder);
    const worths = worthsOf(palette, 60_000);
    const path = '/elsewhere/report.html';
    expect(sheetBytes(packedSheet(palette, path, unheard(worths.slice(0, 25_000)), 0))).toBeLessThan(
      12_500_000,
    );
    const count = rowsWithin(palette, path, worths, rowBytes(25_000_000));
    expect(count).toBeGreaterThan(25_000);
    expect(count).toBeLessThan(60_000);
    expect(sheetBytes(packedSheet(palette, path, unheard(worths.slice(0, count)), 0))).toBeLessThan(
      12_500_000,
    );
  });
});

const unheard = (worths: readonly Worth[]) => worths.map((worth) => ({ ...worth, shape: 0 as const }));

/** A row with every figure filled in, as long as those of the engine; 100 textures a source. */
function worthsOf({ textures: [texture] }: Palette, count: number): Worth[] {
  return Array.from({ length: count }, (_, i) => {
    const source = `a_song_of_some_name_${Math.floor(i / 100)}`;
    const ofEach = {
      ...{ source, type: 'pad', source_path: `source_audio/${source}.wav`, variant: 'dark' },
      ...{ grade: 'A', engine_version: '1.0.0', making: 'pads', settings: '0123456789abcdef', seed: '1' },
      ...{ source_sha256: source.padEnd(64, '0'), channels: '2', sample_rate: '44100', bit_depth: '24' },
    };
    const figures = MANIFEST_COLUMNS.map((column) => [column, (((i * 7919) % 99_991) / 1000).toFixed(3)]);
    const path = `${source}/pads/${source}_pad${i % 100}_dark.wav`;
    const row = { ...Object.fromEntries(figures), ...ofEach, made_of: '', path } as ManifestRow;
    return { texture: { ...texture, path, row }, rank: null, quality: 0.5 };
  });
}
