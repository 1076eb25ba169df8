/** A kit of a hundred mixed textures for each device, judged by nothing but the profile's file and the kit's files. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeKit } from '../../src/palette/kit.ts';
import { profileNames, readProfile } from '../../src/palette/profiles.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { hasTool } from '../tools.ts';
import { kitFaults, loopStep, readWav } from './kit-checker.ts';
import { madeExport } from './made-export.ts';
import { MIXED } from './mixed-export.ts';

const PROFILES = join(import.meta.dirname, '../../profiles');
/** Whole waves go round without a step; at another rate, within this of the largest step inside. */
const MOST_STEP = 1.05;
/** Sounds that are read to their end, s. */
const SOON_READ_SEC = 1;

const into = await mkdtemp(join(tmpdir(), 'afterglow-every-'));
afterAll(() => rm(into, { recursive: true, force: true }));
const site = madeExport(MIXED);

type Kit = Awaited<ReturnType<typeof makeKit>>;

const kits = new Map<string, Promise<Kit>>();

/** Made once. */
function kitOf(device: string): Promise<Kit> {
  const made = kits.get(device) ?? makeKitFor(device);
  kits.set(device, made);
  return made;
}

async function makeKitFor(device: string): Promise<Kit> {
  const profile = await readProfile(nodePlatform, device);
  const place = { exportFolder: (await site).exportFolder, exportRoot: null, into, force: true };
  return makeKit(nodePlatform, { ...place, profile, name: `Тест é ${device}` });
}

async function fileOf(device: string) {
  return JSON.parse(await readFile(join(PROFILES, `${device}.json`), 'utf8'));
}

describe.each(profileNames(nodePlatform))('a kit for %s', (device) => {
  it('obeys every limit of its profile, and leaves out nothing else', async () => {
    const [kit, file] = await Promise.all([kitOf(device), fileOf(device)]);
    expect(kitFaults(kit.folder, file)).toEqual([]);
    expect(kit.files.length + kit.leftOut.length).toBe(MIXED.length);
    for (const { reason } of kit.leftOut) {
      expect(['samples-full', 'seconds-full', 'bytes-full', 'too-long']).toContain(reason.code);
    }
    expect(kit.files.length).toBeGreaterThanOrEqual(
      Math.min(MIXED.length, file.most_samples.value ?? 100) - 2,
    );
    for (const { file: path, texture, durationSec } of kit.files) {
      if (!path.endsWith('.wav') || !texture.loops || durationSec > SOON_READ_SEC) continue;
      expect(loopStep(readWav(await readFile(join(kit.folder, path)))), path).toBeLessThan(MOST_STEP);
    }
  });
});

it.each([
  ['tr8s', 'total_sec', 20],
  ['octatrack', 'total_bytes', 34_500_000],
  ['polyend-tracker', 'total_sec', 4],
])('a kit for %s fills %s and no more, were it %d', async (device, key, value) => {
  const file = await fileOf(device);
  file[key].value = value;
  // What memory does not hold plays from the card there, as long as that has slots.
  if (file.streamed_samples) file.streamed_samples.value = 1;
  if (file.longest_sample_sec.value > file.total_sec.value) file.longest_sample_sec.value = value;
  const profile = parseProfile(JSON.stringify(file), device);
  const { exportFolder } = await site;
  const place = { exportFolder, exportRoot: null, into, force: true };
  const kit = await makeKit(nodePlatform, { ...place, profile, name: `little ${device}` });
  expect(kitFaults(kit.folder, file)).toEqual([]);
  expect(kit.leftOut.map(({ reason }) => reason.code)).toContain(
    key === 'total_sec' ? 'seconds-full' : 'bytes-full',
  );
  expect(kit.files.length).toBeGreaterThan(20);
});

it.skipIf(!hasTool('soxi'))('a kit is to sox what it is to us', async () => {
  const kit = await kitOf('tr8s');
  const paths = kit.files.map((one) => join(kit.folder, one.file));
  const told = (flag: string) =>
    spawnSync('soxi', [flag, ...paths], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n')
      .map(Number);
  expect(told('-r')).toEqual(kit.files.map((one) => one.sampleRate));
  expect(told('-b')).toEqual(kit.files.map((one) => one.bitDepth));
  expect(told('-c')).toEqual(kit.files.map((one) => one.channelCount));
});
