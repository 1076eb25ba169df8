/** The rules of docs/ARCHITECTURE.md: the order of the rooms, that the lower ones are pure, no circle of imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../src', import.meta.url));

/** From the ground up: a file imports from its own room and from those before it. */
const ROOMS = [
  ...[
    'settings',
    'dsp',
    'analysis',
    'loops',
    'reasons',
    'families',
    'config',
    'curation',
    'formats',
    'targets',
  ],
  ...['wording', 'report'],
  ...['platform', 'archive', 'engine', 'palette', 'platform/node', 'platform/browser', 'studio', 'cli'],
];
/**
 * The one exception: words are put to the codes of all rooms, and its tables are typed by these codes, so that a code without
 * words does not compile. So its files import types, and nothing that runs, of rooms below it in this list too.
 */
const WORDING = 'wording';
const PURE_ROOMS = ROOMS.slice(0, ROOMS.indexOf('platform'));
/**
 * The studio's page from the ground up: a file imports from its own folder and from those before it. What lies beside the folders puts
 * the page together, and nothing in them imports it.
 */
const PAGE = [
  ...['state', 'backend', 'choosing', 'keeping'],
  ...['sound', 'playing', 'listening'],
  ...['map', 'cells', 'songs', 'details', 'kit', 'making'],
  ...['session', 'hands', 'arriving'],
];
/** In no room, and open to all. */
const OPEN = ['errors.ts', 'groups.ts', 'paths.ts'];
/** What runs on Node alone; all else runs on whatever is a `Platform`. */
const ON_NODE = /^(platform\/node|cli|studio\/server)\/|^index\.ts$/;
const NODES = /\b(process|globalThis|Buffer|__dirname|__filename|setImmediate|require)\b/g;
/** Which machine it is, those decide who start the engine: the library's entries give one to it. */
const MACHINES = /^platform\/(node|memory|browser)\//;
const CHOOSES_MACHINE = /^(platform\/(node|memory|browser)|cli|studio\/(server|inside))\//;
const ENTRIES: Readonly<Record<string, string>> = {
  'core.ts': 'platform/memory/',
  'index.ts': 'platform/node/',
};

/** The rooms that find things out and leave it to others to put words to them. */
const BELOW_THE_EDGE = ROOMS.slice(0, ROOMS.indexOf('palette'));

