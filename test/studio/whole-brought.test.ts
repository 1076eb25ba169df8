/** What `afterglow.html` answers to what somebody brings: an export, no sound, broken sounds, the same once more. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, watchPage } from '../browser.ts';
import { wav } from '../end-to-end/afterglow.ts';
import { chord, mono, noise } from '../signals.ts';
import { readZip } from '../zip-reader.ts';
import { soon } from './page.ts';

const NOTE = '“/afterglow/export” is mine';
const PAGE = `file://${fileURLToPath(new URL('../../dist/afterglow.html', import.meta.url))}?seed=7`;

describe.skipIf(!hasBrowser)('afterglow.html', () => {
  let folder: string;
  let browser: Browser;
  const complaints: string[][] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'afterglow-brought-'));
    await put('wind.wav', wav(mono(noise(3 * 44_100, 0.1))));
    browser = await openBrowser();
  });
  // What a page still makes would take the processor from the next one.
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
    expect(complaints.flat()).toEqual([]);
  });

  async function put(name: string, content: Uint8Array | string): Promise<void> {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  async function fresh(): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
    complaints.push(watchPage(page).complaints);
    await page.goto(PAGE);
    return page;
  }
  const bring = (page: Page, ...names: string[]) =>
    page.setInputFiles(
      '#choose-files',
      names.map((name) => join(folder, name)),
    );
  const answer = (page: Page) =>
    page
      .locator('#job-result:visible span')
      .textContent({ timeout: 100 })
      .catch(() => '');
  const count = (page: Page) => page.locator('#count').textContent();
  const saved = (page: Page) => page.locator('#saved').textContent();

  it('takes its own export back, as a ZIP or unpacked, where it has none yet', async () => {
    const page = await fresh();
    await bring(page, 'wind.wav');
    await soon(() => answer(page)).toMatch(/^Made \d+ texture/);
    expect(await saved(page)).toBe('Nothing is saved yet: all of it is gone when this tab is closed.');
    await page.click('#keep');
    await soon(() => count(page)).toMatch(/1 kept/);
    // As somebody wrote it, also where the engine's own words have others here.
    await page.fill('#note', NOTE);
    await page.keyboard.press('Enter');
    const made = await count(page);
    const saving = page.waitForEvent('download');
    await page.click('#save-all');
    const zip = await readFile((await (await saving).path())!);
    await put('saved.zip', zip);
    expect(await saved(page)).toBe('All is saved: “afterglow-export.zip” is among your downloads.');
    expect(await page.locator('#saving').textContent()).toBe('');
    await page.click('#reject');
    await soon(() => saved(page)).toBe('What changed since “afterglow-export.zip” is not saved yet.');
    for (const [name, bytes] of readZip(zip)) await put(name, bytes);

    const [asZip, asFolder] = [await fresh(), await fresh()];
    await bring(asZip, 'saved.zip');
    await asFolder.setInputFiles('#choose-folder', join(folder, 'afterglow-export'));
    for (const [again, name] of [
      [asZip, 'saved.zip'],
      [asFolder, 'afterglow-export'],
    ] as const) {
      await soon(() => answer(again)).toMatch(
        new RegExp(`^\\d+ textures? of “${name}” (is|are) back, as saved\\.$`),
      );
      await soon(() => count(again)).toBe(made);
      expect(await saved(again)).toBe(`All is saved, in “${name}”.`);
      await again.fill('#search', 'kept');
      expect(await again.locator('#note').inputValue()).toBe(NOTE);
      await again.fill('#search', '');
    }
    await bring(asZip, 'saved.zip');
    await soon(() => answer(asZip)).toMatch(
      /^“saved.zip” is an export of afterglow, .* in another tab, and drop it there\.$/,
    );
    expect(await count(asZip)).toBe(made);
  });

  it('says by name what is no sound', async () => {
    await put('notes.txt', 'Mix this one louder.');
    await put('old.zip', 'PK');
    const page = await fresh();
    await bring(page, 'notes.txt');
    const read = 'WAV, AIFF, FLAC, MP3, Ogg and Opus are read.';
    await soon(() => answer(page)).toBe(`“notes.txt” is no sound; ${read}`);
    await bring(page, 'old.zip');
    await soon(() => answer(page)).toBe('“old.zip” is packed; unpack, and drop what is inside.');
    await bring(page, 'notes.txt', 'wind.wav');
    await soon(() => answer(page)).toMatch(/^Made \d+ textures?\. “notes.txt” is no sound;/);
  });

  it('answers at once where the demo is asked for', async () => {
    const page = await fresh();
    await page.click('#try-it');
    expect(await page.locator('#arrival-words').textContent()).toMatch(/^making the demo’s sounds/);
    expect(await page.locator('#try-it').isDisabled()).toBe(true);
    await page.locator('#job:visible').waitFor({ timeout: 60_000 });
    await soon(() => page.locator('#arrival-words').textContent()).not.toMatch(/demo’s sounds;/);
  });

  it('goes on with what was stopped only where somebody asks for it', async () => {
    await put('slow.wav', wav(mono(noise(120 * 44_100, 0.1))));
    const page = await fresh();
    await bring(page, 'slow.wav');
    await page.click('#job-stop', { timeout: 30_000 });
    await soon(() => answer(page)).toMatch(/^Stopped; /);
    await soon(() => page.locator('#go-on-stopped:visible').textContent()).toBe('go on with the 1 stopped');
    const ofSlow = async () => {
      await page.fill('#search', 'slow');
      return count(page);
    };
    await bring(page, 'wind.wav');
    await soon(() => answer(page)).toMatch(/^Made [1-9]/);
    expect(await ofSlow()).toMatch(/^0 of [1-9]/);
    await page.click('#go-on-stopped');
    await soon(ofSlow, 60_000).toMatch(/^[1-9]/);
    expect(await page.locator('#go-on-stopped').isVisible()).toBe(false);
  });

  it('says that the studio is at work no longer than it is', async () => {
    await put('slow.wav', wav(mono(noise(120 * 44_100, 0.1))));
    const page = await fresh();
    await bring(page, 'wind.wav');
    await soon(() => answer(page)).toMatch(/^Made [1-9]/);
    await page.click('#to-kit');
    await page.locator('#kit-make:enabled').waitFor();
    await bring(page, 'slow.wav');
    await page.locator('#job:visible').waitFor();
    const said = () => page.locator('#kit-message').textContent();
    await page.click('#kit-make');
    await soon(said).toMatch(/^The studio is at work already \(your sounds\)/);
    await page.click('#job-stop');
    await soon(() => answer(page)).toMatch(/^Stopped; /);
    expect((await said())!.trim()).toBe('');
  });

  it('says on one line what is saved, and leads from why no more was made to its setting', async () => {
    const page = await fresh();
    await bring(page, 'wind.wav');
    await soon(() => answer(page)).toMatch(/^Made [1-9]/);
    const high = async (id: string) => (await page.locator(id).boundingBox())!.height;
    expect(await high('#arrival')).toBeLessThan(60);
    expect(await high('header')).toBeLessThan(60);
    await page.click('#job-why');
    const named = page.locator('#job-not-made button').first();
    const title = (await named.textContent())!.replace(/[“”]/g, '');
    await named.click();
    await page.locator('#run-start:enabled').waitFor();
    const label = () =>
      page.evaluate(() => document.activeElement?.closest('label')?.firstElementChild?.textContent);
    await soon(label).toBe(title);
    expect(await page.locator('#run-source option:checked').textContent()).toBe('wind');
  });

  it('says that dust is laid again, while it is and afterwards', async () => {
    await put('song.wav', wav(mono(chord([57, 61, 64], 6 * 44_100, 0.3))));
    await put('rain.wav', wav(mono(noise(4 * 44_100, 0.2))));
    const page = await fresh();
    await bring(page, 'song.wav', 'wind.wav');
    await soon(() => answer(page), 60_000).toMatch(/^Made \d+ textures\.$/);
    await page.evaluate(() => {
      const line = document.querySelector('#job-words')!;
      const said: string[] = [];
      new MutationObserver(() => said.push(line.textContent)).observe(line, { childList: true });
      Object.assign(window, { said });
    });
    await page.click('#job-close');
    await bring(page, 'rain.wav');
    const words = /^Made \d+ textures\. Dust was laid again, \d+ textures in place of former ones\.$/;
    await soon(() => answer(page), 60_000).toMatch(words);
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.join('\n'));
    expect(said).toMatch(/: laying dust again, in place of the former: /);
  });

  it('mines all of several drops that come at once, one after the other, each answered', async () => {
    await put('rain.wav', wav(mono(noise(4 * 44_100, 0.2))));
    await put('text.wav', 'Mix this one louder.');
    await put('other.wav', 'And this one, too.');
    const page = await fresh();
    for (const name of ['text.wav', 'wind.wav', 'other.wav', 'rain.wav']) await bring(page, name);
    const broken = (name: string) => `Before: Made 0 textures\\. “${name}” [^\\n]*`;
    const words = new RegExp(
      `^Made [1-9]\\d* textures[^\\n]*\\n${broken('other.wav')}\\n${broken('text.wav')}$`,
    );
    await soon(() => answer(page), 60_000).toMatch(words);
    await page.locator('#view-songs').click();
    await soon(() => page.locator('.strip').count()).toBe(2);
  });

  it('answers each heap for its own files, and counts what is new', async () => {
    await put('text.wav', 'Mix this one louder.');
    await put('rain.wav', wav(mono(noise(4 * 44_100, 0.2))));
    const page = await fresh();
    const total = async () => Number(/of (\d+)/.exec((await count(page)) ?? '')?.[1] ?? 0);
    await bring(page, 'text.wav');
    await soon(() => answer(page)).toMatch(/^Made 0 textures. “text.wav” holds text/);
    await bring(page, 'wind.wav');
    await soon(() => answer(page)).toMatch(/^Made [1-9].*\.\nBefore: Made 0 textures. “text.wav” [^“]*$/);
    await page.click('#job-close');
    const before = await total();
    await bring(page, 'rain.wav');
    await soon(() => answer(page)).toMatch(/^Made [1-9]/);
    await soon(total).toBe(before + Number(/Made (\d+)/.exec((await answer(page)) ?? '')?.[1]));
    await bring(page, 'text.wav', 'wind.wav');
    await soon(() => answer(page)).toMatch(/^Made 0 textures. “text.wav” holds text/);

    await page.click('#make-more');
    await page.locator('#run-start:enabled').waitFor();
    expect(await page.locator('#run-source option').allTextContents()).toEqual([
      'all 2 sources',
      'rain',
      'wind',
    ]);
  });
});
