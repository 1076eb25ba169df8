/**
 * The palette: the textures of an export folder, by what its manifest says of them. What comes after excavation
 * (curating, kits, instruments, the report, the studio) works from this, and reads a sound only where it needs one.
 */

import { listedTable, manifestPath } from '../archive/manifest.ts';
import type { ManifestFault } from '../archive/manifest-fault.ts';
import type { ManifestColumn, ManifestRow } from '../archive/manifest-row.ts';
import { openSource } from '../archive/source.ts';
import { readWholeSound } from '../archive/whole-sound.ts';
import type { Families } from '../config/settings.ts';
import { numberIn, type RowFacts, rowFacts } from '../curation/row-facts.ts';
import type { Sound } from '../dsp/sound.ts';
import { AfterglowError, FileSystemError } from '../errors.ts';
import type { FamilyId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';

/** Of exports beside one that is none. */
const MOST_NAMED = 3;

/** One texture as its row describes it; null is unknown. */
export interface PaletteTexture extends RowFacts {
  /** Relative to the export folder, with slashes: what distinguishes textures. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  readonly family: FamilyId;
  /** The source's name in file names. */
  readonly source: string;
  readonly variant: string;
  readonly channelCount: number;
  readonly sampleRate: number;
  /** All that the manifest says. */
  readonly row: ManifestRow;
}

export interface Palette {
  /** Absolute. */
  readonly exportFolder: string;
  /** Of which its textures may be. */
  readonly families: Families;
  /** Sorted by path. */
  readonly textures: readonly PaletteTexture[];
  /** Listed, but their files are gone; sorted by path. */
  readonly gone: readonly PaletteTexture[];
  /** What of the manifest could not be read, and so is unknown or left out. */
  readonly faults: readonly ManifestFault[];
}

/**
 * Reads the manifest of an export folder; nothing is written, and textures whose files are gone are left out, as are those
 * of no family of these.
 * @throws FileSystemError where there is no manifest, or none that can be read
 */
export async function openPalette(
  platform: Platform,
  folder: string,
  families: Families = FAMILIES,
): Promise<Palette> {
  const exportFolder = platform.files.absolute(folder);
  const table = await listedTable(platform, exportFolder);
  if (table === null) {
    const beside = await exportsBeside(platform, exportFolder);
    const hint = beside.length === 0 ? '' : ` (beside it are ${beside.join(', ')})`;
    throw new FileSystemError(
      `“${folder}” holds no manifest.csv, so nothing was excavated there; name the export folder of a run with --export${hint}, or run "afterglow all" first.`,
      { context: { path: exportFolder, beside } },
    );
  }
  const texturesOf = (rows: Iterable<ManifestRow>) =>
    [...rows]
      .map((row) => textureOf(row, exportFolder, families))
      .filter((texture) => texture !== null)
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return {
    exportFolder,
    families,
    textures: await withForms(platform, texturesOf(table.rows.values())),
    gone: texturesOf(table.gone),
    faults: [...table.faults, ...ofNoFamily([...table.rows.values()], families)],
  };
}

/** What a row does not say of its file's form, or says as what cannot be, is read from the file, where that can be read. */
async function withForms(
  platform: Platform,
  textures: readonly PaletteTexture[],
): Promise<readonly PaletteTexture[]> {
  const all: PaletteTexture[] = [];
  for (const texture of textures) {
    const { channels, sample_rate, duration_sec } = texture.row;
    const isKnown = channels !== '' && sample_rate !== '' && duration_sec !== '';
    const form = isKnown ? null : await formOf(platform, texture.file).catch(orNull);
    all.push(form ? { ...texture, ...form } : texture);
  }
  return all;
}

async function formOf(
  platform: Platform,
  file: string,
): Promise<Pick<PaletteTexture, 'channelCount' | 'sampleRate' | 'durationSec'>> {
  const { channelCount, sampleRate, frameCount, close } = await openSource(platform, file);
  await close();
  return { channelCount, sampleRate, durationSec: frameCount / sampleRate };
}

/** Whoever needs its sound says why it cannot be read. */
function orNull(error: unknown): null {
  if (error instanceof AfterglowError) return null;
  throw error;
}

/** Rows whose texture is of no family of these. */
function ofNoFamily(rows: readonly ManifestRow[], families: Families): ManifestFault[] {
  return rows
    .filter(({ type }) => !families.some(({ id }) => id === type))
    .map(({ path, type }) => ({
      row: null,
      path,
      column: null,
      cell: type,
      what: `type is "${type}", which is no family`,
    }));
}

/** Where there is none, a run may have gone to a folder beside it. @returns the first few, absolute, by name */
async function exportsBeside({ files }: Platform, exportFolder: string): Promise<string[]> {
  const parent = dirname(exportFolder);
  const names = (await files.list(parent).catch(() => [])).map(({ name }) => name).sort();
  const found: string[] = [];
  for (const name of names) {
    if (found.length < MOST_NAMED && (await files.exists(manifestPath(join(parent, name)))))
      found.push(join(parent, name));
  }
  return found;
}

/**
 * The whole sound of a texture, at its own rate.
 * @throws MalformedFileError, UnsupportedFormatError, NotAllowedError, FileSystemError
 */
export async function readTexture(
  platform: Platform,
  { file }: Pick<PaletteTexture, 'file'>,
): Promise<Sound> {
  return readWholeSound(platform, file);
}

/** A row's texture, in an export folder; null where the row is none of this engine's. */
export function textureOf(row: ManifestRow, exportFolder: string, families: Families): PaletteTexture | null {
  const family = families.find(({ id }) => id === row.type)?.id;
  if (family === undefined) return null;
  return {
    path: row.path,
    file: join(exportFolder, row.path),
    family,
    source: row.source,
    variant: row.variant,
    channelCount: numberIn(row.channels) ?? 1,
    sampleRate: numberIn(row.sample_rate) ?? 0,
    ...rowFacts((column) => row[column as ManifestColumn]),
    row,
  };
}
