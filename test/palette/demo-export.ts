/** An export folder with a texture of every kind that `all` makes, made once a test file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { writeDemoArchive } from '../../src/engine/demo/archive.ts';
import { plan } from '../../src/engine/plan.ts';
import { run } from '../../src/engine/run.ts';
import { phasesOfAll } from '../../src/families/lookup.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

let made: ReturnType<typeof make> | null = null;

/** The export of a shortened demo, and the paths of its textures; not to be changed (copy it for that). */
export function demoExport(): ReturnType<typeof make> {
  made ??= make();
  return made;
}

/** Few and short textures: a second's work. */
const CONFIG = `
drones: { pitch_shift_semitones: [0], time_stretch_factors: [1], swell_duration_sec: 2, drone_duration_sec: 4 }
clouds: { cloud_duration_sec: 2, grains_per_cloud: 60, clouds_per_source: 1 }
`;

async function make() {
  const folder = await mkdtemp(join(tmpdir(), 'afterglow-demo-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  await writeDemoArchive(nodePlatform, folder);
  const { settings } = parseConfig(CONFIG, 'config.yaml');
  const planned = await plan(nodePlatform, {
    projectFolder: folder,
    settings,
    seed: 7,
    phases: phasesOfAll(),
  });
  const { textures } = await run(nodePlatform, planned, { jobs: 0 });
  return {
    exportFolder: planned.exportFolder,
    projectFolder: folder,
    plan: planned,
    made: textures.map(({ path }) => path),
  };
}
