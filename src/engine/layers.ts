/** Textures to be laid over each other, as plans know them; `lay.ts` lays them. */

import type { ManifestRow } from '../archive/manifest-row.ts';
import type { Families, Settings } from '../config/settings.ts';
import type { ExpectedTexture, LayerMaker, MakerId } from '../families/family.ts';
import { makersOf } from '../families/lookup.ts';
import type { Texture } from '../families/texture.ts';
import { sha256Of } from '../platform/sha256.ts';

/** A looping texture in the export folder. */
export interface Layer {
  /** Under the export folder, with slashes. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  readonly sha256: string;
}

/** What lies above, with what the whole inherits of it. */
export interface UpperLayer extends Layer, Pick<Texture, 'variant' | 'origin' | 'stability'> {}

/** What lies above, of one source, and all that may lie below. */
export interface Layers {
  /** Digest of them all. */
  readonly sha256: string;
  /** In the order of their paths. */
  readonly above: readonly UpperLayer[];
  readonly below: readonly Layer[];
}

/** A maker that lays textures over each other. */
export type LayeringMaker = LayerMaker<Settings>;

/** The makers that lay textures over each other. */
export function layerMakers(families: Families): LayeringMaker[] {
  return makersOf(families).filter((maker) => maker.input === 'textures');
}

/** Whether a maker has textures for its source, which lie in the export folder. */
export function isOfTextures(makerId: MakerId, families: Families): boolean {
  return layerMakers(families).some(({ id }) => id === makerId);
}

/** An upper layer, by its row in the manifest. */
export function upperLayer(layer: Layer, row: ManifestRow): UpperLayer {
  return {
    ...layer,
    variant: row.variant,
    origin: { startSec: Number(row.source_start_sec), endSec: Number(row.source_end_sec) },
    stability: row.stability === '' ? null : Number(row.stability),
  };
}

/** Digest of several layers together, in their order. */
export function digestOfLayers(layers: readonly Layer[]): string {
  return sha256Of(layers.map(({ sha256 }) => sha256).join(''));
}

/** What will be made of layers; nothing where it is not known of which. */
export function expectedLayers(
  maker: LayeringMaker,
  layers: Layers | undefined,
  settings: Settings,
): ExpectedTexture[] {
  const each = Math.min(maker.each(settings), layers?.below.length ?? 0);
  const variants = layers?.above.flatMap(({ variant }) => Array<string>(each).fill(variant)) ?? [];
  return variants.map((variant, i) => ({ naming: maker.naming, index: i + 1, variant, certain: true }));
}
