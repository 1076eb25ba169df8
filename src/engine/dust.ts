/** Dust from files: which bed goes under which pad, and what comes of it. */
import { createHash } from 'node:crypto';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { readWholeSound } from '../archive/whole-sound.ts';
import type { Settings } from '../config/settings.ts';
import { noteNumber } from '../curation/note-names.ts';
import { Random } from '../dsp/random.ts';
import { layDust } from '../textures/dust.ts';
import type { Made, Texture } from '../textures/texture.ts';

/** A looping texture in the export folder. */
export interface Layer {
  /** Under the export folder, with slashes. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  readonly sha256: string;
}

/** A pad, with what its dust inherits of it. */
export interface PadLayer extends Layer, Pick<Texture, 'variant' | 'origin' | 'stability' | 'root'> {}

/** The pads of one source, and all beds that may lie under them. */
export interface DustLayers {
  /** Digest of them all. */
  readonly sha256: string;
  /** In the order of their paths. */
  readonly pads: readonly PadLayer[];
  readonly beds: readonly Layer[];
}

/** A pad's layer, by its row in the manifest. */
export function padLayer(layer: Layer, row: ManifestRow): PadLayer {
  const note = noteNumber(row.root_note);
  return {
    ...layer,
    variant: row.variant,
    origin: { startSec: Number(row.source_start_sec), endSec: Number(row.source_end_sec) },
    stability: row.stability === '' ? null : Number(row.stability),
    root:
      note === null ? null : { note, cents: Number(row.root_cents), confidence: Number(row.root_confidence) },
  };
}

/** One of two layers, by their paths, is silent: nothing can be laid. */
export interface LayerSilent {
  readonly code: 'layer-silent';
  readonly pad: string;
  readonly bed: string;
}

/** Digest of several layers together, in their order. */
export function digestOfLayers(layers: readonly Layer[]): string {
  const hash = createHash('sha256');
  for (const { sha256 } of layers) hash.update(sha256);
  return hash.digest('hex');
}

/** The dust of one source: each pad over as many beds as the settings ask for, if there are so many. */
export async function* makeDust(
  { pads, beds }: DustLayers,
  settings: Settings,
  seed: number,
): AsyncGenerator<Made<LayerSilent>> {
  let index = 1;
  for (const pad of pads) {
    for (const bed of bedsFor(pad, beds, seed).slice(0, settings.dust.dusts_per_pad)) {
      const made = await dustOf(pad, bed, index, settings);
      if ('sound' in made) index++;
      yield made;
    }
  }
}

/**
 * Beds in the order in which a pad takes them: by chance, of seed and of the bytes of both, so that a bed more or less
 * leaves the other choices as they were.
 */
function bedsFor(pad: Layer, beds: readonly Layer[], seed: number): Layer[] {
  return beds
    .map((bed) => ({ bed, lot: new Random(seed, 'dust', pad.sha256, bed.sha256).uniform() }))
    .sort((a, b) => a.lot - b.lot || (a.bed.path < b.bed.path ? -1 : 1))
    .map(({ bed }) => bed);
}

/**
 * A pad over a bed.
 * @param index counts from 1 within its source
 * @throws AudioError, FileSystemError where one of them cannot be read
 */
export async function dustOf(
  pad: PadLayer,
  bed: Layer,
  index: number,
  settings: Settings,
): Promise<Made<LayerSilent>> {
  const [above, under] = await Promise.all([pad, bed].map(({ file }) => readWholeSound(file)));
  const sound = layDust(above, under, settings.dust.level_db);
  const { variant, origin, stability, root } = pad;
  if (sound === null) {
    return { family: 'dust', variant, reason: { code: 'layer-silent', pad: pad.path, bed: bed.path } };
  }
  return {
    ...{ family: 'dust', naming: 'dust', index, variant, sound, origin, stability },
    ...(root === undefined ? {} : { root }),
    loop: { kind: 'ring' },
    madeOf: { paths: [pad.path, bed.path], sha256: digestOfLayers([pad, bed]) },
    targetPeakDb: settings.global.target_peak_dbfs,
  };
}
