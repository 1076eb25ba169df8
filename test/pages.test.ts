/** The pages as the build leaves them in dist/pages, of today's sources: the global setup sees to that. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUILDER = join(ROOT, 'scripts/build-pages.mjs');
const BUILT = join(ROOT, 'dist/pages');

async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, i) => [name, texts[i]]));
}

it('are the same to the byte when they are built again, elsewhere', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'afterglow-pages-'));
  try {
    execFileSync(process.execPath, [BUILDER, folder]);
    expect(await filesIn(folder)).toEqual(await filesIn(BUILT));
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe.each(['report', 'studio'])('%s', (name) => {
  it('is one script that runs by itself, and names no place of the machine that built it', async () => {
    const script = await readFile(join(BUILT, `${name}.js`), 'utf8');
    // A script that is no module: what it imported or exported would be a syntax error here.
    expect(() => new Function(script)).not.toThrow();
    expect(script).not.toMatch(/\bimport\s*\(|\bimport\.meta\b|\brequire\s*\(/);
    expect(script).not.toContain(ROOT);
    // Of the scope that it makes for itself, nothing is the window's.
    expect(script).toMatch(/^"use strict";\n\(function\(\) \{\n[\s\S]*\}\)\(\);\n$/);
    // It stands in a page between the tags of a script.
    expect(script).not.toContain('</script');
  });

  it('is one style that fetches nothing', async () => {
    const style = await readFile(join(BUILT, `${name}.css`), 'utf8');
    expect(style).toContain('color-scheme: dark');
    expect(style).not.toMatch(/@import|url\(|<\/style/);
  });
});
