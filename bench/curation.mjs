/**
 * Does curate leave out near-copies, and is what it takes more varied than the top by quality? An export is copied to a
 * scratch folder, 30 % of what it then holds are planted copies of its textures (louder, shifted, cut, coded, filtered),
 * and it is curated.
 *
 *   npm run build
 *   npm run bench:curation -- EXPORT_FOLDER [--seed N] [--top N] [--json] [--worst]
 *
 * - copies called copies: planted ones within COPY_DISTANCE of what they were made of
 * - wrongly called copies: pairs of textures of different sources within it
 * - spread: mean pairwise distance of a selection, against that of as many with the highest quality; by the embedding, and
 *   by the colour that the sound bench measures apart from the engine
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { manifestFromCsv, manifestToCsv } from '../dist/archive/manifest-csv.js';
import { embeddingDistance } from '../dist/curation/embedding.js';
import { COPY_DISTANCE } from '../dist/curation/select.js';
import { Random } from '../dist/dsp/random.js';
import { nodePlatform, openPalette, readTexture } from '../dist/index.js';
import { chooseTextures } from '../dist/palette/choose.js';
import { embedTextures } from '../dist/palette/embeddings.js';
import { ALTERATIONS, hasFfmpeg, wavBytes } from './curation/alterations.mjs';
import { colour, logMel, melDistance } from './sound/log-mel.mjs';
import { line, printTable, shareLine } from './sound/verdicts.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    top: { type: 'string', default: '10' },
    json: { type: 'boolean' },
    worst: { type: 'boolean' },
  },
});

/** Planted copies as a share of all there is then. */
const COPY_SHARE = 0.3;

const folder = mkdtempSync(join(tmpdir(), 'afterglow-curation-'));
try {
  const origins = await plant(positionals[0], folder);
  const palette = await openPalette(folder);
  const started = process.hrtime.bigint();
  const { byPath } = await embedTextures(nodePlatform, palette, palette.textures);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const count = Number(options.top);
  const { families } = await chooseTextures(nodePlatform, palette, new Map(), {
    count,
    families: null,
    leastGrade: 'B',
  });
  const lines = [
    ...copyLines(palette, byPath, origins),
    ...strangerLines(palette, byPath, origins),
    ...(await selectionLines(families, byPath, origins)),
    line('speed', 'textures embedded a second', palette.textures.length / seconds),
  ];
  if (options.json) console.log(JSON.stringify(lines, null, 2));
  else printTable(lines);
  if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** Copies the export and adds altered copies. @returns by path of each copy, what it was made of and how */
async function plant(exportFolder, target) {
  cpSync(join(exportFolder, 'manifest.csv'), join(target, 'manifest.csv'));
  const { textures } = await openPalette(exportFolder);
  for (const { path } of textures) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(join(exportFolder, path), join(target, path));
  }
  const random = new Random(Number(options.seed), 'near-copies');
  const names = Object.keys(ALTERATIONS).filter((name) => !name.includes('mp3') || hasFfmpeg());
  const origins = new Map();
  const rows = [...manifestFromCsv(readFileSync(join(target, 'manifest.csv'), 'utf8')).rows];
  const copies = Math.round((textures.length * COPY_SHARE) / (1 - COPY_SHARE));
  for (let i = 0; i < copies; i++) {
    const texture = random.pick(textures);
    const how = names[i % names.length];
    const sound = await readTexture(texture);
    const tools = { loops: texture.isLoop, random, folder: target };
    const path = texture.path.replace(/\.wav$/, `_copy${i}.wav`);
    writeFileSync(join(target, path), wavBytes(ALTERATIONS[how](sound, tools)));
    // The copy's figures are its origin's: as good, so that nothing but listening tells it.
    rows.push({ ...texture.row, path, filename: path.slice(path.lastIndexOf('/') + 1) });
    origins.set(path, { path: texture.path, how });
  }
  writeFileSync(join(target, 'manifest.csv'), manifestToCsv(rows));
  return origins;
}

