import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RunEvent } from '../../src/index.ts';
import { afterglow, digests, smallArchive } from './afterglow.ts';

/** The built library, as a program that depends on the package gets it. */
const LIBRARY = new URL('../../dist/index.js', import.meta.url).href;

it('the library makes the same files as the command line', async () => {
  const { openProject, plan, run }: typeof import('../../src/index.ts') = await import(LIBRARY);
  const [byProgram, byLibrary] = [await smallArchive(), await smallArchive()];
  expect(await afterglow(['make-hiss'], { folder: byProgram })).toMatchObject({ status: 0 });

  const { folder, settings } = await openProject({ folder: byLibrary, create: false });
  const planned = await plan({ projectFolder: folder, settings, seed: 3, phases: ['make-hiss'] });
  const made: string[] = [];
  const result = await run(planned, {
    jobs: 1,
    onEvent: (event) => {
      if (event.kind === 'texture-made') made.push(event.texture.path);
    },
  });
  expect(made.sort()).toEqual(result.textures.map(({ path }) => path));
  expect(await digests(join(byLibrary, 'export'))).toEqual(await digests(join(byProgram, 'export')));
  for (const project of [byProgram, byLibrary]) await rm(project, { recursive: true });
});

it('a listener that throws ends the run in order, on worker threads too', async () => {
  const { openProject, plan, run }: typeof import('../../src/index.ts') = await import(LIBRARY);
  const { folder, settings } = await openProject({ folder: await smallArchive(), create: false });
  const planned = await plan({
    projectFolder: folder,
    settings,
    seed: 3,
    phases: ['make-hiss', 'make-clouds'],
  });
  const onEvent = ({ kind }: RunEvent) => {
    if (kind === 'texture-made') throw new Error('no room on the screen');
  };
  await expect(run(planned, { jobs: 2, onEvent })).rejects.toThrow('no room on the screen');
  const files = Object.keys(await digests(join(folder, 'export')));
  expect(files).toContain('tr8s/manifest.csv');
  expect(files.filter((path) => path.endsWith('.lock'))).toEqual([]);
  await rm(folder, { recursive: true });
});
