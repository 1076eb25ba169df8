/**
 * What is done with a finished export, by how many textures it holds: 300, 3,000 and 30,000 copies of the small ones of an
 * export. Prints the table of docs/PERFORMANCE.md.
 *
 *   npm run bench:many -- EXPORT [--counts 300,3000,30000] [--docs]     30,000 take 1.3 GB in the temporary folder
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeDocument } from './speed/document.mjs';
import { machine } from './speed/machine.mjs';
import { measureCommand, measureScript } from './speed/measure.mjs';
import { madeBy, markdown } from './speed/tables.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { counts: { type: 'string', default: '300,3000,30000' }, docs: { type: 'boolean' } },
});
const from = resolve(positionals[0] ?? '.');
const scratch = mkdtempSync(join(tmpdir(), 'afterglow-many-'));
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const folder = join(scratch, 'export');

/** In this order: the first finds nothing kept. */
const WORK = {
  'curate, nothing kept': () => command('curate', '--force'),
  curate: () => command('curate', '--force'),
  report: () => command('report'),
  'report again': () => command('report'),
  'kit --profile tr8s': () => command('kit', '--profile', 'tr8s', '--force'),
  'studio, until its map is whole': () =>
    measureScript(scratch, scratch, [here('many/studio-start.mjs'), folder]),
};

function command(...words) {
  return measureCommand(scratch, scratch, [...words, '--export', folder, '--quiet']);
}

const counts = values.counts.split(',').map(Number);
const measured = new Map(Object.keys(WORK).map((name) => [name, []]));
try {
  for (const count of counts) {
    execFileSync(process.execPath, [here('many/copied-export.mjs'), from, folder, String(count)]);
    for (const [name, work] of Object.entries(WORK)) measured.get(name).push(work());
    rmSync(folder, { recursive: true });
  }
} finally {
  rmSync(scratch, { recursive: true });
}
const head = ['work', ...counts.flatMap((count) => [`${count}: CPU s`, 'ms a texture', 'peak MB'])];
const rows = [...measured].map(([name, figures]) => [
  name,
  ...figures.flatMap(({ cpuSec, peakMB }, n) => [
    cpuSec.toFixed(2),
    ((1000 * cpuSec) / counts[n]).toFixed(2),
    peakMB.toFixed(0),
  ]),
]);
const text = `${markdown([head, ...rows])}\n\n${madeBy({ ...machine(), runs: 1 })}`;
console.log(text);
if (values.docs) writeDocument([{ name: 'many', text }]);
