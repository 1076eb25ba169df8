/** Textures laid over each other, from files: which one goes under which, and what comes of it. */

import type { ManifestRow } from '../archive/manifest-row.ts';
import { readWholeSound } from '../archive/whole-sound.ts';
import type { Families, Settings } from '../config/settings.ts';
import { Random } from '../dsp/random.ts';
import type { ExpectedTexture, LayerMaker, MakerId } from '../families/family.ts';
import { familyOfMaker, makersOf } from '../families/lookup.ts';
import type { Made, Texture } from '../families/texture.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256Of } from '../platform/sha256.ts';

/** One of two layers, by their paths, is silent: nothing can be laid. */
export interface LayerSilent {
  readonly code: 'layer-silent';
  readonly above: string;
  readonly below: string;
}

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

/** Of one source: each upper layer over as many others as the settings ask for, if there are so many. */
export async function* makeLayered(
  platform: Platform,
  maker: LayeringMaker,
  { above, below }: Layers,
  settings: Settings,
  seed: number,
  families: Families,
): AsyncGenerator<Made<LayerSilent>> {
  let index = 1;
  for (const upper of above) {
    for (const lower of lowersFor(upper, below, maker, seed).slice(0, maker.each(settings))) {
      const made = await layered(platform, maker, { above: upper, below: lower, index }, settings, families);
      if ('sound' in made) index++;
      yield made;
    }
  }
}

/**
 * Lower layers in the order in which an upper one takes them: at random, of seed and of the bytes of both, so that one more
 * or less leaves the other choices as they were.
 */
function lowersFor(upper: Layer, below: readonly Layer[], { id }: LayeringMaker, seed: number): Layer[] {
  return below
    .map((lower) => ({ lower, lot: new Random(seed, id, upper.sha256, lower.sha256).uniform() }))
    .sort((a, b) => a.lot - b.lot || (a.lower.path < b.lower.path ? -1 : 1))
    .map(({ lower }) => lower);
}

/** Two textures of which one is to be made. */
export interface LayerPair {
  readonly above: UpperLayer;
  readonly below: Layer;
  /** Counts from 1 within its source. */
  readonly index: number;
}

/**
 * One texture over another.
 * @throws AudioError, FileSystemError where one of them cannot be read
 */
export async function layered(
  platform: Platform,
  maker: LayeringMaker,
  { above, below, index }: LayerPair,
  settings: Settings,
  families: Families,
): Promise<Made<LayerSilent>> {
  const family = familyOfMaker(maker.id, families).id;
  const [upper, lower] = await Promise.all([above, below].map(({ file }) => readWholeSound(platform, file)));
  const sound = (await maker.load())(upper, lower, settings);
  const { variant, origin, stability } = above;
  if (sound === null) {
    return { family, variant, reason: { code: 'layer-silent', above: above.path, below: below.path } };
  }
  return {
    family,
    naming: maker.naming,
    index,
    variant,
    sound,
    origin,
    stability,
    loop: { kind: 'ring' },
    madeOf: { paths: [above.path, below.path], sha256: digestOfLayers([above, below]) },
    targetPeakDb: settings.global.target_peak_dbfs,
  };
}
