/** Lays textures over each other, from files: which one goes under which, and what comes of it. */

import { layersTexture } from '../analysis/source-texture.ts';
import { readWholeSound } from '../archive/whole-sound.ts';
import type { Families, Settings } from '../config/settings.ts';
import { Random } from '../dsp/random.ts';
import { familyOfMaker } from '../families/lookup.ts';
import type { Made } from '../families/texture.ts';
import type { Platform } from '../platform/platform.ts';
import { digestOfLayers, type Layer, type LayeringMaker, type Layers, type UpperLayer } from './layers.ts';

/** One of two layers, by their paths, is silent: nothing can be laid. */
export interface LayerSilent {
  readonly code: 'layer-silent';
  readonly above: string;
  readonly below: string;
}

/**
 * Of one source: each upper layer over as many others as the settings ask for, if there are so many.
 * @param assertGoesOn throws once nothing more is to be made
 */
export async function* makeLayered(
  platform: Platform,
  maker: LayeringMaker,
  { above, below }: Layers,
  settings: Settings,
  seed: number,
  families: Families,
  assertGoesOn: () => void,
): AsyncGenerator<Made<LayerSilent>> {
  let index = 1;
  for (const upper of above) {
    for (const lower of lowersFor(upper, below, maker, seed).slice(0, maker.each(settings))) {
      assertGoesOn();
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
    madeLike: layersTexture([upper, lower]),
    madeOf: { paths: [above.path, below.path], sha256: digestOfLayers([above, below]) },
    targetPeakDb: settings.global.target_peak_dbfs,
  };
}
