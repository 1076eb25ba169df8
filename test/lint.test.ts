/**
 * What our own rules keep out of src/: what engines or machines do differently, and spreads of literals. Tried on files of
 * one line each.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What engines or machines do differently: pages may, in what they draw. */
const DIFFERENT = [
  'export const a = Math.sin(1);',
  'export const a = [1].map(Math.exp);',
  'export const a = Math.max(1, Math.pow(2, 3));',
  'export const { log10 } = Math;',
  "export const a = Math['tan'](1);",
  'export const a = (b: number) => b ** 2;',
  'export const a = (b: number) => 10 ** (b / 20);',
  'export const a = (b: number) => 2 ** b;',
  'export let a = 3;\na **= 2;',
  "export const a = 'a'.localeCompare('b');",
  'export const a = (1).toLocaleString();',
  'export const a = new Intl.NumberFormat();',
];
/** Refused in pages too. */
const SPREAD = ['export const a = { ...{ b: 1 }, c: 2 };'];
const REFUSED = [...DIFFERENT, ...SPREAD];
const ALLOWED = [
  'export const a = Math.sqrt(Math.max(2, Math.round(2.5)) * Math.PI);',
  'export const a = 2 ** 32 - 2 ** -14;',
  'export const a = (b: object) => ({ ...b, ...(b ? {} : { c: 1 }) });',
];

let folder: string;
/** Files that break the rules of scripts/lint/. */
let refused: Set<string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-lint-'));
  await cp(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
  await cp(join(ROOT, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
  for (const [name, codes] of Object.entries({ refused: REFUSED, allowed: ALLOWED })) {
    for (const [i, code] of codes.entries()) {
      await put(`src/dsp/${name}-${i}.ts`, code);
      await put(`src/studio/page/${name}-${i}.ts`, code);
    }
  }
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', 'src'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const { diagnostics }: { diagnostics: { category: string; location: { path: string } }[] } =
    JSON.parse(stdout);
  const own = diagnostics.filter(({ category }) => category === 'plugin');
  refused = new Set(own.map(({ location }) => location.path));
});
afterAll(() => rm(folder, { recursive: true }));

async function put(path: string, code: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), `${code}\n`);
}

it.each([...REFUSED.entries()])('refuses %d: %s', (i) => {
  expect(refused).toContain(`src/dsp/refused-${i}.ts`);
});

it.each([...ALLOWED.entries()])('allows %d: %s', (i) => {
  expect(refused).not.toContain(`src/dsp/allowed-${i}.ts`);
});

it('lets what a page draws be, but for spreads', () => {
  const inPage = [...refused].filter((path) => path.startsWith('src/studio/page/'));
  expect(inPage).toEqual(SPREAD.map((_, i) => `src/studio/page/refused-${DIFFERENT.length + i}.ts`));
});
