/** The studio's page in a real browser: look, choose, decide, build. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { levelHeard } from '../analysed.ts';
import { hasBrowser } from '../browser.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { cellNames, hears, nameOf, said, shared, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

const FAMILIES = ['pad', 'drone', 'swell', 'cloud', 'hiss', 'drum'] as const;

/** A handful of each family, from three songs. */
function mixed(count: number): MadeTexture[] {
  return Array.from({ length: count }, (_, i) => {
    const family = FAMILIES[i % FAMILIES.length];
    const loops = !['swell', 'drum'].includes(family);
    return {
      ...{ family, loops, source: `song_${i % 3}`, sampleRate: 44_100, bitDepth: 16, channelCount: 1 },
      ...{
        seconds: 0.4 + 0.05 * (i % 7),
        noise: family === 'hiss' ? 0.5 : 0,
        grade: i % 9 === 8 ? 'B' : 'A',
      },
    } as const;
  });
}

async function made(count = 24) {
  const { exportFolder } = await madeExport(mixed(count));
  return { exportFolder, ...(await studioOn([exportFolder])) };
}

/** For tests that change nothing of it. */
const unchanged = shared(() => made());

describe.skipIf(!hasBrowser)('the studio in Chromium', () => {
  const pages = studioPages();

  it('opens with its map drawn, and something selected', async () => {
    const page = await pages.open(await unchanged());
    await page.locator('#families button').first().waitFor();
    expect(await page.locator('#families button').allTextContents()).toContain('pads 4');
    expect(await page.locator('#count').textContent()).toBe('24 shown · 0 kept');
    expect(await nameOf(page)).toMatch(/^song 0, /);
    const ink = await page.locator('#map-field').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(data).size;
    });
    expect(ink).toBeGreaterThan(30);
    expect(new URL(page.url()).search).toBe('');
  });

  it('lists, filters, searches and sorts', async () => {
    const page = await pages.open(await unchanged());
    await page.getByRole('button', { name: 'cells', exact: true }).click();
    await page.getByRole('button', { name: /^drones/ }).click();
    await soon(() => cellNames(page)).toHaveLength(4);
    expect((await cellNames(page)).every((row) => row.includes('drone'))).toBe(true);
    await page.getByRole('button', { name: /^drones/ }).click();
    await page.getByRole('searchbox').fill('song 9, hiss');
    await soon(() => cellNames(page)).toHaveLength(0);
    await page.getByRole('searchbox').fill('song 1, hiss');
    await soon(async () => (await cellNames(page)).length).toBeGreaterThan(0);
    expect((await cellNames(page)).every((row) => /^song 1, hiss/.test(row))).toBe(true);
    await page.getByRole('searchbox').fill('');
    await page.locator('#by-loop').selectOption('plays once');
    await soon(() => cellNames(page)).toHaveLength(8);
    await page.locator('#by-loop').selectOption('all');
    await page.locator('#by-grade').selectOption('B');
    await soon(() => cellNames(page)).toHaveLength(2);
    await page.locator('#by-grade').selectOption('');
    await page.locator('#order').selectOption('duration_sec');
    // What is selected stays in view, and only cells in view exist.
    const lengths = async () => {
      await page.locator('#cells').evaluate((box) => box.scrollTo(0, 0));
      return (await cellNames(page)).map((row) => Number(/([\d.]+) s,/.exec(row)![1]));
    };
    await soon(async () => (await lengths())[0]).toBe(0.4);
    expect(await lengths()).toEqual((await lengths()).toSorted((a, b) => a - b));
    await page.getByRole('button', { name: 'reversed' }).click();
    await soon(async () => (await lengths())[0]).toBe(0.7);
    expect(await lengths()).toEqual((await lengths()).toSorted((a, b) => b - a));
  });

  it('says kindly that nothing answers, and shows everything again', async () => {
    const page = await pages.open(await unchanged());
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('Nothing matches.').waitFor();
    await page.getByRole('button', { name: 'Show everything again' }).click();
    expect(await page.locator('#count').textContent()).toMatch(/^24 shown/);
  });

  it('plays with one key, and sound flows until Escape', async () => {
    const page = await pages.open(await unchanged());
    await page.keyboard.press('Space');
    await soon(() => page.evaluate(levelHeard)).toBeGreaterThan(0.05);
    expect(await page.locator('#play').textContent()).toMatch(/stop/);
    await page.keyboard.press('ArrowRight');
    await hears(page, /^plays song/);
    await page.keyboard.press('Escape');
    await soon(() => page.evaluate(levelHeard)).toBe(0);
    expect(await said(page)).toBe('silence');
  });

  it('shows a family that only the palette knows, by its words and in its colour', async () => {
    const page = await pages.open(await unchanged());
    const bell = {
      id: 'bell',
      singular: 'bell',
      plural: 'bells',
      colour: { dark: '#12ab34', light: '#fe00dc' },
    };
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.route('**/api/palette', async (route) => {
      const response = await route.fetch();
      const palette = await response.json();
      palette.families.unshift(bell);
      palette.textures[0].family = 'bell';
      await route.fulfill({ response, json: palette });
    });
    await page.reload();
    const button = page.locator('#families button').first();
    await soon(() => button.textContent()).toBe('bells 1');
    const colour = () => button.evaluate((one) => getComputedStyle(one, '::before').backgroundColor);
    expect(await colour()).toBe('rgb(18, 171, 52)');
    await page.keyboard.press('d');
    expect(await colour()).toBe('rgb(254, 0, 220)');
    await button.click();
    await page.getByRole('button', { name: 'cells', exact: true }).click();
    await soon(() => cellNames(page)).toEqual([expect.stringContaining(', bell, ')]);
  });

  it('decides with one key, undoes, and remembers after a reload; no file is touched', async () => {
    const studio = await made();
    const page = await pages.open(studio);
    const manifest = await readFile(join(studio.exportFolder, 'manifest.csv'), 'utf8');
    await page.keyboard.press('v');
    const [first] = [await nameOf(page)];
    for (const key of ['k', '.', '.', '.', 'j', 'x', 'j', 'k', 'u']) await page.keyboard.press(key);
    await hears(page, /^undone: song.* kept$/);
    await page.locator('#note').fill('for the bridge');
    await page.keyboard.press('Enter');
    await soon(() => page.locator('#saving').textContent()).toBe('saved');
    await soon(
      async () => JSON.parse(await readFile(join(studio.exportFolder, 'curation.json'), 'utf8')).textures,
    ).toSatisfy((saved: Record<string, unknown>) => {
      const values = Object.values(saved)
        .map((one) => JSON.stringify(one))
        .sort();
      return (
        values.length === 3 &&
        values[0].includes('"decision":"keep"') &&
        values[0].includes('"stars":3') &&
        values[1] === '{"decision":"reject"}' &&
        values[2] === '{"note":"for the bridge"}'
      );
    });
    expect(await readFile(join(studio.exportFolder, 'manifest.csv'), 'utf8')).toBe(manifest);
    await page.reload();
    await soon(() => page.locator('#count').textContent()).toBe('24 shown · 1 kept');
    await page.locator('#by-decision').selectOption('kept');
    await page.keyboard.press('m');
    await soon(() => cellNames(page)).toEqual([expect.stringContaining(`${first}`)]);
    expect((await cellNames(page))[0]).toMatch(/kept, 3 stars$/);
  });

  it('says that a decision is not saved while the server is away, and saves it when it is back', async () => {
    const page = await pages.open(await made());
    await page.locator('#name', { hasText: 'song' }).waitFor();
    await page.route('**/api/decisions', (route) => route.abort());
    await page.keyboard.press('k');
    await soon(() => page.locator('#saving').textContent()).toBe('not saved yet');
    expect(await page.getByRole('alert').textContent()).toMatch(/does not answer.*--port \d+.*waits in this/);
    await page.unroute('**/api/decisions');
    // One that was started again does not know this tab yet.
    let refusals = 0;
    await page.route('**/api/decisions', (route) => {
      refusals++;
      const error = { code: 'unauthorised', message: 'Open the address that the studio printed.' };
      return route.fulfill({ status: 401, json: { error } });
    });
    await soon(() => refusals).toBeGreaterThan(0);
    expect(await page.locator('#saving').textContent()).toMatch(/not saved yet|saving/);
    await page.unroute('**/api/decisions');
    await soon(() => page.locator('#saving').textContent()).toBe('saved');
    expect(await page.getByRole('alert').isVisible()).toBe(false);
    pages.forgive(page, /ERR_FAILED|401/);
  });

  it('builds a kit by keys and makes it with the code of kit', async () => {
    const studio = await made();
    const page = await pages.open(studio);
    await page.locator('#kit-device option').first().waitFor({ state: 'attached' });
    await page.getByLabel('Device', { exact: true }).selectOption('tr8s');
    await page.keyboard.press('Escape');
    await page.locator('#name').click();
    for (const key of ['1', 'j', '3', 'j', 't']) await page.keyboard.press(key);
    await soon(() => page.locator('#kit-used').textContent()).toMatch(/^3 of \d+ · \d of 600 s$/);
    const names = await page.locator('.slot:not(.empty) .slot-file').allTextContents();
    expect(names).toHaveLength(3);
    expect(
      await page.locator('.slot').first().getByRole('button').first().getAttribute('aria-label'),
    ).toMatch(/^BD: song/);
    await page.getByRole('textbox', { name: 'Name of the kit' }).fill('Night');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'make the kit' }).click();
    // What is said of it may be followed at once by other news.
    const tablePath = join(studio.exportFolder, '_kits/Night/KIT.csv');
    await soon(() => readFile(tablePath, 'utf8').catch(() => '')).toContain(names[0]);
    const table = await readFile(tablePath, 'utf8');
    for (const name of names) expect(table).toContain(name);
    // How it gets into the device is seen, at least where that begins.
    const loading = page.locator('#kit-message .quiet:not(:empty)');
    const below = await loading.evaluate((words) => {
      const edge = Math.min(innerHeight, words.parentElement!.getBoundingClientRect().bottom);
      return words.getClientRects()[0].bottom - edge;
    });
    expect(below).toBeLessThan(2);
    const { ino } = await stat(tablePath);
    await page.getByRole('button', { name: 'make the kit' }).click();
    await page.getByRole('button', { name: 'replace that kit' }).click();
    await soon(() =>
      stat(tablePath).then(
        (facts) => facts.ino,
        () => ino,
      ),
    ).not.toBe(ino);
    await page.getByRole('button', { name: /^Take .* out of BD/ }).click();
    await soon(() => page.locator('#kit-used').textContent()).toMatch(/^2 of/);
    await page.reload();
    await soon(() => page.locator('.slot:not(.empty)').count()).toBe(2);
    pages.forgive(page, /409/);
  });

  it('keeps the kit where it is filled before the devices are known', async () => {
    const page = await pages.open(await made());
    await page.locator('#kit-device option').first().waitFor({ state: 'attached' });
    await page.getByLabel('Device', { exact: true }).selectOption('tr8s');
    await page.keyboard.press('Escape');
    await page.locator('#name').click();
    await page.keyboard.press('1');
    await page.getByRole('textbox', { name: 'Name of the kit' }).fill('Night');
    await page.keyboard.press('Escape');
    let known = () => {};
    const waiting = new Promise<void>((resolve) => {
      known = resolve;
    });
    await page.route('**/api/profiles', async (route) => {
      await waiting;
      await route.continue();
    });
    await page.reload();
    await soon(() => page.locator('#count').textContent()).toMatch(/shown/);
    await page.keyboard.press('j');
    await page.keyboard.press('3');
    await soon(() => said(page)).toMatch(/in LT$/);
    // Longer than the page waits until it asks what the kit would be.
    await page.waitForTimeout(300);
    known();
    await soon(() => page.locator('#kit-used').textContent()).toMatch(/^2 of/);
    expect(await page.getByLabel('Device', { exact: true }).inputValue()).toBe('tr8s');
    expect(await page.getByRole('textbox', { name: 'Name of the kit' }).inputValue()).toBe('Night');
    expect(await page.locator('.slot').first().getAttribute('class')).not.toContain('empty');
  });

  it('lets a row be dragged into a place of the kit', async () => {
    const page = await pages.open(await made());
    await page.locator('.slot').first().waitFor();
    await page.locator('#name').dragTo(page.locator('.slot').nth(4));
    await soon(() => page.locator('.slot').nth(4).getAttribute('class')).not.toContain('empty');
  });

  it('notices that the export has changed, and keeps what is selected', async () => {
    const studio = await made();
    const page = await pages.open(studio);
    await page.keyboard.press('v');
    for (const key of ['j', 'j', 'j']) await page.keyboard.press(key);
    const name = await nameOf(page);
    const manifest = await readFile(join(studio.exportFolder, 'manifest.csv'), 'utf8');
    await writeFile(
      join(studio.exportFolder, 'manifest.csv'),
      manifest.trimEnd().split('\n').slice(0, -1).join('\n'),
    );
    await page.getByText('The export has changed').first().waitFor();
    expect(await page.locator('#count').textContent()).toMatch(/^24 shown/);
    await page.getByRole('button', { name: 'show what is new' }).click();
    await soon(() => page.locator('#count').textContent()).toMatch(/^23 shown/);
    expect(await nameOf(page)).toBe(name);
  });

  it('is harmless whatever names and notes say', async () => {
    const studio = await made();
    const page = await pages.open(studio);
    const hostile = '<img src=x onerror="window.hurt=1">';
    await page.locator('#own-name').fill('<b>bold</b>');
    await page.keyboard.press('Enter');
    await page.locator('#note').fill(hostile);
    await page.keyboard.press('Enter');
    await soon(() => page.locator('#saving').textContent()).toBe('saved');
    await page.reload();
    await soon(() => nameOf(page)).toBe('<b>bold</b>');
    expect(await page.locator('main img, main b').count()).toBe(0);
    expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
  });

  it('says what to do where nothing was excavated', async () => {
    const { exportFolder } = await madeExport([]);
    const page = await pages.open(await studioOn([exportFolder]));
    const advice = page.getByText('Nothing was excavated here yet. Run “afterglow all”');
    await advice.waitFor();
    for (const key of ['Space', 'ArrowRight', 'j', 'k', 'u', 's', 'l', 'o', '1', 'm', 'ArrowDown']) {
      await page.keyboard.press(key);
    }
    expect(await advice.isVisible()).toBe(true);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});
