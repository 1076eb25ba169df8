/**
 * What the engine costs in a page: `dist/afterglow.html` in Chromium beside the same work in Node, by processor and memory.
 *
 *   npm run build
 *   npm run bench:page -- FOLDER [--turns N] [--workers N] [--flags FLAG…]
 *
 * FOLDER holds sounds, which are given to the page as a user gives files; nothing is written into it. --turns measures both so often
 * in turns. --workers has the page and Node work with so many: the page's own process with one more is larger by what a worker takes.
 * --flags hands flags to the browser's V8. `speed` is Node's processor seconds over those of the process that shows the page, all its workers
 * and its drawing with them; `speedOfAll` is over those of all processes of the browser.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measurePage } from './page/measure-page.mjs';
import { median } from './sound/statistics.mjs';
import { measureScript } from './speed/measure.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    flags: { type: 'string', multiple: true, default: [] },
    turns: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});
if (positionals.length !== 1) {
  console.error('Name one folder of sounds: npm run bench:page -- DIR');
  process.exit(2);
}
const folder = resolve(positionals[0]);
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => !entry.isDirectory())
  .map(({ parentPath, name }) => join(parentPath, name));
const script = fileURLToPath(new URL('page/batch-alone.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'afterglow-page-'));
const jobs = Number(values.workers);
const turns = [];
try {
  for (let turn = 0; turn < Number(values.turns); turn++) {
    const exportFolder = join(scratch, `export-${turn}`);
    const node = measureScript(folder, scratch, [script, folder, exportFolder, String(jobs)]);
    rmSync(exportFolder, { recursive: true });
    const page = await measurePage(files, { flags: values.flags, workers: jobs });
    turns.push({
      node,
      page,
      speed: node.cpuSec / page.pageCpuSec,
      speedOfAll: node.cpuSec / page.allCpuSec,
    });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const middle = (key) => median(turns.map((turn) => turn[key]));
const figures = {
  files: files.length,
  jobs,
  speed: middle('speed'),
  speedOfAll: middle('speedOfAll'),
  turns,
};
console.log(JSON.stringify(figures, null, 2));
