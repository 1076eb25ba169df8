/** An export folder with a texture of every kind that `all` makes, made once a run of the tests. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig } from '../../src/config/parse.ts';
import { writeDemoArchive } from '../../src/engine/demo/archive.ts';
import { plan } from '../../src/engine/plan.ts';
import { run } from '../../src/engine/run.ts';
import { phasesOfAll } from '../../src/families/lookup.ts';
import { embedTextures } from '../../src/palette/embeddings.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { madeOnce } from '../made-once.ts';

/** Few and short textures: a second's work. */
const CONFIG = `
drones: { pitch_shift_semitones: [0], time_stretch_factors: [1], swell_duration_sec: 2, drone_duration_sec: 4 }
clouds: { cloud_duration_sec: 2, grains_per_cloud: 60, clouds_per_source: 1 }
beds: { duration_sec: 6 }
`;

/**
 * The export of a shortened demo, and the paths of its textures; not to be changed (copy it for that). All of it was listened
 * to, so that no test does: impressions are known by content, and so are those of a copy.
 */
export async function demoExport() {
  const folder = await madeOnce('demo', makeDemo);
  const projectFolder = join(folder, PROJECT);
  const planned = await planOf(projectFolder);
  const made: string[] = JSON.parse(await readFile(join(folder, TOLD), 'utf8'));
  return { exportFolder: planned.exportFolder, projectFolder, plan: planned, made };
}

/** The demo's sources, which take seconds of the CPU; not to be changed (copy it for that). */
export function demoArchive(): Promise<string> {
  return madeOnce('demo archive', async (folder) => {
    await writeDemoArchive(nodePlatform, folder);
  });
}

const PROJECT = 'project';
/** The paths that the run said it made. */
const TOLD = 'made.json';

async function makeDemo(folder: string): Promise<void> {
  await cp(await demoArchive(), join(folder, PROJECT), { recursive: true });
  const planned = await planOf(join(folder, PROJECT));
  const { textures } = await run(nodePlatform, planned, { jobs: 0 });
  const palette = await openPalette(nodePlatform, planned.exportFolder);
  await embedTextures(nodePlatform, palette, palette.textures, { jobs: 0 });
  await writeFile(join(folder, TOLD), JSON.stringify(textures.map(({ path }) => path)));
}

function planOf(projectFolder: string) {
  const { settings } = parseConfig(CONFIG, 'config.yaml');
  return plan(nodePlatform, { projectFolder, settings, seed: 7, phases: phasesOfAll() });
}
