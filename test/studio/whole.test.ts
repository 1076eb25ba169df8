/** `afterglow.html`, opened as a file in real browsers: it mines what is given to it, and makes what `afterglow batch` makes. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, watchPage } from '../browser.ts';
import { afterglow, wav } from '../end-to-end/afterglow.ts';
import { type Firefox, hasFirefox, openFirefox } from '../marionette.ts';
import { chord, joined, mono, noise } from '../signals.ts';
import { hasTool } from '../tools.ts';

const BUILT = fileURLToPath(new URL('../../dist/afterglow.html', import.meta.url));
const PAGE = `file://${BUILT}?seed=7`;
const FOREIGN = 'foreign.m4a';
const SAVED = 'afterglow-export.zip';
/** Bytes: what a mail takes. */
const LARGEST = 1_500_000;

let folder: string;
let sources: string[];
/** What the engine leaves to the browser. */
let foreign: string[] = [];
let wanted: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-whole-'));
  const archive = join(folder, 'archive');
  const notes = [
    [57, 61, 64],
    [50, 57, 62],
  ];
  const song = joined(...notes.map((each) => chord(each, 4 * 44_100, 0.3)));
  await mkdir(archive);
  await writeFile(join(archive, 'song.wav'), wav(mono(song)));
  await writeFile(join(archive, 'wind.wav'), wav(mono(noise(3 * 44_100, 0.1))));
  sources = (await readdir(archive)).map((name) => join(archive, name));
  const made = join(folder, 'export');
  const batch = ['batch', '--input', archive, '--export', made, '--seed', '7', '--quiet'];
  expect(await afterglow(batch, { folder })).toMatchObject({ status: 0 });
  wanted = await digestsBelow(made);
  expect(Object.keys(wanted).length).toBeGreaterThan(3);
  if (hasTool('ffmpeg')) {
    foreign = [join(folder, FOREIGN)];
    const code = ['-v', 'error', '-i', join(archive, 'wind.wav'), '-c:a', 'aac', ...foreign];
    expect(spawnSync('ffmpeg', code).status).toBe(0);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Digests of all textures, and of the manifest, by path. */
async function digestsBelow(made: string): Promise<Record<string, string>> {
  const files = await readdir(made, { recursive: true });
  const kept = files.filter(isOfExcavation).sort();
  return Object.fromEntries(
    await Promise.all(kept.map(async (path) => [path, digest(path, await readFile(join(made, path)))])),
  );
}

/** Instruments bear the project's name, which is another, and what a browser decodes is promised to nobody. */
function isOfExcavation(path: string): boolean {
  return path === 'manifest.csv' || (path.endsWith('.wav') && !/^(_|foreign\/)/.test(path));
}

function digest(path: string, bytes: Buffer): string {
  const promised =
    path === 'manifest.csv' ? bytes.toString().replace(/^[^\n]*foreign\.m4a[^\n]*\n/gm, '') : bytes;
  return createHash('sha256').update(promised).digest('hex');
}

/** The same of a ZIP whose entries are stored as they are. */
function digestsIn(zip: Buffer): Record<string, string> {
  const all: [string, string][] = [];
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name, extra] = [
      zip.readUInt32LE(at + 22),
      zip.readUInt16LE(at + 26),
      zip.readUInt16LE(at + 28),
    ];
    const path = zip.toString('utf8', at + 30, at + 30 + name).replace(/^afterglow-export\//, '');
    const start = at + 30 + name + extra;
    if (isOfExcavation(path)) all.push([path, digest(path, zip.subarray(start, start + size))]);
    at = start + size;
  }
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

it('is one file that can be mailed', async () => {
  expect((await stat(BUILT)).size).toBeLessThan(LARGEST);
});

describe.skipIf(!hasBrowser)('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let watched: ReturnType<typeof watchPage>;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
    watched = watchPage(page);
    await page.addInitScript(() => {
      const scripts: Blob[] = [];
      const addressOf = URL.createObjectURL;
      URL.createObjectURL = (blob: Blob) => {
        if (blob.type === 'text/javascript') scripts.push(blob);
        return addressOf(blob);
      };
      Object.assign(window, { scripts });
    });
    await page.goto(PAGE);
    await page.setInputFiles('#choose-files', [...sources, ...foreign]);
    await page.locator('#job-result', { hasText: /^Made \d+ textures\./ }).waitFor({ timeout: 120_000 });
  });
  afterAll(() => browser.close());

  it('makes what batch makes, to the byte', async () => {
    const saving = page.waitForEvent('download');
    await page.click('#save-all');
    expect(digestsIn(await readFile((await (await saving).path())!))).toEqual(wanted);
    expect(await page.locator('#saved').textContent()).toBe(
      'All is saved: “afterglow-export.zip” is among your downloads.',
    );
  });

  it('offers more of the songs that were dropped', async () => {
    await page.click('#make-more');
    await page.locator('#run-start:enabled').waitFor();
    const { length } = await page.locator('#run-source option').all();
    expect(length).toBe(1 + sources.length + foreign.length);
    expect(await page.locator('#run-source').inputValue()).not.toBe('');
    await page.click('#run .close');
  });

  it.skipIf(!hasTool('ffmpeg'))('reads what the browser reads, and says so', async () => {
    expect(await page.locator('#job-result').textContent()).toContain(`“${FOREIGN}” was read by the browser`);
    await page.fill('#search', 'foreign');
    expect(await page.locator('#count').textContent()).toMatch(/^[1-9]\d* of/);
    await page.fill('#search', '');
  });

  it('shows and sounds what it made, and makes a kit of it', async () => {
    expect(await page.locator('#count').textContent()).toMatch(/^[1-9]\d* of \d+ · 0 kept$/);
    await page.click('#play');
    await page.waitForFunction(() => document.getElementById('play')!.classList.contains('active'));
    await page.click('#silence');
    await page.click('#to-kit');
    const saving = page.waitForEvent('download');
    await page.click('#kit-make');
    expect((await saving).suggestedFilename()).toMatch(/\.zip$/);
  });

  it('makes instruments of what was chosen', async () => {
    await page.locator('#instrument-format').selectOption('sfz');
    const saving = page.waitForEvent('download');
    await page.click('#instrument-make');
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('My kit sfz.zip');
    expect((await readFile((await saved.path())!)).includes('.sfz')).toBe(true);
  });

  it('answers keys after files were chosen, and says why nothing came of them', async () => {
    const name = await page.locator('#name').textContent();
    await page.locator('#choose-files').focus();
    await page.setInputFiles('#choose-files', sources);
    const words = /^Made 0 textures\. All of it was here already\./;
    await page.locator('#job-result', { hasText: words }).waitFor({ timeout: 60_000 });
    // What was said of files before stays to be read.
    for (const _ of foreign) expect(await page.locator('#job-result').textContent()).toContain(FOREIGN);
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator('#name').textContent()).not.toBe(name);
  });

  it('says in one sentence that a file holds no sound, and what to do', async () => {
    const text = join(folder, 'text.wav');
    await writeFile(text, 'Mix this one louder.\n');
    await page.click('#job-close');
    await page.setInputFiles('#choose-files', [text]);
    const result = page.locator('#job-result', { hasText: /^Made 0 textures\./ });
    await result.waitFor({ timeout: 60_000 });
    expect(await result.locator('span').textContent()).toBe(
      'Made 0 textures. “text.wav” holds text and no sound, whatever its name says; remove it, or export or download the sound again.',
    );
  });

  it('starts the engine from a short address: Chromium keeps copies of it, gigabytes once', async () => {
    const scripts = await page.evaluate(() =>
      Promise.all((window as unknown as { scripts: Blob[] }).scripts.map((script) => script.text())),
    );
    expect(scripts).toHaveLength(1);
    expect(scripts[0]).not.toMatch(/import\(["'`]data:/);
    expect(scripts[0].length).toBeGreaterThan(500_000);
  });

  it('puts sounds out of memory, and removes what a page that is gone has left', async () => {
    const stores = () =>
      page.evaluate(async () => {
        const all = await indexedDB.databases();
        return all.flatMap(({ name }) => (name?.startsWith('afterglow session ') ? [name] : []));
      });
    const [store] = await stores();
    const count = await page.evaluate(async (name) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
      });
      const counting = database.transaction('bytes').objectStore('bytes').count();
      await new Promise((resolve) => {
        counting.onsuccess = resolve;
      });
      database.close();
      return counting.result;
    }, store);
    expect(count).toBeGreaterThan(3);
    await page.reload();
    // Its own may be opened before or after the one that is left is removed.
    const left = async () => {
      const all = await stores();
      return { count: all.length, isThere: all.includes(store) };
    };
    await expect.poll(left, { timeout: 60_000 }).toEqual({ count: 1, isThere: false });
  });

  it('asks nothing of anybody, and complains of nothing', () => {
    expect(watched.complaints).toEqual([]);
    const elsewhere = watched.requests.filter((url) => !url.startsWith('blob:') && !url.startsWith('data:'));
    expect(elsewhere).toEqual([PAGE, PAGE]);
  });
});

