/**
 * Loader hooks that put a clock round the functions of stages.mjs, so that the engine itself needs none: a module
 * that holds such a function is replaced by one that gives on all it exports, the timed functions in their place.
 * @see https://nodejs.org/docs/latest-v20.x/api/module.html#customization-hooks
 */
import { STAGE_FUNCTIONS } from './stages.mjs';

/** Behind the address of the module as it is. */
const PLAIN = '?plain';
const CLOCK = new URL('./stage-clock.mjs', import.meta.url).href;

let engine = '';

/** @param data address of the engine's compiled files, with a slash at its end */
export function initialize(data) {
  engine = data.engine;
}

export async function load(url, context, nextLoad) {
  const functions = url.startsWith(engine) ? STAGE_FUNCTIONS[url.slice(engine.length)] : undefined;
  if (!functions) return nextLoad(url, context);
  const source = [
    `import * as plain from '${url}${PLAIN}';`,
    `import * as clock from '${CLOCK}';`,
    `export * from '${url}${PLAIN}';`,
    ...functions.map(
      ([name, stage, way]) => `export const ${name} = clock.${way}('${stage}', plain.${name});`,
    ),
  ];
  return { format: 'module', shortCircuit: true, source: source.join('\n') };
}
