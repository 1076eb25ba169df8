/**
 * “One folder and one line” of docs/ARCHITECTURE.md, to the letter: the family and the target that the page prints are put into
 * a copy of the program, each with its line in the list, and the copy is built and run.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wav } from '../end-to-end/afterglow.ts';
import { chord, mono, RATE } from '../signals.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

let copy: string;
let project: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'afterglow-copy-'));
  for (const name of [
    'src',
    'bin',
    'scripts',
    'profiles',
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ]) {
    await cp(join(ROOT, name), join(copy, name), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const page = await readFile(join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8');
  for (const [path, text] of filesIn(page)) {
    await mkdir(dirname(join(copy, 'src', path)), { recursive: true });
    await writeFile(join(copy, 'src', path), text);
  }
  await enlist('families', 'FAMILIES', 'ghosts', './ghosts/family.ts');
  await enlist('targets', 'TARGETS', 'rawFolder', './raw-folder/target.ts');

  project = join(copy, 'project');
  await mkdir(join(project, 'pad_sources'), { recursive: true });
  await writeFile(join(project, 'pad_sources/choir.wav'), wav(mono(chord([57, 60, 64], 6 * RATE))));
  await writeFile(join(project, 'pad_sources/brief.wav'), wav(mono(chord([57], RATE))));
  const [, profile] = /^ {5}```json\n([\s\S]*?)^ {5}```/m.exec(page)!;
  await writeFile(join(project, 'rawbox.json'), profile);
});
afterAll(() => rm(copy, { recursive: true, force: true }));

/** The files that the page prints, by their paths: each block of code, and the path named last before it. */
function filesIn(page: string): Map<string, string> {
  return new Map(
    [...page.matchAll(/^ {3}```ts\n([\s\S]*?)^ {3}```/gm)].map(({ index, 1: block }) => {
      const named = [...page.slice(0, index).matchAll(/`((?:families|targets)\/[a-z-]+\/[a-z-]+\.ts)`/g)];
      return [named.at(-1)![1], block.replaceAll(/^ {3}/gm, '')];
    }),
  );
}

/** Adds to a list: the line, and what imports it. */
async function enlist(room: string, list: string, name: string, from: string): Promise<void> {
  const path = join(copy, 'src', room, 'index.ts');
  const text = await readFile(path, 'utf8');
  const longer = text.replace(new RegExp(`(const ${list}\\b.* = \\[[^\\]]*?),?\\s*\\]`), `$1, ${name}]`);
  expect(longer).not.toBe(text);
  await writeFile(path, `import { ${name} } from '${from}';\n${longer}`);
}

const afterglow = (...args: readonly string[]) =>
  run(process.execPath, [join(copy, 'bin/afterglow.js'), ...args], { cwd: project });

it('compiles, and is a command that makes, skips in its own words, and goes into a kit', async () => {
  const files = await Promise.all(
    ['families/ghosts', 'targets/raw-folder'].map((at) => readdir(join(copy, 'src', at))),
  );
  expect(files).toEqual([['family.ts', 'make.ts', 'settings.ts', 'words.ts'], ['target.ts']]);

  const built = await run('npm', ['run', 'build', '--silent'], { cwd: copy }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ stdout: stdout + stderr }),
  );
  expect(built.stdout).toBe('');

  const { stdout: help } = await afterglow('--help');
  expect(help).toMatch(/make-ghosts .*ghosts from pad_sources\//);
  const { stdout: said } = await afterglow('make-ghosts', '--seed', '7');
  expect(said).toMatch(/^ghosts +\d+ +\d+ +\d+ +1$/m);
  expect(said).toContain('ghosts: it is shorter than 4 s; lower ghosts.duration_sec (pad_sources/brief.wav)');

  await afterglow('kit', '--profile', './rawbox.json', '--name', 'BOX');
  const kits = await readdir(join(project, 'export'), { recursive: true });
  const [sample] = kits.filter((path) => path.endsWith('.raw'));
  expect(sample.replaceAll('\\', '/')).toMatch(/RAW\/BOX\/GH01.*\.raw$/);
  // Four seconds, mono, 16 bits, at 22.05 kHz.
  expect((await readFile(join(project, 'export', sample))).length).toBe(4 * 22_050 * 2);
});
