import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lockExport } from '../../src/archive/export-lock.ts';
import { appendLines } from '../../src/archive/json-lines.ts';
import { settleManifest } from '../../src/archive/manifest.ts';
import { decide } from '../../src/engine/decide.ts';
import { readDecisions } from '../../src/engine/decisions.ts';
import { readCache } from '../../src/engine/read-cache.ts';
import { readSettingsRecord } from '../../src/engine/settings-record.ts';
import { openBatchStamps } from '../../src/palette/batch-stamps.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { writeReport } from '../../src/palette/report.ts';
import { readSelection } from '../../src/palette/selection.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { hasTool } from '../tools.ts';
import { madeExport } from './made-export.ts';

const scratch = await mkdtemp(join(tmpdir(), 'afterglow-pipes-'));
afterAll(() => rm(scratch, { recursive: true }));
let count = 0;

const pipe = async (path: string) => {
  await mkdir(dirname(path), { recursive: true });
  spawnSync('mkfifo', [path]);
};

const settle = (folder: string) => settleManifest(nodePlatform, folder, folder);
const page = (exportFolder: string) =>
  writeReport(nodePlatform, {
    exportFolder,
    path: join(exportFolder, 'report.html'),
    root: null,
    previews: 'none',
  });

/** What reads a file of an export folder. */
const READERS: [file: string, what: string, read: (folder: string) => Promise<unknown>][] = [
  ['manifest.csv', 'the palette', (folder) => openPalette(nodePlatform, folder)],
  ['manifest.csv', 'a run', settle],
  ['.manifest-journal.jsonl', 'a run', settle],
  [
    '_curated/selection.json',
    'a kit',
    (folder) => readSelection(nodePlatform, join(folder, '_curated/selection.json')),
  ],
  ['curation.json', 'curate', (folder) => readDecisions(nodePlatform, folder)],
  [
    'curation.json',
    'the studio',
    (folder) =>
      decide(nodePlatform, { exportFolder: folder, exportRoot: null }, new Map([['a', { stars: 1 }]])),
  ],
  ['.afterglow-settings.json', 'render', (folder) => readSettingsRecord(nodePlatform, folder)],
  [
    '.afterglow-batch.json',
    'batch',
    (folder) => openBatchStamps(nodePlatform, { exportFolder: folder, exportRoot: null }),
  ],
  ['.afterglow.lock', 'a run', (folder) => lockExport(nodePlatform, folder)],
  ['mine.json', 'a profile', (folder) => readProfile(nodePlatform, join(folder, 'mine.json'))],
];

describe.skipIf(!hasTool('mkfifo'))('in the place of a file', () => {
  it.each(READERS)('a pipe for %s does not keep %s waiting', async (file, _, read) => {
    const folder = join(scratch, String(count++));
    await pipe(join(folder, file));
    await expect(read(folder)).rejects.toThrow(
      /^Cannot read “[^”]*”: it is a pipe or device and no file; move it away\.$/,
    );
  });

  it.each(READERS)('a folder for %s is told to %s', async (file, _, read) => {
    const folder = join(scratch, String(count++));
    await mkdir(join(folder, file), { recursive: true });
    await expect(read(folder)).rejects.toThrow(
      /^Cannot read “[^”]*”: it is a folder and no file; move it away\.$/,
    );
  });

  it('a pipe takes no lines and no page, and is no cache', async () => {
    const { exportFolder } = await madeExport([]);
    for (const file of ['run.jsonl', 'report.html', '.afterglow-cache.jsonl']) {
      await pipe(join(exportFolder, file));
    }
    await expect(appendLines(nodePlatform, join(exportFolder, 'run.jsonl'), [{}])).rejects.toThrow(
      /it is a pipe or device/,
    );
    await expect(page(exportFolder)).rejects.toThrow(/it is no regular file; name a file/);
    expect(await readCache(nodePlatform, exportFolder)).toBeNull();
  });
});
