/** Reads docs/JSON.md: the keys that its tables name, and whether a document holds others. */

export interface NamedKeys {
  /** Of keys that a document holds, those that the section does not name. */
  missing(paths: readonly string[]): string[];
  /** The named ones that are not among these. */
  unseen(paths: readonly string[]): string[];
}

/** Every key of plain data by its way there, `textures[].path`; the items of a list are one. */
export function keyPaths(data: unknown, path = ''): string[] {
  if (Array.isArray(data)) {
    const items = data.filter((item) => item !== null && typeof item === 'object');
    const all = items.flatMap((item) => [`${path}[]`, ...keyPaths(item, `${path}[]`)]);
    return [...new Set(all)];
  }
  if (data === null || typeof data !== 'object') return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return [here, ...keyPaths(value, here)];
  });
}

/** A row of a table: keys, and what lies under them. */
interface Row {
  readonly keys: readonly string[];
  /** As under another key of the table. */
  readonly likeKey: string | null;
  /** As in another section, but for one key. */
  readonly likeSection: string | null;
  readonly without: string | null;
}

/** By heading, the keys that the table below it names. */
export function sectionsOf(page: string): Map<string, NamedKeys> {
  const tables = new Map<string, Row[]>();
  for (const [heading, ...rest] of page
    .split(/^## /m)
    .slice(1)
    .map((text) => text.split('\n'))) {
    const rows = rest.filter((line) => line.startsWith('| `')).map(rowOf);
    if (rows.length > 0) tables.set(heading.replaceAll('`', ''), rows);
  }
  /** With those of other sections, or only those that are for this one to show. */
  const keysOf = (section: string, withOthers: boolean): string[] => {
    const rows = tables.get(section);
    if (!rows) throw new Error(`docs/JSON.md has no table under “${section}”`);
    const own = rows.flatMap(({ keys }) => keys).filter((key) => key !== ALL);
    return rows.flatMap(({ keys, likeKey, likeSection, without }) => {
      const others = likeSection === null || !withOthers ? [] : keysOf(likeSection, true);
      const below = [
        ...others.filter((key) => without === null || !key.startsWith(without)).map((key) => `.${key}`),
        ...own.filter((key) => key.startsWith(`${likeKey}.`)).map((key) => key.slice(likeKey!.length)),
      ];
      return keys.flatMap((key) =>
        key === ALL ? below.map((rest) => rest.slice(1)) : [key, ...below.map((rest) => key + rest)],
      );
    });
  };
  return new Map(
    [...tables.keys()].map((section) => [section, comparing(keysOf(section, true), keysOf(section, false))]),
  );
}

/** The key of a row that is about the whole document. */
const ALL = '*';

/** `| \`textures[].source\`, \`.family\` | … |`: a key that begins with a dot lies beside the first. */
function rowOf(line: string): Row {
  const [, first, text] = line.split('|').map((cell) => cell.trim());
  const names = [...first.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  const whole = names[0].endsWith(ALL_BELOW) ? names[0].slice(0, -ALL_BELOW.length) : names[0];
  const beside = whole.slice(0, whole.lastIndexOf('.'));
  const like = /^As \[`?([^\]`]+)`?\]\(#[^)]*\) (?:tells?|says?)\b(?:.* without `(.+?)`)?/.exec(text);
  return {
    keys: names.map((name) => (name.startsWith('.') ? beside + name : name)),
    likeKey: /\bkeys as `([^`]+)`/.exec(text)?.[1] ?? null,
    likeSection: like?.[1] ?? null,
    without: like?.[2] ?? null,
  };
}

/** What lies below, and is told of elsewhere. */
const ALL_BELOW = '.…';

function comparing(named: readonly string[], own: readonly string[]): NamedKeys {
  const known = new Set(named.flatMap((key) => [key, ...above(key)]));
  const open = named.filter((key) => key.endsWith(ALL_BELOW)).map((key) => key.slice(0, -ALL_BELOW.length));
  const isOpen = (path: string) => open.some((key) => path.startsWith(`${key}.`));
  return {
    missing: (paths) => paths.filter((path) => !known.has(path) && !isOpen(path)),
    unseen(paths) {
      const seen = new Set(paths);
      const wanted = own
        .map((key) => (key.endsWith(ALL_BELOW) ? key.slice(0, -ALL_BELOW.length) : key))
        .flatMap((key) => [...above(key), key]);
      // Of what is not there at all, its parts are not told one by one.
      const isAlone = (key: string) => above(key).every((each) => seen.has(each));
      return [...new Set(wanted)].filter((key) => !seen.has(key) && isAlone(key));
    },
  };
}

/** `a[].b.c` lies in `a`, `a[]` and `a[].b`. */
function above(key: string): string[] {
  const places = [...key.matchAll(/\[\]|\./g)].map(({ index }) => key.slice(0, index));
  const items = [...key.matchAll(/\[\](?=\.)/g)].map(({ index }) => key.slice(0, index + 2));
  return [...new Set([...places, ...items])].filter((place) => place !== '');
}
