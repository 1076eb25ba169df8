/** Textures made again from their rows in the manifest and their untouched sources. */
import { type Remade, type RemakeRequest, remake } from '../engine/remake.ts';
import { readSettingsRecord } from '../engine/settings-record.ts';
import { AfterglowError } from '../errors.ts';
import type { Texture } from '../families/texture.ts';
import type { Platform } from '../platform/platform.ts';
import type { RenderChanges } from './changes.ts';
import type { Palette, PaletteTexture } from './palette.ts';
import { type RenderBatch, renderBatchOf } from './render-batch.ts';
import type { NotRendered, NotRenderedReason, Rendered, RenderRequest } from './rendered.ts';
import { type BatchAtWork, renderedOf } from './rendered-texture.ts';

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
  const batches = new Map<string, RenderBatch>();
  for (const texture of textures) {
    const batch = await renderBatchOf(platform, texture, palette, record, request).catch(unlessUnexpected);
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

async function* renderBatch(
  platform: Platform,
  batch: RenderBatch,
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

function notMade(texture: PaletteTexture): NotRendered {
  return { texture, bytes: null, reason: { code: 'not-made-again', path: texture.path } };
}

function unlessUnexpected(error: unknown): NotRenderedReason {
  if (error instanceof AfterglowError) return { code: 'error', error: error.code, sentence: error.message };
  throw error;
}
