/** Every file of the code that a comment in src names is there. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const files = (await readdir(join(ROOT, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts'));
const names = new Set(files.map((file) => basename(file)));

const COMMENTS = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g;
/** `stamp.ts`, `engine/routes.ts`, `scripts/build-pages.mjs`. */
const NAMED = /(?<![\w./{-])(?:[a-z][\w-]*\/)*[a-z][\w-]*\.(?:ts|mjs|html|css)\b/g;

const namedIn = (code: string) =>
  [...code.matchAll(COMMENTS)].flatMap(([comment]) => [...comment.matchAll(NAMED)].map(([name]) => name));

/** A name alone may be of any folder; a path is one from the repository, from `src`, from what is built or from the file's own folder. */
const isThere = (name: string, file: string) =>
  names.has(name) ||
  ['', 'src', 'dist', join('src', dirname(file))].some((from) => existsSync(join(ROOT, from, name)));

it('comments name files that are there', async () => {
  const named: { file: string; name: string }[] = [];
  for (const file of files) {
    const code = await readFile(join(ROOT, 'src', file), 'utf8');
    named.push(...namedIn(code).map((name) => ({ file, name })));
  }
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(({ file, name }) => !isThere(name, file))).toEqual([]);
});

it('finds names in comments of both kinds, and in no code', () => {
  const code = "import x from './a.ts';\n/** See `b.ts`. */\n// As in dsp/c.ts, http://d.example/e.ts\n";
  expect(namedIn(code)).toEqual(['b.ts', 'dsp/c.ts']);
});
