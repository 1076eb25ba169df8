/**
 * Runs the program on a small project of its own and keeps what V8 compiled on the way, of the main thread and of a worker. A
 * process of its own: V8 takes what was compiled only under the flags that it was compiled under.
 */
import '../../dist/cli/v8-flags.js';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadProgram } from '../../dist/platform/node/program.js';
import { makeProject } from './project.mjs';

/** What is typed most: to look, a first time, with nothing to do, and all the way to a kit. */
const COMMANDS = [
  'all --seed 1 --dry-run',
  'all --seed 1 --jobs 1',
  'all --seed 1 --jobs 1',
  'batch --input . --export batch --kit tr8s --seed 1 --jobs 1',
];
const WORKER = fileURLToPath(new URL('../../dist/program/node/worker.js', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'afterglow-build-'));
const plainWorker = await readFile(WORKER);
try {
  await makeProject(folder);
  await writeFile(WORKER, `import ${JSON.stringify(new URL('compile-worker.mjs', import.meta.url).href)};\n`);
  const { script, compiledPath, load } = await loadProgram('main');
  const { main } = await load();
  process.chdir(folder);
  for (const command of COMMANDS) await silently(() => main(['node', 'afterglow', ...command.split(' ')]));
  await writeFile(compiledPath, script.createCachedData());
} finally {
  await writeFile(WORKER, plainWorker);
  await rm(folder, { recursive: true });
}

/** @throws Error with what was printed, where a command fails */
async function silently(work) {
  const { stdout, stderr } = process;
  const written = [];
  const own = [stdout, stderr].map((stream) => [stream, stream.write]);
  for (const [stream] of own) stream.write = (text) => written.push(text) > 0;
  try {
    await work();
  } finally {
    for (const [stream, write] of own) stream.write = write;
  }
  if (process.exitCode) throw new Error(written.join(''));
}
