/**
 * Writes dist/afterglow.html: the studio's page with the engine inside, in one file that fetches nothing. `npm run build` runs it
 * last, since it takes what the others made: the compiled engine, and the report's parts. The same sources give the same bytes.
 *
 *   node scripts/build-whole-page.mjs [FILE]
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { bundled, RECORDER, STUDIO_STYLES, styleOf } from './bundle-page.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FFT = '@echogarden/pffft-wasm/simd';
/** Node's `module`, which the FFT's package asks for in Node alone; and that the machine is busy. */
const HARMLESS = ['UNRESOLVED_IMPORT', 'PLUGIN_TIMINGS'];

/** Where the page goes. */
const TO = process.argv[2] ?? join(ROOT, 'dist/afterglow.html');

await writeFile(TO, await wholePage());

async function wholePage() {
  const page = await readFile(join(ROOT, 'src/studio/page/index.html'), 'utf8');
  const arrival = await readFile(join(ROOT, 'src/studio/page/arriving/arrival.html'), 'utf8');
  const icon = await readFile(join(ROOT, 'src/studio/page/icon.svg'), 'utf8');
  const script = inScript(await bundled('src/studio/page/whole.ts', { minify: true }));
  const style = await styleOf([...STUDIO_STYLES, 'src/studio/page/styles/arrival.css']);
  const parts = [
    ['<html lang="en" data-view="map">', '<html lang="en" data-view="map" class="arriving">'],
    [
      '<link rel="icon" href="/icon.svg">',
      `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">`,
    ],
    ['<link rel="stylesheet" href="/studio.css">', `<style>${style}</style>`],
    ['<script defer src="/studio.js"></script>', ''],
    ['<title>afterglow studio</title>', `<title>afterglow</title>`],
    [
      '<meta charset="utf-8">',
      `<meta charset="utf-8">\n<meta http-equiv="content-security-policy" content="${policy(script, style)}">`,
    ],
    ['</header>', `</header>\n${arrival}`],
    [
      '</body>',
      `<script type="text/plain" id="engine-files">${packed(JSON.stringify(await shippedFiles()))}</script>
<script type="text/plain" id="recorder-code">${inScript(await bundled(RECORDER, { minify: true }))}</script>
<script type="text/plain" id="engine-code">${packed(await engineCode())}</script>
<script>${script}</script>
</body>`,
    ],
  ];
  let whole = page;
  for (const [from, to] of parts) {
    if (whole.split(from).length !== 2) throw new Error(`The studio's page does not hold “${from}” once.`);
    whole = whole.replace(from, () => to);
  }
  return whole;
}

/** Nothing is fetched, whatever a script might want: workers and sounds are made in the page. */
function policy(script, style) {
  return [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}' 'wasm-unsafe-eval' blob: data:`,
    'worker-src blob:',
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    'img-src blob: data:',
    'media-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** What the engine asks its package for: device profiles, and the parts of the report's page. */
async function shippedFiles() {
  const files = {};
  const take = async (path) => {
    files[path] = await readFile(join(ROOT, path), 'utf8');
  };
  for (const name of (await readdir(join(ROOT, 'profiles'))).sort()) {
    if (name.endsWith('.json')) await take(`profiles/${name}`);
  }
  for (const name of ['report.js', 'report.css', 'report.html']) await take(`dist/pages/${name}`);
  return files;
}

/**
 * The workers' program: a classic script. A module would have to be a `data:` address in Chromium, and Chromium copies the address
 * of a script whenever a call to the browser notes where it came from: 4 MB each time, gigabytes in all.
 */
async function engineCode() {
  const bundle = await rolldown({
    input: join(ROOT, 'dist/studio/inside/engine.js'),
    platform: 'browser',
    external: ['module'],
    plugins: [fftInside()],
    // Only the FFT's package asks, to find its WebAssembly, which it is given.
    transform: { define: { 'import.meta.url': "'data:'" } },
    onLog(level, { code, message }) {
      if (level === 'warn' && !HARMLESS.includes(code)) throw new Error(message);
    },
  });
  try {
    const { output } = await bundle.generate({ format: 'esm', codeSplitting: false, minify: true });
    if (output.length > 1) throw new Error('The workers’ program needs a second file.');
    // Parts wait for others at the top, as only a module or an asynchronous function may.
    return `(async () => {'use strict';\n${output[0].code}\n})();`;
  } finally {
    await bundle.close();
  }
}

/** The FFT's package fetches its WebAssembly; here it is given it. */
function fftInside() {
  return {
    name: 'fft-inside',
    resolveId(id, importer) {
      if (id === FFT && importer !== FFT) return FFT;
      return null;
    },
    async load(id) {
      if (id !== FFT) return null;
      const module = fileURLToPath(import.meta.resolve(FFT));
      const wasm = await readFile(join(dirname(module), 'pffft.wasm'));
      return `import create from ${JSON.stringify(module)};
const wasm = Uint8Array.from(atob('${wasm.toString('base64')}'), (character) => character.charCodeAt(0));
export default () => create({ wasmBinary: wasm, locateFile: (name) => name });`;
    },
  };
}

/** Text in gzip, in base64: half of what it would take, and any browser takes it apart. */
function packed(text) {
  return gzipSync(text, { level: 9 }).toString('base64');
}

/** A script ends at its end tag alone, and `<!--` opens a comment in it. */
function inScript(code) {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
