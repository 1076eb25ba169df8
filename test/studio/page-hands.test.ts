/** The studio's page under one's hands: undo, several at once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { isInside } from '../../src/studio/page/map/inside-path.ts';
import { decodeWav } from '../../src/studio/page/sound/wav.ts';
import { levelHeard } from '../analysed.ts';
import { hasBrowser } from '../browser.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { errorDb } from '../signals.ts';
import { hears, said, shared, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

const TONE = { sampleRate: 44_100, bitDepth: 24, channelCount: 1, source: 'song', loops: true } as const;
const TEXTURES: readonly MadeTexture[] = [
  { ...TONE, family: 'pad', seconds: 0.31 },
  { ...TONE, family: 'drone', seconds: 0.47 },
  { ...TONE, family: 'hiss', seconds: 0.36 },
  { ...TONE, family: 'cloud', seconds: 0.29, noise: 0.2 },
];

const made = shared(async () => {
  const { exportFolder, paths } = await madeExport(TEXTURES);
  return { exportFolder, paths, ...(await studioOn([exportFolder])) };
});

const decided = async () => {
  const text = await readFile(join((await made()).exportFolder, 'curation.json'), 'utf8').catch(() => '{}');
  return Object.values((JSON.parse(text) as { textures?: object }).textures ?? {});
};

const slot = (page: Page, place: number) => page.locator('#kit-slots li').nth(place).locator('.face');
/** Where some drop of the map lies: where the map says that one is found. */
function dropOf(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const map = document.getElementById('map')!;
    const { x, y, width, height } = map.getBoundingClientRect();
    for (let clientX = x; clientX < x + width; clientX += 8) {
      for (let clientY = y; clientY < y + height; clientY += 8) {
        map.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY }));
        if (map.classList.contains('found')) return { x: clientX, y: clientY };
      }
    }
    throw new Error('There is no drop on the map.');
  });
}

/** In its export, of the selected texture. */
const pathOf = async (page: Page) => {
  const name = (await page.locator('#own-name').getAttribute('placeholder'))!;
  return (await made()).paths.find((path) => path.endsWith(`${name}.wav`))!;
};

const filled = (page: Page) => page.locator('#kit-slots li:not(.empty)').count();

it('knows what lies inside a line', () => {
  const path = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 5, y: 2 },
    { x: 0, y: 10 },
  ];
  expect(isInside({ x: 1, y: 5 }, path)).toBe(true);
  expect(isInside({ x: 5, y: 5 }, path)).toBe(false);
  expect(isInside({ x: 11, y: 1 }, path)).toBe(false);
});

