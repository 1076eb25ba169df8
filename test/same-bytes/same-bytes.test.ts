/**
 * The digests of digests.json hold in this Node and in Chromium. `scripts/same-bytes.mjs` writes them, and
 * `scripts/other-nodes.mjs` asks other Nodes.
 */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, watchPage } from '../browser.ts';

const ROOT = new URL('../../', import.meta.url);
const PINNED: Record<string, string> = JSON.parse(
  await readFile(new URL('digests.json', import.meta.url), 'utf8'),
);

it('every family is there', () => {
  const families = new Set(Object.keys(PINNED).map((name) => name.split(' ')[0]));
  for (const family of ['pad', 'swell', 'drone', 'bed', 'cloud', 'hiss', 'drum', 'silence', 'dust']) {
    expect(families).toContain(family);
  }
});

it('this Node makes the pinned bytes', () => {
  // In a process of its own, as users run it: Vitest rewrites what it imports, which takes ten times as long.
  const script = fileURLToPath(new URL('scripts/same-bytes.mjs', ROOT));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const count = Object.keys(PINNED).length;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(`Node ${process.versions.node}: ${count} of ${count} as pinned\n`);
});

describe.skipIf(!hasBrowser)('in Chromium', () => {
  it('the pure rooms make the pinned bytes', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const { complaints } = watchPage(page);
      // Nothing listens there: the page's modules come from the disk as they are.
      await page.route('http://localhost/**', async (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: PAGE });
        else await route.fulfill({ path: fileURLToPath(new URL(`.${pathname}`, ROOT)) });
      });
      await page.goto('http://localhost/');
      // As text, since Vitest rewrites what it can read.
      const made = await page.evaluate(
        `import('/test/same-bytes/textures.mjs').then(({ textureDigests }) => textureDigests())`,
      );
      expect(made).toEqual(PINNED);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

/** Where packages lie that the pure rooms import by name. */
const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify({
  imports: {
    '@echogarden/pffft-wasm/simd': '/node_modules/@echogarden/pffft-wasm/dist/simd/pffft.js',
    zod: '/node_modules/zod/index.js',
  },
})}</script>`;
