import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import {
  pruneSettingsRecord,
  readSettingsRecord,
  recordSettings,
  settingsDigest,
  settingsRecordPath,
} from '../../src/engine/settings-record.ts';
import type { Task } from '../../src/engine/task.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const { settings } = parseConfig('clouds: { clouds_per_source: 3 }', 'config.yaml');
const TASK = { makers: ['clouds', 'hiss'], settings } as unknown as Task;
const location = () => ({ exportFolder: folder, exportRoot: folder });

const folders: string[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-record-'));
  folders.push(folder);
  await recordSettings(nodePlatform, location(), [TASK], FAMILIES);
});
afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true, force: true }))));

describe('the record of settings', () => {
  it('holds those that each making reads, and no others, by the digest that rows name', async () => {
    const record = await readSettingsRecord(nodePlatform, folder);
    expect([...record.keys()].sort()).toEqual(
      [settingsDigest('clouds', settings, FAMILIES), settingsDigest('hiss', settings, FAMILIES)].sort(),
    );
    const clouds = record.get(settingsDigest('clouds', settings, FAMILIES))!;
    expect(clouds).toMatchObject({ clouds: { clouds_per_source: 3 } });
    expect(clouds).not.toHaveProperty('drum_miner');
  });

  it('leaves out what was changed by hand', async () => {
    const path = settingsRecordPath(folder);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"clouds_per_source": 3', '"clouds_per_source": 4'));
    expect([...(await readSettingsRecord(nodePlatform, folder)).keys()]).toEqual([
      settingsDigest('hiss', settings, FAMILIES),
    ]);
  });

  it('keeps what rows still name, and is gone with the last of them', async () => {
    const digest = settingsDigest('hiss', settings, FAMILIES);
    await pruneSettingsRecord(nodePlatform, location(), new Set([digest]));
    expect([...(await readSettingsRecord(nodePlatform, folder)).keys()]).toEqual([digest]);
    await pruneSettingsRecord(nodePlatform, location(), new Set());
    await expect(readFile(settingsRecordPath(folder))).rejects.toThrow('ENOENT');
  });
});
