/** The kit's tray in a real browser: what it says, and what of it can be read. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../browser.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { shared, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

const STEREO: readonly MadeTexture[] = (['pad', 'drone', 'hiss'] as const).map((family) => ({
  ...{ family, source: 'lake', sampleRate: 22_050, bitDepth: 16, channelCount: 2 },
  ...{ seconds: 2, loops: true },
}));

/** For tests that change nothing of it. */
const stereo = shared(async () => studioOn([(await madeExport(STEREO)).exportFolder]));

describe.skipIf(!hasBrowser)('the tray', () => {
  const pages = studioPages();

  it('says how long a kit sounds, and where a device counts stereo twice', async () => {
    const page = await pages.open(await stereo());
    await page.locator('#kit-device option').first().waitFor({ state: 'attached' });
    await page.locator('#name').click();
    for (const key of ['1', 'j', '2', 'j', '3']) await page.keyboard.press(key);
    const used = () => page.locator('#kit-used').textContent();
    await soon(used).toBe('3 · 6 s');
    const choose = (device: string) => page.getByLabel('Device', { exact: true }).selectOption(device);
    await choose('tr8s');
    await soon(used).toMatch(/^3 of \d+ · 6 s · 12 of 600 s, stereo counted twice$/);
    await choose('polyend-tracker');
    await soon(used).toMatch(/^3 of \d+ · 6 of 133 s$/);
    expect(await page.locator('.slot:not(.empty)').count()).toBe(3);
  });

  it.each([
    [1024, 600],
    [800, 800],
  ])(
    'leaves the map its least height in a window of %i by %i, which can be scrolled',
    async (width, height) => {
      const page = await pages.open(await stereo(), { viewport: { width, height } });
      await page.locator('.slot').first().waitFor();
      // As many lines as a page with the engine inside may have above its palette.
      await page.evaluate(() => {
        for (const notice of document.querySelectorAll<HTMLElement>('.notice')) notice.hidden = false;
      });
      expect((await page.locator('#notices').boundingBox())!.height).toBeGreaterThan(30);
      for (const view of ['map', 'cells', 'songs']) {
        await page.getByRole('button', { name: view, exact: true }).click();
        const { height: high } = (await page.locator(`#${view}`).boundingBox())!;
        expect(high).toBeGreaterThanOrEqual(180);
        expect((await page.locator('#details').boundingBox())!.height).toBeGreaterThanOrEqual(180);
        const filters = (await page.locator('#filters').boundingBox())!;
        const { y } = (await page.locator(`#${view}`).boundingBox())!;
        expect(y).toBeGreaterThanOrEqual(filters.y + filters.height);
      }
      const foot = page.locator('#manner');
      await foot.scrollIntoViewIfNeeded();
      const { y } = (await foot.boundingBox())!;
      expect(y).toBeLessThan(height);
    },
  );

  it('keeps its head on a line at 1,280 pixels, whatever was saved', async () => {
    const page = await pages.open(await stereo());
    const high = () => page.locator('header').evaluate((head) => head.clientHeight);
    await page.evaluate(() => {
      const families = document.querySelector('#families')!;
      // Wider than all families with hundreds of textures each are.
      while (families.scrollWidth < 1000) families.append(families.lastElementChild!.cloneNode(true));
      document.querySelector('#saving')!.textContent = '';
    });
    const before = await high();
    await page.evaluate(() => {
      Object.assign(document.querySelector('#saving')!, {
        textContent: 'kept in this page',
        className: 'saved',
      });
    });
    expect(await high()).toBe(before);
    expect(before).toBeLessThan(60);
    const { right } = await page.locator('#silence').evaluate((one) => one.getBoundingClientRect());
    expect(right).toBeLessThanOrEqual(1280);
  });

  it('shows where its name is to be written, where that is empty', async () => {
    const page = await pages.open(await stereo());
    const name = page.getByRole('textbox', { name: 'Name of the kit' });
    await name.fill('');
    await page.keyboard.press('Enter');
    await page.mouse.move(5, 5);
    expect(await name.getAttribute('placeholder')).toBe('name of the kit');
    const border = () => name.evaluate((field) => getComputedStyle(field).borderBottomColor);
    expect(await border()).not.toBe('rgba(0, 0, 0, 0)');
    await name.fill('Night');
    await page.keyboard.press('Enter');
    expect(await border()).toBe('rgba(0, 0, 0, 0)');
  });

  it('lets what it says be read to its end', async () => {
    const studio = await studioOn([(await madeExport(STEREO)).exportFolder]);
    const page = await pages.open(studio, { viewport: { width: 1100, height: 800 } });
    await page.locator('#kit-device option').first().waitFor({ state: 'attached' });
    await page.getByLabel('Device', { exact: true }).selectOption('op-z');
    await page.locator('#name').click();
    await page.keyboard.press('1');
    await soon(() => page.locator('#kit-used').textContent()).toMatch(/^1 /);
    const line = page.locator('#kit-message');
    await page.getByRole('button', { name: 'make the kit' }).click();
    const rest = page.getByRole('button', { name: 'read on' });
    await rest.waitFor();
    const hidden = () => line.evaluate((box) => box.scrollHeight - box.clientHeight);
    expect(await hidden()).toBeGreaterThan(0);
    expect((await line.boundingBox())!.height).toBeLessThan(40);
    await rest.click();
    expect(await hidden()).toBe(0);
    expect(await rest.isVisible()).toBe(false);
  });

  it('says in sight why no MIDI device is heard', async () => {
    const page = await pages.open(await stereo());
    await page.evaluate(() => Object.defineProperty(navigator, 'requestMIDIAccess', { value: undefined }));
    await page.locator('#midi').click();
    expect(await page.locator('#kit-message:visible').textContent()).toMatch(/^This browser knows no MIDI/);
  });

  it('writes into KIT.csv where on the device each was laid', async () => {
    const { exportFolder } = await madeExport(STEREO);
    const page = await pages.open(await studioOn([exportFolder]));
    await page.locator('#kit-device option').first().waitFor({ state: 'attached' });
    await page.getByLabel('Device', { exact: true }).selectOption('digitakt');
    await page.locator('#name').click();
    for (const key of ['4', 'j', '1']) await page.keyboard.press(key);
    await soon(() => page.locator('#kit-used').textContent()).toMatch(/^2 /);
    const tray = await page.locator('.slot:not(.empty)').evaluateAll((all) =>
      all.map((slot) => {
        const part = (name: string) => slot.querySelector(name)!.textContent;
        return [part('.slot-name'), part('.slot-file')];
      }),
    );
    await page.getByRole('button', { name: 'make the kit' }).click();
    const table = join(exportFolder, '_kits/My kit/KIT.csv');
    await soon(() => readFile(table, 'utf8').catch(() => '')).toContain('left_out,place');
    const rows = (await readFile(table, 'utf8')).trim().split(/\r?\n/);
    for (const [place, file] of tray) {
      expect(rows.find((row) => row.includes(file))).toMatch(new RegExp(`,${place}$`));
    }
    expect(tray.map(([place]) => place)).toEqual(['T1', 'T4']);
  });

  it('keeps the focus where a kit is made with keys, and says how Tab leaves the map', async () => {
    const page = await pages.open(await studioOn([(await madeExport(STEREO)).exportFolder]));
    await page.locator('#kit-device option').first().waitFor({ state: 'attached' });
    await page.locator('#name').click();
    await page.keyboard.press('1');
    await page.locator('#kit-make:enabled').waitFor();
    await page.locator('#kit-make').focus();
    await page.keyboard.press('Enter');
    await soon(() => page.locator('#kit-message').textContent()).toMatch(/1 sample in/);
    await soon(() => page.evaluate(() => document.activeElement?.id)).toBe('kit-make');
    await page.keyboard.press('Tab');
    await page.locator('#map').focus();
    const hint = await page.locator('#map').evaluate((map) => getComputedStyle(map, '::after').content);
    expect(hint).toContain('Escape, then Tab');
  });
});
