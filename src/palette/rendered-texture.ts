/** One texture made again: its file, its row, and what of it is not as it was. */
import { type ManifestColumn, type ManifestValues, manifestRow } from '../archive/manifest-row.ts';
import { sameBytes } from '../archive/same-bytes.ts';
import { textureColumns } from '../curation/columns.ts';
import type { FinishedTexture } from '../curation/finish.ts';
import type { Remade } from '../engine/remake.ts';
import { recordedSettings } from '../engine/settings-record.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { basename } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { gradeWords } from '../wording/grades.ts';
import type { RenderChanges } from './changes.ts';
import { explainLoop } from './explain-loop.ts';
import type { PaletteTexture } from './palette.ts';
import type { RenderBatch } from './render-batch.ts';
import type { Rendered, RenderNote } from './rendered.ts';
import { editedColumns } from './row-edited.ts';

/** A batch being made again. */
export interface BatchAtWork {
  readonly platform: Platform;
  readonly batch: RenderBatch;
  readonly changes: RenderChanges;
  readonly explains: boolean;
  placeOf(texture: PaletteTexture): string;
  /** All of its unit, in order. */
  readonly remade: AsyncIterable<Remade>;
}

/** A place in the source further away than this is another moment, seconds. */
const SAME_MOMENT_SEC = 0.5;

/**
 * A texture as it was made again: as a file, beside what it was.
 * @throws NotAllowedError, FileSystemError where the one in the export cannot be read
 */
export async function renderedOf(
  texture: PaletteTexture,
  remade: Remade,
  { platform, batch, changes, explains, placeOf }: BatchAtWork,
): Promise<Rendered> {
  const path = placeOf(texture);
  const { bytes, finished } = remade.file(path, changes.rate);
  const isChanged = Object.values(changes).some((change) => change !== undefined);
  const isIdentical = !isChanged && sameBytes(bytes, await platform.files.read(texture.file));
  const notes: RenderNote[] = [...batch.notes];
  if (!isChanged && !isIdentical) notes.push({ code: 'other-bytes' });
  const startSec = Number(texture.row.source_start_sec);
  if (isChanged && Math.abs(finished.origin.startSec - startSec) > SAME_MOMENT_SEC) {
    notes.push({ code: 'other-moment', startSec: finished.origin.startSec, formerSec: startSec });
  }
  const explanation = explains ? explainLoop(remade.texture.loop) : null;
  const { durationSec } = finished.figures;
  const { row, recorded } = rowOfRendered(texture, finished, path, remade.index, batch);
  if (isIdentical) {
    const columns = editedColumns(texture.row, row);
    if (columns.length > 0) notes.push({ code: 'row-edited', columns });
  }
  return { texture, bytes, durationSec, isIdentical, notes, row, recorded, explanation };
}

function rowOfRendered(
  { row: before }: PaletteTexture,
  finished: FinishedTexture,
  path: string,
  index: number,
  { settings, families, seed, content }: RenderBatch,
): Pick<Rendered, 'row' | 'recorded'> {
  const recorded = recordedSettings(before.making, settings, families);
  const values: ManifestValues = {
    ...textureColumns(finished, gradeWords(finished.gradeReasons)),
    filename: basename(path),
    path,
    seed,
    bit_depth: settings.global.output_bit_depth,
    engine_version: ENGINE_VERSION,
    making_index: index,
    settings: recorded[0],
    source_sha256: content,
  };
  const printed = manifestRow(values);
  // What it was made of, and by whom, is as it was.
  const own = (Object.keys(values) as ManifestColumn[]).map((column) => [column, printed[column]]);
  return { recorded, row: { ...before, ...Object.fromEntries(own) } };
}
