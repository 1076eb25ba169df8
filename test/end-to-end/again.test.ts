import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { afterglow, beat, digests, minedArchive, put, smallArchive, wav } from './afterglow.ts';

const EXPORT = 'export/tr8s';
let folder: string;
beforeAll(async () => {
  ({ folder } = await minedArchive());
});
afterAll(() => rm(folder, { recursive: true }));

describe('a second run', () => {
  it('says that all is up to date, and makes nothing', async () => {
    const before = await digests(folder);
    const { status, stdout, stderr } = await afterglow(['all'], { folder });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^\[\*\] 3 of 3 sources up to date$/m);
    expect(stderr).not.toMatch(/\[[!✗]\]/);
    expect(stdout).toMatch(
      /^Nothing to make: 14 textures of 3 sources are up to date \(--force makes them again\)\.$/m,
    );
    expect(await digests(folder)).toEqual(before);
  });

  it('is foretold to write nothing, and with --force everything', async () => {
    const { stdout, stderr } = await afterglow(['all', '--dry-run'], { folder });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^\[\*\] 3 of 3 sources up to date\n\[\*\] 0 files/m);
    const document = JSON.parse((await afterglow(['all', '--dry-run', '--json'], { folder })).stdout);
    expect(document).toMatchObject({ files: [], stale: [] });
    expect(document.up_to_date).toContainEqual({ source: 'drums/beat.wav', making: 'hiss' });
    const forced = await afterglow(['all', '--dry-run', '--force', '--json'], { folder });
    const { files, up_to_date: upToDate } = JSON.parse(forced.stdout);
    expect(files.length).toBeGreaterThanOrEqual(14);
    expect(upToDate).toEqual([]);
  });

  it('has in its document what is there and what was done', async () => {
    const document = JSON.parse((await afterglow(['all', '--json'], { folder })).stdout);
    expect(document).toMatchObject({
      textures: [],
      sources_up_to_date: 3,
      up_to_date: { length: 14 },
      stale: [],
    });
  });
});

describe('stale textures', () => {
  it('are named at the end of a run, and removed with --prune', async () => {
    const mine = await smallArchive();
    await afterglow(['make-hiss'], { folder: mine });
    await rm(join(mine, 'drums/beat.wav'));
    await put(mine, 'drums/pulse.wav', wav(beat(2.1, 22_050), 16));
    const told = await afterglow(['make-hiss'], { folder: mine });
    expect(told.stdout).toMatch(
      /^no longer asked for \(--prune removes them\)\n {2}beat\/hiss\/hiss_flicker_beat_01\.wav: drums\/beat\.wav is gone\n/m,
    );
    const expected = await afterglow(['make-hiss', '--dry-run', '--prune'], { folder: mine });
    expect(expected.stderr).toContain('beat/hiss/hiss_flicker_beat_01.wav: would be removed');
    const pruned = await afterglow(['make-hiss', '--prune'], { folder: mine });
    expect(pruned.stdout).toContain('removed, since nothing asks for them any more\n  beat/hiss/');
    expect((await readdir(join(mine, EXPORT))).sort()).toEqual([
      ...['.afterglow-cache.jsonl', '.afterglow-settings.json', 'manifest.csv', 'pulse'],
    ]);
    await rm(mine, { recursive: true });
  });
});

describe('clean', () => {
  it('removes the cache and leftovers, says which, and never textures or the manifest', async () => {
    const before = await digests(folder);
    await put(folder, `${EXPORT}/beat/hiss/.afterglow-1-2-3.tmp`, 'half a texture');
    const { status, stderr } = await afterglow(['clean'], { folder });
    expect(status).toBe(0);
    expect(stderr).toBe(
      `[✓] removed ${EXPORT}/.afterglow-cache.jsonl\n[✓] removed ${EXPORT}/beat/hiss/.afterglow-1-2-3.tmp\n`,
    );
    expect(await digests(folder)).toEqual(before);
    const again = await afterglow(['clean', '--json'], { folder });
    expect(JSON.parse(again.stdout)).toEqual({ export_folder: join(folder, EXPORT), removed: [] });
    expect((await afterglow(['make-hiss'], { folder })).stdout).toMatch(/^hiss .* 3$/m);
  });

  it('does nothing where there is nothing, and nothing while a run is at work', async () => {
    const empty = await smallArchive();
    expect(await afterglow(['clean'], { folder: empty })).toMatchObject({ status: 0 });
    expect(await readdir(empty)).not.toContain('export');
    await put(empty, `${EXPORT}/.afterglow.lock`, `${process.pid}\n`);
    await writeFile(join(empty, EXPORT, '.afterglow-cache.jsonl'), '');
    expect(await afterglow(['clean'], { folder: empty })).toMatchObject({ status: 2 });
    expect(await readFile(join(empty, EXPORT, '.afterglow-cache.jsonl'), 'utf8')).toBe('');
    await rm(empty, { recursive: true });
  });
});
