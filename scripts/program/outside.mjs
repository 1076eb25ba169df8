/** What the program's text does not hold: what Node has, and packages that stay as they are published. */
import { createRequire, isBuiltin } from 'node:module';

const require = createRequire(import.meta.url);

/** They hold WebAssembly, some in a file beside them; two are under the LGPL, and anyone may put another version in their place. */
const PACKAGES = /^(@echogarden\/pffft-wasm|@wasm-audio-decoders\/.+|mpg123-decoder|opus-decoder)(\/|$)/;

const BUILTIN = '\0builtin:';
const PACKAGE = '\0package:';

/** Has rolldown ask for these by the two functions that the text is given; see `src/platform/node/program.ts`. */
export const outside = {
  name: 'outside',
  resolveId(id) {
    if (isBuiltin(id)) return { id: BUILTIN + id, moduleSideEffects: false };
    return PACKAGES.test(id) ? { id: PACKAGE + id, moduleSideEffects: false } : null;
  },
  async load(id) {
    if (id.startsWith(BUILTIN)) {
      const name = id.slice(BUILTIN.length);
      return exporting(`builtin('${name}')`, require(name), 'all');
    }
    if (!id.startsWith(PACKAGE)) return null;
    const name = id.slice(PACKAGE.length);
    return exporting(`await outside('${name}')`, await import(name), 'all.default');
  },
};

/** A module that exports under its names all that an expression has. */
function exporting(expression, loaded, asDefault) {
  const names = Object.keys(loaded).filter((name) => name !== 'default' && /^[A-Za-z_$][\w$]*$/.test(name));
  return [
    `const all = ${expression};`,
    `export default ${asDefault};`,
    ...names.map((name) => `const own_${name} = all.${name};`),
    `export { ${names.map((name) => `own_${name} as ${name}`).join(', ')} };`,
  ].join('\n');
}