function copyLines({ textures }, byPath, origins) {
  const distances = new Map();
  for (const { path } of textures) {
    const origin = origins.get(path);
    if (!origin) continue;
    const distance = embeddingDistance(byPath.get(path), byPath.get(origin.path));
    distances.set(origin.how, [...(distances.get(origin.how) ?? []), distance]);
    if (options.worst && distance >= COPY_DISTANCE)
      console.log('missed', origin.how, distance.toFixed(2), path);
  }
  return [...distances, ['all copies', [...distances.values()].flat()]].flatMap(([how, all]) => [
    shareLine(
      how,
      'copies called copies',
      shareUnder(all),
      all.length,
      how === 'all copies' ? { atLeast: 0.97 } : {},
    ),
    line(how, 'distance from the original, 90th percentile', quantile(all, 0.9)),
  ]);
}

function strangerLines({ textures }, byPath, origins) {
  const originals = textures.filter(({ path }) => !origins.has(path));
  const groups = new Map();
  for (const [i, a] of originals.entries()) {
    for (const b of originals.slice(i + 1)) {
      if (a.family !== b.family) continue;
      const distance = embeddingDistance(byPath.get(a.path), byPath.get(b.path));
      const group = a.source === b.source ? 'one source' : 'different sources';
      groups.set(group, [...(groups.get(group) ?? []), distance]);
      if (options.worst && distance < COPY_DISTANCE && a.source !== b.source) {
        console.log('alike', distance.toFixed(2), a.path, b.path);
      }
    }
  }
  return [...groups].flatMap(([group, all]) => [
    shareLine(
      group,
      'pairs called copies',
      shareUnder(all),
      all.length,
      group === 'one source' ? {} : { atMost: 0.002 },
    ),
    line(group, 'distance of a pair, 1st percentile', quantile(all, 0.01)),
    line(group, 'distance of a pair, median', quantile(all, 0.5)),
  ]);
}

async function selectionLines(families, byPath, origins) {
  const lines = [];
  const sums = { curated: 0, top: 0 };
  for (const { family, chosen, notChosen } of families) {
    if (chosen.length < 2) continue;
    const all = [...chosen, ...notChosen].sort(
      (a, b) => b.quality.quality - a.quality.quality || (a.texture.path < b.texture.path ? -1 : 1),
    );
    const top = all.slice(0, chosen.length);
    const twins = pairsOf(chosen).filter(([a, b]) => originOf(a, origins) === originOf(b, origins)).length;
    const spreads = [chosen, top].map((list) => mean(pairsOf(list).map((pair) => embedded(pair, byPath))));
    const colours = [];
    for (const list of [chosen, top]) colours.push(await colourSpread(list));
    sums.curated += spreads[0];
    sums.top += spreads[1];
    lines.push(
      line(family, 'copies of one another chosen', twins, { count: chosen.length, atMost: 0 }),
      line(
        family,
        'copies of one another in the top by quality',
        pairsOf(top).filter(([a, b]) => originOf(a, origins) === originOf(b, origins)).length,
        { count: top.length },
      ),
      line(family, 'spread', spreads[0]),
      line(family, 'spread of the top by quality', spreads[1]),
      line(family, 'colour spread', colours[0], { unit: 'dB' }),
      line(family, 'colour spread of the top by quality', colours[1], { unit: 'dB' }),
      line(family, 'mean quality', mean(chosen.map(({ quality }) => quality.quality))),
      line(family, 'mean quality of the top by quality', mean(top.map(({ quality }) => quality.quality))),
    );
  }
  lines.push(
    line('all', 'spread against the top by quality', sums.curated / sums.top, { unit: '×', atLeast: 1.2 }),
  );
  return lines;
}

function originOf({ texture }, origins) {
  return origins.get(texture.path)?.path ?? texture.path;
}

function embedded([a, b], byPath) {
  return embeddingDistance(byPath.get(a.texture.path), byPath.get(b.texture.path));
}

/** Mean difference of the mean spectra, dB a band; what is too short for a frame is left out. */
async function colourSpread(list) {
  const colours = [];
  for (const { texture } of list) {
    const { channels, sampleRate } = await readTexture(texture);
    if (channels[0].length > 4 * 2048) colours.push(colour(logMel(channels[0], sampleRate)));
  }
  return mean(pairsOf(colours).map(([a, b]) => melDistance(a, b)));
}

function pairsOf(list) {
  return list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b]));
}

function shareUnder(distances) {
  return distances.filter((distance) => distance < COPY_DISTANCE).length / distances.length;
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function quantile(values, share) {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))];
}
