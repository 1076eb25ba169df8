/** That the bench of speed finds what it times: a pull request is compared with it (.github/workflows/speed.yml). */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder } from '../end-to-end/afterglow.ts';

const address = new URL('../../bench/speed/', import.meta.url).href;
const { madeProject } = await import(`${address}projects.mjs`);
const { measureBatch, measureStages } = await import(`${address}measure.mjs`);
const { comparison } = await import(`${address}comparison.mjs`);
const { shortFilesProject } = await import(`${address}short-files.mjs`);
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

it('times a whole batch, and the same again', async () => {
  const scratch = await emptyFolder();
  const project = shortFilesProject(scratch, 3);
  const { batch, again } = measureBatch(project, scratch);
  expect(again).toBeGreaterThan(0);
  expect(batch).toBeGreaterThan(again);
});

it('finds a batch slower, or its repetition, where no stage is', () => {
  const run = (changed: object = {}) => ({
    stages: Object.fromEntries(STAGES.map((stage: string) => [stage, 1])),
    yardstickSec: 0.5,
    whole: { batch: 10, again: 0.5, ...changed },
  });
  const slower = (changed: object) =>
    comparison({ there: [run(), run(), run()], here: [run(changed), run(changed), run()] })
      .filter((each: { slower: boolean }) => each.slower)
      .map(({ stage }: { stage: string }) => stage);
  expect(slower({})).toEqual([]);
  expect(slower({ batch: 11.5 })).toEqual([]);
  expect(slower({ batch: 12.5 })).toEqual(['batch']);
  expect(slower({ again: 0.7 })).toEqual(['again']);
});

it('makes sounds of which no two are the same', async () => {
  const project = shortFilesProject(await emptyFolder(), 40);
  const folder = join(project, 'source_audio/0');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')),
  );
  expect(new Set(texts).size).toBe(40);
});
