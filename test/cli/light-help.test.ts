/** `afterglow --help` answers at once, since it loads nothing of what makes, encodes or checks. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url));
/** What is loaded with a file: neither types, nor `import(…)`. */
const LOADED = /^(?:import|export)(?! type\b)[^;]*?'([^']+)';/gm;

/** The files below a file, by path, and the packages. */
function loadedWith(path: string, all = new Set<string>()): Set<string> {
  if (all.has(path)) return all;
  all.add(path);
  for (const [, name] of readFileSync(join(SOURCES, path), 'utf8').matchAll(LOADED)) {
    if (/^\.{1,2}\//.test(name)) loadedWith(posix.join(posix.dirname(path), name), all);
    else all.add(name);
  }
  return all;
}

it('loads the lists of families and targets, and neither kernels nor the schema library', () => {
  const loaded = loadedWith('cli/program.ts');
  expect([...loaded]).toEqual(expect.arrayContaining(['commander', 'families/index.ts', 'targets/index.ts']));
  const heavy = [...loaded].filter((path) => path.startsWith('dsp/') || path === 'zod');
  expect(heavy).toEqual([]);
  expect([...loadedWith('targets/wav-folder/encode.ts')]).toContain('dsp/kernels.ts');
});
