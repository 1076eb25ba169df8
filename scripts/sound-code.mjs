/** What decides how textures sound: modules, by their imports, and the packages that these use. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * - a texture, from its source to the bytes of its file
 * - its row in the manifest
 * - what a source of an unsorted folder is taken for
 */
const ROOTS = ['engine/remake.js', 'curation/columns.js', 'engine/analyse-for-kind.js'];
/** Says which sources are silent or too short, and goes through a source; most of what it imports keeps the books. */
const ALONE = ['engine/excavate.js'];
/** What stands in the file of impressions. */
const IMPRESSIONS = ['engine/impression.js', 'report/preview.js'];
/** What batch makes of an export. It holds words, such as why a kit left a texture out. */
const STEPS = ['curate', 'kit', 'instrument', 'report'].map((name) => `palette/${name}.js`);

/** `import … from '…'`, `export … from '…'`, `import '…'` and `import('…')`, as tsc writes them. */
const IMPORTS =
  /(?:(?:^|;)\s*(?:import|export)\b[^;'"()]*?\bfrom\s*|(?:^|;)\s*import\s*|\bimport\(\s*)(['"])([^'"]+)\1/gm;
/** An import whose name is known only when it runs. */
const COMPUTED = /\bimport\(\s*[^'"\s]/;
/** Modules that hold words for people, which change no sound, but do change a kit's lists and a report. */
const WORDS = /(?:^|[\\/])(?:(?:wording|reasons)[\\/]|words\.js$)/;
const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/**
 * The modules that some modules import, they themselves, and what these import, whether at once or when they need it; and the
 * packages among them.
 * @param roots absolute paths of JavaScript modules
 * @returns both in order of name
 * @throws Error where a module is missing, or imports what cannot be told beforehand
 */
export function closureOf(roots) {
  const modules = new Set();
  const packages = new Set();
  const waiting = [...roots];
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (modules.has(path)) continue;
    modules.add(path);
    const code = readFileSync(path, 'utf8').replace(COMMENTS, '');
    if (COMPUTED.test(code))
      throw new Error(`${path} imports a module whose name nobody can tell beforehand.`);
    for (const [, , name] of code.matchAll(IMPORTS)) {
      if (name.startsWith('.')) waiting.push(resolve(dirname(path), name));
      else if (!name.startsWith('node:')) packages.add(packageOf(name));
    }
  }
  return { modules: [...modules].sort(), packages: [...packages].sort() };
}

function packageOf(name) {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Packages and those that they need, each as `name version`, in order. @param from folder from which they are looked up */
function packageVersions(names, from) {
  const versions = new Set();
  const add = (name, folder) => {
    const file = manifestOf(name, folder);
    const { version, dependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
    const known = `${name} ${version}`;
    if (versions.has(known)) return;
    versions.add(known);
    for (const needed of Object.keys(dependencies)) add(needed, dirname(file));
  };
  for (const name of names) add(name, from);
  return [...versions].sort();
}

/** A package's package.json, which it need not export. */
function manifestOf(name, folder) {
  for (const modules of createRequire(join(folder, 'package.json')).resolve.paths(name) ?? []) {
    const file = join(modules, name, 'package.json');
    try {
      readFileSync(file);
      return file;
    } catch {
      // Further up.
    }
  }
  throw new Error(`The package ${name} is not installed; run npm ci.`);
}

/**
 * SHA-256 of the code of modules and all that they import, and of the versions of the packages that these use.
 * @param dist the built engine's folder, @param roots modules in it
 * @param options.alone modules in it whose own code counts, but not what they import
 * @param options.withWords whether modules that hold words count, too
 */
function soundCode(dist, roots, { alone = [], withWords = false } = {}) {
  const { modules, packages } = closureOf(roots.map((root) => resolve(dist, root)));
  const hash = createHash('sha256');
  for (const path of [...modules, ...alone.map((name) => resolve(dist, name))]) {
    const name = relative(dist, path);
    if (!withWords && WORDS.test(name)) continue;
    hash.update(`${name.replaceAll('\\', '/')}\n`).update(readFileSync(path));
  }
  for (const version of packageVersions(packages, dist)) hash.update(`${version}\n`);
  return hash.digest('hex');
}

/**
 * Gives a built engine the digests of the code that makes textures (engine/sound-code.js), impressions of them
 * (engine/impression-code.js), and what batch makes of an export (palette/step-code.js).
 * @param dist the built engine's folder, absolute
 */
export function writeSoundCode(dist) {
  const digest = soundCode(dist, ROOTS, { alone: ALONE });
  writeFileSync(`${dist}/engine/sound-code.js`, `export const SOUND_CODE = '${digest}';\n`);
  const impressions = soundCode(dist, IMPRESSIONS);
  writeFileSync(`${dist}/engine/impression-code.js`, `export const IMPRESSION_CODE = '${impressions}';\n`);
  // After what it counts in: else the same code had another digest when this runs again.
  const steps = soundCode(dist, STEPS, { withWords: true });
  writeFileSync(`${dist}/palette/step-code.js`, `export const STEP_CODE = '${steps}';\n`);
}
