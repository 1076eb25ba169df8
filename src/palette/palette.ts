/**
 * The palette: the textures of an export folder, by what its manifest says of them. What comes after excavation
 * (curating, kits, instruments, the report, the studio) works from this, and reads a sound only where it needs one.
 */
import { join, resolve } from 'node:path';
import { listedRows } from '../archive/manifest.ts';
import type { ManifestColumn, ManifestRow } from '../archive/manifest-row.ts';
import { readWholeSound } from '../archive/whole-sound.ts';
import { noteNumber } from '../curation/note-names.ts';
import type { Sound } from '../dsp/sound.ts';
import { FileSystemError } from '../errors.ts';
import { FAMILIES, type Family } from '../textures/texture.ts';

/** One texture as its row tells of it; null is unknown. */
export interface PaletteTexture {
  /** Relative to the export folder, with slashes: what tells textures apart. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  /** Without folder and ending. */
  readonly name: string;
  readonly family: Family;
  /** The source's name in file names. */
  readonly source: string;
  readonly variant: string;
  readonly durationSec: number;
  readonly channelCount: number;
  readonly sampleRate: number;
  /** The whole file loops. */
  readonly isLoop: boolean;
  /** A, B or F. */
  readonly grade: string;
  readonly gradeReasons: readonly string[];
  readonly lufs: number | null;
  readonly centroidHz: number | null;
  /** MIDI note, how far it lies from that, and how sure that is, 0 to 1. */
  readonly root: { readonly note: number; readonly cents: number; readonly confidence: number } | null;
  /** All that the manifest says. */
  readonly row: ManifestRow;
}

export interface Palette {
  /** Absolute. */
  readonly exportFolder: string;
  /** Sorted by path. */
  readonly textures: readonly PaletteTexture[];
}

/**
 * Reads the manifest of an export folder; nothing is written, and textures whose files are gone are left out.
 * @throws FileSystemError where there is no manifest, or none that can be read
 */
export async function openPalette(folder: string): Promise<Palette> {
  const exportFolder = resolve(folder);
  const rows = await listedRows(exportFolder);
  if (rows === null) {
    throw new FileSystemError(
      `“${folder}” holds no manifest.csv, so nothing was excavated there; name the export folder of a run, or run "afterglow all" first.`,
      { context: { path: exportFolder } },
    );
  }
  const textures = [...rows.values()]
    .map((row) => textureOf(row, exportFolder))
    .filter((texture) => texture !== null)
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { exportFolder, textures };
}

/**
 * The whole sound of a texture, at its own rate.
 * @throws MalformedFileError, UnsupportedFormatError, NotAllowedError, FileSystemError
 */
export async function readTexture({ file }: Pick<PaletteTexture, 'file'>): Promise<Sound> {
  return readWholeSound(file);
}

/** Null where the row is none of this engine's. */
function textureOf(row: ManifestRow, exportFolder: string): PaletteTexture | null {
  const family = FAMILIES.find((known) => known === row.type);
  if (!family) return null;
  return {
    path: row.path,
    file: join(exportFolder, row.path),
    name: row.path.slice(row.path.lastIndexOf('/') + 1).replace(/\.wav$/i, ''),
    family,
    source: row.source,
    variant: row.variant,
    durationSec: figure(row, 'duration_sec') ?? 0,
    channelCount: figure(row, 'channels') ?? 1,
    sampleRate: figure(row, 'sample_rate') ?? 0,
    isLoop: row.loop_end !== '',
    grade: row.grade,
    gradeReasons: row.grade_reasons === '' ? [] : row.grade_reasons.split('; '),
    lufs: figure(row, 'lufs'),
    centroidHz: figure(row, 'centroid_hz'),
    root: rootOf(row),
    row,
  };
}

function rootOf(row: ManifestRow): PaletteTexture['root'] {
  const note = noteNumber(row.root_note);
  if (note === null) return null;
  return { note, cents: figure(row, 'root_cents') ?? 0, confidence: figure(row, 'root_confidence') ?? 0 };
}

function figure(row: ManifestRow, column: ManifestColumn): number | null {
  const value = Number(row[column]);
  // A table that somebody edited may say anything.
  return row[column] !== '' && Number.isFinite(value) ? value : null;
}
