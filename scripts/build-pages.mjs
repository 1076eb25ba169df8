/**
 * Bundles the pages into dist/pages: of each its script, its style and its document, one file each. The report puts them into
 * one page (src/palette/page-parts.ts), the studio serves them (src/studio/server/page-files.ts). `npm run build` runs it after
 * the compiler. The same sources give the same bytes, wherever the checkout lies.
 *
 *   node scripts/build-pages.mjs [FOLDER]
 */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

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
    script: 'src/studio/page/main.ts',
    styles: [
      'src/report/page/common.css',
      'src/studio/page/style.css',
      'src/studio/page/palette.css',
      'src/studio/page/details.css',
      'src/studio/page/tray.css',
    ],
    document: 'src/studio/page/index.html',
    assets: ['src/studio/page/icon.svg'],
  },
];

await buildPages(process.argv[2] ?? join(ROOT, 'dist/pages'));

/** Writes all pages into a folder, which is made anew. */
async function buildPages(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { name, script, styles, document, assets } of PAGES) {
    const texts = await Promise.all(styles.map((path) => readFile(join(ROOT, path), 'utf8')));
    await writeFile(join(folder, `${name}.js`), await bundled(script));
    await writeFile(join(folder, `${name}.css`), texts.join(''));
    await copyFile(join(ROOT, document), join(folder, `${name}.html`));
    for (const path of assets) await copyFile(join(ROOT, path), join(folder, basename(path)));
  }
}

/**
 * One script of a module and all that it imports, in a scope of its own: no name of it is one of the window's. It is left
 * readable, so that what a browser says of an error names the functions in it.
 */
async function bundled(entry) {
  const bundle = await rolldown({
    input: entry,
    cwd: ROOT,
    platform: 'browser',
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(`${entry}: ${message}`);
    },
  });
  try {
    const { output } = await bundle.generate({ format: 'iife', strict: true });
    const [{ code, imports, dynamicImports }] = output;
    if (output.length > 1 || imports.length + dynamicImports.length > 0) {
      throw new Error(`${entry}: a page's script needs a second file.`);
    }
    return code;
  } finally {
    await bundle.close();
  }
}
