/**
 * What the engine costs: CPU seconds, × real time and peak memory, by phase, stage, archive size, song length and
 * number of workers, beside other programs on the same files.
 *
 *   npm run build
 *   npm run bench:speed -- PROJECT_DIR [--runs N] [--short] [--quick] [--only PART…] [--json] [--docs]
 *
 * PROJECT_DIR holds source_audio/, pad_sources/, drums/ and may hold a config.yaml; nothing is written into it.
 * Figures are medians of N runs (5), each a process of its own; --quick takes one run, two copies, ten minutes.
 * PART is one or more of phases, commands, products, files, copies, lengths; --short measures the first four once, which
 * takes some three minutes on a quiet machine. --docs puts the tables into docs/PERFORMANCE.md.
 * CPU seconds, not wall time: what else the machine does hardly shows. For wall time and the gain of a second worker
 * it has to be quiet.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeDocument } from './speed/document.mjs';
import { machine } from './speed/machine.mjs';
import { PARTS, SHORT } from './speed/parts.mjs';
import { tablesOf } from './speed/tables.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    short: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    docs: { type: 'boolean' },
  },
});
if (positionals.length !== 1) {
  console.error('Name one project folder: npm run bench:speed -- DIR');
  process.exit(2);
}

const bench = {
  project: resolve(positionals[0]),
  scratch: mkdtempSync(join(tmpdir(), 'afterglow-speed-')),
  runs: Number(options.runs ?? (options.quick || options.short ? 1 : 5)),
  quick: options.quick,
};
const results = { ...machine(), runs: bench.runs };
const parts = options.only ?? (options.short ? SHORT : Object.keys(PARTS));
try {
  for (const part of parts) {
    console.error(`${part} …`);
    results[part] = await PARTS[part](bench);
  }
} finally {
  rmSync(bench.scratch, { recursive: true, force: true });
}

const tables = tablesOf(results);
if (options.docs) writeDocument(tables);
if (options.json) console.log(JSON.stringify(results, null, 2));
else for (const { title, text } of tables) console.log(`\n${title}\n\n${text}`);
