/** The pages as the build leaves them in dist/pages, of today's sources: the global setup sees to that. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../src/families/index.ts';

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

describe('their sources', () => {
  /** Paths below src/, with their texts. */
  async function sources(folder: string, ending: RegExp): Promise<(readonly [string, string])[]> {
    const names = await readdir(join(ROOT, 'src', folder), { recursive: true });
    const wanted = names.filter((name) => ending.test(name)).map((name) => join(folder, name));
    return Promise.all(
      wanted.map(async (path) => [path, await readFile(join(ROOT, 'src', path), 'utf8')] as const),
    );
  }

  it('leave no style out', async () => {
    const built = await filesIn(BUILT);
    const whole = await readFile(join(ROOT, 'dist/afterglow.html'), 'utf8');
    const all = `${built['report.css']}${built['studio.css']}${whole}`;
    const styles = [...(await sources('report', /\.css$/)), ...(await sources('studio', /\.css$/))];
    expect(styles.length).toBeGreaterThan(5);
    expect(styles.filter(([, text]) => !all.includes(text)).map(([path]) => path)).toEqual([]);
  });

  it('name no family: those come with the data', async () => {
    // `silence` is also what the page calls the key that ends all sound.
    const ids = FAMILIES.map(({ id }) => id)
      .filter((id) => id !== 'silence')
      .join('|');
    const naming = new RegExp(`['"](${ids})s?['"]|--(${ids})\\b|\\.(${ids})\\b[^\\n;]*\\{`);
    const all = [
      ...(await sources('report/page', /\.(ts|css|html)$/)),
      ...(await sources('studio/page', /\.(ts|css|html)$/)),
    ];
    expect(all.length).toBeGreaterThan(80);
    expect(all.filter(([, text]) => naming.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('import nothing of Node outside the studio’s server', async () => {
    const all = [...(await sources('report', /\.ts$/)), ...(await sources('studio', /\.ts$/))];
    const node = all.filter(([, text]) => /from 'node:|import\('node:/.test(text)).map(([path]) => path);
    expect(node.length).toBeGreaterThan(5);
    expect(node.filter((path) => !path.startsWith('studio/server/'))).toEqual([]);
  });
});
