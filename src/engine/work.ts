import type { Families, Settings } from '../config/settings.ts';
import type { MakerId } from '../families/family.ts';
import { expectedOf } from './expected-files.ts';
import { mostPcmBytes, pcmBytes } from './pcm-bytes.ts';

/**
 * What one texture costs beside reading, in bytes of 16-bit PCM that are read and analysed in the same time. Measured on 17 pad sources
 * and 18 songs: 2.7 CPU s for the 31 textures of a pad source, of which a song has 6 and takes 3.5 s for 200 s.
 */
const TEXTURE_BYTES = 1_000_000;

/**
 * The order of tasks: the most work first, so that no worker is left alone with it at the end; the same on every machine. What may be
 * longer than it looks comes early, since a long one at the end costs all workers but one their time: of 61 sources, two workers
 * took 6 s of 83 less.
 */
export function mostWorkFirst<Item extends Load & { readonly source: string }>(
  settings: Settings,
  families: Families,
): (a: Item, b: Item) => number {
  const workOf = meter(settings, families, mostPcmBytes);
  return (a, b) => workOf(b) - workOf(a) || (a.source < b.source ? -1 : 1);
}

/** What is known of a source before it is opened. */
interface Load {
  readonly path: string | null;
  readonly bytes: number;
  readonly makers: readonly MakerId[];
}

/**
 * How much work sources are: which shard gets what, and how far a run is. In bytes of 16-bit
 * PCM; the same on every machine. Bytes alone would not do, since much is made of small pad sources.
 */
export function workMeter(settings: Settings, families: Families): (load: Load) => number {
  return meter(settings, families, pcmBytes);
}

function meter(settings: Settings, families: Families, sizeOf: typeof pcmBytes): (load: Load) => number {
  const ofMakers = new Map<MakerId, number>();
  const ofMaker = (makerId: MakerId): number => {
    const known = ofMakers.get(makerId) ?? TEXTURE_BYTES * expectedOf(makerId, { settings }, families).length;
    ofMakers.set(makerId, known);
    return known;
  };
  return ({ path, bytes, makers }) =>
    makers.reduce((sum, makerId) => sum + ofMaker(makerId), sizeOf(path, bytes));
}
