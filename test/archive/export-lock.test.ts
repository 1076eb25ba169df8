import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockExport, lockPath } from '../../src/archive/export-lock.ts';
import { BusyError } from '../../src/errors.ts';
import { memoryPlatform } from '../../src/platform/memory/platform.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterglow-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The id of a process that has ended. */
const deadProcess = () => spawnSync(process.execPath, ['--version']).pid;

async function expectLockable(): Promise<void> {
  const release = await lockExport(nodePlatform, folder);
  expect(readFileSync(lockPath(folder), 'utf8')).toBe(`${process.pid}\n`);
  await release();
  expect(readdirSync(folder)).toEqual([]);
}

it('is there while the run is, and gone afterwards, time and again', async () => {
  await expectLockable();
  await expectLockable();
});

it('failsAt a second run of this process, in one sentence, and leaves the first its lock', async () => {
  const release = await lockExport(nodePlatform, folder);
  const second = lockExport(nodePlatform, folder);
  await expect(second).rejects.toThrow(BusyError);
  await expect(second).rejects.toThrow(/^Another run \(process \d+\) is working in “[^\n]*\.$/);
  expect(existsSync(lockPath(folder))).toBe(true);
  await release();
  await expectLockable();
});

it('lets one of many through', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockExport(nodePlatform, folder)));
  const through = tries.filter((one) => one.status === 'fulfilled');
  expect(through).toHaveLength(1);
  await through[0].value();
});

it('failsAt while another process lives, and not when it is gone', async () => {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  writeFileSync(lockPath(folder), `${other.pid}\n`);
  await expect(lockExport(nodePlatform, folder)).rejects.toThrow(`Another run (process ${other.pid})`);
  expect(readFileSync(lockPath(folder), 'utf8')).toBe(`${other.pid}\n`);
  other.kill();
  await once(other, 'exit');
  await expectLockable();
});

it.each([
  ['of a dead process', () => `${deadProcess()}\n`],
  ['of an earlier process with the id of this one', () => `${process.pid}\n`],
  ['that a power cut emptied', () => ''],
  ['of something else', () => 'not ours'],
])('takes a lock over %s', async (_, content) => {
  writeFileSync(lockPath(folder), content());
  await expectLockable();
});

it.skipIf(process.platform === 'win32')('writes through no link', async () => {
  const outside = `${folder}-outside`;
  symlinkSync(outside, lockPath(folder));
  await expectLockable();
  expect(existsSync(outside)).toBe(false);
});

it('goes with a process that quits in the middle', async () => {
  const before = process.listeners('exit');
  const release = await lockExport(nodePlatform, folder);
  const [onExit, ...others] = process.listeners('exit').filter((listener) => !before.includes(listener));
  expect(others).toEqual([]);
  onExit(130);
  expect(readdirSync(folder)).toEqual([]);
  await release();
  expect(process.listeners('exit')).toEqual(before);
});

it('leaves another run its lock where its own cannot even be opened', async () => {
  writeFileSync(lockPath(folder), `${process.ppid}\n`);
  const writeTemporary = async () => {
    throw Object.assign(new Error('EMFILE'), { code: 'EMFILE' });
  };
  const platform = { ...nodePlatform, files: { ...nodePlatform.files, writeTemporary } };
  await expect(lockExport(platform, folder)).rejects.toThrow(/too many files/);
  expect(readFileSync(lockPath(folder), 'utf8')).toBe(`${process.ppid}\n`);
});

it('leaves no half of its own where the disk is full', async () => {
  const platform = memoryPlatform({ failsAt: ({ what }) => what === 'write' });
  await expect(lockExport(platform, '/')).rejects.toThrow(/the disk is full/);
  expect(await platform.files.list('/')).toEqual([]);
});
