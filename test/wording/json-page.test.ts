/** The list of codes in docs/JSON.md against those that there are. */
import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const SOURCES = new URL('../../src/', import.meta.url);

/** The codes that tables have words for: each begins a line, two spaces in. */
async function codes(): Promise<Set<string>> {
  const found = new Set<string>();
  const names = await readdir(SOURCES, { recursive: true });
  for (const name of names.filter((name) => name.endsWith('.ts'))) {
    const text = await readFile(new URL(name.replaceAll('\\', '/'), SOURCES), 'utf8');
    for (const [, table] of text.matchAll(/: WordsFor<[^=]*= \{\n([\s\S]*?)\n\};/g)) {
      for (const [, quoted, bare] of table.matchAll(/^ {2}(?:'([a-z-]+)'|([a-z]+))(?::|\()/gm)) {
        found.add(quoted ?? bare);
      }
    }
    for (const [, code] of text.matchAll(/: WordsFor<.*= \{ '([a-z-]+)': /g)) found.add(code);
  }
  return found;
}

it('names every code that there are words for, and no other', async () => {
  const page = await readFile(new URL('../../docs/JSON.md', import.meta.url), 'utf8');
  const [, section] = /^## Codes\n([\s\S]*?)^## /m.exec(page)!;
  const list = section.slice(section.indexOf('\n- '));
  const named = [...list.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, name]) => name);
  const places = ['warnings', 'notices', 'routes', 'codes', 'unread'];
  const there = await codes();
  expect(there.size).toBeGreaterThan(60);
  expect([...new Set(named), 'in-words'].filter((name) => !places.includes(name)).sort()).toEqual(
    [...there].sort(),
  );
});
