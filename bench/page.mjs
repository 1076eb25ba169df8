/**
 * What the engine costs in a page: `dist/afterglow.html` in Chromium beside the same work in Node, by processor and memory.
 *
 *   npm run build
 *   npm run bench:page -- FOLDER [--flags FLAG…]
 *
 * FOLDER holds sounds, which are given to the page as a user gives files; nothing is written into it. --flags hands flags to the
 * browser's V8. Processor seconds are those of the process that shows the page, all its workers and its drawing with them.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measurePage } from './page/measure-page.mjs';
import { measureScript } from './speed/measure.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { flags: { type: 'string', multiple: true, default: [] } },
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
try {
  const jobs = availableParallelism();
  const words = [script, folder, join(scratch, 'export'), String(jobs)];
  const node = measureScript(folder, scratch, words);
  const page = await measurePage(files, values.flags);
  const figures = { files: files.length, jobs, node, page, speed: node.cpuSec / page.pageCpuSec };
  console.log(JSON.stringify(figures, null, 2));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