/** What would make a result depend on more than the arguments, or speak to the world. */
const WORLD =
  /\b(Date|performance|process(?!\s*[(:])|console|globalThis|Buffer|fetch|navigator|require|crypto(?!:)|setTimeout|setInterval|setImmediate|Math\.random)\b/g;
/** What a WASM package cannot do without; each is put back at once. */
const EXCEPTIONS: Record<string, readonly string[]> = {
  // The MP3 and Ogg packages report damage on the console, which is caught.
  'formats/sound-stream.ts': ['console'],
};

/** `import … from '…'`, `export … from '…'`, `import '…'` and `import('…')`. */
const IMPORTS = /(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g;

/** `import type … from '…'`. */
const TYPE_IMPORTS = /\bimport\s+type\b[^;']*\bfrom\s*'([^']+)'/g;

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .sort();

function roomOf(path: string): string {
  return /^platform\/(node|browser)(?=\/)/.exec(path)?.[0] ?? path.split('/')[0];
}

/** The imports of a text that break the order, or bring the world into a pure room. */
function badImports(path: string, code: string): string[] {
  const room = roomOf(path);
  const allowed = ROOMS.slice(0, ROOMS.indexOf(room) + 1);
  const types = room === WORDING ? [...code.matchAll(TYPE_IMPORTS)].map(([, name]) => name) : [];
  return [...code.matchAll(IMPORTS)]
    .map(([, name]) => name)
    .filter((name) => {
      if (!name.startsWith('.')) return name.startsWith('node:') && PURE_ROOMS.includes(room);
      const target = posix.join(posix.dirname(path), name);
      if (types.includes(name) && !['studio', 'cli'].includes(roomOf(target))) return false;
      return !OPEN.includes(target) && !allowed.includes(roomOf(target));
    });
}

/** The imports of a text of the studio's page that break the order of its folders. */
function badPageImports(path: string, code: string): string[] {
  const folderOf = (name: string) => /^studio\/page\/(.*)\//.exec(name)?.[1] ?? '';
  const allowed = PAGE.slice(0, PAGE.indexOf(folderOf(path)) + 1);
  return importsOf(path, code)
    .filter((name) => name.startsWith('studio/page/'))
    .filter((name) => folderOf(path) !== '' && !allowed.includes(folderOf(name)));
}

/**
 * A circle that imports go in, its first file again at the end; null where there is none. Imports of types count: the
 * linter passes them over, but files that need each other cannot be read one after the other.
 */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const from = (path: string, way: readonly string[]): string[] | null => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const next of imports.get(path) ?? []) {
      const circle = from(next, [...way, path]);
      if (circle) return circle;
    }
    done.add(path);
    return null;
  };
  for (const path of imports.keys()) {
    const circle = from(path, []);
    if (circle) return circle;
  }
  return null;
}

/** The files that a text imports. */
function importsOf(path: string, code: string): string[] {
  return [...code.matchAll(IMPORTS)]
    .filter(([, name]) => name.startsWith('.'))
    .map(([, name]) => posix.join(posix.dirname(path), name));
}

/** What ties a text to Node: its modules, packages that need them, its globals. */
function nodeIn(path: string, code: string): string[] {
  if (ON_NODE.test(path)) return [];
  const modules = [...code.matchAll(IMPORTS)]
    .map(([, name]) => name)
    .filter((name) => name.startsWith('node:'));
  // Pages run in browsers, where it is the window.
  const isOfPage = (name: string) =>
    (name === 'globalThis' && path.includes('/page/')) ||
    // What the audio thread calls in it is called so.
    (name === 'process' && path.endsWith('/recorder-worklet.ts'));
  return [...modules, ...namesIn(code, NODES).filter((name) => !isOfPage(name))];
}

/** The machines that a text binds itself to, against the rule. */
function machinesIn(path: string, code: string): string[] {
  if (CHOOSES_MACHINE.test(path)) return [];
  const allowed = ENTRIES[path];
  return importsOf(path, code).filter(
    (name) => MACHINES.test(name) && !(allowed !== undefined && name.startsWith(allowed)),
  );
}

/** The world's names in a text. */
function worldIn(path: string, code: string): string[] {
  return namesIn(code, WORLD).filter((name) => !EXCEPTIONS[path]?.includes(name));
}

/** What is filled into a template, one after the other, without the text around it. */
function filledIn(template: string): string {
  return [...template.matchAll(/\$\{([^}]*)\}/g)].map(([, code]) => `(${code})`).join(' ') || "''";
}

/** Names in a text, without its comments and its quoted words, and those that belong to something. */
function namesIn(code: string, names: RegExp): string[] {
  const bare = code
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|(`(?:\\.|[^`\\])*`)/g, (_, template) =>
      template === undefined ? "''" : filledIn(template),
    )
    .replace(/'(?:\\.|[^'\\\n])*'/g, "''");
  return [...bare.matchAll(names)].filter(({ index }) => bare[index - 1] !== '.').map(([name]) => name);
}

const inRooms = files.filter((path) => ROOMS.includes(roomOf(path)));
const read = (path: string) => readFileSync(join(SOURCES, path), 'utf8');

it('knows every room', () => {
  const outside = files.filter((path) => !inRooms.includes(path));
  expect(outside).toEqual(['core.ts', 'errors.ts', 'groups.ts', 'index.ts', 'paths.ts']);
});

it('a file imports from its own room and those before it; no pure one from node:', () => {
  const bad = inRooms.flatMap((path) => badImports(path, read(path)).map((name) => `${path}: ${name}`));
  expect(bad).toEqual([]);
});

it('in the studio’s page, a file imports from its own folder and those before it', () => {
  const ofPage = files.filter((path) => path.startsWith('studio/page/'));
  const folders = new Set(ofPage.map((path) => path.split('/').slice(2, -1).join('/')));
  expect([...folders].sort()).toEqual(['', ...PAGE].sort());
  const bad = ofPage.flatMap((path) => badPageImports(path, read(path)).map((name) => `${path}: ${name}`));
  expect(bad).toEqual([]);
});

it('below the edge, only what people read as it is written has words put to it', () => {
  const found = inRooms
    .filter((path) => BELOW_THE_EDGE.includes(roomOf(path)) && roomOf(path) !== WORDING)
    .filter((path) => importsOf(path, read(path)).some((name) => roomOf(name) === WORDING));
  // The sentence of an error, and columns of the manifest.
  expect(found).toEqual(['archive/source.ts', 'engine/save-texture.ts']);
});

it('pure rooms name nothing of the world', () => {
  const pure = inRooms.filter((path) => PURE_ROOMS.includes(roomOf(path)));
  const bad = pure.flatMap((path) => worldIn(path, read(path)).map((name) => `${path}: ${name}`));
  expect(bad).toEqual([]);
});

it('only platform/node, the command line and the studio’s server know of Node', () => {
  const bad = files.flatMap((path) => nodeIn(path, read(path)).map((name) => `${path}: ${name}`));
  expect(bad).toEqual([]);
});

it('only those who start the engine choose its machine', () => {
  const bad = files.flatMap((path) => machinesIn(path, read(path)).map((name) => `${path}: ${name}`));
  expect(bad).toEqual([]);
});

it('imports go in no circle', () => {
  expect(circleIn(new Map(files.map((path) => [path, importsOf(path, read(path))])))).toBeNull();
});

it('only cli prints', () => {
  const printing = inRooms.filter((path) => /\bconsole\.|\bprocess\.(stdout|stderr)\b/.test(read(path)));
  expect(printing.filter((path) => roomOf(path) !== 'cli')).toEqual(['formats/sound-stream.ts']);
});

describe('the judges', () => {
  it('of circles', () => {
    const imports = new Map([
      ['loops/a.ts', importsOf('loops/a.ts', "import { b } from './b.ts';\nimport { sqrt } from 'node:c';")],
      ['loops/b.ts', importsOf('loops/b.ts', "import type { C } from '../dsp/c.ts';")],
      ['dsp/c.ts', []],
    ]);
    expect(circleIn(imports)).toBeNull();
    imports.set('dsp/c.ts', importsOf('dsp/c.ts', "import type { B } from '../loops/b.ts';"));
    expect(circleIn(imports)).toEqual(['loops/b.ts', 'dsp/c.ts', 'loops/b.ts']);
  });

  it.each([
    ["import { a } from '../engine/a.ts';", ['../engine/a.ts']],
    ["export * from '../cli/a.ts';", ['../cli/a.ts']],
    ["const a = await import('../archive/a.ts');", ['../archive/a.ts']],
    ["import {\n  a,\n} from 'node:fs';", ['node:fs']],
    ["import '../formats/a.ts';\nimport 'node:os';", ['../formats/a.ts', 'node:os']],
    ["import type { A } from '../settings/a.ts';\nimport { b } from './b.ts';\nimport c from 'zod';", []],
    ["import { E } from '../errors.ts';\nimport { F } from '../index.ts';", ['../index.ts']],
  ])('of imports: in families, %j', (code, expected) => {
    expect(badImports('families/x.ts', code)).toEqual(expected);
  });

  it.each([
    ["import { a } from '../state/a.ts';\nimport { b } from './b.ts';", []],
    ["import type { A } from '../kit/a.ts';", ['studio/page/kit/a.ts']],
    ["import { a } from '../main.ts';", ['studio/page/main.ts']],
    ["import type { A } from '../../protocol.ts';", []],
  ])('of imports: in the page’s map, %j', (code, expected) => {
    expect(badPageImports('studio/page/map/x.ts', code)).toEqual(expected);
    expect(badPageImports('studio/page/x.ts', code.replace("'../", "'./"))).toEqual([]);
  });

  it.each([
    [
      "import { join } from 'node:path';\nimport { Worker } from 'node:worker_threads';",
      ['node:path', 'node:worker_threads'],
    ],
    ['const id = process.pid; const bytes = Buffer.alloc(3);', ['process', 'Buffer']],
    [`const name = \`run \${process.pid} of process \${join('process')}\`;`, ['process']],
    ['globalThis.process.exit(1);', ['globalThis']],
    ["import { join } from '../paths.ts';\n// Node's process\nplatform.process.id;", []],
  ])('of Node: in engine, %j', (code, expected) => {
    expect(nodeIn('engine/x.ts', code)).toEqual(expected);
    expect(nodeIn('platform/node/x.ts', code)).toEqual([]);
  });

  it('of machines', () => {
    const code = "import { a } from './platform/node/a.ts';\nimport { b } from './platform/memory/b.ts';";
    expect(machinesIn('core.ts', code)).toEqual(['platform/node/a.ts']);
    expect(machinesIn('index.ts', code)).toEqual(['platform/memory/b.ts']);
    for (const room of ['archive', 'engine', 'palette', 'studio', 'wording']) {
      expect(machinesIn(`${room}/x.ts`, code.replaceAll("'./", "'../"))).toHaveLength(2);
    }
    expect(machinesIn('cli/x.ts', code.replaceAll("'./", "'../"))).toEqual([]);
  });

  it.each([
    ["import type { A } from '../engine/a.ts';\nimport { b } from '../families/b.ts';", []],
    ["import { a } from '../engine/a.ts';", ['../engine/a.ts']],
    ["import type { A } from '../cli/a.ts';", ['../cli/a.ts']],
    ["import type { A } from '../config/a.ts';\nimport { a } from '../engine/a.ts';", ['../engine/a.ts']],
  ])('of imports: in wording, %j', (code, expected) => {
    expect(badImports('wording/x.ts', code)).toEqual(expected);
  });

  it.each([
    ['const t = Date.now() + performance.now();', ['Date', 'performance']],
    ['const x = Math.random();', ['Math.random']],
    ['if (process.env.X) console.log(1);', ['process', 'console']],
    ["// Date\n/* process */ const s = 'console';", []],
    ['node.process(1); interface A { process(frames: number): void; next: { process: 1 } }', []],
  ])('of the world: %j', (code, expected) => {
    expect(worldIn('dsp/x.ts', code)).toEqual(expected);
  });
});
