/** Every relative link of the documents leads to a file of the repository, and every anchor to a heading. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksOf } from './links.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['.', 'docs', 'findings', 'bench', 'examples', 'profiles'];

const pages = (await Promise.all(FOLDERS.map(pagesBelow))).flat().sort();

async function pagesBelow(folder: string): Promise<string[]> {
  const names = await readdir(join(ROOT, folder), { recursive: folder !== '.' });
  return names.filter((name) => name.endsWith('.md')).map((name) => normalize(join(folder, name)));
}

const read = (page: string) => readFile(join(ROOT, page), 'utf8');

/** What is wrong with a page's links, `line: target` each. */
async function brokenLinks(page: string): Promise<string[]> {
  const broken: string[] = [];
  for (const { line, target } of linksOf(await read(page))) {
    const [path, anchor] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
    const isThere = !file.startsWith('..') && existsSync(join(ROOT, file));
    const hasAnchor =
      anchor === undefined || !file.endsWith('.md') || (isThere && anchorsOf(await read(file)).has(anchor));
    if (!isThere || !hasAnchor) broken.push(`${line}: ${target}`);
  }
  return broken;
}

it.each(pages)('the links of %s lead somewhere', async (page) => {
  expect(await brokenLinks(page)).toEqual([]);
});

it('checks the pages that people read', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/KITS.md', 'findings/README.md']),
  );
});

it('finds every document that the program names', async () => {
  const files = await readdir(join(ROOT, 'src'), { recursive: true });
  const named = new Set<string>();
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    for (const [path] of (await read(join('src', file))).matchAll(/\bdocs\/[A-Z-]+\.md\b/g)) named.add(path);
  }
  expect(named.size).toBeGreaterThan(2);
  expect([...named].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

/** Files of the code that a page names in backticks, as paths from the repository or from `src`. */
const namedFiles = (page: string) =>
  [...page.matchAll(/`([a-z][\w-]*(?:\/[\w.-]+)+\.(?:ts|mjs|sh|grit|html|css))`/g)].map(([, path]) => path);

/** Names that stand for a file that a reader writes. */
const EXAMPLES = /\/(?:NAME|ghosts)\//;
/** Folders that docs/ARCHITECTURE.md describes before they are there: their files are looked for once they are. */
const isAhead = (path: string) => ['', 'src'].every((from) => !existsSync(join(ROOT, from, dirname(path))));

it.each(pages.filter((page) => /^docs\/|^CONTRIBUTING/.test(page)))(
  '%s names files of the code that are there',
  async (page) => {
    const named = namedFiles(await read(page)).filter((path) => !EXAMPLES.test(path) && !isAhead(path));
    const isThere = (path: string) => ['', 'src'].some((from) => existsSync(join(ROOT, from, path)));
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  },
);

describe('what counts as a link and an anchor', () => {
  it('leaves out code and other sites', () => {
    const page =
      '[a](b.md#c) ![d](e.png) `[f](g.md)` [h](https://i.example)\n```text\n[j](k.md)\n```\n[l](#m)';
    expect(linksOf(page)).toEqual([
      { line: 1, target: 'b.md#c' },
      { line: 1, target: 'e.png' },
      { line: 5, target: '#m' },
    ]);
  });

  it('makes anchors as GitHub does', () => {
    const page =
      '# KIT.csv\n## What is *not* told, and `why`\n### Größe 2\n## Again\n## Again\n```sh\n# none\n```';
    expect([...anchorsOf(page)]).toEqual([
      'kitcsv',
      'what-is-not-told-and-why',
      'größe-2',
      'again',
      'again-1',
    ]);
  });
});
