/**
 * Makes the pictures of docs/STUDIO.md anew: the studio on the demo's export, of which curate has chosen.
 *
 *   npm run build
 *   npm run pictures
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { studioPages, webpOf } from './pictures/studio.mjs';

const afterglow = fileURLToPath(new URL('../bin/afterglow.js', import.meta.url));
const pictures = fileURLToPath(new URL('../docs/pictures', import.meta.url));

/** Screens, CSS pixels. */
const LAPTOP = { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' };
const TABLET = { viewport: { width: 820, height: 1080 }, colorScheme: 'dark' };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, colorScheme: 'dark' };

const folder = await mkdtemp(join(tmpdir(), 'afterglow-pictures-'));
try {
  const demo = join(folder, 'demo');
  const exportFolder = join(demo, 'export/tr8s');
  execFileSync(process.execPath, [afterglow, 'demo', demo, '--quiet'], { stdio: 'inherit' });
  const curate = ['curate', '--export', exportFolder, '--top', '4', '--quiet'];
  execFileSync(process.execPath, [afterglow, ...curate], { stdio: 'inherit' });
  const studio = await studioPages(exportFolder);
  try {
    await takeAll(studio);
  } finally {
    await studio.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function takeAll(studio) {
  const page = await studio.open(LAPTOP);
  // Some are kept and in the kit, so that it is seen what that looks like.
  for (const key of ['k', 't', 'Tab', 't', 'Tab', 'k', 't', 'Tab', 't']) await page.keyboard.press(key);
  await page.locator('#kit-device').selectOption('tr8s');
  await take('map', page);
  await take('kit', page, '#tray');
  await take('detail', page, '#details');
  await page.locator('#view-songs').click();
  await take('songs', page);
  await page.locator('#view-cells').click();
  await take('cells', page);
  await page.locator('#view-map').click();
  for (const key of ['d', '+', '+']) await page.keyboard.press(key);
  await take('day', page);
  await page.context().close();
  for (const [name, screen, view] of [
    ['tablet', TABLET, 'cells'],
    ['phone', PHONE, 'map'],
  ]) {
    const other = await studio.open(screen);
    await other.locator(`#view-${view}`).click();
    await take(name, other);
    await other.context().close();
  }
}

/** Once pictures of the page itself are drawn. */
async function take(name, page, selector) {
  await page.waitForTimeout(2000);
  const bytes = await webpOf(page, selector ? page.locator(selector) : page);
  await writeFile(join(pictures, `studio-${name}.webp`), bytes);
}
