/** An export that 0.1.0 left of one beat, see fixtures/README.md: copied before each test, and gone about by this engine. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { manifestFromCsv } from '../../src/archive/manifest-csv.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { RunEvent } from '../../src/engine/events.ts';
import { plan } from '../../src/engine/plan.ts';
import { type RunOptions, run } from '../../src/engine/run.ts';
import type { PlanRequest } from '../../src/engine/task.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const FIXTURE = new URL('fixtures/export-0.1.0/', import.meta.url);
export const HISS = 'take/hiss/hiss_loop_take_01.wav';
export const FLICKERS = [1, 2, 3].map((n) => `take/hiss/hiss_flicker_take_0${n}.wav`);

/** The project. */
export let folder: string;

/** To be called by a file of tests: each of them has a copy of its own. */
export function copyBeforeEach(): void {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'afterglow-kept-'));
    await cp(FIXTURE, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));
}

export const inExport = (path: string) => join(folder, 'export/tr8s', path);
export const bytesOf = (path: string) => readFile(inExport(path));
export const decide = (textures: Record<string, object>) =>
  writeFile(inExport('curation.json'), JSON.stringify({ version: 1, textures }));

export async function planned(request: Partial<PlanRequest> = {}) {
  const { settings } = parseConfig(await readFile(join(folder, 'config.yaml'), 'utf8'), 'config.yaml');
  return plan(nodePlatform, {
    ...{ projectFolder: folder, settings, seed: 99, anySeed: true, phases: ['make-hiss'] },
    ...request,
  });
}

export async function go(request: Partial<PlanRequest> = {}, options: RunOptions = {}) {
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent) => void events.push(event);
  const result = await run(nodePlatform, await planned(request), { jobs: 0, ...options, onEvent });
  expect(result.failed).toEqual([]);
  const looked = events.find((event) => event.kind === 'looked');
  return { ...result, looked, made: result.textures.map(({ path }) => path) };
}

export const manifestRows = async () =>
  manifestFromCsv(await readFile(inExport('manifest.csv'), 'utf8')).rows;
