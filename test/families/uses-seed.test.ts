/** What makers say of chance is so: the studio offers another seed only where that gives another sound. */
import { expect, it } from 'vitest';
import type { Settings } from '../../src/config/settings.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { makersOf } from '../../src/families/lookup.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { renderOne } from '../../src/studio/service/render-one.ts';
import { demoExport } from '../palette/demo-export.ts';

it('another seed gives another sound where chance has a part in all, and the same where in none', async () => {
  const { exportFolder, projectFolder } = await demoExport();
  const { textures } = await openPalette(nodePlatform, exportFolder);
  const seen: Record<string, boolean> = {};
  const wanted: Record<string, boolean> = {};
  for (const { id, usesSeed = 'never' } of makersOf<Settings>(FAMILIES)) {
    const texture = textures.find(({ row }) => row.making === id);
    if (!texture || usesSeed === 'sometimes') continue;
    const { path } = texture;
    const task = { exportFolder, own: { folder: projectFolder }, path, place: path, changes: { seed: 99 } };
    const one = await renderOne(nodePlatform, task, () => {});
    seen[id] = one.bytes !== null && one.isSame;
    wanted[id] = usesSeed === 'never';
  }
  expect(seen).toEqual(wanted);
  expect(Object.values(seen)).toEqual(expect.arrayContaining([true, false]));
});
