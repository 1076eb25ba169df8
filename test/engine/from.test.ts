import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { plan } from '../../src/engine/plan.ts';
import { previewRun } from '../../src/engine/preview-run.ts';
import { run } from '../../src/engine/run.ts';
import type { PlanRequest } from '../../src/engine/task.ts';
import type { PhaseId } from '../../src/families/family.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { demoExport } from '../palette/demo-export.ts';

let folder: string;
let exportFolder: string;
beforeAll(async () => {
  const demo = await demoExport();
  folder = `${demo.projectFolder}-from`;
  await cp(demo.projectFolder, folder, { recursive: true });
  exportFolder = demo.exportFolder.replace(demo.projectFolder, folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const { settings } = parseConfig(
  'clouds: { cloud_duration_sec: 1, grains_per_cloud: 30, clouds_per_source: 1 }',
  'config.yaml',
);
const planned = (request: Partial<PlanRequest>, phases: readonly PhaseId[] = ['make-clouds']) =>
  plan(nodePlatform, { projectFolder: folder, settings, seed: 7, phases, ...request });

describe('a phase on a folder of its own', () => {
  it('works on what lies there, in the export folder too, and says where that was', async () => {
    const from = join(exportFolder, 'warm_chord', 'pads');
    const before = (await openPalette(nodePlatform, exportFolder)).textures;
    const whole = await planned({ from });
    const pads = before.filter(({ path }) => path.startsWith('warm_chord/pads/'));
    expect(whole.tasks.map(({ name }) => name).sort()).toEqual(pads.map(({ name }) => name).sort());
    expect(whole.folders).toMatchObject([{ key: 'from', path: from, sources: pads.length }]);

    const only = await planned({ from, only: `${pads[0].name}*` });
    const { textures, failed } = await run(nodePlatform, only, { jobs: 0, prune: true });
    expect(failed).toEqual([]);
    expect(textures).toMatchObject([{ family: 'cloud' }]);
    const after = (await openPalette(nodePlatform, exportFolder)).textures;
    expect(after).toHaveLength(before.length + 1);
    const cloud = after.find(({ path }) => path === textures[0].path)!;
    expect(cloud.row).toMatchObject({
      source: pads[0].name,
      source_path: `export/tr8s/${pads[0].path}`,
    });
    const again = await planned({ from, only: `${pads[0].name}*` });
    expect(await previewRun(nodePlatform, again, { force: false, beside: false, prune: true })).toMatchObject(
      {
        ...{ needed: { tasks: [] }, stale: [] },
      },
    );
  });

  it('takes no name from the project’s own sources', async () => {
    const from = join(folder, 'aside');
    await mkdir(from);
    await cp(join(folder, 'pad_sources', 'warm_chord.wav'), join(from, 'warm_chord.wav'));
    const [{ name }] = (await planned({ from })).tasks;
    expect(name).toMatch(/^warm_chord_[0-9a-f]{4}$/);
    const own = (await planned({})).tasks.map((task) => task.name);
    expect(own).toContain('warm_chord');
    expect(own).not.toContain(name);
  });

  it('makes no synthetic hiss where there is nothing, and leaves what there is', async () => {
    const from = join(folder, 'empty');
    await mkdir(from);
    expect((await planned({ from }, ['make-hiss'])).tasks).toEqual([]);
  });

  it('must be there, and must not be the export folder', async () => {
    await expect(planned({ from: join(folder, 'nowhere') })).rejects.toThrow('there is no folder');
    await expect(planned({ from: exportFolder })).rejects.toThrow('is the export folder itself');
  });
});
