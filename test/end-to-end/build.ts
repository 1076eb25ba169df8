/** Builds the program before the tests that run it, where what lies in `dist/` is not of today's sources. */
import { spawnSync } from 'node:child_process';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What `npm run build` reads. */
const SOURCES = [
  'src',
  'tsconfig.build.json',
  'scripts/write-sound-code.mjs',
  'scripts/sound-code.mjs',
  'scripts/build-pages.mjs',
  'scripts/build-program.mjs',
  'scripts/program',
];
/** The compiler writes all of its files at once, so one of its folders stands for them; pages and the program's text come after it. */
const BUILT = ['dist/cli', 'dist/pages', 'dist/program'];

/** Vitest calls it once, before all tests. */
export default async function build(): Promise<void> {
  await buildWhereStale(ROOT, SOURCES, BUILT);
}

/**
 * `npm run build` of a package, which removes what an earlier one left, where a source is newer than what was built.
 * @param sources files and folders in it, @param built folders in its `dist/`
 * @throws Error where it fails; then nothing is left in `dist/` that tests could run on by mistake, now or the next time
 */
export async function buildWhereStale(
  root: string,
  sources: readonly string[],
  built: readonly string[],
): Promise<void> {
  const pairs = sources.flatMap((source) =>
    built.map((folder) => isStale(join(root, source), join(root, folder))),
  );
  if (!(await Promise.all(pairs)).includes(true)) return;
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  await rm(join(root, 'dist'), { recursive: true, force: true });
  throw new Error(`The build failed, so there is nothing to test:\n${stdout}${stderr}`);
}

/** Whether a source was changed after the last build, or there was none. Removed ones show in their folder. */
export async function isStale(source: string, compiled: string): Promise<boolean> {
  const changed = [(await stat(source)).mtimeMs, ...(await timesUnder(source, ''))];
  return Math.max(...changed) > Math.max(...(await timesUnder(compiled, '.js')));
}

/** When the things below a folder whose names end so were changed, ms; none where there is no such folder. */
async function timesUnder(folder: string, ending: string): Promise<number[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const wanted = names.filter((name) => name.endsWith(ending));
  return Promise.all(wanted.map(async (name) => (await stat(join(folder, name))).mtimeMs));
}
