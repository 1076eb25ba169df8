/**
 * Whether this checkout is slower than another: every stage's CPU time, and that of a batch and of the same one again, divided by that of a yardstick which runs in
 * the same process (bench/speed/yardstick.mjs), here and there in turns, on a small archive made in code. Ends with 1
 * where a stage takes over a fifth more than there.
 *
 *   npm run build                                  # here, and in the other checkout
 *   npm run bench:speed-compare -- OTHER_CHECKOUT [--runs N] [--json]
 *
 * The stages are timed by this checkout's bench in both, so the other needs no bench. A stage whose functions are not
 * there under their names counts for the stage that calls it; see bench/speed/stages.mjs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { comparison } from './speed/comparison.mjs';
import { ENGINE, measureBatch, measureStages } from './speed/measure.mjs';
import { madeProject } from './speed/projects.mjs';

/** Where something looks slower, it is looked at so many times more: most of it was the machine. */
const SECOND_LOOKS = 2;
const PHASES = ['mine-pads', 'make-drones', 'make-clouds', 'make-hiss'];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, json: { type: 'boolean' } },
});
if (positionals.length !== 1) {
  console.error('Name the other checkout: npm run bench:speed-compare -- DIR');
  process.exit(2);
}
const other = resolve(positionals[0]);
const scratch = mkdtempSync(join(tmpdir(), 'afterglow-speed-'));
const runs = { here: [], there: [] };
let stages = [];
try {
  const project = await madeProject(scratch);
  for (let look = 0; look <= SECOND_LOOKS; look++) {
    for (let run = 0; run < Number(options.runs); run++) {
      runs.there.push(measured(project, other));
      runs.here.push(measured(project, ENGINE));
    }
    stages = comparison(runs);
    if (!stages.some(({ slower }) => slower)) break;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

if (options.json) console.log(JSON.stringify(stages, null, 2));
else {
  console.log(`Medians of ${runs.here.length} runs each, in yardsticks (plain FFTs in the same process).\n`);
  console.log('stage      there     here    ratio');
  for (const { stage, there, here, ratio, slower } of stages) {
    const cells = [there, here, ratio].map((value) => value.toFixed(2).padStart(8));
    console.log(`${stage.padEnd(8)} ${cells.join(' ')}${slower ? '  SLOWER' : ''}`);
  }
}
if (stages.some(({ slower }) => slower)) process.exitCode = 1;

function measured(project, engine) {
  return {
    ...measureStages(project, scratch, PHASES, engine),
    whole: measureBatch(project, scratch, engine),
  };
}
