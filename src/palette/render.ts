/** Textures made again from their rows in the manifest and their untouched sources. */
import { contentHash } from '../archive/content-hash.ts';
import {
  type ManifestColumn,
  type ManifestRow,
  type ManifestValues,
  manifestRow,
  PATH_SEPARATOR,
} from '../archive/manifest-row.ts';
import { sameBytes } from '../archive/same-bytes.ts';
import { withNewKeys } from '../config/old-keys.ts';
import { parseConfig } from '../config/parse.ts';
import type { Families, Settings } from '../config/settings.ts';
import { textureColumns } from '../curation/columns.ts';
import type { FinishedTexture } from '../curation/finish.ts';
import { digestOfLayers, upperLayer } from '../engine/layers.ts';
import { SYNTHETIC } from '../engine/plan.ts';
import { type Remade, type RemakeRequest, remake } from '../engine/remake.ts';
import { type RecordedSettings, readSettingsRecord, recordedSettings } from '../engine/settings-record.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { AfterglowError, type ErrorCode, FileSystemError } from '../errors.ts';
import type { MakerDefinition } from '../families/family.ts';
import { makerOf, makersOf } from '../families/lookup.ts';
import type { Texture } from '../families/texture.ts';
import { basename } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { gradeWords } from '../wording/grades.ts';
import { type RenderChanges, withChanges } from './changes.ts';
import { explainLoop, type LoopExplanation } from './explain-loop.ts';
import { type OwnProject, sourceFile } from './origin-project.ts';
import type { Palette, PaletteTexture } from './palette.ts';
import { type EditedColumn, editedColumns } from './row-edited.ts';

/** A texture made again. */
export interface Rendered {
  readonly texture: PaletteTexture;
  readonly bytes: Uint8Array;
  readonly durationSec: number;
  /** Nothing was changed, and it is byte for byte what lies in the export folder. */
  readonly isIdentical: boolean;
  /** What keeps it from being what it was. */
  readonly notes: readonly RenderNote[];
  /** Its own row of a manifest, were it listed. */
  readonly row: ManifestRow;
  /** The settings that made it, under the digest by which the row names them. */
  readonly recorded: readonly [digest: string, settings: RecordedSettings];
  /** Why it loops where it does; null where nobody asked. */
  readonly explanation: LoopExplanation | null;
}

/** One that could not be made again, and why. */
export interface NotRendered {
  readonly texture: PaletteTexture;
  readonly bytes: null;
  readonly reason: NotRenderedReason;
}

/** Why a texture, by its path in the export, cannot be made again. */
export type NotRenderedReason =
  /** An older version wrote its row. */
  | { readonly code: 'making-unknown'; readonly path: string }
  /** The export folder keeps other settings only; the command that makes such textures would note them. */
  | { readonly code: 'settings-unknown'; readonly path: string; readonly command: string }
  /** Its source and settings give no such texture any more. */
  | { readonly code: 'not-made-again'; readonly path: string }
  /** An error of the engine's, by its code and its sentence. */
  | { readonly code: 'error'; readonly error: ErrorCode; readonly sentence: string };

/** What is otherwise about a texture made again. */
export type RenderNote =
  | { readonly code: 'source-changed'; readonly source: string }
  /** One of the two textures that it is laid of, by their paths. */
  | { readonly code: 'layer-changed'; readonly above: string; readonly below: string }
  | { readonly code: 'other-version'; readonly madeBy: string; readonly version: string }
  | { readonly code: 'other-bytes' }
  /** Its row was edited: figures there, by their columns, are not those of the file. They are a record, and not heeded. */
  | { readonly code: 'row-edited'; readonly columns: readonly EditedColumn[] }
  /** It comes from another place of its source, s: the one of then is not found with what was changed. */
  | { readonly code: 'other-moment'; readonly startSec: number; readonly formerSec: number };

export interface RenderRequest {
  /** The project that the user stands in or names; sources are looked for in that of the export, too. */
  readonly own: OwnProject;
  readonly changes: RenderChanges;
  /** Where one is to lie in the export, which its file says; by default where it lies. */
  readonly placeOf?: (texture: PaletteTexture) => string;
  /** Whether each texture explains its loop. */
  readonly explains?: boolean;
  /** Receives the source being analysed, and the share analysed; what it throws ends it. */
  readonly onProgress: (source: string, share: number) => void;
}

/** Textures of one maker on one source, which are made again together. */
interface Batch extends RemakeRequest {
  readonly wanted: PaletteTexture[];
  readonly notes: readonly RenderNote[];
}

