/**
 * Does the engine know a drum by its sound? Samples of known kind go through the miner with default settings, and its
 * kinds are held against the names of their instruments.
 *
 *   apt-get download hydrogen-drumkits hydrogen-data lmms-common sonic-pi-samples   # and dpkg-deb -x each
 *   npm run build
 *   npm run bench:drums -- KITS [--more KITS]... [--misses] [--json] [--fit]
 *
 * KITS holds a folder a kit. Every other kit by name, and all of --more, are those that the engine was developed on;
 * the rest are the test. --fit fits the table of kinds to the former and writes it to src/families/drums/kind-table.ts.
 * Ends with 1 where fewer than 85 % of the test are right, or fewer than 60 % of those of one kind.
 */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { estimateKind } from '../dist/families/drums/kind.js';
import { fitKinds } from './drum-kinds/fit.mjs';
import { minedHits } from './drum-kinds/mined.mjs';
import { tableText } from './drum-kinds/table-text.mjs';
import { KIND_OF_SORT, knownHits } from './drum-kinds/truth.mjs';

const WANTED = 0.85;
const WANTED_OF_EACH = 0.6;
const KINDS = ['kick', 'snare', 'hat', 'cymbal', 'perc'];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    more: { type: 'string', multiple: true, default: [] },
    misses: { type: 'boolean' },
    json: { type: 'boolean' },
    fit: { type: 'boolean' },
  },
});
if (positionals.length !== 1) throw new Error('Say which folder holds the kits.');

const known = knownHits(positionals[0]);
const kits = [...new Set(known.map(({ kit }) => kit))];
const developed = known.filter(({ kit }) => kits.indexOf(kit) % 2 === 0);
const heldOut = known.filter(({ kit }) => kits.indexOf(kit) % 2 === 1);
const more = options.more.flatMap((folder) => knownHits(folder));

const learnt = await heard([...developed, ...more]);
if (options.fit) {
  const { sorts, table } = fitKinds(learnt, KIND_OF_SORT);
  writeFileSync(new URL('../src/families/drums/kind-table.ts', import.meta.url), tableText(sorts, table));
  console.log(`fitted to ${learnt.length} hits; build again to use it`);
} else {
  const ours = new Set(developed.map(({ file }) => file));
  const results = {
    'developed on': judged(learnt.filter(({ file }) => ours.has(file))),
    'held out': judged(await heard(heldOut)),
    ...(more.length > 0
      ? { 'developed on, other packages': judged(learnt.filter(({ file }) => !ours.has(file))) }
      : {}),
  };
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else for (const [name, result] of Object.entries(results)) print(name, result);
  const { accuracy, recall } = results['held out'];
  const poor = KINDS.filter((kind) => recall[kind] < WANTED_OF_EACH);
  for (const kind of poor) console.error(`held out: too few of kind ${kind} known, ${percent(recall[kind])}`);
  if (accuracy < WANTED || poor.length > 0) process.exitCode = 1;
}

/** The hits with their first cut as `sound`; what cannot be read, or holds none, is left out and said. */
async function heard(hits) {
  const found = [];
  for (const hit of hits) {
    try {
      const { hits: count, first: sound } = await minedHits(hit.file);
      if (sound) found.push({ ...hit, count, sound });
      else console.error(`${hit.file}: no hit`);
    } catch (error) {
      console.error(`${hit.file}: ${error.message}`);
    }
  }
  return found;
}

function judged(hits) {
  const confusion = Object.fromEntries(
    KINDS.map((kind) => [kind, Object.fromEntries(KINDS.map((other) => [other, 0]))]),
  );
  const misses = [];
  let [right, sure, sureRight] = [0, 0, 0];
  for (const { kind, sort, kit, file, sound } of hits) {
    const heardAs = estimateKind(sound);
    confusion[kind][heardAs.kind]++;
    const isRight = heardAs.kind === kind;
    if (isRight) right++;
    else
      misses.push(
        `${kit}/${basename(file)}: a ${sort}, heard as ${heardAs.kind} (${heardAs.confidence.toFixed(2)})`,
      );
    if (heardAs.confidence >= 0.7) sure++;
    if (heardAs.confidence >= 0.7 && isRight) sureRight++;
  }
  const single = hits.filter(({ count }) => count === 1).length;
  const all = hits.length;
  const recall = Object.fromEntries(
    KINDS.map((kind) => [kind, confusion[kind][kind] / hits.filter((hit) => hit.kind === kind).length]),
  );
  return {
    all,
    right,
    accuracy: right / all,
    sure: sure / all,
    sureRight: sureRight / sure,
    single: single / all,
    confusion,
    recall,
    misses,
  };
}

function print(name, { all, right, accuracy, sure, sureRight, single, confusion, recall, misses }) {
  console.log(`${name}: ${right} of ${all} right, ${percent(accuracy)}`);
  console.log(
    `  confident (0.7 up): ${percent(sure)}, of those right ${percent(sureRight)}; cut as one hit: ${percent(single)}`,
  );
  console.log(`  ${'is \\ heard as'.padEnd(14)}${KINDS.map((kind) => kind.padStart(8)).join('')}   known`);
  for (const kind of KINDS) {
    console.log(
      `  ${kind.padEnd(14)}${KINDS.map((other) => String(confusion[kind][other]).padStart(8)).join('')}${percent(recall[kind]).padStart(8)}`,
    );
  }
  if (options.misses) for (const miss of misses) console.log(`  ${miss}`);
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
