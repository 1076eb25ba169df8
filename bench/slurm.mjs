/**
 * `npm run bench:slurm`: sets up one Slurm node on loopback in a temporary folder (`slurm/node.mjs`: Debian's slurmctld,
 * slurmd, slurm-client and munge, as root) and runs examples/cluster/slurm-*.sbatch on it as they are, by the very lines in
 * their head: an array over the demo archive, one file of which is torn, a task that is requeued at work, one whose process
 * is killed, the merge that says so, and the merge at last. What it comes to must be one run's export, byte for byte.
 * Also arrays with steps, gaps and an odd beginning, which must be refused with a sentence.
 *
 * Takes one to two minutes, ends its daemons by itself, and removes the folder where all was right.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNode, until } from './slurm/node.mjs';

const PROGRAM = fileURLToPath(new URL('../bin/afterglow.js', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../examples/cluster', import.meta.url));
const FILES = ['slurm-array.sbatch', 'slurm-merge.sbatch'];
const REFUSED = ['1-8:2', '1,3,5', '7', '0-6:3'];

const folder = await mkdtemp(join(tmpdir(), 'afterglow-slurm-'));
await chmod(folder, 0o755);
await putProgramOnPath();
const project = await makeProject();
const wanted = await whatOneRunMakes();
const node = await startNode(await made(join(folder, 'node')));
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => node.stop().then(() => process.exit(130)));
try {
  await refuseOddArrays();
  await runArray();
} finally {
  await node.stop();
}
console.log('all right; the node is down');
await rm(folder, { recursive: true });

async function runArray() {
  const began = performance.now();
  // As the head of slurm-array.sbatch says, word for word; only the folder is another.
  const text = await readFile(join(project, 'slurm-array.sbatch'), 'utf8');
  const [array, merge] = [...text.matchAll(/^# {3}(.*sbatch .*)$/gm)].map(([, line]) => line);
  const { stdout, status, stderr } = node.run('bash', ['-euc', `${array}\n${merge}\necho "$array"`], {
    cwd: project,
  });
  assert.equal(status, 0, stderr);
  const job = stdout.trim().split('\n').at(-1);
  // Shares are dealt out with the most work first, so these two are at it longest.
  const [requeued, killed] = [1, 2];
  await Promise.all([
    atWork(job, requeued).then(() =>
      assert.equal(node.run('scontrol', ['requeue', `${job}_${requeued}`]).status, 0),
    ),
    atWork(job, killed).then(() =>
      assert.equal(node.run('scancel', ['--full', '--signal=KILL', `${job}_${killed}`]).status, 0),
    ),
  ]);
  await done();
  console.log(`array ${job}: task ${requeued} requeued at work, the process of task ${killed} killed`);

  const attempts = await log(`afterglow-${job}-${requeued}.log`);
  console.log(attempts.trim().replace(/^/gm, '  | '));
  assert.match(attempts, /, attempt 1$/m);
  assert.match(attempts, /, attempt 2$/m, 'the log of the first attempt is kept, and the second is in it');
  assert.match(attempts, /up to date|textures/);
  const logs = (await readdir(project)).filter((name) => name.startsWith(`afterglow-${job}-`));
  const torn = await Promise.all(logs.map(log));
  assert.equal(torn.filter((said) => /“torn\.wav”/.test(said)).length, 1, 'one log says which file is torn');
  assert.equal(stateOf(job, killed).includes('COMPLETED'), false);

  const firstMerge = await log(await newest('afterglow-merge-'));
  assert.match(firstMerge, new RegExp(`shard ${killed} of ${logs.length} is unfinished; run again`));
  assert.equal(node.run('scontrol', ['requeue', `${job}_${killed}`]).status, 0);
  await done();
  const again = node.run('sbatch', ['--parsable', '--wait', 'slurm-merge.sbatch'], { cwd: project });
  assert.equal(again.status, 0, 'the merge that finds all shards ends with 0');
  console.log((await log(`afterglow-merge-${again.stdout.trim()}.log`)).trim());

  const merged = await digests(join(project, 'export/tr8s'));
  assert.deepEqual(merged, wanted);
  const wavs = [...merged.keys()].filter((path) => path.endsWith('.wav')).length;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${logs.length} tasks in ${seconds} s; ${wavs} WAVs and manifest.csv as one run makes them`);
  console.log(`  manifest.csv sha256 ${merged.get('manifest.csv')}`);
}

/** Arrays that would leave shares unmade: each of their tasks says so and ends with 2, and nothing is written. */
async function refuseOddArrays() {
  for (const array of REFUSED) {
    const { stdout, status } = node.run(
      'sbatch',
      ['--parsable', '--wait', `--array=${array}`, 'slurm-array.sbatch'],
      { cwd: project },
    );
    assert.notEqual(status, 0);
    const job = stdout.trim();
    const logs = (await readdir(project)).filter((name) => name.startsWith(`afterglow-${job}-`));
    assert.ok(logs.length > 0, `--array=${array} says why`);
    for (const name of logs) assert.match(await log(name), /^The array is \d+ of .*Nothing was made\.\n$/);
    console.log(`--array=${array} refused: ${(await log(logs[0])).trim()}`);
    for (const name of logs) await rm(join(project, name));
  }
  await assert.rejects(stat(join(project, 'export')), 'nothing was written');
}

