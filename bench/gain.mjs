/**
 * Does gain change anything? The songs of a project are made 12 and 24 dB softer, limited and clipped (all 24 bits, in a
 * scratch folder), pads are mined from all of them with default settings, and what was found is held against what the songs
 * themselves give.
 *
 *   npm run build
 *   npm run bench:gain -- PROJECT_FOLDER [--json] [--misses]
 *
 * - the same moments: pads of the songs that the other version has too, begun within a quarter of a second
 * - songs that keep their pads: of those that give pads, those that do so in the other version
 * - control: levels in dBFS, as they were the default once, must lose moments that are 24 dB softer
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { manifestFromCsv } from '../dist/archive/manifest-csv.js';
import { openSource } from '../dist/archive/source.js';
import { nodePlatform } from '../dist/platform/node/platform.js';
import { VERSIONS, wav24 } from './gain/versions.mjs';
import { line, printTable, shareLine } from './sound/verdicts.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, misses: { type: 'boolean' } },
});

const PROGRAM = fileURLToPath(new URL('../bin/afterglow.js', import.meta.url));
/** Moments that begin so near each other are one, s. */
const SAME_SEC = 0.25;
const WANTED = {
  '12 dB softer': { same: 0.95, songs: 1 },
  '24 dB softer': { same: 0.95, songs: 1 },
  limited: { same: 0.6, songs: 1 },
  clipped: { same: null, songs: 1 },
};
const ABSOLUTE = 'pad_miner: { min_rms_db: -40, max_rms_db: -10 }\n';
/** Of a control at most so many moments stay. */
const CONTROL = 0.8;

const scratch = mkdtempSync(join(tmpdir(), 'afterglow-gain-'));
try {
  const songs = join(positionals[0], 'source_audio');
  const original = mined(await project('original', songs, (channels) => channels));
  const lines = [
    line('songs', 'that give pads', original.size, { count: readdirSync(songs).length }),
    line('songs', 'pads', [...original.values()].flat().length),
  ];
  for (const [version, change] of Object.entries(VERSIONS)) {
    const folder = await project(version, songs, change);
    lines.push(...linesOf(version, original, mined(folder), WANTED[version]));
    if (version !== '24 dB softer') continue;
    const { same } = compared(version, original, mined(folder, ABSOLUTE));
    lines.push(
      shareLine(version, 'the same, levels stated in dBFS (control)', same, null, { atMost: CONTROL }),
    );
  }
  if (options.json) console.log(JSON.stringify(lines, null, 2));
  else printTable(lines);
  if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true });
}

/** A project of the songs as `change` makes them. @returns its folder */
async function project(name, songs, change) {
  const folder = join(scratch, name);
  mkdirSync(join(folder, 'source_audio'), { recursive: true });
  for (const file of readdirSync(songs).sort()) {
    const source = await openSource(nodePlatform, join(songs, file));
    const { channels, sampleRate } = await source.read(0, source.frameCount);
    await source.close();
    const bytes = wav24(change(channels, sampleRate), sampleRate);
    writeFileSync(join(folder, 'source_audio', `${file.slice(0, -extname(file).length)}.wav`), bytes);
  }
  return folder;
}

/** Starts of the pads of each song that gives any, s. */
function mined(folder, config = '') {
  const stated = join(folder, 'bench.yaml');
  writeFileSync(stated, config);
  const exported = join(folder, 'export');
  rmSync(exported, { recursive: true, force: true });
  const ask = ['mine-pads', '--seed', '1', '--quiet', '--config', stated, '--export', exported];
  execFileSync(process.execPath, [PROGRAM, ...ask], { cwd: folder });
  const starts = new Map();
  const manifest = join(exported, 'manifest.csv');
  if (!existsSync(manifest)) return starts;
  for (const { source, source_start_sec } of manifestFromCsv(readFileSync(manifest, 'utf8')).rows) {
    starts.set(source, [...(starts.get(source) ?? []), source_start_sec]);
  }
  return starts;
}

/** Shares of pads that are found again, and of songs that give any. */
function compared(version, original, other) {
  let [pads, same, songs] = [0, 0, 0];
  for (const [song, starts] of original) {
    const others = other.get(song) ?? [];
    const found = starts.filter((start) => others.some((one) => Math.abs(one - start) <= SAME_SEC));
    pads += starts.length;
    same += found.length;
    if (others.length > 0) songs++;
    if (options.misses && found.length < starts.length) {
      console.error(`${version}: ${song} has ${starts.join(', ')} s; here ${others.join(', ') || 'none'}`);
    }
  }
  return { pads, same: same / pads, songs: songs / original.size };
}

function linesOf(version, original, other, wanted) {
  const { pads, same, songs } = compared(version, original, other);
  const least = wanted.same === null ? {} : { atLeast: wanted.same };
  return [
    shareLine(version, 'the same moments', same, pads, least),
    shareLine(version, 'songs that keep their pads', songs, original.size, { atLeast: wanted.songs }),
    line(version, 'pads', [...other.values()].flat().length),
  ];
}
