/**
 * `npm run bench:kill -- [ROUNDS] [SEED]`: kills a run of the demo archive at random moments (SIGKILL), starts it anew
 * each time until it comes to its end, and compares what it leaves, the manifest included, with the export of
 * a run that nobody disturbed. Repeats until ROUNDS kills (default 50) have hit. `npm run bench:kill -- 50 1 batch` kills
 * whole batches, and compares selection, kit, instruments and report too; `-- 50 1 separation` kills while what lasts in a song is
 * separated.
 *
 * Moments are spread evenly over the time that the run still needs, so that every stage is hit: looking, analysing,
 * writing, the manifest's end. Says how many kills hit, and fails on the first byte that differs.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../bin/afterglow.js', import.meta.url));
const RUNS = {
  all: ['all', '--seed', '7', '--quiet'],
  batch: ['batch', '--input', '.', '--project', 'K', '--kit', 'tr8s', '--seed', '7', '--quiet'],
  separation: ['mine-pads', '--config', 'separation.yaml', '--seed', '7', '--quiet'],
};
/** What knows times. */
const LEFT_OUT = ['.afterglow-cache.jsonl', '.afterglow-impressions', '.afterglow-steps.json', 'run.jsonl'];

const RUN = RUNS[process.argv[4] ?? 'all'];
const kills = Number(process.argv[2] ?? 50);
const random = generator(Number(process.argv[3] ?? 1));

const folder = await mkdtemp(join(tmpdir(), 'afterglow-kill-'));
const untouched = join(folder, 'untouched');
console.log(`making the demo archive in ${untouched}`);
await afterglow(['demo', untouched, '--quiet'], folder);
await rm(join(untouched, 'export'), { recursive: true });
await writeFile(join(untouched, 'separation.yaml'), 'pre_analysis:\n  separate: harmonic\n');
const archive = join(folder, 'archive');
await cp(untouched, archive, { recursive: true });
const started = performance.now();
await afterglow(RUN, untouched);
const usualMs = performance.now() - started;
const wanted = await digests(join(untouched, 'export'));
console.log(`an undisturbed run takes ${(usualMs / 1000).toFixed(1)} s and leaves ${wanted.size} files`);

let hit = 0;
for (let round = 1; hit < kills; round++) {
  const killed = join(folder, `round-${round}`);
  await cp(archive, killed, { recursive: true });
  let hitHere = 0;
  // The fewer kills are left for a round, the sooner it is let through: none may go on for ever.
  for (let attempt = 1; hit < kills && attempt <= 12; attempt++) {
    const wasKilled = await afterglow(RUN, killed, random() * usualMs * 0.7);
    if (!wasKilled) break;
    hit++;
    hitHere++;
  }
  await afterglow(RUN, killed);
  compare(await digests(join(killed, 'export')), wanted, killed);
  console.log(`round ${round}: ${hitHere} kills, then the same ${wanted.size} files; ${hit} of ${kills}`);
  await rm(killed, { recursive: true });
}
console.log(`${hit} kills, every export identical to the undisturbed one`);
await rm(folder, { recursive: true });

/** @returns whether it was killed before it came to its end */
function afterglow(args, cwd, killAfterMs) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const timer =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      if (signal !== 'SIGKILL' && status !== 0) reject(new Error(`${args.join(' ')} ended with ${status}`));
      else resolve(signal === 'SIGKILL');
    });
  });
}

/** SHA-256 by path; hidden files too, so that nothing is left lying about. */
async function digests(root) {
  const found = new Map();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || LEFT_OUT.includes(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(
      relative(root, path),
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
  }
  return found;
}

function compare(found, expected, where) {
  const differing = [...new Set([...found.keys(), ...expected.keys()])].filter(
    (path) => found.get(path) !== expected.get(path),
  );
  if (differing.length > 0) throw new Error(`${where} differs in ${differing.join(', ')}`);
}

/** Mulberry32: the same moments for the same seed, as far as a machine keeps its pace. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
