/** An export folder of made sounds, without the engine: as many textures as one likes, as awkward as they come. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { manifestToCsv } from '../../src/archive/manifest-csv.ts';
import { type ManifestRow, type ManifestValues, manifestRow } from '../../src/archive/manifest-row.ts';
import { noteName } from '../../src/curation/note-names.ts';
import { Random } from '../../src/dsp/random.ts';
import type { FamilyId } from '../../src/families/family.ts';
import { encodeWav } from '../../src/formats/wav-writer.ts';
import { afterFile } from '../after-file.ts';
import { noise, sine } from '../signals.ts';

export interface MadeTexture {
  readonly family: FamilyId;
  readonly source: string;
  readonly sampleRate: number;
  readonly bitDepth: 16 | 24;
  readonly channelCount: 1 | 2;
  readonly seconds: number;
  readonly loops: boolean;
  readonly variant?: string;
  readonly grade?: 'A' | 'B' | 'F';
  /** Of the tone; 0.7 by default. */
  readonly amplitude?: number;
  /** How much noise lies in the tone. */
  readonly noise?: number;
  /** Instead of the tone: one channel. */
  readonly sound?: Float32Array;
  /** What the manifest says instead. */
  readonly row?: Partial<ManifestValues>;
}

/** Writes the textures and their manifest; gone after the file's tests. @returns the export folder and the textures' paths */
export async function madeExport(textures: readonly MadeTexture[]) {
  const exportFolder = await mkdtemp(join(tmpdir(), 'afterglow-kit-'));
  afterFile(() => rm(exportFolder, { recursive: true, force: true }));
  const rows: ManifestRow[] = [];
  for (const [i, texture] of textures.entries()) {
    const path = `${texture.source}/${texture.family}s/${texture.source}_${texture.family}${i}.wav`;
    await mkdir(dirname(join(exportFolder, path)), { recursive: true });
    await writeFile(join(exportFolder, path), wavOf(texture, i));
    rows.push(rowOf(texture, path, i));
  }
  await writeFile(join(exportFolder, 'manifest.csv'), manifestToCsv(rows));
  return { exportFolder, exportRoot: exportFolder, paths: rows.map(({ path }) => path) };
}

/**
 * A loop is whole cycles of a tone, so that its wrap is no other place than any; the right channel is another
 * phase of it, and now and then its opposite.
 */
function wavOf(
  {
    sampleRate,
    seconds,
    channelCount,
    bitDepth,
    loops,
    amplitude = 0.7,
    noise: hiss = 0,
    sound,
  }: MadeTexture,
  index: number,
) {
  const frames = Math.round(seconds * sampleRate);
  const cycles = Math.max(1, Math.round((110 + 13 * (index % 40)) * seconds));
  const frequency = (cycles * sampleRate) / frames;
  const phases = [0, index % 5 === 0 ? Math.PI : 0.7].slice(0, channelCount);
  const channels = phases.map((phase, c) => {
    const tone = sound ?? sine(frequency, frames, amplitude, sampleRate, phase);
    const rough = noise(frames, hiss, `${index} ${c}`);
    return tone.map((x, n) => x + rough[n]);
  });
  return encodeWav(
    { sampleRate, channels },
    {
      ...{ bitDepth, sampler: { loop: loops, root: null } },
      ...{ info: { name: 'made', software: 'test', source: '' }, random: new Random(index) },
    },
  );
}

function rowOf(texture: MadeTexture, path: string, index: number): ManifestRow {
  const { family, source, sampleRate, seconds, channelCount, bitDepth, loops, variant, grade } = texture;
  const frames = Math.round(seconds * sampleRate);
  return manifestRow({
    ...{ path, filename: path.slice(path.lastIndexOf('/') + 1), type: family, source, grade: grade ?? 'A' },
    ...{
      duration_sec: frames / sampleRate,
      channels: channelCount,
      sample_rate: sampleRate,
      bit_depth: bitDepth,
    },
    ...(loops ? { loop_start: 0, loop_end: frames - 1 } : {}),
    ...(index % 3 === 0
      ? { root_note: noteName(42 + (index % 24)), root_cents: 12.5, root_confidence: 0.8 }
      : {}),
    ...{
      detected_key: index % 4 === 0 ? 'F# min' : null,
      key_confidence: 0.8,
      brightness: 'dark',
      variant: variant ?? '',
      saved: true,
    },
    ...texture.row,
  });
}
