/** A stock Firefox, driven over its own Marionette protocol: Debian's browser as it is, without a driver's patched copy. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasTool } from './tools.ts';

const FIREFOX = '/usr/bin/firefox-esr';
export const hasFirefox = hasTool('firefox-esr', () => existsSync(FIREFOX));

/** ms until it listens; a cold start on a busy machine takes 20 s. */
const START_MS = 60_000;

export interface Firefox {
  open(address: string): Promise<void>;
  /** Runs the body of a function in the page; its last argument takes the result. */
  run(script: string, ...given: readonly unknown[]): Promise<unknown>;
  /** Puts files into an input. */
  choose(selector: string, files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Strict about `file:`, as the browser of a user is: drivers' profiles are lenient. */
const PREFERENCES = {
  'security.fileuri.strict_origin_policy': true,
  'datareporting.policy.dataSubmissionEnabled': false,
  'browser.shell.checkDefaultBrowser': false,
};

/** @param downloads the folder that downloads go to */
export async function openFirefox(downloads: string): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), 'afterglow-firefox-'));
  const port = await freePort();
  const preferences = Object.entries({
    ...PREFERENCES,
    'marionette.port': port,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
  });
  const lines = preferences.map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const firefox = spawn(FIREFOX, ['--headless', '--marionette', '--profile', profile], { stdio: 'ignore' });
  const ended = new Promise((resolve) => firefox.once('exit', resolve));
  const send = commands(await connected(port));
  await send('WebDriver:NewSession', {});
  await send('WebDriver:SetTimeouts', { script: 300_000, pageLoad: 60_000 });
  return {
    open: async (url) => void (await send('WebDriver:Navigate', { url })),
    run: async (script, ...args) => {
      const { value } = (await send('WebDriver:ExecuteAsyncScript', { script, args })) as { value: unknown };
      return value;
    },
    async choose(selector, files) {
      const { value } = (await send('WebDriver:FindElement', { using: 'css selector', value: selector })) as {
        value: Record<string, string>;
      };
      const [id] = Object.values(value);
      await send('WebDriver:ElementSendKeys', { id, text: files.join('\n') });
    },
    async close() {
      await send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
      await ended;
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Sends commands one by one: `LENGTH:[0, id, name, parameters]`, answered with `LENGTH:[1, id, error, result]`. */
function commands(socket: Socket): (name: string, parameters: object) => Promise<unknown> {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let last = 0;
  let buffered = Buffer.alloc(0);
  socket.on('data', (data) => {
    buffered = Buffer.concat([buffered, data]);
    for (;;) {
      const colon = buffered.indexOf(':');
      const length = Number(buffered.subarray(0, Math.max(0, colon)).toString());
      if (colon < 1 || buffered.length < colon + 1 + length) return;
      const message = JSON.parse(buffered.subarray(colon + 1, colon + 1 + length).toString());
      buffered = buffered.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message as [number, number, { message: string } | null, unknown];
      if (error) waiting.get(id)?.reject(new Error(error.message));
      else waiting.get(id)?.resolve(result);
      waiting.delete(id);
    }
  });
  socket.on('close', () => {
    for (const one of waiting.values()) one.reject(new Error('Firefox has closed.'));
  });
  return (name, parameters) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      const text = JSON.stringify([0, id, name, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}

async function connected(port: number): Promise<Socket> {
  const until = Date.now() + START_MS;
  for (;;) {
    const socket = await new Promise<Socket | null>((resolve) => {
      const trying = connect(port, '127.0.0.1', () => resolve(trying));
      trying.once('error', () => resolve(null));
    });
    if (socket) return socket;
    if (Date.now() > until) throw new Error('Firefox does not listen.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