describe.skipIf(!hasBrowser)('the studio under one’s hands', () => {
  const pages = studioPages();

  it('undoes decisions, places of the kit, layers and the device, one after the other, and does them again', async () => {
    const page = await pages.open(await made());
    await page.locator('#keep').click();
    await page.keyboard.press('2');
    await page.keyboard.press('l');
    await hears(page, /laid as a layer/);
    await page.locator('#kit-device').selectOption('tr8s');
    await page.locator('#name').click();
    await page.keyboard.press('Control+z');
    await hears(page, /^undone: the kit for another device/);
    await page.keyboard.press('Control+z');
    await soon(() => page.locator('#layer-list li').count()).toBe(0);
    expect(await filled(page)).toBe(1);
    await page.keyboard.press('Control+z');
    await hears(page, /^undone: .* in 2 of the kit$/);
    expect(await filled(page)).toBe(0);
    const undone = page.locator('#undone');
    expect(await undone.locator('span').textContent()).toBe(await said(page));
    await page.getByRole('button', { name: 'do it again' }).click();
    await hears(page, /^done again: .* in 2 of the kit$/);
    expect(await filled(page)).toBe(1);
    await page.keyboard.press('Control+z');
    await hears(page, /^undone: .* in 2 of the kit$/);
    // On a phone, too, wherever it is scrolled to.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const { y, height } = (await undone.boundingBox())!;
    expect([y > 0, y + height < 844 - 52]).toEqual([true, true]);
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.locator('#undo').click();
    expect(await page.locator('#keep').getAttribute('aria-pressed')).toBe('false');
    await page.keyboard.press('u');
    await hears(page, /nothing is left to undo/);
    await page.keyboard.press('Control+Shift+z');
    await page.keyboard.press('Control+Shift+z');
    expect(await slot(page, 1).getAttribute('aria-label')).toMatch(/^2: song/);
    expect(await page.locator('#keep').getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await soon(decided).toEqual([]);
  });

  it('picks several with a line round them, and keeps, tags and lays them into the kit at once', async () => {
    const page = await pages.open(await made());
    const { x, y, width, height } = (await page.locator('#map').boundingBox())!;
    const corners = [
      [8, 8],
      [width - 8, 8],
      [width - 8, height - 8],
      [8, height - 8],
    ];
    await page.keyboard.down('Shift');
    await page.mouse.move(x + corners[0][0], y + corners[0][1]);
    await page.mouse.down();
    for (const [dx, dy] of corners) await page.mouse.move(x + dx, y + dy, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    expect(await page.locator('#many-names').textContent()).toMatch(/^4 picked: /);
    await page.keyboard.press('g');
    expect(await page.locator('#many-names').textContent()).toMatch(/^3 picked: /);
    await page.locator('#many-keep').click();
    await page.locator('#many-tag').fill('late night');
    await page.keyboard.press('Enter');
    await page.locator('#many-kit').click();
    expect(await filled(page)).toBe(3);
    await soon(decided).toEqual(Array(3).fill({ decision: 'keep', note: '#late-night' }));
    await page.locator('#name').click();
    await page.keyboard.press('u');
    expect(await filled(page)).toBe(0);
    await page.keyboard.press('u');
    await page.keyboard.press('u');
    await soon(decided).toEqual([]);
  });

  it('takes all that is kept into the kit with one press, and names can be told apart there', async () => {
    const page = await pages.open(await made());
    const take = page.locator('#kit-kept');
    expect(await take.isDisabled()).toBe(true);
    await soon(() => page.locator('#kit-message').textContent()).toMatch(/keep what you like/);
    for (const key of ['k', 'j', 'k', 'j', 'k', 't']) await page.keyboard.press(key);
    await soon(() => take.textContent()).toMatch(/add the 2 kept/);
    await page.keyboard.press('T');
    await soon(() => filled(page)).toBe(3);
    expect(await take.isDisabled()).toBe(true);
    // The part that tells finds of a song apart is there in full, and the end of the file's name.
    const cut = await page
      .locator('.slot-title > span:first-child, .slot-file > span:last-child')
      .evaluateAll((all) =>
        all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
      );
    expect(cut).toEqual([]);
    await page.keyboard.press('u');
    await soon(() => filled(page)).toBe(1);
    await take.click();
    await soon(() => filled(page)).toBe(3);
  });

  it('shows no keys where there is no keyboard', async () => {
    const page = await pages.open(await made(), {
      ...{ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    });
    expect(await page.locator('kbd:visible').count()).toBe(0);
    expect(await page.locator('#keys').isVisible()).toBe(false);
  });

  it('shows in cells what is picked', async () => {
    const page = await pages.open(await made());
    await page.keyboard.press('g');
    await page.keyboard.press('j');
    await page.keyboard.press('g');
    await page.locator('#view-cells').click();
    const marked = page.locator('.cell.picked:visible');
    await soon(() => marked.count()).toBe(2);
    for (const cell of await marked.all()) expect(await cell.getAttribute('aria-label')).toMatch(/, picked$/);
    await page.locator('#many-none').click();
    await soon(() => marked.count()).toBe(0);
    await page.keyboard.press('G');
    await soon(() => marked.count()).toBe(4);
  });

  it('gives the keys back once something was chosen or pressed with the pointer', async () => {
    const page = await pages.open(await made());
    await page.locator('#by-grade').click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await soon(() => page.locator('#by-grade').inputValue()).toBe('A');
    await page.keyboard.press('m');
    expect(await page.evaluate(() => document.documentElement.dataset.view)).toBe('cells');
    await page.locator('#view-map').click();
    await page.keyboard.press('Space');
    await hears(page, /^plays song/);
    await page.keyboard.press('Escape');
    // With keys one goes on in it: Down chooses the next, and Enter leaves.
    await page.locator('#by-loop').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('m');
    expect(
      await page.evaluate(() => [document.activeElement!.id, document.documentElement.dataset.view]),
    ).toEqual(['by-loop', 'map']);
    await page.keyboard.press('Enter');
    await page.keyboard.press('m');
    expect(await page.evaluate(() => document.documentElement.dataset.view)).toBe('cells');
  });

  it('drags a drop from the map to a place of the kit, and out of the page as its WAV', async () => {
    const page = await pages.open(await made());
    await page.evaluate(() => {
      addEventListener('dragstart', ({ dataTransfer }) => {
        Object.assign(window, { carried: dataTransfer?.getData('DownloadURL') });
      });
    });
    const drop = await dropOf(page);
    await page.mouse.move(drop.x, drop.y);
    await page.mouse.down();
    await page.waitForTimeout(300);
    const place = (await slot(page, 2).boundingBox())!;
    await page.mouse.move(place.x + 20, place.y + 20, { steps: 12 });
    await page.mouse.up();
    await soon(() => filled(page)).toBe(1);
    expect(await slot(page, 2).getAttribute('aria-label')).toMatch(/^3: song/);
    const carried = await page.evaluate(() => (window as unknown as { carried: string }).carried);
    expect(carried).toMatch(/^audio\/wav:song_[a-z]+\d\.wav:blob:/);
    await page.keyboard.press('Control+z');
    expect(await filled(page)).toBe(0);
  });

  it('records what sounds to a WAV, sample for sample', async () => {
    const page = await pages.open(await made());
    await page.keyboard.press('End');
    await page.keyboard.press('e');
    await page.keyboard.press('Escape');
    await page.waitForTimeout(100);
    await page.keyboard.press('w');
    await soon(() => page.locator('#record').textContent()).toMatch(/end/);
    await page.keyboard.press('Space');
    await page.waitForTimeout(1200);
    const saving = page.waitForEvent('download');
    await page.keyboard.press('w');
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^afterglow .*\.wav$/);
    const [heard, file] = await Promise.all(
      [await saved.path(), join((await made()).exportFolder, await pathOf(page))].map(async (path) => {
        const { buffer, byteOffset, length } = await readFile(path!);
        return decodeWav(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);
      }),
    );
    const [left, right] = heard.channels;
    const [loop] = file.channels;
    expect(left).toEqual(right);
    // It comes within 20 ms from the loop's beginning, where it is too faint to be seen; then it is the file, round and round.
    const errors = [0, 1, 2].map((first) => {
      const wanted = left.map((_, n) => loop[(n + first) % loop.length]);
      return errorDb(left.subarray(2000), wanted.subarray(2000));
    });
    expect(Math.min(...errors)).toBeLessThan(-100);
  });

  it('hears a MIDI keyboard, its pads, its faders and its pedal', async () => {
    const page = await pages.open(await made());
    await page.evaluate(pretendKeyboard);
    await page.keyboard.press('v');
    await page.keyboard.press('Escape');
    await page.locator('#midi').click();
    await hears(page, /^1 MIDI device: Keys$/);
    const send = (...bytes: number[]) =>
      page.evaluate((data) => (window as unknown as { midi(data: number[]): void }).midi(data), bytes);
    const level = () => page.evaluate(levelHeard);
    await send(0x90, 60, 100);
    await soon(level).toBeGreaterThan(0.03);
    await send(0xb0, 64, 127);
    await send(0x80, 60, 0);
    await page.waitForTimeout(250);
    expect(await level()).toBeGreaterThan(0.03);
    await send(0xb0, 64, 0);
    await soon(level).toBe(0);

    await page.keyboard.press('2');
    await send(0x99, 36, 127);
    await page.waitForTimeout(100);
    expect(await level()).toBe(0);
    await send(0x99, 37, 127);
    await soon(level).toBeGreaterThan(0.03);
    await send(0x89, 37, 0);
    await soon(level).toBe(0);

    await page.keyboard.press('l');
    await soon(level).toBeGreaterThan(0.03);
    await send(0xb0, 21, 0);
    await soon(level).toBe(0);
    expect(await page.locator('#layer-list input').inputValue()).toBe('-36');
    await page.keyboard.press('u');
    await page.keyboard.press('u');
  });
});

/** A MIDI keyboard as the browser would have it: the only thing about MIDI that is not real here. */
function pretendKeyboard(): void {
  const input = { name: 'Keys', onmidimessage: null as ((event: { data: Uint8Array }) => void) | null };
  const access = { inputs: new Map([['keys', input]]), onstatechange: null };
  Object.assign(navigator, { requestMIDIAccess: async () => access });
  Object.assign(window, {
    midi: (data: number[]) => input.onmidimessage?.({ data: Uint8Array.from(data) }),
  });
}
