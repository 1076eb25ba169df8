/**
 * Does the engine know what a source is by its sound: song, tonal, drum loop, hit, noise or speech? Files of known kind are
 * heard as `batch` hears an unsorted folder, and its kinds are held against the packages' folders and names.
 *
 *   npm run build
 *   npm run bench:kinds -- TREE [--fetch] [--misses] [--json] [--fit]
 *
 * --fetch downloads the packages from Debian main (about 1 GB) and unpacks them under TREE; held tones, drum loops and
 * noise are made of them (fluidsynth) in TREE/made. Half of the packs are what the table of kinds is fitted to, the rest
 * are the test: whole packages, kits, sound fonts and voices, never single files of one. --fit writes
 * src/analysis/source-kind-table.ts. Ends with 1 where fewer than 90 % of the test are right, or of its kinds on average.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { analyseForKind } from '../dist/engine/analyse-for-kind.js';
import { nodePlatform } from '../dist/platform/node/platform.js';
import { SOURCE_KINDS } from '../dist/settings/source-kinds.js';
import { fitSourceKinds, kindTableText } from './kinds/fit.mjs';
import { madeSounds } from './kinds/made.mjs';
import { knownSounds, PACKAGES } from './kinds/truth.mjs';

const WANTED = 0.9;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fetch: { type: 'boolean' },
    misses: { type: 'boolean' },
    json: { type: 'boolean' },
    fit: { type: 'boolean' },
  },
});
if (positionals.length !== 1) throw new Error('Say which folder holds the unpacked packages.');
const tree = resolve(positionals[0]);
if (options.fetch) for (const name of PACKAGES) fetchPackage(name);

const heard = await hear([...knownSounds(tree), ...(await madeSounds(tree, join(tree, 'made')))]);
const fitted = heard.filter(({ heldOut }) => !heldOut);
if (options.fit) {
  const text = kindTableText(fitSourceKinds(fitted));
  writeFileSync(new URL('../src/analysis/source-kind-table.ts', import.meta.url), text);
  console.log(`fitted to ${fitted.length} files; build again to use it`);
} else {
  const results = { 'fitted to': judged(fitted), 'held out': judged(heard.filter(({ heldOut }) => heldOut)) };
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else for (const [name, result] of Object.entries(results)) print(name, result);
  const { accuracy, meanRecall } = results['held out'];
  if (accuracy < WANTED || meanRecall < WANTED) process.exitCode = 1;
}

function fetchPackage(name) {
  if (existsSync(join(tree, name))) return;
  const folder = mkdtempSync(join(tmpdir(), 'kinds-'));
  execFileSync('apt-get', ['-qq', '-o', 'APT::Sandbox::User=root', 'download', name], { cwd: folder });
  mkdirSync(join(tree, name), { recursive: true });
  execFileSync('dpkg-deb', ['-x', join(folder, readdirSync(folder)[0]), join(tree, name)]);
  rmSync(folder, { recursive: true });
}

/** What cannot be read is left out and said; what is shorter than its kind is asked for, left out. */
async function hear(sounds) {
  const found = [];
  for (const sound of sounds) {
    try {
      const one = await analyseForKind(nodePlatform, sound.file);
      if (one && one.seconds >= sound.least) found.push({ ...sound, ...one });
    } catch (error) {
      console.error(`${sound.file}: ${error.message}`);
    }
  }
  return found;
}

function judged(sounds) {
  const confusion = Object.fromEntries(
    SOURCE_KINDS.map((kind) => [kind, Object.fromEntries(SOURCE_KINDS.map((other) => [other, 0]))]),
  );
  const misses = [];
  for (const { kind, pack, file, estimate, reason } of sounds) {
    confusion[kind][estimate.kind]++;
    if (estimate.kind === kind) continue;
    const name = file
      .slice(tree.length + 1)
      .split('/')
      .at(-1);
    misses.push(
      `${pack}/${name}: ${kind}, heard as ${estimate.kind} (${estimate.confidence.toFixed(2)}): ${reason}`,
    );
  }
  const sums = SOURCE_KINDS.map((kind) =>
    Object.values(confusion[kind]).reduce((sum, count) => sum + count, 0),
  );
  const recall = Object.fromEntries(
    SOURCE_KINDS.map((kind, i) => [kind, confusion[kind][kind] / Math.max(1, sums[i])]),
  );
  const [all, right] = [sounds.length, sounds.length - misses.length];
  const meanRecall = SOURCE_KINDS.reduce((sum, kind) => sum + recall[kind], 0) / SOURCE_KINDS.length;
  const sure = sounds.filter(({ estimate }) => estimate.confidence >= 0.7);
  const sureRight = sure.filter(({ kind, estimate }) => estimate.kind === kind).length / sure.length;
  return {
    all,
    right,
    accuracy: right / all,
    meanRecall,
    sure: sure.length / all,
    sureRight,
    confusion,
    recall,
    misses,
  };
}

function print(name, { all, right, accuracy, meanRecall, sure, sureRight, confusion, recall, misses }) {
  console.log(
    `${name}: ${right} of ${all} right, ${percent(accuracy)}; of the kinds on average ${percent(meanRecall)}`,
  );
  console.log(`  confident (0.7 up): ${percent(sure)}, of those right ${percent(sureRight)}`);
  console.log(
    `  ${'is \\ heard as'.padEnd(14)}${SOURCE_KINDS.map((kind) => kind.padStart(11)).join('')}   known`,
  );
  for (const kind of SOURCE_KINDS) {
    const counts = SOURCE_KINDS.map((other) => String(confusion[kind][other]).padStart(11)).join('');
    console.log(`  ${kind.padEnd(14)}${counts}${percent(recall[kind]).padStart(8)}`);
  }
  if (options.misses) for (const miss of misses) console.log(`  ${miss}`);
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
