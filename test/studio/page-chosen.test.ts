/** What was chosen alone, in a real browser: what is shown, and what counts, menus and switches say of it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../browser.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { shared, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

/** Eight finds in A minor, pads and drones, of which two pads and a drone were chosen, and one song in D minor of which none was. */
const FINDS: readonly MadeTexture[] = Array.from({ length: 9 }, (_, i) => ({
  ...{ family: i % 2 === 0 ? 'pad' : 'drone', source: `song_${i}`, loops: true, seconds: 0.3 },
  ...{ sampleRate: 22_050, bitDepth: 16, channelCount: 1 },
  row: { detected_key: i === 8 ? 'D min' : 'A min' },
}));

const some = shared(async () => {
  const { exportFolder, paths } = await madeExport(FINDS);
  const textures = paths.slice(0, 3).map((path, i) => {
    return { path, family: FINDS[i].family, rank: 1 + (i >> 1), quality: 0.5, novelty: null };
  });
  await mkdir(join(exportFolder, '_curated'));
  const selection = JSON.stringify({ version: 1, engine_version: '0.4.0', textures });
  await writeFile(join(exportFolder, '_curated/selection.json'), selection);
  return studioOn([exportFolder]);
});

describe.skipIf(!hasBrowser)('what was chosen', () => {
  const pages = studioPages();

  it('is what counts and menus tell of, until all is shown with one click', async () => {
    const page = await pages.open(await some());
    const count = () => page.locator('#count').textContent();
    const families = () => page.locator('#families button').allTextContents();
    const keys = () => page.locator('#by-key option').allTextContents();
    await soon(count).toBe('3 of 9 · 0 kept');
    expect(await families()).toEqual(['pads 2', 'drones 1']);
    expect(await keys()).toEqual(['any', 'A min (3)', 'D min (0)']);
    await page.getByRole('searchbox').fill('a minor');
    await soon(count).toBe('3 of 9 · 0 kept');
    const all = page.locator('#show-all');
    expect(await all.textContent()).toBe('of the chosen; show all 8');
    await all.click();
    await soon(count).toBe('8 of 9 · 0 kept');
    expect(await all.isVisible()).toBe(false);
    expect(await page.locator('#chosen').getAttribute('aria-pressed')).toBe('false');
    expect(await families()).toEqual(['pads 5', 'drones 4']);
    expect(await keys()).toEqual(['any', 'A min (8)', 'D min (1)']);
  });

  it('says what is new beside it, as long as that is shown', async () => {
    const page = await pages.open(await some());
    await page.route('**/api/palette', async (route) => {
      const response = await route.fetch();
      const palette = await response.json();
      const next = palette.textures.slice(3, 5).map((texture: { id: string }) => {
        return { ...texture, id: `${texture.id}-again`, worth: 1000 };
      });
      await route.fulfill({ response, json: { ...palette, textures: [...palette.textures, ...next] } });
    });
    await page.evaluate(() => {
      const changed = document.querySelector<HTMLElement>('#changed')!;
      changed.hidden = false;
    });
    await page.getByRole('button', { name: 'show what is new' }).click();
    await soon(() => page.locator('#count').textContent()).toBe('5 of 11 · 0 kept');
    expect(await page.locator('#chosen').textContent()).toBe('chosen 3 + 2 new');
    expect(await page.locator('#families button').allTextContents()).toEqual(['pads 3', 'drones 2']);
    pages.forgive(page, /404/);
  });
});
