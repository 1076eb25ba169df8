import { noteNumber } from './note-names.ts';
import { stemOf } from './texture-path.ts';

/** What a manifest's row says of a texture; null is unknown. */
export interface RowFacts {
  /** Without folder and ending. */
  readonly name: string;
  readonly durationSec: number;
  /** The whole file loops. */
  readonly isLoop: boolean;
  /** A, B or F. */
  readonly grade: string;
  readonly gradeReasons: readonly string[];
  readonly lufs: number | null;
  readonly centroidHz: number | null;
  /** MIDI note, how far it lies from that, and how sure that is, 0 to 1. */
  readonly root: { readonly note: number; readonly cents: number; readonly confidence: number } | null;
}

/** @param cell the text of a column; empty where unknown */
export function rowFacts(cell: (column: string) => string): RowFacts {
  const value = (column: string) => numberIn(cell(column));
  const note = noteNumber(cell('root_note'));
  return {
    name: stemOf(cell('path')),
    durationSec: value('duration_sec') ?? 0,
    isLoop: cell('loop_end') !== '',
    grade: cell('grade'),
    gradeReasons: cell('grade_reasons') === '' ? [] : cell('grade_reasons').split('; '),
    lufs: value('lufs'),
    centroidHz: value('centroid_hz'),
    root:
      note === null
        ? null
        : { note, cents: value('root_cents') ?? 0, confidence: value('root_confidence') ?? 0 },
  };
}

/** The number in a cell; null where there is none: a table that somebody edited may say anything. */
export function numberIn(cell: string): number | null {
  const value = Number(cell);
  return cell !== '' && Number.isFinite(value) ? value : null;
}
