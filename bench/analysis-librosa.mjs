/**
 * Compares the analysis with figures of librosa 0.10 and prints the tables of docs/ANALYSIS.md.
 *
 *   npm run build
 *   node bench/analysis-librosa.mjs ARCHIVE_DIR FIGURES.json
 *
 * ARCHIVE_DIR holds the files that FIGURES.json names in `file`; a name with a prefix before an
 * underscore (`drums/GMRock_Crash-Hard.wav`) is also looked for without it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../dist/analysis/analyse.js';
import { openSource } from '../dist/index.js';

const [archive, figuresPath] = process.argv.slice(2);
if (!archive || !figuresPath) {
  console.error('Usage: node bench/analysis-librosa.mjs ARCHIVE_DIR FIGURES.json');
  process.exit(2);
}

const PITCHES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

function mean(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

const keyName = (key) => (key ? `${PITCHES[key.tonic]} ${key.mode} (${key.confidence.toFixed(2)})` : '–');
const noteName = (root) =>
  root
    ? `${PITCHES[root.note % 12]}${Math.floor(root.note / 12) - 1} ${root.cents.toFixed(0)} c (${root.confidence.toFixed(2)})`
    : '–';
const bpmText = (tempo) => {
  if (!tempo) return '–';
  const either = [tempo.bpm, tempo.alternativeBpm].filter((bpm) => bpm !== null).sort((a, b) => a - b);
  return `${either.map((bpm) => bpm.toFixed(1)).join(' or ')} (${tempo.confidence.toFixed(2)})`;
};
const row = (cells) => console.log(`| ${cells.join(' | ')} |`);

const shown = [];
let audioSeconds = 0;
let cpuSeconds = 0;
for (const figures of JSON.parse(readFileSync(figuresPath, 'utf8'))) {
  const named = join(archive, figures.file);
  const path = existsSync(named) ? named : join(archive, figures.file.replace(/\/[^_/]+_/, '/'));
  const source = await openSource(path);
  const before = process.cpuUsage();
  const analysis = await analyse(source);
  const used = process.cpuUsage(before);
  await source.close();
  cpuSeconds += (used.user + used.system) / 1e6;
  audioSeconds += analysis.frameCount / analysis.sampleRate;
  shown.push({ figures, analysis });
}

row(['file', 'RMS dB', 'lib', 'peak', 'lib', 'crest', 'lib', 'DC', 'lib']);
row(Array.from({ length: 9 }, () => '---'));
for (const { figures, analysis } of shown) {
  const { hop, cellCount, frameCount } = analysis;
  let square = 0;
  for (let i = 0; i < cellCount; i++) square += analysis.power[i] * Math.min(hop, frameCount - i * hop);
  const rms = Math.sqrt(square / frameCount);
  const peak = analysis.peak.reduce((largest, value) => Math.max(largest, value), 0);
  row([
    figures.file,
    (20 * Math.log10(rms)).toFixed(2),
    figures.rms_db.toFixed(2),
    peak.toFixed(3),
    figures.peak.toFixed(3),
    (peak / rms).toFixed(2),
    figures.crest.toFixed(2),
    mean(analysis.dc).toFixed(4),
    figures.dc.toFixed(4),
  ]);
}

console.log();
row(['file', 'centroid Hz', 'lib', 'flatness', 'lib', 'onsets/s', 'lib']);
row(Array.from({ length: 7 }, () => '---'));
for (const { figures, analysis } of shown) {
  const seconds = analysis.frameCount / analysis.sampleRate;
  row([
    figures.file,
    mean(analysis.centroid).toFixed(0),
    figures.centroid_hz.toFixed(0),
    mean(analysis.flatness).toFixed(5),
    figures.flatness_mean.toFixed(5),
    (analysis.onsets.length / seconds).toFixed(2),
    figures.proper_onset_rate.toFixed(2),
  ]);
}

console.log();
row(['file', 'key', 'lib', 'BPM', 'lib', 'root', 'tuning']);
row(Array.from({ length: 7 }, () => '---'));
for (const { figures, analysis } of shown) {
  row([
    figures.file,
    keyName(analysis.key),
    figures.key_pearson,
    bpmText(analysis.tempo),
    figures.bpm > 0 ? figures.bpm.toFixed(1) : '–',
    noteName(analysis.root),
    `${analysis.tuningCents.toFixed(0)} c`,
  ]);
}

console.log(
  `\n${audioSeconds.toFixed(0)} s of sound in ${cpuSeconds.toFixed(2)} s of processor time, decoding included.`,
);
