/**
 * One run of the engine in this process and in one thread, each stage on the clock. Prints JSON; started by
 * measure.mjs, since what is warm from an earlier run must not be measured.
 *
 *   node bench/speed/run-stages.mjs ENGINE_FOLDER PROJECT_FOLDER EXPORT_FOLDER PHASE…
 */
import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cpuSeconds, takeStages } from './stage-clock.mjs';
import { yardstickSeconds } from './yardstick.mjs';

const [engineFolder, projectFolder, exportFolder, ...phases] = process.argv.slice(2);
const engine = pathToFileURL(`${resolve(engineFolder, 'dist')}/`).href;
// The program sets V8's flags before anything else; an older checkout may have none.
if (existsSync(resolve(engineFolder, 'dist/cli/v8-flags.js'))) await import(`${engine}cli/v8-flags.js`);
register('./stage-hooks.mjs', import.meta.url, { data: { engine } });
const { openProject, plan, run } = await import(`${engine}index.js`);

const { settings } = await openProject({ folder: resolve(projectFolder), create: false });
const toBench = { ...settings, paths: { ...settings.paths, export_dir: resolve(exportFolder) } };
const planned = await plan({ projectFolder: resolve(projectFolder), settings: toBench, seed: 7, phases });
takeStages();
const startSec = cpuSeconds();

let audioSec = 0;
const result = await run(planned, {
  jobs: 0,
  onEvent: (event) => {
    if (event.kind === 'analysed') audioSec += event.durationSec;
  },
});
const stages = { start: startSec, ...takeStages() };
const peakMB = process.resourceUsage().maxRSS / 1024;
console.log(
  JSON.stringify({
    stages,
    audioSec,
    sourceBytes: planned.tasks.reduce((sum, { bytes }) => sum + bytes, 0),
    writtenSec: result.textures.reduce((sum, { durationSec }) => sum + durationSec, 0),
    textures: result.textures.length,
    failed: result.failed.length,
    peakMB,
    yardstickSec: yardstickSeconds(),
  }),
);
