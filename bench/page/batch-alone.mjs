/**
 * What the page does, in Node: a batch up to the choice, with the program's own V8 flags.
 *
 *   node bench/page/batch-alone.mjs ARCHIVE EXPORT JOBS
 */
import '../../dist/cli/v8-flags.js';

const [archive, exportFolder, jobs] = process.argv.slice(2);
const { defaultSettings } = await import('../../dist/config/defaults.js');
const { batch } = await import('../../dist/palette/batch.js');
const { nodePlatform } = await import('../../dist/platform/node/platform.js');

await batch(nodePlatform, {
  exportFolder,
  exportRoot: exportFolder,
  project: 'afterglow',
  profiles: [],
  force: false,
  input: archive,
  settings: defaultSettings(),
  withProducts: false,
  seed: 7,
  anySeed: false,
  run: { jobs: Number(jobs) },
});
