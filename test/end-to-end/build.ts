/** Builds the program before the tests that run it, where what lies in `dist/` is not of today's `src/`. */
import { spawnSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Vitest calls it once, before all tests. What has a wrong type is told, and still built as far as it goes. */
export default async function build(): Promise<void> {
  const sources = join(ROOT, 'src');
  const pages = join(ROOT, 'scripts/build-pages.mjs');
  // The compiler writes all of its files at once, so one of its folders stands for them; pages lie in another.
  if (await isStale(sources, join(ROOT, 'dist/cli'))) {
    run(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json');
    run(join(ROOT, 'scripts/write-sound-code.mjs'));
  }
  const built = join(ROOT, 'dist/pages');
  if ((await isStale(sources, built)) || (await isStale(pages, built))) run(pages);
}

function run(program: string, ...words: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) console.warn(`dist/ was built with errors:\n${stdout}${stderr}`);
}

/** Whether a source was changed after the last build, or there was none. Removed ones show in their folder. */
export async function isStale(sources: string, compiled: string): Promise<boolean> {
  const changed = [(await stat(sources)).mtimeMs, ...(await timesUnder(sources, ''))];
  return Math.max(...changed) > Math.max(...(await timesUnder(compiled, '.js')));
}

/** When the things below a folder whose names end so were changed, ms; none where there is no such folder. */
async function timesUnder(folder: string, ending: string): Promise<number[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const wanted = names.filter((name) => name.endsWith(ending));
  return Promise.all(wanted.map(async (name) => (await stat(join(folder, name))).mtimeMs));
}
