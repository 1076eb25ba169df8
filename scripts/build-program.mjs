/**
 * Puts what the command line and its threads run into one text, dist/program/node/program.cjs, with what V8 compiles of it
 * for each. Part of `npm run build`, after the compiler. `src/platform/node/program.ts` says what it is for, and loads it.
 *
 *   node scripts/build-program.mjs
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { outside } from './program/outside.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const FOLDER = join(DIST, 'program/node');

/** Modules of the engine where a program or a thread begins. */
const ENTRIES = {
  main: 'cli/main.js',
  worker: 'platform/node/worker.js',
  'analysis-thread': 'studio/server/analysis-thread.js',
  'render-thread': 'studio/server/render-thread.js',
};

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
await writeFile(join(FOLDER, 'program.cjs'), await programText());
for (const entry of Object.keys(ENTRIES)) {
  if (entry !== 'main') await writeFile(join(FOLDER, `${entry}.js`), threadText(entry));
}
const compile = fileURLToPath(new URL('program/compile.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [compile], { stdio: 'inherit' });
process.exitCode = status ?? 1;

/** Where a thread of the program begins: beside the text, as `new URL('./worker.js', import.meta.url)` says. */
function threadText(entry) {
  return `import { loadProgram } from '../../platform/node/program.js';\n\nawait (await loadProgram('${entry}')).load();\n`;
}

/** A function that loads what it is asked for; its parameters are those of `Program` in `src/platform/node/program.ts`. */
async function programText() {
  const entry = '\0entries';
  const bundle = await rolldown({
    input: entry,
    cwd: DIST,
    platform: 'node',
    plugins: [
      {
        name: 'entries',
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => (id === entry ? entriesText() : null),
        transform: (code) =>
          code.includes('import.meta') ? code.replaceAll('import.meta.url', 'url') : null,
      },
      outside,
    ],
    // What Node and packages have is asked for by name, and none of these does anything when it is.
    treeshake: { propertyReadSideEffects: false },
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(message);
    },
  });
  try {
    const { output } = await bundle.generate({
      format: 'esm',
      strict: true,
      codeSplitting: false,
      // Without comments and spaces, but with the names that a stack shows.
      minify: { compress: false, mangle: false },
    });
    const [{ code, fileName, imports, dynamicImports }, ...others] = output;
    const needed = [...imports, ...dynamicImports, ...others.map((each) => each.fileName)];
    const missing = needed.filter((name) => name !== fileName);
    if (missing.length > 0) throw new Error(`The program's text needs ${missing.join(', ')} beside it.`);
    // A module that exports nothing says so at its end, which no function may.
    const body = inAscii(code.replace(/\bexport\s*\{\s*\};?\s*$/, ''));
    const text = `(async (entries, builtin, outside, url) => {\n${body}\n})`;
    // The text begins with its digest, by which what V8 compiled of it is found.
    return `//${createHash('sha256').update(text).digest('hex')}\n${text}`;
  } finally {
    await bundle.close();
  }
}

/** Letters that take two bytes in V8 make it keep all of the text so. They stand in strings and patterns alone. */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function entriesText() {
  return Object.entries(ENTRIES)
    .map(([name, module]) => `entries['${name}'] = () => import(${JSON.stringify(join(DIST, module))});\n`)
    .join('');
}
