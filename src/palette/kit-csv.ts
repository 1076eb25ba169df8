import { csvText } from '../archive/csv.ts';
import { guardFormula } from '../archive/manifest-csv.ts';
import type { Adaptation } from '../targets/adaptation.ts';
import type { LeftOut } from '../targets/plan.ts';
import { fileTempo } from '../targets/wav-facts.ts';
import { adaptationText, leftOutText } from '../wording/kits.ts';
import type { KitTexture } from './texture-choice.ts';

/** One sample of a kit, as it was written. */
export interface KitFile {
  /** Within the kit's folder, with slashes. */
  readonly file: string;
  /** Which slice of the file it is, from 1; null where the file is this sample alone. */
  readonly slice: number | null;
  readonly texture: KitTexture;
  readonly durationSec: number;
  readonly sampleRate: number;
  readonly bitDepth: number;
  readonly channelCount: number;
  /** Whether the device plays it from its card, and it takes no memory; null where that is all the same to it. */
  readonly isStreamed: boolean | null;
  /** Of sound data. */
  readonly bytes: number;
  /** As it was written, a loop going round; null where it was taken as its file is, -Infinity for silence. */
  readonly lufs: number | null;
  /** What was done so that it fits, in this order. */
  readonly adaptations: readonly Adaptation[];
}

/** The first four tell a kit's table from any other: see `unrecordedKind`. */
const COLUMNS = [
  'file',
  'texture',
  'source',
  'family',
  'slice',
  'root_note',
  'root_cents',
  'root_confidence',
  'key',
  'tempo_bpm',
  'grade',
  'loop',
  'duration_sec',
  'sample_rate',
  'bit_depth',
  'channels',
  'bytes',
  'lufs',
  'plays_from',
  'adapted',
  'left_out',
  'place',
] as const;

type Row = Record<(typeof COLUMNS)[number], string | number>;

/**
 * `KIT.csv`: where each file of a kit is from and what was done to it, then what was left out and why. RFC 4180.
 * @param missing paths of textures whose files are gone
 */
export function kitCsv(
  files: readonly KitFile[],
  leftOut: readonly LeftOut<KitTexture>[],
  missing: readonly string[],
): string {
  const rows: Partial<Row>[] = [
    ...files.map((file) => ({
      ...origin(file.texture),
      file: file.file,
      slice: file.slice ?? '',
      duration_sec: file.durationSec.toFixed(6),
      sample_rate: file.sampleRate,
      bit_depth: file.bitDepth,
      channels: file.channelCount,
      bytes: file.bytes,
      tempo_bpm: fileTempo(file.texture, file.durationSec)?.toFixed(2) ?? '',
      lufs: file.lufs !== null && Number.isFinite(file.lufs) ? file.lufs.toFixed(1) : '',
      plays_from: file.isStreamed === null ? '' : file.isStreamed ? 'card' : 'memory',
      adapted: file.adaptations.map(adaptationText).join('; '),
      left_out: '',
    })),
    ...leftOut.map(({ texture, reason }) => ({
      ...origin(texture),
      file: '',
      slice: '',
      duration_sec: texture.durationSec.toFixed(6),
      sample_rate: texture.sampleRate,
      bit_depth: texture.bitDepth,
      channels: texture.channelCount,
      bytes: '',
      lufs: '',
      plays_from: '',
      adapted: '',
      left_out: leftOutText(reason),
    })),
    ...missing.map((path) => ({ texture: path, left_out: 'its file is gone' })),
  ];
  const records = rows.map((row) => COLUMNS.map((column) => guardFormula(String(row[column] ?? ''))));
  return csvText([COLUMNS, ...records]);
}

function origin({ path, place, source, family, root, key, tempo, rootName, loops, grade }: KitTexture) {
  return {
    texture: path,
    place: place ?? '',
    source,
    family,
    root_note: rootName,
    root_cents: root?.cents.toFixed(1) ?? '',
    root_confidence: root?.confidence.toFixed(2) ?? '',
    key,
    tempo_bpm: tempo?.bpm.toFixed(2) ?? '',
    grade,
    loop: String(loops),
  };
}
