import type { Families, Settings } from '../config/settings.ts';
import type { MakerId } from '../families/family.ts';
import { expectedOf } from './expected-files.ts';
import { pcmBytes } from './pcm-bytes.ts';

/**
 * What one texture costs beside reading, in bytes of 16-bit PCM that are read and heard in the same time. Measured: a
 * pad source of 0.5 to 6 MB takes 3 CPU s for its 27 textures, a WAV song of 59 MB 1.5 s with three.
 */
const TEXTURE_BYTES = 4_000_000;

/** The order of tasks: the most work first, so that no worker is left alone with it at the end; the same on every machine. */
export function mostWorkFirst<Item extends Load & { readonly source: string }>(
  workOf: (load: Load) => number,
): (a: Item, b: Item) => number {
  return (a, b) => workOf(b) - workOf(a) || (a.source < b.source ? -1 : 1);
}

/** What is known of a source before it is opened. */
interface Load {
  readonly path: string | null;
  readonly bytes: number;
  readonly makers: readonly MakerId[];
}

/**
 * How much work sources are: what comes first in a run, which shard gets what, and how far a run is. In bytes of 16-bit
 * PCM; the same on every machine. Bytes alone would not do, since much is made of small pad sources.
 */
export function workMeter(settings: Settings, families: Families): (load: Load) => number {
  const ofMakers = new Map<MakerId, number>();
  const ofMaker = (makerId: MakerId): number => {
    const known = ofMakers.get(makerId) ?? TEXTURE_BYTES * expectedOf(makerId, { settings }, families).length;
    ofMakers.set(makerId, known);
    return known;
  };
  return ({ path, bytes, makers }) =>
    makers.reduce((sum, makerId) => sum + ofMaker(makerId), pcmBytes(path, bytes));
}
