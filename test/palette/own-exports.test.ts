/** What this engine made is never mined, wherever it lies. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discover } from '../../src/archive/discover.ts';
import { ownFolder } from '../../src/archive/own-folder.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { plan } from '../../src/engine/plan.ts';
import { batch } from '../../src/palette/batch.ts';
import type { BatchListener } from '../../src/palette/batch-request.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const input = await mkdtemp(join(tmpdir(), 'afterglow-own-'));
afterAll(() => rm(input, { recursive: true }));
const { settings } = parseConfig(
  `
global: { sample_rate: 8000, output_bit_depth: 16 }
hiss: { bandpass_low_hz: 300, bandpass_high_hz: 3800, loop_duration_sec: 0.4, hiss_loops_per_source: 1, flicker_count: 3 }
`,
  'config.yaml',
);
const quiet: BatchListener = {
  expects() {},
  planned: () => () => {},
  stepStarted() {},
  progress() {},
  stepEnded() {},
};
const exportFolder = join(input, 'export/DIG1');

/** A batch into a folder of the archive itself, and copies of all that it made beside the songs. */
beforeAll(async () => {
  const fixture = new URL('../engine/fixtures/export-0.1.0/drums', import.meta.url);
  await cp(fixture, join(input, 'bounces'), { recursive: true });
  await batch(
    nodePlatform,
    {
      ...{ input, exportFolder, exportRoot: exportFolder, project: 'DIG1', profiles: ['m8'], settings },
      ...{ seed: 7, anySeed: false, run: { jobs: 0 }, force: false },
    },
    quiet,
  );
  const copies = { usb: '_kits/DIG1_M8', instruments: '_kits/DIG1', best: '_curated' };
  for (const [name, made] of Object.entries(copies)) {
    await cp(join(exportFolder, made), join(input, 'mixed', name), { recursive: true });
  }
});

describe('what this engine made', () => {
  it('is passed by, each folder with a word', async () => {
    const { files, unread } = await discover(nodePlatform, input, { exclude: join(input, 'export/DIG2') });
    expect(files.map(({ path }) => path)).toEqual([join(input, 'bounces/take.wav')]);
    expect(unread.map(({ path, reason }) => [path.slice(input.length + 1), reason])).toEqual([
      ['export/DIG1', { code: 'made-here', what: 'export' }],
      ['mixed/best', { code: 'made-here', what: 'selection' }],
      ['mixed/instruments', { code: 'made-here', what: 'instruments' }],
      ['mixed/usb', { code: 'made-here', what: 'kit' }],
    ]);
  });

  it('is no source of a second project in the same folder', async () => {
    const paths = { ...settings.paths, drums_dir: '.', export_dir: 'export/DIG2' };
    const { tasks, unread } = await plan(nodePlatform, {
      ...{ projectFolder: input, settings: { ...settings, paths }, seed: 1, phases: ['make-hiss'] },
    });
    expect(tasks.map(({ source }) => source)).toEqual(['bounces/take.wav']);
    expect(unread).toHaveLength(4);
  });

  it.each(['export/DIG1', 'export/DIG1/take/drums', 'mixed/usb'])(
    'is no archive for a batch: %s',
    async (folder) => {
      const elsewhere = join(input, 'export/DIG3');
      const request = {
        ...{ input: join(input, folder), exportFolder: elsewhere, exportRoot: elsewhere, project: 'DIG3' },
        ...{ profiles: [], settings, seed: 7, anySeed: false, run: { jobs: 0 }, force: false },
      };
      await expect(batch(nodePlatform, request, quiet)).rejects.toThrow(
        /(is|lies in) an? .* of this engine, which is never mined/,
      );
    },
  );

  it('is taken where --from asks for it', async () => {
    const from = join(exportFolder, 'take/drums');
    const paths = { ...settings.paths, export_dir: 'export/DIG2' };
    const request = { projectFolder: input, settings: { ...settings, paths }, seed: 1 };
    const { tasks } = await plan(nodePlatform, { ...request, phases: ['make-hiss'], from });
    expect(tasks.length).toBeGreaterThan(0);
  });

  it('is known when a spreadsheet has saved its table', async () => {
    const folder = join(input, 'saved');
    const text = await readFile(join(exportFolder, 'manifest.csv'), 'utf8');
    for (const saved of [
      Buffer.from(`\uFEFF${text.replaceAll(',', ';')}`),
      Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le'),
    ]) {
      await cp(join(input, 'bounces'), folder, { recursive: true });
      await writeFile(join(folder, 'manifest.csv'), saved);
      expect(await ownFolder(nodePlatform, folder)).toBe('export');
      await rm(folder, { recursive: true });
    }
  });

  it('is not known by the names of files alone', async () => {
    const folder = join(input, 'theirs');
    await cp(join(input, 'bounces'), folder, { recursive: true });
    await writeFile(join(folder, 'manifest.csv'), 'track,artist\n1,me\n');
    await writeFile(join(folder, 'selection.json'), '{"version": 1, "tracks": []}');
    await writeFile(join(folder, 'KIT.csv'), 'drum,file\nkick,k.wav\n');
    expect(await ownFolder(nodePlatform, folder)).toBeNull();
    await rm(folder, { recursive: true });
  });
});
