import { existsSync } from 'node:fs';
import { appendFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { type Helpers, withHelpers } from '../../src/engine/helpers.ts';
import { embedTextures } from '../../src/palette/embeddings.ts';
import { openPalette, type Palette } from '../../src/palette/palette.ts';
import { writeReport } from '../../src/palette/report.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { type MadeTexture, madeExport } from './made-export.ts';

const textures = ['a', 'b', 'c'].map(
  (source): MadeTexture => ({
    family: 'pad',
    source,
    sampleRate: 44_100,
    bitDepth: 16,
    channelCount: 2,
    seconds: 0.5,
    loops: true,
  }),
);

let exportFolder: string;
let palette: Palette;
let file: string;

beforeAll(async () => {
  exportFolder = (await madeExport(textures)).exportFolder;
  palette = await openPalette(nodePlatform, exportFolder);
  file = join(exportFolder, '.afterglow-impressions');
});

/** Does work with helpers that note the jobs they do. @returns these, in order of name */
async function jobsOf(work: (helpers: Helpers) => Promise<unknown>): Promise<string[]> {
  const done: string[] = [];
  await withHelpers(nodePlatform, { jobs: 1 }, (own) => {
    const run: Helpers['run'] = (job, input) => {
      done.push(job);
      return own.run(job, input);
    };
    return work({ ...own, run });
  });
  return done.sort();
}

async function embedded(keeps = true, ofTextures = palette.textures) {
  let byPath: [string, Float32Array][] = [];
  const made = await jobsOf(async (helpers) => {
    const found = await embedTextures(nodePlatform, palette, ofTextures, { helpers, keeps });
    byPath = [...found.byPath].sort();
  });
  return { byPath, made: made.length };
}

it('makes impressions once, and gives the same from its file', async () => {
  const unkept = await embedded(false);
  expect(existsSync(file)).toBe(false);
  const first = await embedded();
  const second = await embedded();
  expect([unkept.made, first.made, second.made]).toEqual([3, 3, 0]);
  expect(first.byPath).toEqual(unkept.byPath);
  expect(second.byPath).toEqual(first.byPath);
  // What docs/CURATION.md says of its size.
  expect((await stat(file)).size).toBeLessThan(3 * 6000);
});

it('makes again what is damaged, or of a file that was changed', async () => {
  const before = await embedded();
  const bytes = await readFile(file);
  bytes[bytes.indexOf('embedding ') + 100] ^= 1;
  await writeFile(file, bytes);
  const mended = await embedded();
  expect(mended.made).toBe(1);
  expect(mended.byPath).toEqual(before.byPath);
  await writeFile(file, 'something else\n');
  expect((await embedded()).made).toBe(3);
  expect((await embedded()).made).toBe(0);
  await appendFile(palette.textures[0].file, 'more');
  expect((await embedded()).made).toBe(1);
});

it('tells a loop from a sound of the same bytes that plays once', async () => {
  await embedded();
  const once = palette.textures.map((texture) => ({ ...texture, isLoop: false }));
  expect((await embedded(true, once)).made).toBe(3);
  expect([(await embedded(true, once)).made, (await embedded()).made]).toEqual([0, 0]);
});

it('is not written for a report where the export lies outside the root', async () => {
  await rm(file, { force: true });
  const root = (await madeExport([textures[0]])).exportFolder;
  await writeReport(nodePlatform, { exportFolder, path: join(root, 'report.html'), root, previews: 'small' });
  expect(existsSync(file)).toBe(false);
});

it('writes the same page with what is kept as without', async () => {
  const pageWith = async () => {
    const path = join(exportFolder, 'report.html');
    const made = await jobsOf((helpers) =>
      writeReport(nodePlatform, { exportFolder, path, root: exportFolder, previews: 'small', helpers }),
    );
    return { page: await readFile(path, 'utf8'), made };
  };
  await writeFile(file, '');
  const first = await pageWith();
  const second = await pageWith();
  expect(first.made).toEqual(['impress', 'impress', 'impress', 'preview', 'preview', 'preview']);
  expect(second.made).toEqual([]);
  expect(second.page).toBe(first.page);
});
