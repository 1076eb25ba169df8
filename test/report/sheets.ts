/** Sheets and pages made without an excavation. */
import { digest, pageParts } from '../../src/palette/page-parts.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { shownFamilies } from '../../src/report/families.ts';
import { overviewOf } from '../../src/report/overview.ts';
import { toBase64 } from '../../src/report/page/base64.ts';
import { packColumns } from '../../src/report/page/columns.ts';
import type { PackedSheet, Sheet, SheetTexture } from '../../src/report/page/contract.ts';
import { packOverview } from '../../src/report/page/overview.ts';
import { unpackSheet } from '../../src/report/page/sheet.ts';
import { blockText, PAGE_END, pageBeginning } from '../../src/report/page.ts';
import { previewOf } from '../../src/report/preview.ts';
import { mono, noise, RATE } from '../signals.ts';

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
    quality: 0.5,
    figures: [path],
    preview: null,
    ...facts,
  };
}

export function sheetOf(textures: readonly SheetTexture[]): Sheet {
  return { title: 'an export', unlisted: 0, families: shownFamilies(), columns: ['path'], textures };
}

/** What the page receives of textures, as far as rows say it. */
export type Row = Readonly<Record<string, string>> & { readonly path: string };

const ROW = {
  ...{
    type: 'pad',
    source: 'a',
    duration_sec: '1.000000',
    loop_end: '44099',
    grade: 'A',
    centroid_hz: '500.0',
  },
  ...{ grade_reasons: '', source_path: 'source_audio/a.wav', source_start_sec: '1.0', source_end_sec: '2.5' },
};

export function packedSheet(rows: readonly Row[], facts: Partial<PackedSheet> = {}): PackedSheet {
  const columns = ['path', ...Object.keys(ROW)];
  const cells = rows.map((row) => columns.map((column) => row[column] ?? ROW[column as keyof typeof ROW]));
  return {
    ...{
      title: 'an export',
      unlisted: 0,
      base: './',
      families: shownFamilies(),
      columns,
      figures: packColumns(cells),
    },
    ...{ ranks: rows.map(() => 0), qualities: rows.map(() => 500), previews: rows.map(() => 0 as const) },
    ...facts,
  };
}

const parts = await pageParts(nodePlatform);

/** Bytes of one texture; the place in the list is the texture's in the sheet. */
interface Blocks {
  readonly overview: Uint8Array | null;
  readonly preview: Uint8Array | null;
}

export function pageOf(sheet: PackedSheet, blocks: readonly Blocks[]): string {
  const texts = (['overview', 'preview'] as const).flatMap((kind) =>
    blocks.map(({ [kind]: bytes }, place) => (bytes ? blockText(kind, place, toBase64(bytes)) : '')),
  );
  return [pageBeginning(sheet, parts, digest), ...texts, PAGE_END].join('');
}

/** A picture of silence, and no sound. */
export const STILL: Blocks = { overview: new Uint8Array(480 + 3072), preview: null };

const FAMILIES = ['pad', 'drone', 'swell', 'cloud', 'hiss'] as const;

/** A page of so many textures, every one with its sound: tones of whole cycles and, as hiss, noise. */
export function madePage(
  count: number,
  ranks: (place: number) => number = () => 0,
): { html: string; sheet: Sheet } {
  const kinds = FAMILIES.map((family, index) => {
    const frames = 30_000 + 7001 * index;
    const cycles = (index + 2) * 100;
    const sound = mono(family === 'hiss' ? noise(frames, 0.4) : ring([cycles, 2 * cycles], frames));
    const isLoop = family !== 'swell';
    const { bytes, frameCount, channelCount, sampleRate } = previewOf(sound, 'small', isLoop);
    const block: Blocks = { overview: packOverview(overviewOf(sound, isLoop)), preview: bytes };
    const shape = [frameCount, channelCount, sampleRate] as const;
    return { family, isLoop, shape, block, durationSec: frames / RATE };
  });
  const kind = (i: number) => kinds[i % kinds.length];
  const places = Array.from({ length: count }, (_, i) => i);
  const rows = places.map((i): Row => {
    const { family, isLoop, durationSec } = kind(i);
    const source = `song_${Math.floor(i / 12) + 1}`;
    return {
      path: `${source}/${source}_${family}_${(i % 12) + 1}.wav`,
      source,
      type: family,
      duration_sec: durationSec.toFixed(6),
      loop_end: isLoop ? '1000' : '',
      centroid_hz: String(100 + ((i * 37) % 1000)),
      grade: i % 11 === 0 ? 'B' : 'A',
      grade_reasons: i % 11 === 0 ? 'seam level -1.3 dB' : '',
    };
  });
  const packed = packedSheet(rows, {
    ranks: places.map(ranks),
    previews: places.map((i) => kind(i).shape),
  });
  const html = pageOf(
    packed,
    places.map((i) => kind(i).block),
  );
  return { html, sheet: unpackSheet(packed) };
}