/**
 * Makes textures again, with the settings and the seed that made them, or with some of that changed. Those of one maker
 * of one source come one after the other. What is wrong with one is no reason to leave the others.
 */
export async function* render(
  platform: Platform,
  palette: Palette,
  textures: readonly PaletteTexture[],
  request: RenderRequest,
): AsyncGenerator<Rendered | NotRendered> {
  const record = await readSettingsRecord(platform, palette.exportFolder);
  const batches = new Map<string, Batch>();
  for (const texture of textures) {
    const batch = await batchOf(platform, texture, palette, record, request).catch(unlessUnexpected);
    if ('code' in batch) {
      yield { texture, bytes: null, reason: batch };
      continue;
    }
    const id = JSON.stringify({ ...batch, families: null });
    if (!batches.has(id)) batches.set(id, batch);
    batches.get(id)!.wanted.push(texture);
  }
  for (const batch of batches.values()) yield* renderBatch(platform, batch, request);
}

/** What a row says of how it was made; or why it cannot be made again. */
async function batchOf(
  platform: Platform,
  texture: PaletteTexture,
  palette: Palette,
  record: ReadonlyMap<string, RecordedSettings>,
  { own, changes }: RenderRequest,
): Promise<Batch | NotRenderedReason> {
  const { path, row } = texture;
  const { families } = palette;
  const maker = makersOf(palette.families).find(({ id }) => id === row.making);
  if (!maker) {
    return { code: 'making-unknown', path };
  }
  const recorded = record.get(row.settings);
  if (!recorded) {
    return { code: 'settings-unknown', path, command: commandOf(maker, palette.families) };
  }
  const { value: renamed } = withNewKeys(recorded, families);
  const config = JSON.stringify(withChanges(renamed, texture, changes, families));
  const { settings } = parseConfig(config, `settings of ${path}`, { families });
  const { work, changed } =
    maker.input === 'textures'
      ? await layersOf(platform, texture, palette)
      : await sourceOf(platform, texture, palette.exportFolder, own);
  const notes: RenderNote[] = changed ? [changed] : [];
  if (row.engine_version !== ENGINE_VERSION) {
    notes.push({ code: 'other-version', madeBy: row.engine_version, version: ENGINE_VERSION });
  }
  const source = row.source_path || SYNTHETIC;
  return {
    source,
    name: row.source,
    settings,
    work,
    notes,
    families,
    wanted: [],
    seed: changes.seed ?? Number(row.seed),
    content: row.source_sha256,
  };
}

/** The command that has a maker run. */
function commandOf(maker: MakerDefinition<Settings>, families: Families): string {
  if (maker.input === 'textures') return maker.id;
  const { phase } = maker.input === 'nothing' ? makerOf(maker.standsInFor, families) : maker;
  return phase?.id ?? maker.id;
}

/** From what something was made, and what of that is not as it was. */
interface Origin {
  readonly work: RemakeRequest['work'];
  readonly changed: RenderNote | null;
}

async function sourceOf(
  platform: Platform,
  { path, row }: PaletteTexture,
  exportFolder: string,
  own: OwnProject,
): Promise<Origin> {
  if (row.source_path === '') return { work: { makerId: row.making, path: null }, changed: null };
  const found = await sourceFile(platform, row.source_path, exportFolder, own);
  if (found === null) {
    throw new FileSystemError(
      `The source of “${path}”, “${row.source_path}”, is gone; bring it back, or name its project with --config.`,
    );
  }
  const { file } = found;
  const isSame = (await contentHash(platform, file)) === row.source_sha256;
  const changed = { code: 'source-changed', source: row.source_path } as const;
  return { work: { makerId: row.making, path: file }, changed: isSame ? null : changed };
}

async function layersOf(
  platform: Platform,
  { path, row }: PaletteTexture,
  { textures }: Palette,
): Promise<Origin> {
  const [upper, lower] = row.made_of.split(PATH_SEPARATOR).map((each) => {
    const texture = textures.find((one) => one.path === each);
    if (texture) return texture;
    throw new FileSystemError(`“${path}” was laid of “${each}”, which is gone; make that again first.`);
  });
  const [above, below] = await Promise.all(
    [upper, lower].map(async (each) => ({
      path: each.path,
      file: each.file,
      sha256: await contentHash(platform, each.file),
    })),
  );
  const isSame = digestOfLayers([above, below]) === row.source_sha256;
  return {
    work: {
      makerId: row.making,
      layers: { above: upperLayer(above, upper.row), below, index: Number(row.making_index) },
    },
    changed: isSame ? null : { code: 'layer-changed', above: upper.path, below: lower.path },
  };
}

