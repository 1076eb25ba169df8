/** What is too short to be held gives no held textures, and says so once for each maker. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { plan } from '../../src/engine/plan.ts';
import { run } from '../../src/engine/run.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { wav } from '../end-to-end/afterglow.ts';
import { mono, RATE, sine } from '../signals.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-held-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function madeOf(seconds: number) {
  const projectFolder = join(folder, String(seconds));
  await mkdir(join(projectFolder, 'pad_sources'), { recursive: true });
  const note = sine(220, Math.round(seconds * RATE), 0.5);
  await writeFile(join(projectFolder, 'pad_sources', 'note.wav'), wav(mono(note)));
  const { settings } = parseConfig('beds: { beds_per_source: 0 }', 'config.yaml');
  const phases = ['make-drones', 'make-clouds'] as const;
  const planned = await plan(nodePlatform, { projectFolder, settings, seed: 1, phases });
  const { textures, skipped } = await run(nodePlatform, planned, { jobs: 0 });
  const short = skipped.filter(({ reason }) => reason.code === 'too-short');
  return {
    families: [...new Set(textures.map(({ family }) => family))].sort(),
    short: short.map(({ family, reason }) => [family, reason]).sort(),
  };
}

it('makes clouds alone of a tenth of a second, and says what the others take', async () => {
  const reason = { code: 'too-short', milliseconds: expect.closeTo(100, 1), leastMs: 250 };
  expect(await madeOf(0.1)).toEqual({
    families: ['cloud'],
    short: [
      ['drone', reason],
      ['pad', reason],
      ['swell', reason],
    ],
  });
});

it('makes all of a note that is held, be it ever so short', async () => {
  expect(await madeOf(0.26)).toEqual({ families: ['cloud', 'drone', 'pad', 'swell'], short: [] });
});
