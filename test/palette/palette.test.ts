import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { noteName, noteNumber } from '../../src/curation/note-names.ts';
import { openPalette, readTexture } from '../../src/palette/palette.ts';
import { readSelection, selectionText } from '../../src/palette/selection.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { demoExport } from './demo-export.ts';
import { madeExport } from './made-export.ts';

const folder = await mkdtemp(join(tmpdir(), 'afterglow-palette-'));
afterAll(() => rm(folder, { recursive: true }));

it('tells of every texture what its row says, sorted by path', async () => {
  const { exportFolder, made } = await demoExport();
  const palette = await openPalette(nodePlatform, exportFolder);
  expect(palette.textures.map(({ path }) => path)).toEqual([...made].sort());
  for (const texture of palette.textures) {
    const sound = await readTexture(nodePlatform, texture);
    expect(sound.channels).toHaveLength(texture.channelCount);
    expect(sound.channels[0].length / sound.sampleRate).toBeCloseTo(texture.durationSec, 5);
    expect(texture.isLoop).toBe(texture.row.loop_start === '0');
    if (texture.root) expect(noteName(texture.root.note)).toBe(texture.row.root_note);
  }
  expect(palette.textures.some(({ isLoop }) => !isLoop)).toBe(true);
  expect(palette.textures.some(({ root }) => root)).toBe(true);
});

it('reads what a row does not say of its form from the file', async () => {
  const texture = { family: 'pad', source: 'song', bitDepth: 24, loops: true, seconds: 0.5 } as const;
  const { exportFolder, paths } = await madeExport([
    { ...texture, sampleRate: 48_000, channelCount: 2 },
    { ...texture, sampleRate: 48_000, channelCount: 2 },
  ]);
  const manifest = join(exportFolder, 'manifest.csv');
  const text = await readFile(manifest, 'utf8');
  const spoilt = text
    .split('\r\n')
    .map((line, i) => (i === 1 ? line.replace(',48000,', ',NaN,').replace(/,0\.5\d*,/, ',,') : line));
  await writeFile(manifest, spoilt.join('\r\n'));
  const { textures, faults } = await openPalette(nodePlatform, exportFolder);
  expect(faults).toMatchObject([{ column: 'sample_rate', cell: 'NaN' }]);
  const form = { sampleRate: 48_000, channelCount: 2, durationSec: expect.closeTo(0.5, 3) };
  expect(textures).toMatchObject(paths.map((path) => ({ path, ...form })));
});

it('says that nothing was excavated where there is no manifest', async () => {
  await expect(openPalette(nodePlatform, folder)).rejects.toThrow(/holds no manifest\.csv.*afterglow all/);
});

it('reads the selections it writes, and refuses what is none', async () => {
  const path = join(folder, 'selection.json');
  const selection = {
    version: 1 as const,
    engine_version: '1',
    textures: [{ path: 'a/pads/a.wav', family: 'pad' as const, rank: 1, quality: 0.9, novelty: null }],
  };
  await writeFile(path, selectionText(selection));
  expect(await readSelection(nodePlatform, path)).toEqual(selection);
  for (const text of ['', '[]', '{"version":2}', selectionText(selection).replace('"pad"', '"song"')]) {
    await writeFile(path, text);
    await expect(readSelection(nodePlatform, path)).rejects.toThrow(/is no selection.*curate/);
  }
  await expect(readSelection(nodePlatform, join(folder, 'none.json'))).rejects.toThrow(/none\.json/);
});

it('reads note names as it writes them', () => {
  for (let note = 0; note < 128; note++) expect(noteNumber(noteName(note))).toBe(note);
  for (const name of ['', 'H2', 'C', 'Cb4', 'c4', '4']) expect(noteNumber(name)).toBeNull();
});
