import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { afterglow, digests, emptyFolder, smallArchive } from './afterglow.ts';

/** The short form of `npm run bench:kill`. */
const KILLS = 6;

let archive: string;
let killed: string;
let undisturbed: Record<string, string>;
let usualMs: number;
beforeAll(async () => {
  archive = await smallArchive();
  killed = await emptyFolder();
  await cp(archive, killed, { recursive: true });
  const started = performance.now();
  await afterglow(['all'], { folder: archive });
  usualMs = performance.now() - started;
  undisturbed = await digests(join(archive, 'export'));
});
afterAll(async () => {
  await rm(archive, { recursive: true });
  await rm(killed, { recursive: true });
});

it('comes to the bytes of an undisturbed run, however often it is killed on its way', async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const soon = (usualMs * (kill + 1)) / (KILLS + 2);
    await afterglow(['all'], { folder: killed, killAfterMs: soon });
  }
  expect(await afterglow(['all'], { folder: killed })).toMatchObject({ status: 0 });
  expect(await digests(join(killed, 'export'))).toEqual(undisturbed);
});

it('goes on where it was killed', async () => {
  await rm(join(killed, 'export'), { recursive: true });
  const saidMaking = (said: string) => /: [1-9]\d* made/.test(said);
  await afterglow(['all', '--jobs', '1'], {
    folder: killed,
    onStderr: (said, kill) => saidMaking(said) && kill('SIGKILL'),
  });
  const { stderr } = await afterglow(['all', '--jobs', '1'], { folder: killed });
  expect(stderr).toMatch(/^\[\*\] [12] of 3 sources up to date$/m);
  expect(await digests(join(killed, 'export'))).toEqual(undisturbed);
});
