/** Builds the program before the tests that run it, where what lies in `dist/` is not of today's `src/`. */
import { spawnSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Vitest calls it once, before all tests. What has a wrong type is told, and still built as far as it goes. */
export default async function build(): Promise<void> {
  if (!(await isStale(join(ROOT, 'src'), join(ROOT, 'dist')))) return;
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) console.warn(`dist/ was built with errors:\n${stdout}`);
  spawnSync(process.execPath, [join(ROOT, 'scripts/write-sound-code.mjs')], { cwd: ROOT, stdio: 'inherit' });
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
