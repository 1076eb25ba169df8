/**
 * afterglow-engine as a library: the same engine that the command line drives. docs/LIBRARY.md shows how to use it.
 *
 * ```ts
 * import { parseConfig, plan, run } from 'afterglow-engine';
 *
 * const { settings } = parseConfig('pad_miner: { target_durations_sec: [4] }', 'config.yaml');
 * const work = await plan({ projectFolder: '/music', settings, seed: 7, phases: ['mine-pads'] });
 * const result = await run(work, {
 *   onEvent: (event) => event.kind === 'texture-made' && console.log(event.texture.path),
 * });
 * console.log(result.textures.length, 'textures, listed in', result.manifest);
 * ```
 *
 * `plan` reads no sound, `run` never throws for a source that fails (see `result.failed`), and everything
 * it writes lies in the export folder that the settings name.
 */
import * as core from './core.ts';
import { nodePlatform } from './platform/node/platform.ts';
import type { Platform } from './platform/platform.ts';

export * from './core.ts';
export { nodePlatform };

// As in `core.ts`, on the machine that Node runs on.
export const batch = onNode(core.batch);
export const curate = onNode(core.curate);
export const decide = onNode(core.decide);
export const previewBatch = onNode(core.previewBatch);
export const previewKit = onNode(core.previewKit);
export const inspectSource = onNode(core.inspectSource);
export const makeKit = onNode(core.makeKit);
export const merge = onNode(core.merge);
export const openPalette = onNode(core.openPalette);
export const openProject = onNode(core.openProject);
export const openSource = onNode(core.openSource);
export const plan = onNode(core.plan);
export const planDust = onNode(core.planDust);
export const profileNames = onNode(core.profileNames);
export const readDecisions = onNode(core.readDecisions);
export const readProfile = onNode(core.readProfile);
export const readSelection = onNode(core.readSelection);
export const readTexture = onNode(core.readTexture);
export const render = onNode(core.render);
export const routeByKind = onNode(core.routeByKind);
export const run = onNode(core.run);
export const writeInstruments = onNode(core.writeInstruments);
export const writeReport = onNode(core.writeReport);

function onNode<Arguments extends unknown[], Result>(
  work: (platform: Platform, ...rest: Arguments) => Result,
): (...rest: Arguments) => Result {
  return (...rest) => work(nodePlatform, ...rest);
}
