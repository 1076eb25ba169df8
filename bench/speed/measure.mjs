/** Runs of the engine as processes of their own, and what they take. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../sound/statistics.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** The engine that is measured, unless another is named. */
export const ENGINE = here('../..');

/** One run of some phases in one thread, by stage; see run-stages.mjs for what comes back. */
export function measureStages(project, scratch, phases, engine = ENGINE) {
  const exportFolder = mkdtempSync(join(scratch, 'export-'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [here('run-stages.mjs'), engine, project, exportFolder, ...phases],
    { encoding: 'utf8' },
  );
  rmSync(exportFolder, { recursive: true });
  if (status !== 0) throw new Error(`The engine did not run:\n${stderr}`);
  return JSON.parse(stdout);
}

/**
 * One command as a user types it.
 * @returns {{ cpuSec: number, wallSec: number, peakMB: number }} of the whole process, workers included
 */
export function measureCommand(folder, scratch, words, engine = ENGINE) {
  return measureScript(folder, scratch, [join(engine, 'bin/afterglow.js'), ...words]);
}

/** The same of any script. @param words its path, and what it is given */
export function measureScript(folder, scratch, words) {
  const report = join(scratch, 'usage.json');
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', new URL('usage.mjs', import.meta.url).href, ...words],
    {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, AFTERGLOW_BENCH_USAGE: report },
    },
  );
  const wallSec = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}:\n${stderr}`);
  return { ...JSON.parse(readFileSync(report, 'utf8')), wallSec };
}

/** CPU seconds of a batch from an archive to kit, instruments and report, and of the same one again, with nothing to do. */
export function measureBatch(project, scratch, engine = ENGINE) {
  const exportFolder = mkdtempSync(join(scratch, 'batch-'));
  const words = [
    'batch',
    '--input',
    project,
    '--export',
    exportFolder,
    '--kit',
    'tr8s',
    '--seed',
    '7',
    '--jobs',
    '1',
  ];
  const [first, again] = [1, 2].map(() => measureCommand(project, scratch, words, engine).cpuSec);
  rmSync(exportFolder, { recursive: true });
  return { batch: first, again };
}

/** Does something so many times. @returns {Object} for each of its numbers the median; objects in it likewise */
export function medianOf(runs, measure) {
  return medians(Array.from({ length: runs }, measure));
}

function medians(results) {
  return Object.fromEntries(
    Object.keys(results[0]).map((key) => {
      const values = results.map((result) => result[key] ?? 0);
      return [key, typeof values[0] === 'object' ? medians(values) : median(values)];
    }),
  );
}
