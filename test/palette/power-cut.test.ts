/**
 * The power goes between any two renames and removals of a batch: the next one ends as if it had not, nothing of the
 * engine's counts as made by hand, and nothing is left lying about.
 */
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { type BatchListener, batch } from '../../src/palette/batch.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { digests } from '../end-to-end/afterglow.ts';

/** The power: goes after so many changes to the disk, and nothing is changed any more then. */
const power = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY, used: 0 }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const powered =
    <Args extends unknown[], T>(change: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      if (power.left <= 0) throw new Error('The power is gone.');
      const done = await change(...args);
      power.left--;
      power.used++;
      return done;
    };
  // What only fills a file or folder that is not in its place yet is no change that matters; without power it fails too.
  const whilePowered =
    <Args extends unknown[], T>(change: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      if (power.left <= 0) throw new Error('The power is gone.');
      return change(...args);
    };
  return {
    ...real,
    rename: powered(real.rename),
    rm: powered(real.rm),
    mkdir: whilePowered(real.mkdir),
    writeFile: whilePowered(real.writeFile),
    copyFile: whilePowered(real.copyFile),
    cp: whilePowered(real.cp),
  };
});

const folder = await mkdtemp(join(tmpdir(), 'afterglow-power-'));
afterAll(async () => {
  power.left = Number.POSITIVE_INFINITY;
  await rm(folder, { recursive: true });
});
const input = join(folder, 'archive');
const before = join(folder, 'before');

const CONFIG = `
global: { sample_rate: 8000, output_bit_depth: 16 }
hiss: { bandpass_low_hz: 300, bandpass_high_hz: 3800, loop_duration_sec: 0.4, hiss_loops_per_source: 1, flicker_count: 3 }
curation: { per_family: 2 }
`;
const quiet: BatchListener = {
  expects() {},
  planned: () => () => {},
  stepStarted() {},
  progress() {},
  stepEnded() {},
};

const batchIn = (exportFolder: string) =>
  batch(
    nodePlatform,
    {
      ...{ input, exportFolder, exportRoot: exportFolder, project: 'DIG1', profiles: ['m8'] },
      ...{ settings: parseConfig(CONFIG, 'config.yaml').settings, seed: 7, anySeed: false },
      ...{ run: { jobs: 0 }, force: false },
    },
    quiet,
  );

/** What is there, what knows times left out. */
async function contents(exportFolder: string) {
  const all = await digests(exportFolder);
  return Object.fromEntries(Object.entries(all).filter(([path]) => path !== 'run.jsonl'));
}

beforeAll(async () => {
  const fixture = new URL('../engine/fixtures/export-0.1.0/drums', import.meta.url);
  await cp(fixture, join(input, 'drums'), { recursive: true });
  await batchIn(before);
  // Somebody passes over what was chosen first: the next batch chooses, and so makes, otherwise.
  const [first] = (await readdir(join(before, 'take/hiss'))).sort();
  const textures = { [`take/hiss/${first}`]: { decision: 'reject' } };
  await writeFile(join(before, 'curation.json'), JSON.stringify({ version: 1, textures }));
});

it('at every one of them, the next batch ends as an undisturbed one', async () => {
  const undisturbed = join(folder, 'undisturbed/DIG1');
  await cp(before, undisturbed, { recursive: true });
  power.used = 0;
  await batchIn(undisturbed);
  const changes = power.used;
  const wanted = await contents(undisturbed);
  expect(wanted).not.toEqual(await contents(before));

  for (let cutAfter = 0; cutAfter < changes; cutAfter++) {
    const cut = join(folder, `cut-${cutAfter}/DIG1`);
    await cp(before, cut, { recursive: true });
    power.left = cutAfter;
    await batchIn(cut).catch(() => undefined);
    power.left = Number.POSITIVE_INFINITY;
    // The process is gone, and with it the claim of its lock.
    await rm(join(cut, '.afterglow.lock'), { force: true });
    const { steps } = await batchIn(cut);
    expect([cutAfter, steps.filter(({ outcome }) => outcome !== 'done')]).toEqual([cutAfter, []]);
    expect([cutAfter, await contents(cut)]).toEqual([cutAfter, wanted]);
    await rm(cut, { recursive: true });
  }
  // Swaps of three folders, their notes before and after, the report, and the kit's own files.
  expect(changes).toBeGreaterThan(15);
}, 300_000);
