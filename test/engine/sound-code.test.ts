/** What a built engine takes for the code that makes textures: a copy of it is changed, and its digest looked at. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { closureOf, writeSoundCode } from '../../scripts/sound-code.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let dist: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-sound-code-'));
  dist = join(folder, 'dist');
  await cp(join(ROOT, 'dist'), dist, { recursive: true });
  const packages = join(folder, 'node_modules');
  await mkdir(packages);
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    await symlink(resolve(ROOT, 'node_modules', name), join(packages, name), 'junction');
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** As the built engine carries it. @param of the module that holds it */
async function digest(of = 'engine/sound-code.js'): Promise<string> {
  writeSoundCode(dist);
  const [, found] = /'([0-9a-f]{64})'/.exec(await readFile(join(dist, of), 'utf8'))!;
  return found;
}

/** The digest with one line more in a module, which is then as it was. */
async function digestWith(line: string, path: string, of?: string): Promise<string> {
  const file = join(dist, path);
  const code = await readFile(file, 'utf8');
  await writeFile(file, `${code}\n${line}\n`);
  try {
    return await digest(of);
  } finally {
    await writeFile(file, code);
  }
}

/** Rooms that have a part in how textures sound; engine and archive keep the books as well. */
const SOUND_ROOMS = ['config', 'dsp', 'analysis', 'loops', 'settings', 'families', 'curation', 'formats'];
const MIXED_ROOMS = ['archive', 'engine', 'platform'];

/** Modules of a built room, by their paths in it. */
async function modulesOf(room: string): Promise<string[]> {
  const names = await readdir(join(dist, room), { recursive: true });
  return names.filter((name) => name.endsWith('.js')).map((name) => join(room, name));
}

async function moduleThatExports(pattern: RegExp): Promise<string> {
  for (const path of await modulesOf('')) {
    if (pattern.test(await readFile(join(dist, path), 'utf8'))) return path;
  }
  throw new Error(`No module exports ${pattern}.`);
}

// Before any test that leaves a line in the copy.
it('the digest of the code that batch writes with is what the build wrote, though that writes into what it counts', async () => {
  const built = await readFile(join(ROOT, 'dist/palette/step-code.js'), 'utf8');
  expect(built).toContain(await digest('palette/step-code.js'));
});

describe('the digest of the code that makes textures', () => {
  let before: string;
  beforeAll(async () => {
    before = await digest();
  });

  it('is the same for the same code, and is what the build wrote', async () => {
    const built = await readFile(join(ROOT, 'dist/engine/sound-code.js'), 'utf8');
    expect(built).toContain(before);
    expect(await digest()).toBe(before);
  });

  it('does not change with what shows, lists, chooses and exports them', async () => {
    const rooms = (await readdir(dist, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory() && ![...SOUND_ROOMS, ...MIXED_ROOMS].includes(entry.name))
      .map(({ name }) => name);
    expect(rooms).toEqual(expect.arrayContaining(['cli', 'palette', 'report', 'studio']));
    for (const room of rooms) {
      for (const path of await modulesOf(room))
        await writeFile(join(dist, path), '// changed\n', { flag: 'a' });
    }
    expect(await digest()).toBe(before);
    for (const path of ['engine/run.js', 'engine/cache.js', 'curation/select.js']) {
      expect(await digestWith('// changed', path), path).toBe(before);
    }
  });

  it.each([
    ['a maker', /export (?:async )?function\*? makePads\b/],
    ['a filter', /export function filterZeroPhase\b/],
    ['a kernel', /export const KERNEL_MODULE\b/],
    ['a reader of files', /export (?:async )?function openFlac\b/],
    ['what encodes a file', /export function encodeWav\b/],
    ['how a file is levelled', /export function levelTexture\b/],
    ['what goes through a source', /export async function excavate\b/],
  ])('changes with %s', async (_, pattern) => {
    expect(await digestWith('export const changed = 1;', await moduleThatExports(pattern))).not.toBe(before);
  });

  it.each(['opus-decoder', '@wasm-audio-decoders/common', '@echogarden/pffft-wasm'])(
    'changes with the version of %s, and not with that of the command line’s packages',
    async (name) => {
      expect(await digestWithVersion('commander', '99.0.0')).toBe(before);
      expect(await digestWithVersion(name, '99.0.0')).not.toBe(before);
      expect(await digest()).toBe(before);
    },
  );

  async function digestWithVersion(name: string, version: string): Promise<string> {
    const packages = join(folder, 'node_modules');
    const [scope] = name.split('/');
    const manifest = JSON.parse(await readFile(join(packages, name, 'package.json'), 'utf8'));
    // The whole scope is a link into the shared folder, so a folder of its own takes its place for the time.
    await rm(join(packages, scope));
    for (const other of name.includes('/') ? await readdir(join(ROOT, 'node_modules', scope)) : []) {
      if (`${scope}/${other}` === name) continue;
      await mkdir(join(packages, scope), { recursive: true });
      await symlink(resolve(ROOT, 'node_modules', scope, other), join(packages, scope, other), 'junction');
    }
    await mkdir(join(packages, name), { recursive: true });
    await writeFile(join(packages, name, 'package.json'), JSON.stringify({ ...manifest, version }));
    try {
      return await digest();
    } finally {
      await rm(join(packages, scope), { recursive: true });
      await symlink(resolve(ROOT, 'node_modules', scope), join(packages, scope), 'junction');
    }
  }
});

describe('the digest of the code that batch writes with', () => {
  it('changes with words, which kits and reports hold, as that of textures does not', async () => {
    const [steps, textures] = ['palette/step-code.js', 'engine/sound-code.js'];
    const changed = ['// changed', 'wording/kits.js'] as const;
    const before = [await digest(steps), await digest(textures)];
    expect(await digestWith(...changed, steps)).not.toBe(before[0]);
    expect(await digestWith(...changed, textures)).toBe(before[1]);
  });
});

describe('what a module imports', () => {
  let modules: string;
  const write = (name: string, code: string) => writeFile(join(modules, name), code);
  beforeAll(async () => {
    modules = await mkdtemp(join(tmpdir(), 'afterglow-closure-'));
  });
  afterAll(() => rm(modules, { recursive: true }));

  it('is found at once and when it is needed, passed on or only run, and through circles; not in comments', async () => {
    await write(
      'root.js',
      `import {\n  a,\n  b as c,\n} from './static.js';\nexport * from "./passed-on.js";\n`,
    );
    await write(
      'static.js',
      `import './run.js';\nconst late = () => import('./late.js');\nimport 'node:fs';`,
    );
    await write('passed-on.js', `import x from './root.js'; import { y } from 'package/part';`);
    await write(
      'run.js',
      `/* import './gone.js'; */\n// import('./gone.js')\nimport z from '@scope/package';`,
    );
    await write('late.js', `export { q } from './later.js';`);
    await write('later.js', 'export const q = 1;');
    const found = closureOf([join(modules, 'root.js')]);
    const names = ['late', 'later', 'passed-on', 'root', 'run', 'static'];
    expect(found.modules).toEqual(names.map((name) => join(modules, `${name}.js`)));
    expect(found.packages).toEqual(['@scope/package', 'package']);
  });

  it('has to be there, and to have a name', async () => {
    await write('broken.js', `import './gone.js';`);
    expect(() => closureOf([join(modules, 'broken.js')])).toThrow('gone.js');
    await write('computed.js', 'const load = (name) => import(name);');
    expect(() => closureOf([join(modules, 'computed.js')])).toThrow('nobody can tell beforehand');
  });
});
