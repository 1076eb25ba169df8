/** An export folder as the bench sees it: the rows of its manifest and the files they name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestFromCsv } from '../../dist/archive/manifest-csv.js';
import { resampled } from '../../dist/archive/resampled.js';
import { openSource } from '../../dist/index.js';

/** The kinds of texture that are judged apart, in the order of the table. */
export const KINDS = [
  'mined pad',
  'pad loop',
  'drone',
  'bed',
  'swell',
  'cloud',
  'hiss loop',
  'flicker',
  'drum',
  'silence',
  'dust',
];

/** Rows of the manifest, each with its kind, whether it loops, and its place in the source in seconds. */
export function readManifest(exportFolder) {
  const rows = manifestFromCsv(readFileSync(join(exportFolder, 'manifest.csv'), 'utf8')).rows;
  return rows.map((row) => ({
    path: row.path,
    kind: kindOf(row),
    loops: row.loop_end !== '',
    variant: row.variant,
    grade: row.grade,
    source: row.source,
    sourcePath: row.source_path,
    startSec: Number(row.source_start_sec),
    endSec: Number(row.source_end_sec),
    row,
  }));
}

function kindOf({ type, loop_end: loopEnd, variant, path }) {
  if (type === 'pad') return variant === '' ? 'mined pad' : 'pad loop';
  if (type === 'hiss') return loopEnd !== '' ? 'hiss loop' : 'flicker';
  if (!KINDS.includes(type)) throw new Error(`The bench does not know the type ${type} of ${path}.`);
  return type;
}

/** A whole file of the export. @returns {Promise<{ sampleRate: number, channels: Float32Array[] }>} */
export function readTexture(exportFolder, { path }) {
  return readSound(join(exportFolder, path));
}

/**
 * The stretch of source that a texture was made from, with some seconds of what lies around it; at the
 * texture's rate.
 * @returns {Promise<{ channels: Float32Array[], before: number, after: number }>} frames before and after it
 */
export async function readRegion(projectFolder, { sourcePath, startSec, endSec }, sampleRate, aroundSec = 0) {
  const source = await openOnce(join(projectFolder, sourcePath));
  const reader = resampled(source, sampleRate);
  const start = Math.round(startSec * sampleRate);
  const end = Math.min(reader.frameCount, Math.round(endSec * sampleRate));
  const around = Math.round(aroundSec * sampleRate);
  const from = Math.max(0, start - around);
  const to = Math.min(reader.frameCount, end + around);
  const { channels } = await reader.read(from, to - from);
  return { channels, before: start - from, after: to - end };
}

const opened = new Map();

/** A source stays open until {@link closeSources}: many textures come from each. */
async function openOnce(path) {
  if (!opened.has(path)) opened.set(path, await openSource(path));
  return opened.get(path);
}

export async function closeSources() {
  for (const source of opened.values()) await source.close();
  opened.clear();
}

/** All of a sound file. */
export async function readSound(path) {
  const source = await openSource(path);
  try {
    return await source.read(0, source.frameCount);
  } finally {
    await source.close();
  }
}
