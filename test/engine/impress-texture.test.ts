import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stampOf } from '../../src/archive/stamp.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { impressionKey, makeImpression } from '../../src/engine/impression.ts';
import { openImpressionFile } from '../../src/engine/impression-file.ts';
import { plan } from '../../src/engine/plan.ts';
import { run } from '../../src/engine/run.ts';
import type { PhaseId } from '../../src/families/family.ts';
import { embedTextures } from '../../src/palette/embeddings.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { beat, chords, SMALL_CONFIG, wav } from '../end-to-end/afterglow.ts';

const folder = await mkdtemp(join(tmpdir(), 'afterglow-impress-'));
afterAll(() => rm(folder, { recursive: true }));

beforeAll(async () => {
  for (const name of ['pad_sources', 'drums']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'pad_sources/choir.wav'), wav(chords([60], 2.5, 44_100)));
  await writeFile(join(folder, 'drums/beat.wav'), wav(beat(1, 22_050), 16));
});

/** Makes hits, or pads and swells: loops and what plays once. @returns the export folder */
async function made(
  name: string,
  impresses: boolean,
  bitDepth = 16,
  phase: PhaseId = 'mine-drums',
): Promise<string> {
  const small = SMALL_CONFIG.replace('global: {', `global: { output_bit_depth: ${bitDepth},`);
  const config = `paths: { export_dir: ${name} }\n${small}`;
  const { settings } = parseConfig(config, 'config.yaml');
  const planned = await plan(nodePlatform, { projectFolder: folder, settings, seed: 3, phases: [phase] });
  await run(nodePlatform, planned, { jobs: 0, impresses });
  return planned.exportFolder;
}

// Dither makes another sound of 16 bits, and rounding one of 24.
it.each([16, 24])('is that of the file, to the bit: %i bits', async (bitDepth) => {
  const exportFolder = await made(`export${bitDepth}`, true, bitDepth, 'make-drones');
  const { textures } = await openPalette(nodePlatform, exportFolder);
  const file = await openImpressionFile(nodePlatform, exportFolder, false, () => true);
  expect(new Set(textures.map(({ isLoop }) => isLoop)).size).toBe(2);
  for (const { path, file: texture, isLoop } of textures) {
    const ofFile = await makeImpression(nodePlatform, { file: texture, isLoop });
    const { sha256, stamp } = file.noted(path)!;
    expect(stamp).toBe((await stampOf(nodePlatform, texture))!.text);
    const key = impressionKey(sha256, isLoop);
    const { picture, shapes } = (await file.picture(key))!;
    const kept = { sha256, key, embedding: file.embedding(key), picture, shapes };
    expect(kept).toEqual({ ...ofFile, sha256, stamp: undefined });
    expect(ofFile).toMatchObject({ sha256 });
  }
  await file.close();
});

it('is not made again, and none is made where it is not asked for', async () => {
  const exportFolder = join(folder, 'export16');
  const path = join(exportFolder, '.afterglow-impressions');
  const before = await readFile(path);
  const palette = await openPalette(nodePlatform, exportFolder);
  const { byPath } = await embedTextures(nodePlatform, palette, palette.textures);
  expect(byPath.size).toBe(palette.textures.length);
  expect(await readFile(path)).toEqual(before);
  expect(existsSync(join(await made('plain', false), '.afterglow-impressions'))).toBe(false);
});

it('makes room for itself where another engine kept its own', async () => {
  const exportFolder = join(folder, 'after-another');
  await mkdir(exportFolder);
  const path = join(exportFolder, '.afterglow-impressions');
  await writeFile(path, 'afterglow impressions 1 of another\n');
  await made('after-another', true);
  const { textures } = await openPalette(nodePlatform, exportFolder);
  const file = await openImpressionFile(nodePlatform, exportFolder, false, () => true);
  expect(
    textures.every(({ path, isLoop }) => file.has(impressionKey(file.noted(path)?.sha256 ?? '', isLoop))),
  ).toBe(true);
  await file.close();
});