// From a server: in a page opened as a file, Chromium has no folder of its own that could stand for the user's.
describe.skipIf(!hasBrowser)('with a folder of the user’s', () => {
  let browser: Browser;
  let server: Server;
  beforeAll(async () => {
    browser = await openBrowser();
    const html = await readFile(BUILT);
    server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.close();
    await browser.close();
  });

  it('saves there what it makes, and goes on there next time', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    await context.addInitScript(pretendPicker);
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?seed=7`;
    const page = await context.newPage();
    await page.goto(address);
    await page.setInputFiles('#choose-files', sources.slice(1));
    await page.locator('#job-result', { hasText: /^Made \d+ textures?\./ }).waitFor({ timeout: 60_000 });
    await page.click('#save-folder');
    await page.locator('#saved', { hasText: /^All is saved in “music”/ }).waitFor({ timeout: 60_000 });
    const saving = page.waitForEvent('download');
    await page.click('#save-all');
    const zip = digestsIn(await readFile((await (await saving).path())!));
    expect(Object.keys(zip).length).toBeGreaterThan(1);
    expect(digestsOf(await page.evaluate(filesSaved, '.'))).toEqual(zip);
    await page.click('#keep');
    const paths = async () => (await page.evaluate(filesSaved, '^$')).map(([path]) => path);
    await expect.poll(paths, { timeout: 20_000 }).toContain('curation.json');

    // What is undone is taken out of the folder again, unless somebody changed it there.
    await page.keyboard.press('a');
    await page.locator('#render-seed').fill('11');
    await page.getByRole('button', { name: 'make it', exact: true }).click();
    const keepBoth = page.locator('#version-list').getByRole('button', { name: 'keep both' });
    const versions = async () => (await paths()).filter((path) => /^[^_].*seed11.*\.wav$/.test(path));
    for (const isChanged of [false, true]) {
      await keepBoth.click({ timeout: 60_000 });
      await expect.poll(versions, { timeout: 20_000 }).toHaveLength(1);
      await allSaved(page);
      const [path] = await versions();
      if (isChanged) await page.evaluate(writeSaved, path);
      await page.keyboard.press('u');
      await expect.poll(() => manifestSaved(page), { timeout: 20_000 }).not.toContain('seed11');
      await allSaved(page);
      expect(await versions()).toEqual(isChanged ? [path] : []);
    }

    const again = await context.newPage();
    await again.goto(address);
    await again.click('#go-on');
    await again.locator('#saved', { hasText: /^All is saved/ }).waitFor({ timeout: 60_000 });
    expect(await again.locator('#count').textContent()).toMatch(/^[1-9]\d* .* · 1 kept$/);
    await context.close();
  });
});

function digestsOf(files: readonly [path: string, base64: string][]): Record<string, string> {
  const kept = files.filter(([path]) => isOfExcavation(path)).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    kept.map(([path, base64]) => [path, digest(path, Buffer.from(base64, 'base64'))]),
  );
}

/** A folder of the browser's own instead of the dialog, which no test can answer; all else about it is real. */
function pretendPicker(): void {
  const showDirectoryPicker = async () =>
    (await navigator.storage.getDirectory()).getDirectoryHandle('music', { create: true });
  Object.assign(window, { showDirectoryPicker });
}

/** Until the folder is as the export is. */
async function allSaved(page: Page): Promise<void> {
  // Longer than the page waits for more before it saves.
  await page.waitForTimeout(2000);
  await page.locator('#saved', { hasText: /^All is saved in “music”/ }).waitFor({ timeout: 60_000 });
}

async function manifestSaved(page: Page): Promise<string> {
  const saved = new Map(await page.evaluate(filesSaved, '^manifest\\.csv$'));
  return Buffer.from(saved.get('manifest.csv')!, 'base64').toString();
}

/** To be run in the page: somebody writes into a file of that folder. */
async function writeSaved(path: string): Promise<void> {
  const names = path.split('/');
  let place = await (await navigator.storage.getDirectory()).getDirectoryHandle('music');
  for (const name of names.slice(0, -1)) place = await place.getDirectoryHandle(name);
  const stream = await (await place.getFileHandle(names.at(-1)!)).createWritable();
  await stream.write('mine');
  await stream.close();
}

/** To be run in the page: all files of that folder, those of these paths with their bytes in base64, which take long. */
async function filesSaved(read: string): Promise<[string, string][]> {
  const all: [string, string][] = [];
  const take = async (folder: FileSystemDirectoryHandle, below: string): Promise<void> => {
    for await (const [name, entry] of folder.entries()) {
      if (entry.kind === 'directory') await take(entry as FileSystemDirectoryHandle, `${below}${name}/`);
      else if (!new RegExp(read).test(`${below}${name}`)) all.push([`${below}${name}`, '']);
      else {
        const bytes = new Uint8Array(await (await (entry as FileSystemFileHandle).getFile()).arrayBuffer());
        let text = '';
        for (let i = 0; i < bytes.length; i += 0x8000)
          text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
        all.push([`${below}${name}`, btoa(text)]);
      }
    }
  };
  await take(await (await navigator.storage.getDirectory()).getDirectoryHandle('music'), '');
  return all;
}

describe.skipIf(!hasFirefox)('in Firefox', () => {
  let firefox: Firefox;
  beforeAll(async () => {
    firefox = await openFirefox(folder);
  });
  afterAll(() => firefox.close());

  it('makes what batch makes, to the byte', async () => {
    await firefox.open(PAGE);
    await firefox.choose('#choose-files', sources);
    const words = await firefox.run(`
      const done = arguments[0];
      setInterval(() => {
        const result = document.getElementById('job-result');
        if (!result.hidden) done(result.textContent);
      }, 100);
    `);
    expect(words).toMatch(/^Made \d+ textures\./);
    await firefox.run(`document.getElementById('save-all').click(); arguments[0]();`);
    expect(digestsIn(await readFile(await arrived(join(folder, SAVED))))).toEqual(wanted);
  });
});

/** Once a file is there in full: Firefox gives it its name then. */
async function arrived(file: string): Promise<string> {
  for (let size = -1; ; ) {
    const now = await stat(file).then(
      (facts) => facts.size,
      () => 0,
    );
    if (now > 0 && now === size) return file;
    size = now;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
