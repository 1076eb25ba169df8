import { access, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { manifestFromCsv } from '../../src/archive/manifest-csv.ts';
import {
  afterglow,
  chords,
  digests,
  emptyFolder,
  type Outcome,
  put,
  SMALL_CONFIG,
  wav,
} from './afterglow.ts';

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
  await put(folder, 'config.yaml', SMALL_CONFIG);
  for (let i = 0; i < 12; i++) {
    await put(folder, `pad_sources/source${i}.wav`, wav(chords([57 + i], 2.5, 44_100)));
  }
});
afterEach(() => rm(folder, { recursive: true }));

const EVERYTHING = ['make-drones', 'make-clouds', '--jobs', '2', '--verbose'];

/** Paths of the manifest's rows, and of the textures that are there. */
async function listed() {
  const exportFolder = join(folder, 'export/tr8s');
  const text = await readFile(join(exportFolder, 'manifest.csv'), 'utf8').catch(() => null);
  const files = Object.keys(await digests(exportFolder).catch(() => ({}))).filter((path) =>
    path.endsWith('.wav'),
  );
  return {
    rows: text === null ? [] : manifestFromCsv(text).rows.map(({ path }) => path),
    files: files.sort(),
  };
}

it('finishes cleanly on SIGINT: exit 130, and every file has its row', async () => {
  const { status, stdout } = await afterglow(EVERYTHING, {
    folder,
    onStderr: onceMade((kill) => kill('SIGINT')),
  });
  expect(status).toBe(130);
  expect(stdout).toContain('Interrupted');
  const { rows, files } = await listed();
  expect(files.length).toBeGreaterThan(0);
  expect(files.length).toBeLessThan(12 * 5);
  expect(rows).toEqual(files);
});

it.each([
  ['a run', EVERYTHING],
  ['a batch', ['batch', '--input', '.', '--export', 'export/tr8s', '--jobs', '2']],
])('%s interrupted before anything is made does not speak of what was made', async (_, args) => {
  let sent = false;
  const { status, stdout } = await afterglow(args, {
    folder,
    onStderr(said, kill) {
      if (sent || !/sources, seed/.test(said)) return;
      sent = true;
      kill('SIGINT');
    },
  });
  expect(status).toBe(130);
  const { rows } = await listed();
  // On a machine that is slow to pass the signal on, a texture may be done by then.
  expect(stdout.includes('what was made is kept')).toBe(rows.length > 0);
  expect(stdout).toMatch(/^Interrupted after \d+\.\d s(, and nothing was made\.|; what was made .*)$/m);
  for (const [, path] of stdout.matchAll(/^log +(.*)$/gm)) await access(join(folder, path));
});

it('quits at once on the second SIGINT', async () => {
  // Each texture takes long enough that the one under way cannot be finished between the two signals.
  const clouds = 'clouds_per_source: 3, cloud_duration_sec: 60';
  await put(
    folder,
    'config.yaml',
    SMALL_CONFIG.replace(/clouds_per_source.*?cloud_duration_sec: 1.5/, clouds),
  );
  let sent = 0;
  const { status, stdout } = await afterglow(['make-clouds', '--jobs', '2', '--verbose'], {
    folder,
    onStderr: (said, kill) => {
      const due = said.includes('interrupt again') ? 2 : /grade [ABF]/.test(said) ? 1 : 0;
      for (; sent < due; sent++) kill('SIGINT');
    },
  });
  expect(status).toBe(130);
  expect(stdout).toBe('');
  expect(await readdir(join(folder, 'export/tr8s'))).not.toContain('.afterglow.lock');
});

it('makes the manifest whole again after a kill', async () => {
  await afterglow(EVERYTHING, { folder, onStderr: onceMade((kill) => kill('SIGKILL')) });
  const killed = await listed();
  expect(killed.files.length).toBeGreaterThan(0);
  expect(killed.rows).toEqual([]);

  const only = ['make-clouds', '--only', 'no such source'];
  expect(await afterglow(only, { folder })).toMatchObject({ status: 0 });
  const { rows, files } = await listed();
  expect(files).toEqual(killed.files);
  expect(rows).toEqual(files);
});

it('lets no second run into the export folder, says so in a line, and exits with 2', async () => {
  let second: Promise<Outcome> | undefined;
  const first = await afterglow(EVERYTHING, {
    folder,
    onStderr: onceMade((kill) => {
      second = afterglow(['make-clouds'], { folder });
      void second.finally(() => kill('SIGINT'));
    }),
  });
  const { status, stdout, stderr } = (await second) as Outcome;
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/\[✗\] Another run \(process \d+\) is working in “[^\n]*”; [^\n]*\.\n$/);
  expect(first.status).toBe(130);
  const { rows, files } = await listed();
  expect(rows).toEqual(files);
  expect(await readdir(join(folder, 'export/tr8s'))).not.toContain('.afterglow.lock');
});

/** Acts once, when a few textures are made. */
function onceMade(act: (kill: (signal: NodeJS.Signals) => void) => void) {
  let acted = false;
  return (said: string, kill: (signal: NodeJS.Signals) => void) => {
    if (acted || (said.match(/grade [ABF]/g) ?? []).length < 4) return;
    acted = true;
    act(kill);
  };
}
