/**
 * Makes an export of any number of textures: tones in more or less noise, of every family and of 37 songs, some of them loops.
 *
 *   node bench/studio-frames/made-export.mjs FOLDER COUNT     after `npm run build`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestToCsv } from '../../dist/archive/manifest-csv.js';
import { manifestRow } from '../../dist/archive/manifest-row.js';
import { Random } from '../../dist/dsp/random.js';
import { encodeWav } from '../../dist/formats/wav-writer.js';

const FAMILIES = ['pad', 'drone', 'swell', 'cloud', 'hiss', 'drum', 'drum', 'drum'];
const SONGS = 37;
const SAMPLE_RATE = 22_050;

const [folder, count] = process.argv.slice(2);
const rows = Array.from({ length: Number(count) }, (_, index) => {
  const family = FAMILIES[index % FAMILIES.length];
  const source = `song_${index % SONGS}`;
  const filename = `${source}_${family}${index}.wav`;
  const path = `${source}/${family}s/${filename}`;
  const samples = tone(index);
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), wavOf(samples, index));
  return manifestRow({
    ...{ path, filename, type: family, source, grade: 'A', variant: '', saved: true },
    ...{ duration_sec: samples.length / SAMPLE_RATE, channels: 1, sample_rate: SAMPLE_RATE, bit_depth: 16 },
    ...(isLoop(index) ? { loop_start: 0, loop_end: samples.length - 1 } : {}),
  });
});
writeFileSync(join(folder, 'manifest.csv'), manifestToCsv(rows));

function isLoop(index) {
  return index % 8 < 5;
}

/** A fifth to half a second of whole cycles, from nearly pure to half noise. */
function tone(index) {
  const frames = Math.round((0.2 + 0.01 * (index % 31)) * SAMPLE_RATE);
  const cycles = 22 + 5 * (index % 40);
  const roughness = (index % 11) / 20;
  const random = new Random(index);
  return Float32Array.from({ length: frames }, (_, n) => {
    const noise = random.between(-1, 1);
    return 0.7 * ((1 - roughness) * Math.sin((2 * Math.PI * cycles * n) / frames) + roughness * noise);
  });
}

function wavOf(samples, index) {
  return encodeWav(
    { sampleRate: SAMPLE_RATE, channels: [samples] },
    {
      ...{ bitDepth: 16, sampler: { loop: isLoop(index), root: null } },
      ...{ info: { name: 'made', software: 'bench', source: '' }, random: new Random(index) },
    },
  );
}
