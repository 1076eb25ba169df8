/**
 * What do the constants of the loop search do? Each is made smaller and larger in a copy of the built engine, and the
 * same loops are searched: around places spread evenly over the songs and tonal sources of a project.
 *
 *   npm run build
 *   npm run bench:loop-constants -- PROJECT [NAME…]
 *
 * - closed: loops whose seam keeps to the limits, of those searched
 * - grade A: those that keep to the tighter limits of an A (level 1 dB, flux 1.05)
 * - found out: loops whose crossfade lies beyond 95 of 100 stretches of the loop, by level or stereo image
 * - severity: the worst seam figure over its limit, mean of all
 * - CPU: of all searches, seconds
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { foundOut } from './sound/crossfade-stretches.mjs';

/** Module, the text that sets a constant, and what is put in place of its number. */
const VARIANTS = [
  ['crossfade-candidates', 'STARTS_ALIGNED = 6', [3, 12]],
  ['crossfade-candidates', 'LEVEL_WEIGHT = 1', [0, 2]],
  ['crossfade-candidates', 'LEVEL_FREE_SHARE = 0.7', [0, 1]],
  ['measure-crossfade', 'MISMATCH_WEIGHT = 0.3', [0, 1]],
  ['measure-crossfade', 'STANDING_WEIGHT = 1', [0, 2]],
  ['crossfade-candidates', 'EXPECTED_WEIGHT = 0.2', [0, 1]],
  ['measure-crossfade', 'BEYOND_WEIGHT = 4', [0, 8]],
  ['measure-crossfade', 'FADE_WEIGHT = 2', [0, 4]],
  ['standing-out', 'HELD = 0.9', [0.8, 1]],
  ['standing-out', 'UNSEEN = 0.7', [0, 1]],
  ['crossfade-search', 'MEASURED_PER_FADE = 4', [2, 8]],
  ['crossfade-search', 'MEASURED_IN_ALL = 18', [9, 36]],
  ['shortlist', 'GOOD_PENALTY = 2.5', [1, 4]],
  ['measure-crossfade', 'GIVE_UP_PENALTY = 3', [2, 100]],
  ['shortlist', 'CLOSED_AT_MOST = 4', [1, 8]],
  ['close', 'LEAST_FOUND_OUT = 0.9', [0.8, 1]],
  ['even-crossfade', 'AMONG = 0.75', [0.5, 1]],
  ['close', 'LONGEST_FADE = 1 / 3', ['1 / 4', '1 / 2']],
  ['candidates', 'UNLIKE_DB = 6', [3, 12]],
  ['candidates', 'FREE_SHARE = 0.5', [0, 1]],
  ['candidates', 'LIMIT_WEIGHT = 3', [0, 6]],
  ['candidates', 'BAND_LIMIT_DB = 3', [1.5, 6]],
  ['candidates', 'HOPS_APART = 2.5', [1, 5]],
  ['align', 'PEAKS_KEPT = 3', [1, 6]],
  ['place-wrap', 'PLACES_TRIED = 24', [6, 96]],
];
const PLACES = 8;
const LENGTHS_SEC = [2, 4];

const [project, ...names] = process.argv.slice(2);
if (project === '--measure') await measure(names[0], names[1]);
else compare(resolve(project));

function compare(folder) {
  for (const [module, text] of VARIANTS) codeWith(module, text);
  const rows = [row('as it is', measured(folder))];
  for (const [module, text, values] of VARIANTS) {
    const [name, usual] = text.split(' = ');
    if (names.length > 0 && !names.includes(name)) continue;
    for (const value of values) {
      rows.push(row(`${name} ${usual} → ${value}`, measured(folder, module, text, `${name} = ${value}`)));
    }
  }
  console.log(
    '| constant | closed | grade A | found out | severity | CPU s |\n| --- | --- | --- | --- | --- | --- |',
  );
  for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);
}

function row(name, { count, closed, good, found, severity, cpuSec }) {
  return [
    name,
    `${closed} of ${count}`,
    `${good}`,
    `${found}`,
    (severity / count).toFixed(3),
    cpuSec.toFixed(1),
  ];
}

function measured(folder, module, text, replacement) {
  const root = mkdtempSync(join(tmpdir(), 'loop-constants-'));
  try {
    cpSync('dist', join(root, 'dist'), { recursive: true });
    for (const name of ['package.json', 'profiles']) cpSync(name, join(root, name), { recursive: true });
    spawnSync('ln', ['-s', resolve('node_modules'), join(root, 'node_modules')]);
    if (module) {
      writeFileSync(
        join(root, 'dist/loops', `${module}.js`),
        codeWith(module, text).replace(text, replacement),
      );
    }
    const child = spawnSync(process.execPath, [import.meta.filename, '--measure', root, folder]);
    if (child.status !== 0) throw new Error(String(child.stderr));
    return JSON.parse(String(child.stdout));
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Code of a built module. @throws Error where it does not set that constant */
function codeWith(module, text) {
  const code = readFileSync(join('dist/loops', `${module}.js`), 'utf8');
  if (!code.includes(`const ${text};`)) throw new Error(`${module} has no “${text}”`);
  return code;
}

async function measure(root, folder) {
  const { openSource } = await import(join(root, 'dist/index.js'));
  const { resampled } = await import(join(root, 'dist/archive/resampled.js'));
  const { closeLoop } = await import(join(root, 'dist/loops/close.js'));
  const { seamSeverity } = await import(join(root, 'dist/loops/seam.js'));
  const result = { count: 0, closed: 0, good: 0, found: 0, severity: 0, cpuSec: 0 };
  for (const path of soundsOf(folder)) {
    const opened = await openSource(path);
    const reader = resampled(opened, 44_100);
    for (const lengthSec of LENGTHS_SEC) {
      for (let place = 0; place < PLACES; place++) {
        const length = lengthSec * 44_100;
        const room = length >> 1;
        const from = Math.round(((reader.frameCount - 2.5 * length) * (place + 0.5)) / PLACES);
        if (from < 0) continue;
        const sound = await reader.read(from, Math.round(2.2 * length));
        const before = process.cpuUsage();
        const request = {
          start: room + 11_025,
          length,
          startSlack: 11_025,
          lengthSlack: length / 10,
          fade: 4410,
        };
        const loop = closeLoop(sound, request);
        result.cpuSec += process.cpuUsage(before).user / 1e6;
        result.count++;
        if (!loop) continue;
        const severity = seamSeverity(loop.seam);
        result.severity += Math.min(3, severity);
        if (severity <= 1) result.closed++;
        const { level, stereo } = foundOut(loop.sound.channels, 44_100, loop.crossfade);
        if (level || stereo) result.found++;
        if (Math.abs(loop.seam.levelDb) <= 1 && loop.seam.flux <= 1.05) result.good++;
      }
    }
    await opened.close();
  }
  process.stdout.write(JSON.stringify(result));
}

function soundsOf(folder) {
  return ['source_audio', 'pad_sources'].flatMap((name) =>
    readdirSync(join(folder, name))
      .sort()
      .map((file) => join(folder, name, file)),
  );
}
