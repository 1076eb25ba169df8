/** `afterglow studio` as it is built: its threads, its address, its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { demoExport } from '../palette/demo-export.ts';
import { afterglow, emptyFolder } from './afterglow.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/afterglow.js', import.meta.url));
const demo = await demoExport();
const projectFolder = await emptyFolder();
await cp(demo.projectFolder, projectFolder, { recursive: true, preserveTimestamps: true });
const exportFolder = demo.exportFolder.replace(demo.projectFolder, projectFolder);
const children = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(projectFolder, { recursive: true, force: true });
});

/** Starts it, and waits until it has said its address. */
async function started(...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, 'studio', ...args, '--no-open'], { cwd: projectFolder });
  children.add(child);
  let said = '';
  let complained = '';
  child.stderr.on('data', (data) => {
    complained += data;
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const address = await new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error(`It ended early: ${complained}`)));
    child.stdout.on('data', (data) => {
      said += data;
      const found = /http:\/\/\S+/.exec(said);
      if (found && said.includes('Ctrl-C')) resolve(found[0]);
    });
  });
  const opening = await fetch(address, { redirect: 'manual' });
  const cookie = opening.headers.get('set-cookie')!.split(';')[0];
  const { origin, port } = new URL(address);
  const get = (path: string) => fetch(`${origin}${path}`, { headers: { cookie } });
  const post = (path: string, body: object) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { child, ended, port, get, post, said: () => said, complained: () => complained };
}

it('opens on an export, listens in its own threads, and ends on a signal, pages or no pages', async () => {
  const { child, ended, get, post, said, complained } = await started(exportFolder);
  expect(said()).toMatch(
    /^The studio is open: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{22}\nIt is for this machine only; Ctrl-C closes it\.\n$/,
  );
  const events = await get('/api/events');
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const until = async (what: RegExp) => {
    while (!what.test(heard)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The stream ended without ${what}: ${heard}`);
      heard += value;
    }
    const [found] = what.exec(heard)!;
    heard = heard.slice(heard.indexOf(found) + found.length);
    return found;
  };
  const { isRefined, places } = await (await get('/api/map')).json();
  expect(isRefined).toBe(false);
  expect(places.length).toBeGreaterThan(10);
  await until(/"map-changed","isRefined":true/);
  expect((await (await get('/api/map')).json()).isRefined).toBe(true);

  const { textures } = await (await get('/api/palette')).json();
  const pad = textures.find(({ family }: { family: string }) => family === 'pad');
  expect((await get(`/api/context/${pad.id}`)).status).toBe(200);
  // A flicker cannot be of another length: the thread says so, and nothing is written into the shared export.
  const flicker = textures.find(
    ({ family, loop }: { family: string; loop: unknown }) => family === 'hiss' && loop === null,
  );
  expect((await post('/api/render', { id: flicker.id, lengthSec: 2 })).status).toBe(200);
  expect(await until(/"job-done".*"outcome":"\w+"/)).toMatch(/failed/);

  child.kill('SIGTERM');
  await until(/"closing"/);
  expect(await ended).toBe(0);
  expect(complained()).toBe('');
});

it('says in a sentence that a port is in use', async () => {
  const { child, ended, port } = await started(exportFolder);
  const second = await afterglow(['studio', exportFolder, '--no-open', '--port', port], {
    folder: projectFolder,
  });
  expect(second.status).toBe(2);
  expect(second.stderr).toBe(`[✗] Port ${port} is in use; leave --port out, and a free one is taken.\n`);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

it.each([['-1'], ['65536'], ['x']])('knows which ports there are: not %s', async (port) => {
  const outcome = await afterglow(['studio', '--port', port, '--no-open'], { folder: projectFolder });
  expect(outcome.status).toBe(2);
  expect(outcome.stderr).toContain('It must be a whole number from 0 to 65535.');
});

it('knows which folders there are', async () => {
  const outcome = await afterglow(['studio', 'nowhere', '--no-open'], { folder: projectFolder });
  expect([outcome.status, outcome.stderr]).toEqual([2, '[✗] There is no folder “nowhere”.\n']);
});
