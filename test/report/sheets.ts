/** Sheets and pages made without an excavation. */
import { digest, pageParts } from '../../src/palette/page-parts.ts';
import { overviewOf } from '../../src/report/overview.ts';
import type { Sheet, SheetTexture } from '../../src/report/page/contract.ts';
import { packOverview } from '../../src/report/page/overview.ts';
import { pageText } from '../../src/report/page.ts';
import { previewOf } from '../../src/report/preview.ts';
import { mono, noise, RATE } from '../signals.ts';

const COLUMNS = ['path', 'source_path', 'source_start_sec', 'source_end_sec', 'grade_reasons'];

/** Cosines of whole cycles on a ring of so many frames: loudest at its wrap. */
export function ring(cycles: readonly number[], frames: number): Float32Array {
  const samples = new Float32Array(frames);
  for (const count of cycles) {
    for (let n = 0; n < frames; n++) samples[n] += 0.3 * Math.cos((2 * Math.PI * count * n) / frames);
  }
  return samples;
}

export function texture(facts: Partial<SheetTexture>): SheetTexture {
  const path = facts.path ?? 'a/pads/a_pad01.wav';
  return {
    path,
    href: `./${path}`,
    title: 'a, pad 01',
    part: 'pad 01',
    source: 'a',
    family: 'pad',
    durationSec: 1,
    isLoop: true,
    grade: 'A',
    gradeReasons: [],
    lufs: null,
    centroidHz: 500,
    root: '',
    rank: null,
    figures: [path, 'source_audio/a.wav', '1.000000', '2.500000', ''],
    preview: null,
    ...facts,
  };
}

export function sheetOf(textures: readonly SheetTexture[]): Sheet {
  return { title: 'an export', engineVersion: '0', columns: COLUMNS, textures };
}

const FAMILIES = ['pad', 'drone', 'swell', 'cloud', 'hiss'] as const;

/** A page of so many textures, every one with its sound: tones of whole cycles and, as hiss, noise. */
export function madePage(count: number): { html: string; sheet: Sheet } {
  const kinds = FAMILIES.map((family, index) => {
    const frames = 30_000 + 7001 * index;
    const cycles = (index + 2) * 100;
    const sound = mono(family === 'hiss' ? noise(frames, 0.4) : ring([cycles, 2 * cycles], frames));
    const isLoop = family !== 'swell';
    const { bytes, ...preview } = previewOf(sound, 'small', isLoop);
    const block = { overview: packOverview(overviewOf(sound, isLoop)), preview: bytes };
    return { family, isLoop, preview, block, durationSec: frames / RATE };
  });
  const textures = Array.from({ length: count }, (_, i) => {
    const { block, ...facts } = kinds[i % kinds.length];
    const source = `song ${Math.floor(i / 12) + 1}`;
    const part = `${facts.family} ${(i % 12) + 1}`;
    return texture({
      ...facts,
      source,
      part,
      title: `${source}, ${part}`,
      path: `s${i}.wav`,
      rank: i % 30 === 0 ? 1 : null,
      centroidHz: 100 + ((i * 37) % 1000),
      grade: i % 11 === 0 ? 'B' : 'A',
      gradeReasons: i % 11 === 0 ? ['seam level -1.3 dB'] : [],
    });
  });
  const sheet = sheetOf(textures);
  const blocks = textures.map((_, i) => kinds[i % kinds.length].block);
  return { html: pageText(sheet, blocks, pageParts(), digest), sheet };
}
