import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { madeExport } from '../palette/made-export.ts';
import { afterglow } from './afterglow.ts';

const SHORT = {
  sampleRate: 44_100,
  bitDepth: 24,
  channelCount: 2,
  seconds: 0.2,
  loops: true,
  row: { root_note: 'D3', root_cents: 0, root_confidence: 0.9 },
} as const;

it('afterglow instrument writes inside the export or outside it, and leaves out what cannot be read', async () => {
  const { exportFolder: folder, paths } = await madeExport([
    { ...SHORT, family: 'pad', source: 'a' },
    { ...SHORT, family: 'pad', source: 'b' },
  ]);
  const instrument = (...args: string[]) =>
    afterglow(['instrument', '--export', '.', '--format', 'sfz', '--scope', 'palette', ...args], { folder });
  expect(await instrument('--out', 'mine')).toMatchObject({
    ...{
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/AFTERGLOW_pads\.sfz\n1 instrument .*: mine\n$/),
    },
  });
  expect((await readdir(join(folder, 'mine'))).sort()).toEqual([
    '.afterglow-folder.json',
    'AFTERGLOW_pads.sfz',
    'samples',
  ]);
  expect(await instrument('--out', '.', '--force')).toMatchObject({
    ...{ status: 2, stderr: expect.stringMatching(/holds other things/) },
  });
  const { exportFolder: elsewhere } = await madeExport([]);
  expect(await instrument('--out', join(elsewhere, 'out'))).toMatchObject({ status: 0 });

  await writeFile(join(folder, paths[0]), 'no sound');
  const some = await instrument('--json');
  expect(some.status).toBe(1);
  expect(some.stderr).toMatch(/^\[✗\] left out: “a_pad0\.wav” [^\n]*\.\n$/);
  expect(JSON.parse(some.stdout)).toMatchObject({
    instruments: [{ part: 'pads', textures: 1 }],
    failed: [{ path: paths[0] }],
  });
  await writeFile(join(folder, paths[1]), 'no sound');
  expect(await instrument('--force')).toMatchObject({ status: 1, stdout: '' });
});
