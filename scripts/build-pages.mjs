/**
 * Bundles the pages into dist/pages: of each its script, its style and its document, one file each. The report puts them into
 * one page (src/palette/page-parts.ts), the studio serves them (src/studio/server/page-files.ts). `npm run build` runs it after
 * the compiler. The same sources give the same bytes, wherever the checkout lies.
 *
 *   node scripts/build-pages.mjs [FOLDER]
 */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundled, RECORDER, STUDIO_STYLES, styleOf } from './bundle-page.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Another page is one more entry. All paths are seen from the checkout. */
const PAGES = [
  {
    name: 'report',
    script: 'src/report/page/main.ts',
    styles: ['src/report/page/common.css', 'src/report/page/style.css'],
    document: 'src/report/page/body.html',
    assets: [],
  },
  {
    name: 'studio',
    script: 'src/studio/page/served.ts',
    styles: STUDIO_STYLES,
    document: 'src/studio/page/index.html',
    assets: ['src/studio/page/icon.svg'],
  },
];

await buildPages(process.argv[2] ?? join(ROOT, 'dist/pages'));

/** Writes all pages, and what the studio's page loads by itself, into a folder, which is made anew. */
async function buildPages(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { name, script, styles, document, assets } of PAGES) {
    await writeFile(join(folder, `${name}.js`), await bundled(script));
    await writeFile(join(folder, `${name}.css`), await styleOf(styles));
    await copyFile(join(ROOT, document), join(folder, `${name}.html`));
    for (const path of assets) await copyFile(join(ROOT, path), join(folder, basename(path)));
  }
  await writeFile(join(folder, 'recorder.js'), await bundled(RECORDER));
}
