/** The studio's page under one's hands: undo, several at once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { isInside } from '../../src/studio/page/lasso.ts';
import { hasBrowser } from '../browser.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { hears, shared, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

const TONE = { sampleRate: 44_100, bitDepth: 24, channelCount: 1, source: 'song', loops: true } as const;
const TEXTURES: readonly MadeTexture[] = [
  { ...TONE, family: 'pad', seconds: 0.31 },
  { ...TONE, family: 'drone', seconds: 0.47 },
  { ...TONE, family: 'hiss', seconds: 0.36 },
  { ...TONE, family: 'cloud', seconds: 0.29, noise: 0.2 },
];

const made = shared(async () => {
  const { exportFolder } = await madeExport(TEXTURES);
  return { exportFolder, ...(await studioOn([exportFolder])) };
});

const decided = async () => {
  const text = await readFile(join((await made()).exportFolder, 'curation.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text) as Record<string, Record<string, unknown>>;
};

const slot = (page: Page, place: number) => page.locator('#kit-slots li').nth(place).locator('.face');
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
    await hears(page, /^undone: the kit for/);
    await page.keyboard.press('Control+z');
    await soon(() => page.locator('#layer-list li').count()).toBe(0);
    expect(await filled(page)).toBe(1);
    await page.keyboard.press('Control+z');
    await hears(page, /^undone: .* in 2$/);
    expect(await filled(page)).toBe(0);
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
  });

  it('gathers several with a line round them, and keeps, tags and lays them into the kit at once', async () => {
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
    expect(await page.locator('#many-names').textContent()).toMatch(/^4 gathered: /);
    await page.keyboard.press('g');
    expect(await page.locator('#many-names').textContent()).toMatch(/^3 gathered: /);
    await page.locator('#many-keep').click();
    await page.locator('#many-tag').fill('late night');
    await page.keyboard.press('Enter');
    await page.locator('#many-kit').click();
    expect(await filled(page)).toBe(3);
    const all = async () => Object.values(await decided());
    await soon(all).toEqual(Array(3).fill({ decision: 'keep', note: '#late-night' }));
    await page.locator('#name').click();
    await page.keyboard.press('u');
    expect(await filled(page)).toBe(0);
    await page.keyboard.press('u');
    await page.keyboard.press('u');
    await soon(all).toEqual([]);
  });
});
