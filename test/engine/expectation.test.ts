import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { expectation } from '../../src/engine/expectation.ts';
import { plan } from '../../src/engine/plan.ts';
import { previewRun } from '../../src/engine/preview-run.ts';
import { run } from '../../src/engine/run.ts';
import type { Plan } from '../../src/engine/task.ts';
import type { PhaseId } from '../../src/families/family.ts';
import { phaseIds } from '../../src/families/lookup.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { SMALL_CONFIG, smallArchive } from '../end-to-end/afterglow.ts';
import { demoExport } from '../palette/demo-export.ts';

let folder: string;
beforeAll(async () => {
  folder = await smallArchive();
});
afterAll(() => rm(folder, { recursive: true }));

const planned = (config: string, phases: readonly PhaseId[], projectFolder = folder) => {
  const { settings } = parseConfig(config, 'config.yaml');
  return plan(nodePlatform, { projectFolder, settings, seed: 3, phases });
};

/** Bytes of the WAV files that a run has made. */
async function bytesOf({ exportFolder }: Plan): Promise<number> {
  const names = await readdir(exportFolder, { recursive: true });
  const sizes = names
    .filter((name) => name.endsWith('.wav'))
    .map(async (name) => (await stat(join(exportFolder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

it('is no less than what the demo comes to, and of its order', async () => {
  const { plan: demo } = await demoExport();
  const { mostBytes } = await expectation(nodePlatform, demo, 2);
  const real = await bytesOf(demo);
  expect(mostBytes).toBeGreaterThanOrEqual(real);
  expect(mostBytes).toBeLessThan(5 * real);
});

it.each<[string, string, PhaseId]>([
  ['loops that give way', 'hiss: { flicker_count: 0 }', 'make-hiss'],
  [
    'whole bars, slow ones',
    'musicality: { snap_to_grid: true, reference_bpm: 30, bar_lengths: [1] }\nhiss: { flicker_count: 0 }',
    'make-hiss',
  ],
  [
    'bars that are stretched',
    'musicality: { snap_to_grid: true, reference_bpm: 100, bar_lengths: [1] }\ndrones: { time_stretch_factors: [2], pitch_shift_semitones: [0], pad_variants: [warm], drone_duration_sec: 0, pad_loop_duration_sec: 1, swell_duration_sec: 1 }',
    'make-drones',
  ],
  ['hits of a short beat', '', 'mine-drums'],
])('is no less than what is made of %s', async (name, config, phase) => {
  const work = await planned(`${config}\npaths: { export_dir: 'export/${name}' }`, [phase]);
  await run(nodePlatform, work, { jobs: 0 });
  const real = await bytesOf(work);
  expect(real).toBeGreaterThan(0);
  expect((await expectation(nodePlatform, work, 1)).mostBytes).toBeGreaterThanOrEqual(real);
});

it('does not take a beat for more hits than it can hold', async () => {
  const work = await planned('', ['mine-drums']);
  // 2 s of mono at 22.05 kHz and 16 bits, written at 44.1 and 24; the source stays within as many headers as hits.
  expect((await expectation(nodePlatform, work, 1)).mostBytes).toBeLessThan(3 * 2 * 22_050 * 2 + 100_000);
});

it('knows a least and a most of time, less with more sources at once', async () => {
  const work = await planned(SMALL_CONFIG, phaseIds());
  const one = await expectation(nodePlatform, work, 1);
  const [least, most] = one.seconds;
  expect(least).toBeGreaterThan(0);
  expect(most).toBeGreaterThan(least);
  expect((await expectation(nodePlatform, work, 2)).seconds).toEqual([least / 2, most / 2]);
  expect((await expectation(nodePlatform, work, 99)).seconds[0]).toBeCloseTo(least / work.tasks.length, 9);
  // Of a folder that is still to be made, what is free where it will be.
  expect(one.freeBytes).toBeGreaterThan(0);
});

it('expects nothing where all is up to date', async () => {
  const work = await planned(SMALL_CONFIG, ['make-hiss']);
  await run(nodePlatform, work, { jobs: 0 });
  const { needed } = await previewRun(nodePlatform, work, { force: false, beside: false, prune: false });
  expect(await expectation(nodePlatform, needed, 1)).toMatchObject({
    sources: 0,
    mostBytes: 0,
    seconds: [0, 0],
  });
});
