/** The kit's tray in a real browser: what it says, and what of it can be read. */
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
});
