/** Textures made again from their rows in the manifest and their untouched sources. */
import { readFile } from 'node:fs/promises';
import { contentHash } from '../archive/content-hash.ts';
import { PATH_SEPARATOR } from '../archive/manifest-row.ts';
import { withNewKeys } from '../config/old-keys.ts';
import { parseConfig } from '../config/parse.ts';
import type { Families, Settings } from '../config/settings.ts';
import { digestOfLayers, upperLayer } from '../engine/layers.ts';
import { SYNTHETIC } from '../engine/plan.ts';
import { type Remade, type Remaking, remake } from '../engine/remake.ts';
import { type RecordedSettings, readSettingsRecord } from '../engine/settings-record.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { AfterglowError, FileSystemError } from '../errors.ts';
import type { MakerDefinition } from '../families/family.ts';
import { makerOf, makersOf } from '../families/lookup.ts';
import type { Texture } from '../families/texture.ts';
import { type RenderChanges, withChanges } from './changes.ts';
import { type OwnProject, sourceFile } from './origin-project.ts';
import type { Palette, PaletteTexture } from './palette.ts';

/** A texture made again. */
export interface Rendered {
  readonly texture: PaletteTexture;
  readonly bytes: Uint8Array;
  readonly durationSec: number;
  /** Nothing was changed, and it is byte for byte what lies in the export folder. */
  readonly isIdentical: boolean;
  /** Plain sentences, without a full stop, on what keeps it from being what it was. */
  readonly notes: readonly string[];
}

/** One that could not be made again, and why, in a plain sentence. */
export interface NotRendered {
  readonly texture: PaletteTexture;
  readonly bytes: null;
  readonly reason: string;
}

export interface RenderRequest {
  /** The project that the user stands in or names; sources are looked for in that of the export, too. */
  readonly own: OwnProject;
  readonly changes: RenderChanges;
  /** Told of the source being heard, and the share heard; what it throws ends it. */
  readonly onProgress: (source: string, share: number) => void;
}

/** Textures of one making of one source, which are made again together. */
interface Batch extends Remaking {
  readonly wanted: PaletteTexture[];
  readonly notes: readonly string[];
}

/**
 * Makes textures again, with the settings and the seed that made them, or with some of that changed. Those of one making
 * of one source come one after the other. What is wrong with one is no reason to leave the others.
 */
export async function* render(
  palette: Palette,
  textures: readonly PaletteTexture[],
  request: RenderRequest,
): AsyncGenerator<Rendered | NotRendered> {
  const record = await readSettingsRecord(palette.exportFolder);
  const batches = new Map<string, Batch>();
  for (const texture of textures) {
    const batch = await batchOf(texture, palette, record, request).catch(unlessUnforeseen);
    if (typeof batch === 'string') {
      yield { texture, bytes: null, reason: batch };
      continue;
    }
    const id = JSON.stringify({ ...batch, families: null });
    if (!batches.has(id)) batches.set(id, batch);
    batches.get(id)!.wanted.push(texture);
  }
  for (const batch of batches.values()) yield* renderBatch(batch, request);
}