async function* renderBatch(
  platform: Platform,
  batch: Batch,
  request: RenderRequest,
): AsyncGenerator<Rendered | NotRendered> {
  const { changes, onProgress, explains = false, placeOf = ({ path }) => path } = request;
  // Rate and depth change nothing of what is made, so the order within a unit distinguishes its textures.
  const { lengthSec, seed, settings } = changes;
  const isUnchanged = lengthSec === undefined && seed === undefined && settings === undefined;
  const progress = (share: number) => onProgress(batch.source, share);
  const wants = new Map(batch.wanted.map((each) => [numberOf(each), Number(each.row.source_start_sec)]));
  const asked: RemakeRequest = isUnchanged ? { ...batch, wants } : batch;
  try {
    const work = {
      platform,
      batch,
      changes,
      explains,
      placeOf,
      remade: remake(platform, asked, progress, explains),
    };
    yield* isUnchanged ? renderInOrder(work) : renderNearest(work);
  } catch (error) {
    const reason = unlessUnexpected(error);
    for (const texture of batch.wanted) yield { texture, bytes: null, reason };
  }
}

/** A batch being made again. */
interface BatchAtWork {
  readonly platform: Platform;
  readonly batch: Batch;
  readonly changes: RenderChanges;
  readonly explains: boolean;
  placeOf(texture: PaletteTexture): string;
  /** All of its unit, in order. */
  readonly remade: AsyncIterable<Remade>;
}

/** The number of a texture within its unit, from 1. */
function numberOf({ row }: PaletteTexture): number {
  return Number(row.making_index);
}

/** Each texture by its number within its unit; nothing is made beyond the last. */
async function* renderInOrder(work: BatchAtWork): AsyncGenerator<Rendered | NotRendered> {
  const { batch } = work;
  const waiting = new Map(batch.wanted.map((texture) => [numberOf(texture), texture]));
  for await (const remade of work.remade) {
    const { index } = remade;
    const texture = waiting.get(index);
    if (!texture) continue;
    yield await renderedOf(texture, remade, work);
    waiting.delete(index);
    if (waiting.size === 0) return;
  }
  for (const texture of waiting.values()) yield notMade(texture);
}

/**
 * Each texture as the one of the same kind that comes from the nearest place in the source: with another seed or
 * length not all the same moments may be found.
 */
async function* renderNearest(work: BatchAtWork): AsyncGenerator<Rendered | NotRendered> {
  const { batch, changes } = work;
  const nearest = new Map<PaletteTexture, { remade: Remade; distance: number }>();
  for await (const remade of work.remade) {
    for (const texture of batch.wanted) {
      if (!isOfKind(texture, remade.texture)) continue;
      const distance = distanceOf(texture, remade, changes);
      if (distance < (nearest.get(texture)?.distance ?? Number.POSITIVE_INFINITY)) {
        nearest.set(texture, { remade, distance });
      }
    }
  }
  for (const texture of batch.wanted) {
    const found = nearest.get(texture);
    yield found ? await renderedOf(texture, found.remade, work) : notMade(texture);
  }
}

function isOfKind(texture: PaletteTexture, { family, variant, loop }: Texture): boolean {
  return (
    texture.family === family &&
    withoutBars(texture.variant) === withoutBars(variant) &&
    texture.isLoop === (loop !== null)
  );
}

function withoutBars(variant: string): string {
  return variant.replace(/_?\d+bar$/, '');
}

/** Seconds in the source between two textures; of those from one place, the same number is nearest. */
function distanceOf({ row }: PaletteTexture, { index, texture }: Remade, changes: RenderChanges): number {
  const { origin } = texture;
  const start = Math.abs(origin.startSec - Number(row.source_start_sec));
  const end = changes.lengthSec === undefined ? Math.abs(origin.endSec - Number(row.source_end_sec)) : 0;
  return start + end + 1e-6 * Math.abs(index - Number(row.making_index));
}

/** A place in the source further away than this is another moment, seconds. */
const SAME_MOMENT_SEC = 0.5;

async function renderedOf(
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
  { settings, families, seed, content }: Batch,
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

function notMade(texture: PaletteTexture): NotRendered {
  return { texture, bytes: null, reason: { code: 'not-made-again', path: texture.path } };
}

function unlessUnexpected(error: unknown): NotRenderedReason {
  if (error instanceof AfterglowError) return { code: 'error', error: error.code, sentence: error.message };
  throw error;
}
