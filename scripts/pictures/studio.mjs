/** The studio's page open in Chromium on an export folder, and pictures of it. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const AFTERGLOW = fileURLToPath(new URL('../../bin/afterglow.js', import.meta.url));
const WEBP_QUALITY = 0.85;

/**
 * Opens a studio and a browser; needs Chromium where Debian puts it or where AFTERGLOW_CHROMIUM says.
 * @param flags more of the browser's own
 * @returns `open` gives a page of it once all textures are analysed, silent while one walks; `close` ends both
 */
export async function studioPages(exportFolder, flags = []) {
  const words = ['studio', exportFolder, '--no-open', '--json', '--quiet'];
  const studio = spawn(process.execPath, [AFTERGLOW, ...words]);
  const browser = await chromium.launch({
    executablePath: process.env.AFTERGLOW_CHROMIUM ?? '/usr/bin/chromium',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...flags],
  });
  const address = await addressOf(studio);
  return {
    async open(options) {
      const page = await (await browser.newContext(options)).newPage();
      await page.goto(address);
      await page.waitForFunction(() => performance.getEntriesByName('palette shown').length > 0);
      await page.evaluate(async () => {
        const isRefined = async () => (await (await fetch('/api/map')).json()).isRefined;
        while (!(await isRefined())) await new Promise((resolve) => setTimeout(resolve, 300));
      });
      await page.waitForTimeout(2000); // what is refined has come to its place
      await page.keyboard.press('v'); // do not play what is selected
      return page;
    },
    async close() {
      await browser.close();
      studio.kill('SIGTERM');
    },
  };
}

async function addressOf(studio) {
  let text = '';
  for await (const line of createInterface(studio.stdout)) {
    text += line;
    try {
      return JSON.parse(text).address;
    } catch {
      // The document is not whole yet.
    }
  }
  throw new Error('the studio did not open');
}

/** @returns the bytes of a WebP of what the page shows, or of an element of it */
export async function webpOf(page, element = page) {
  const png = await element.screenshot();
  const blank = await page.context().newPage();
  const url = await blank.evaluate(
    async ({ base64, quality }) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${base64}`;
      await picture.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
      canvas.getContext('2d').drawImage(picture, 0, 0);
      return canvas.toDataURL('image/webp', quality);
    },
    { base64: png.toString('base64'), quality: WEBP_QUALITY },
  );
  await blank.close();
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
