/** How a page's script and style become one text each. All paths are seen from the checkout. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the browser's audio thread runs while the mix is recorded. */
export const RECORDER = 'src/studio/page/listening/recorder-worklet.ts';

/** One behind the other: those of screens change what is said before them. */
export const STUDIO_STYLES = [
  'src/report/page/common.css',
  ...[
    ...['page', 'head', 'dialogs', 'palette', 'filters', 'map', 'cells', 'songs', 'details', 'pictures'],
    ...['playing', 'tray', 'screens', 'phone'],
  ].map((name) => `src/studio/page/styles/${name}.css`),
];

/** Style sheets, one behind the other. */
export async function styleOf(paths) {
  const texts = await Promise.all(paths.map((path) => readFile(join(ROOT, path), 'utf8')));
  return texts.join('');
}

/**
 * One script of a module and all that it imports, in a scope of its own: no name of it is one of the window's. By default
 * it is left readable, so that what a browser says of an error names the functions in it.
 */
export async function bundled(entry, { minify = false } = {}) {
  const bundle = await rolldown({
    input: entry,
    cwd: ROOT,
    platform: 'browser',
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(`${entry}: ${message}`);
    },
  });
  try {
    const { output } = await bundle.generate({ format: 'iife', strict: true, ...(minify && { minify }) });
    const [{ code, imports, dynamicImports }] = output;
    if (output.length > 1 || imports.length + dynamicImports.length > 0) {
      throw new Error(`${entry}: a page's script needs a second file.`);
    }
    return code;
  } finally {
    await bundle.close();
  }
}