/** Waits until a task of the array has made its first texture. */
function atWork(job, task) {
  const shard = join(project, 'export/shards', String(task).padStart(4, '0'));
  return until(
    async () =>
      (await readdir(shard, { recursive: true }).catch(() => [])).some((name) => name.endsWith('.wav')),
    120,
    `task ${task} of array ${job} is at work`,
  );
}

/** Waits until nothing runs or waits any more. */
function done() {
  return until(() => node.run('squeue', ['--noheader']).stdout.trim() === '', 600, 'all jobs are done');
}

function stateOf(job, task) {
  return /JobState=(\S+)/.exec(node.run('scontrol', ['show', 'job', `${job}_${task}`]).stdout)[1];
}

function log(name) {
  return readFile(join(project, name), 'utf8');
}

async function newest(start) {
  const names = (await readdir(project)).filter((name) => name.startsWith(start));
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}

/** The command as the job files call it. */
async function putProgramOnPath() {
  const bin = await made(join(folder, 'bin'));
  await writeFile(join(bin, 'afterglow'), `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`, {
    mode: 0o755,
  });
  process.env.PATH = `${bin}:${process.env.PATH}`;
}

/** The demo's archive in a project as `init` makes one, a file that cannot be read, and the job files beside it. */
async function makeProject() {
  const project = await made(join(folder, 'project'));
  afterglow(['init'], project);
  const demo = join(folder, 'demo');
  afterglow(['demo', demo, '--quiet'], folder);
  for (const name of ['source_audio', 'pad_sources', 'drums']) {
    await cp(join(demo, name), join(project, name), { recursive: true });
  }
  await writeFile(join(project, 'drums/torn.wav'), 'RIFF');
  for (const name of FILES) await cp(join(EXAMPLES, name), join(project, name));
  return project;
}

async function whatOneRunMakes() {
  const one = join(folder, 'one');
  await cp(project, one, { recursive: true });
  // 1: one source cannot be read.
  afterglow(['all', '--seed', '7', '--quiet'], one, 1);
  return digests(join(one, 'export/tr8s'));
}

function afterglow(args, cwd, expected = 0) {
  const { status, stderr } = spawnSync('afterglow', args, { cwd, encoding: 'utf8' });
  assert.equal(status, expected, stderr);
}

async function made(path) {
  await mkdir(path);
  return path;
}

/** SHA-256 by path; the cache knows times, so it is left out, and nothing else is. */
async function digests(root) {
  const found = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === '.afterglow-cache.jsonl') continue;
    const path = join(entry.parentPath, entry.name);
    const digest = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    found.push([relative(root, path), digest]);
  }
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
