import { mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { decide } from '../../src/engine/decide.ts';
import { DECISIONS_FILE, readDecisions } from '../../src/engine/decisions.ts';
import { memoryPlatform } from '../../src/platform/memory/platform.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const exportFolder = await mkdtemp(join(tmpdir(), 'afterglow-decide-'));
const site = { exportFolder, exportRoot: exportFolder };
const path = join(exportFolder, DECISIONS_FILE);
afterAll(() => rm(exportFolder, { recursive: true }));
beforeEach(async () => {
  for (const name of await readdir(exportFolder)) await rm(join(exportFolder, name));
});

const text = () => readFile(path, 'utf8');
const change = (entries: Record<string, object>) =>
  decide(nodePlatform, site, new Map(Object.entries(entries)));

it('writes what was decided so that it reads the same, sorted, and tells what was before', async () => {
  await change({ 'b.wav': { decision: 'reject' } });
  const { before, decisions, warning } = await change({
    'b.wav': { stars: 2 },
    'a.wav': { name: 'bed', note: 'for the bridge', decision: 'keep' },
  });
  expect(Object.fromEntries(before)).toEqual({ 'a.wav': {}, 'b.wav': { decision: 'reject' } });
  expect(warning).toBeNull();
  expect(await readDecisions(nodePlatform, exportFolder)).toEqual(decisions);
  expect(await text()).toBe(
    `${JSON.stringify(
      {
        version: 1,
        textures: {
          'a.wav': { decision: 'keep', note: 'for the bridge', name: 'bed' },
          'b.wav': { decision: 'reject', stars: 2 },
        },
      },
      null,
      2,
    )}\n`,
  );
  expect(await readdir(exportFolder)).toEqual([DECISIONS_FILE]);
});

it('takes away what null says, and the texture with the last of it', async () => {
  await change({ 'a.wav': { decision: 'keep', stars: 3 } });
  await change({ 'a.wav': { decision: null } });
  expect(Object.fromEntries(await readDecisions(nodePlatform, exportFolder))).toEqual({
    'a.wav': { stars: 3 },
  });
  await change({ 'a.wav': { stars: null } });
  expect(JSON.parse(await text())).toEqual({ version: 1, textures: {} });
});

it('undone by what was before, the file is what it was', async () => {
  await change({ 'a.wav': { decision: 'keep', note: 'x' }, 'c.wav': { stars: 1 } });
  const first = await text();
  const { before } = await change({ 'a.wav': { decision: 'reject', name: 'n' }, 'b.wav': { stars: 5 } });
  const undo = [...before].map(([key, one]) => {
    const { decision = null, stars = null, note = null, name = null } = one;
    return [key, { decision, stars, note, name }] as const;
  });
  await decide(nodePlatform, site, new Map(undo));
  expect(await text()).toBe(first);
});

it('keeps what others wrote: keys it does not know, and textures that are gone', async () => {
  const others = {
    app: 'another',
    version: 1,
    textures: { 'gone.wav': { decision: 'keep', colour: 'red' }, 'a.wav': { mood: ['dark'], stars: 1 } },
  };
  await writeFile(path, JSON.stringify(others));
  await change({ 'a.wav': { stars: 4 }, 'gone.wav': { decision: null } });
  expect(JSON.parse(await text())).toEqual({
    app: 'another',
    version: 1,
    textures: { 'gone.wav': { colour: 'red' }, 'a.wav': { mood: ['dark'], stars: 4 } },
  });
});

it('loses none of many decisions at once', async () => {
  const names = Array.from({ length: 50 }, (_, i) => `${String(i).padStart(2, '0')}.wav`);
  await Promise.all(names.map((name) => change({ [name]: { decision: 'keep' } })));
  expect([...(await readDecisions(nodePlatform, exportFolder)).keys()]).toEqual(names);
});

it('sets a file that it cannot understand aside, each under its own name, and says so', async () => {
  await writeFile(path, '{"version": 1, "tex');
  const { warning } = await change({ 'a.wav': { decision: 'keep' } });
  expect(warning).toMatch(
    /^curation\.json could not be understood \(.*\); it was kept as curation\.json\.bak, /,
  );
  expect(await readFile(`${path}.bak`, 'utf8')).toBe('{"version": 1, "tex');
  await writeFile(path, '[]');
  await change({ 'b.wav': { decision: 'keep' } });
  expect(await readFile(`${path}.bak`, 'utf8')).toBe('{"version": 1, "tex');
  expect(await readFile(`${path}.bak2`, 'utf8')).toBe('[]');
  expect(Object.fromEntries(await readDecisions(nodePlatform, exportFolder))).toEqual({
    'b.wav': { decision: 'keep' },
  });
});

it('goes through no link out of the export', async () => {
  const outside = `${exportFolder}-outside.json`;
  afterAll(() => rm(outside, { force: true }));
  await writeFile(outside, '{}');
  await symlink(outside, path);
  await expect(change({ 'a.wav': { stars: 1 } })).rejects.toMatchObject({ code: 'not-allowed' });
  expect(await readFile(outside, 'utf8')).toBe('{}');
});

it('goes on after a write that failed', async () => {
  await symlink('/nowhere/at/all', path);
  await expect(change({ 'a.wav': { stars: 1 } })).rejects.toThrow();
  await rm(path);
  await change({ 'a.wav': { stars: 1 } });
  expect((await readDecisions(nodePlatform, exportFolder)).get('a.wav')).toEqual({ stars: 1 });
});

it('a file whose time was set back is still read anew', async () => {
  await change({ 'a.wav': { stars: 1 } });
  await writeFile(path, JSON.stringify({ version: 1, textures: { 'z.wav': { stars: 5 } } }));
  await utimes(path, 0, 0);
  await change({ 'b.wav': { stars: 2 } });
  expect([...(await readDecisions(nodePlatform, exportFolder)).keys()]).toEqual(['b.wav', 'z.wav']);
});

it('waits for nobody on another platform, though the path is the same', async () => {
  const hung = memoryPlatform();
  const stat = () => new Promise<never>(() => {});
  const decision = new Map([['a.wav', { stars: 1 }]]);
  const place = { exportFolder: '/', exportRoot: null };
  void decide({ ...hung, files: { ...hung.files, stat } }, place, decision);
  expect((await decide(memoryPlatform(), place, decision)).decisions.get('a.wav')).toEqual({ stars: 1 });
});
