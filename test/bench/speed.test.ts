/** That the bench of speed finds what it times: a pull request is compared with it (.github/workflows/speed.yml). */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder } from '../end-to-end/afterglow.ts';

const address = new URL('../../bench/speed/', import.meta.url).href;
const { madeProject } = await import(`${address}projects.mjs`);
const { measureStages } = await import(`${address}measure.mjs`);
const { STAGES } = await import(`${address}stages.mjs`);

it('makes a project of its own, and times every stage of a run on it', async () => {
  const scratch = await emptyFolder();
  const project = await madeProject(scratch);
  expect(await readdir(join(project, 'source_audio'))).toEqual(
    expect.arrayContaining(['drums.wav', 'song.wav']),
  );
  const { stages, textures, failed } = measureStages(project, scratch, ['make-drones']);
  expect(failed).toBe(0);
  expect(textures).toBeGreaterThan(0);
  expect(STAGES.filter((stage: string) => stages[stage] > 0)).toEqual(STAGES);
});
