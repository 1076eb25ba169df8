/**
 * How alike the tones and loops of a kit are in loudness, and its hits in peak, for every device profile, by the bench's own loudness and true peak.
 *
 *   npm run build
 *   npm run bench:kit-levels -- EXPORT_DIR [--level=LUFS|off] [--profile=NAME …] [--json]
 *
 * Kits are made in a scratch folder, of what curate chose in the export, else of all. A loop is measured going round, what
 * plays once by itself. With --level=off the levels are those of the textures, as a control.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeKit, profileNames, readProfile } from '../dist/index.js';
import { USUAL_WISHES } from '../dist/palette/wishes.js';
import { readSound } from './sound/export-folder.mjs';
import { loudnessOf } from './sound/loudness.mjs';
import { truePeakDb } from './sound/true-peak.mjs';
import { line, printTable } from './sound/verdicts.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    level: { type: 'string' },
    profile: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
});
const [exportFolder] = positionals;

/** Within a family, and over all, LU. */
const MOST_IN_FAMILY_LU = 2;
const MOST_LU = 4;
/** Hits are brought to one peak; what meters and 16 bits differ by, dB. */
const MOST_OF_PEAKS_DB = 0.1;
/** What kits are raised to at most, and what meters differ by, dBTP. */
const CEILING_DB = -1 + 0.1;

/** See docs/KITS.md, Polyend. */
const PTI_HEADER_BYTES = 392;

const scratch = mkdtempSync(join(tmpdir(), 'afterglow-levels-'));
try {
  const lines = [];
  for (const name of options.profile ?? profileNames()) lines.push(...(await linesOf(name)));
  if (options.json) console.log(JSON.stringify(lines, null, 2));
  else printTable(lines);
  if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true });
}

/** A Polyend's instrument is a header, then one channel of 16 bits at its own rate; all else is what any program reads. */
async function soundOf(path) {
  if (!path.endsWith('.pti')) return readSound(path);
  const bytes = readFileSync(path).subarray(PTI_HEADER_BYTES);
  const channel = Float32Array.from(
    { length: bytes.length >> 1 },
    (_, i) => bytes.readInt16LE(2 * i) / 2 ** 15,
  );
  return { sampleRate: 44_100, channels: [channel] };
}

async function linesOf(name) {
  const level =
    options.level === undefined || options.level === 'off' ? options.level : Number(options.level);
  const { folder, files } = await makeKit({
    ...{ exportFolder, exportRoot: null, into: scratch, name, force: false },
    profile: await readProfile(name),
    wishes: { ...USUAL_WISHES, level: level ?? USUAL_WISHES.level },
  });
  const measured = [];
  for (const { file, texture } of files) {
    const { channels, sampleRate } = await soundOf(join(folder, file));
    measured.push({
      family: texture.family,
      loops: texture.loops,
      lufs: loudnessOf(channels, sampleRate, texture.loops),
      peakDb: truePeakDb(channels, texture.loops),
    });
  }
  rmSync(folder, { recursive: true });
  const alike = measured.filter(isAlike);
  const families = [...new Set(alike.map(({ family }) => family))];
  const spreads = families.map((wanted) => spread(alike.filter(({ family }) => family === wanted)));
  const peaks = measured.filter(({ family }) => family === 'drum').map(({ peakDb }) => peakDb);
  const count = measured.length;
  return [
    ...(peaks.length === 0
      ? []
      : [
          line(name, 'true peak of hits: spread', Math.max(...peaks) - Math.min(...peaks), {
            ...{ unit: 'dB', count: peaks.length, atMost: MOST_OF_PEAKS_DB },
          }),
        ]),
    line(name, 'loudness: spread within a family, worst', Math.max(...spreads), {
      ...{ unit: 'LU', count: families.length, atMost: MOST_IN_FAMILY_LU },
    }),
    line(name, 'loudness: spread over all', spread(alike), {
      ...{ unit: 'LU', count: alike.length, atMost: MOST_LU },
    }),
    line(name, 'true peak, highest', Math.max(...measured.map(({ peakDb }) => peakDb)), {
      ...{ unit: 'dBTP', count, atMost: CEILING_DB },
    }),
  ];
}

/** Tones and loops that are played for each other: no hits, no flickers and grains, no room tone. */
function isAlike({ family, loops }) {
  return family !== 'drum' && family !== 'silence' && (loops || family !== 'hiss');
}

function spread(measured) {
  const levels = measured.map(({ lufs }) => lufs);
  return Math.max(...levels) - Math.min(...levels);
}