/** What a row says of its making; or why it cannot be made again. */
async function batchOf(
  texture: PaletteTexture,
  palette: Palette,
  record: ReadonlyMap<string, RecordedSettings>,
  { own, changes }: RenderRequest,
): Promise<Batch | string> {
  const { path, row } = texture;
  const { families } = palette;
  const maker = makersOf(palette.families).find(({ id }) => id === row.making);
  if (!maker) {
    return `The manifest does not say how “${path}” was made, since an older version wrote it; run what made it once more.`;
  }
  const recorded = record.get(row.settings);
  if (!recorded) {
    return `The settings that made “${path}” are not in .afterglow-settings.json of its export folder; run what made it (${commandOf(maker, palette.families)}, or batch) once more, and they are.`;
  }
  const { value: renamed } = withNewKeys(recorded, families);
  const config = JSON.stringify(withChanges(renamed, texture, changes, families));
  const { settings } = parseConfig(config, `settings of ${path}`, { families });
  const { work, hasChanged } =
    maker.input === 'textures'
      ? await layersOf(texture, palette)
      : await sourceOf(texture, palette.exportFolder, own);
  const notes: string[] = [];
  if (hasChanged) notes.push(`${hasChanged} has changed since`);
  if (row.engine_version !== ENGINE_VERSION) {
    notes.push(`afterglow ${row.engine_version} made it, and this is ${ENGINE_VERSION}`);
  }
  const source = row.source_path || SYNTHETIC;
  return {
    ...{ source, name: row.source, settings, work, notes, families, wanted: [] },
    ...{ seed: changes.seed ?? Number(row.seed), content: row.source_sha256 },
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
  readonly work: Remaking['work'];
  readonly hasChanged: string | null;
}

async function sourceOf(
  { path, row }: PaletteTexture,
  exportFolder: string,
  own: OwnProject,
): Promise<Origin> {
  if (row.source_path === '') return { work: { making: row.making, path: null }, hasChanged: null };
  const found = await sourceFile(row.source_path, exportFolder, own);
  if (found === null) {
    throw new FileSystemError(
      `The source of “${path}”, “${row.source_path}”, is gone; bring it back, or name its project with --config.`,
    );
  }
  const { file } = found;
  const isSame = (await contentHash(file)) === row.source_sha256;
  return {
    work: { making: row.making, path: file },
    hasChanged: isSame ? null : `its source, “${row.source_path}”,`,
  };
}

async function layersOf({ path, row }: PaletteTexture, { textures }: Palette): Promise<Origin> {
  const [pad, bed] = row.made_of.split(PATH_SEPARATOR).map((each) => {
    const texture = textures.find((one) => one.path === each);
    if (texture) return texture;
    throw new FileSystemError(`“${path}” was laid of “${each}”, which is gone; make that again first.`);
  });
  const [above, under] = await Promise.all(
    [pad, bed].map(async (each) => ({
      path: each.path,
      file: each.file,
      sha256: await contentHash(each.file),
    })),
  );
  const isSame = digestOfLayers([above, under]) === row.source_sha256;
  return {
    work: {
      making: row.making,
      layers: { above: upperLayer(above, pad.row), below: under, index: Number(row.making_index) },
    },
    hasChanged: isSame ? null : `“${pad.path}” or “${bed.path}”, of which it is laid,`,
  };
}

async function* renderBatch(batch: Batch, request: RenderRequest): AsyncGenerator<Rendered | NotRendered> {
  const { changes, onProgress } = request;
  // Rate and depth change nothing of what is made, so the order of a making tells its textures apart.
  const isSameMaking = changes.lengthSec === undefined && changes.seed === undefined;
  const progress = (share: number) => onProgress(batch.source, share);
  try {
    yield* isSameMaking ? renderInOrder(batch, changes, progress) : renderNearest(batch, changes, progress);
  } catch (error) {
    const reason = unlessUnforeseen(error);
    for (const texture of batch.wanted) yield { texture, bytes: null, reason };
  }
}

/** Each texture by its number in its making; nothing is made beyond the last. */
async function* renderInOrder(
  batch: Batch,
  changes: RenderChanges,
  onProgress: (share: number) => void,
): AsyncGenerator<Rendered | NotRendered> {
  const waiting = new Map(batch.wanted.map((texture) => [Number(texture.row.making_index), texture]));
  for await (const remade of remake(batch, onProgress)) {
    const { index } = remade;
    const texture = waiting.get(index);
    if (!texture) continue;
    yield await renderedOf(texture, remade, batch, changes);
    waiting.delete(index);
    if (waiting.size === 0) return;
  }
  for (const texture of waiting.values()) yield notMade(texture);
}

/**
 * Each texture as the one of the same kind that comes from the nearest place in the source: with another seed or
 * length not all the same moments may be found.
 */
async function* renderNearest(
  batch: Batch,
  changes: RenderChanges,
  onProgress: (share: number) => void,
): AsyncGenerator<Rendered | NotRendered> {
  const nearest = new Map<PaletteTexture, { remade: Remade; distance: number }>();
  for await (const remade of remake(batch, onProgress)) {
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
    yield found ? await renderedOf(texture, found.remade, batch, changes) : notMade(texture);
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
  batch: Batch,
  changes: RenderChanges,
): Promise<Rendered> {
  const { bytes, finished } = remade.file(texture.path, changes.rate);
  const isChanged = Object.values(changes).some((change) => change !== undefined);
  const isIdentical = !isChanged && Buffer.compare(bytes, await readFile(texture.file)) === 0;
  const notes = [...batch.notes];
  if (!isChanged && !isIdentical) notes.push('it is not byte for byte what lies in the export folder');
  const startSec = Number(texture.row.source_start_sec);
  if (isChanged && Math.abs(finished.origin.startSec - startSec) > SAME_MOMENT_SEC) {
    notes.push(
      `it is from ${finished.origin.startSec.toFixed(1)} s of its source, not ${startSec.toFixed(1)} s, since that moment is not found so`,
    );
  }
  return { texture, bytes, durationSec: finished.figures.durationSec, isIdentical, notes };
}

function notMade(texture: PaletteTexture): NotRendered {
  const reason = `“${texture.path}” did not come again: with this source and these settings no such texture is made.`;
  return { texture, bytes: null, reason };
}

function unlessUnforeseen(error: unknown): string {
  if (error instanceof AfterglowError) return error.message;
  throw error;
}
