/**
 * Loader hooks that put a clock round the functions of stages.mjs, so that the engine itself needs none: a module
 * that holds such a function is replaced by one that gives on all it exports, the timed functions in their place.
 * @see https://nodejs.org/docs/latest-v20.x/api/module.html#customization-hooks
 */
import { existsSync } from 'node:fs';
import { STAGE_FUNCTIONS } from './stages.mjs';

/** Behind the address of the module as it is. */
const PLAIN = '?plain';
const CLOCK = new URL('./stage-clock.mjs', import.meta.url).href;
/** The engine of this checkout: stages.mjs is written for it, so what it names must be there. */
const OWN_ENGINE = new URL('../../dist/', import.meta.url).href;

let engine = '';

/**
 * @param data address of the engine's compiled files, with a slash at its end
 * @throws Error where this checkout has no file of that name
 */
export function initialize(data) {
  engine = data.engine;
  if (engine !== OWN_ENGINE) return;
  for (const file of Object.keys(STAGE_FUNCTIONS)) {
    if (!existsSync(new URL(file, engine)))
      throw new Error(`bench/speed/stages.mjs names ${file}, which dist/ lacks.`);
  }
}

export async function load(url, context, nextLoad) {
  const functions = url.startsWith(engine) ? STAGE_FUNCTIONS[url.slice(engine.length)] : undefined;
  if (!functions) return nextLoad(url, context);
  const source = [
    `import * as plain from '${url}${PLAIN}';`,
    `import * as clock from '${CLOCK}';`,
    `export * from '${url}${PLAIN}';`,
    ...(engine === OWN_ENGINE ? functions.map(([name]) => checkOf(name, url.slice(engine.length))) : []),
    ...functions.map(
      ([name, stage, way]) => `export const ${name} = clock.${way}('${stage}', plain.${name});`,
    ),
  ];
  return { format: 'module', shortCircuit: true, source: source.join('\n') };
}

/** Code that fails where a module does not export a function: its time would go to another stage unseen. */
function checkOf(name, file) {
  const message = `bench/speed/stages.mjs names ${name} of ${file}, which exports no such function.`;
  return `if (typeof plain.${name} !== 'function') throw new Error('${message}');`;
}
