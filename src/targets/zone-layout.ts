/** Samples over the keys of a keyboard: by their roots, one a key, or one over all. */
import { CLEAR_ENOUGH_TO_SAY, isClear } from '../analysis/confidence.ts';
import { isOneMoment } from './moments.ts';
import type { InstrumentSample, Zone } from './zones.ts';

/** Of palettes and sources: roots lie from C2 to C7, and reach to C8. */
const PLAYED_KEYS = { lowest: 36, highestRoot: 96, highest: 108 };
/** The keys of a piano, A0 to C8. */
const PIANO = { lowest: 21, highest: 108 };
/** C4, where hands lie: what has no root that is known sounds there as it is. */
export const MIDDLE_KEY = 60;
/** How far a texture is transposed at most where others are beside it, in semitones: two octaves up, two seconds last half a second. */
const REACH = 24;
/** More layers cannot be distinguished by hand. */
const MOST_LAYERS = 4;
/** Four notes at this loudness stay under full scale, as a rule. */
const TARGET_LUFS = -18;
const LOUDEST_GAIN_DB = 6;
const SOFTEST_GAIN_DB = -24;

/** The key of a root, moved by octaves to where it can be played; null where there is none that is clear. */
export function rootKeyOf(
  { root }: Pick<InstrumentSample, 'root'>,
  lowest = PLAYED_KEYS.lowest,
  highest = PLAYED_KEYS.highestRoot,
): number | null {
  if (!isClear(root, CLEAR_ENOUGH_TO_SAY.root)) return null;
  const up = Math.max(0, Math.ceil((lowest - root.note) / 12));
  const down = Math.max(0, Math.ceil((root.note - highest) / 12));
  return root.note + 12 * (up - down);
}

/** Zones that meet halfway between roots; the key in the middle goes down, which keeps more of the sound than up. */
export function rootZones(samples: readonly InstrumentSample[]): Zone[] {
  const byKey = grouped(samples, (sample) => rootKeyOf(sample));
  const keys = [...byKey.keys()].sort((a, b) => a - b);
  return keys.flatMap((key, i) => {
    const below = i === 0 ? PLAYED_KEYS.lowest : Math.ceil((keys[i - 1] + key) / 2);
    const above = i === keys.length - 1 ? PLAYED_KEYS.highest : Math.ceil((key + keys[i + 1]) / 2) - 1;
    return stack(byKey.get(key)!, {
      lowKey: Math.max(below, key - REACH),
      highKey: Math.min(above, key + REACH),
      rootKey: key,
      tracksKeys: true,
    });
  });
}

/** One key a sample, at its own pitch. */
export function fixedZones(samples: readonly InstrumentSample[], keyOf: (index: number) => number): Zone[] {
  const keys = samples.map((_, index) => keyOf(index));
  const byKey = grouped(samples, (_, index) => keys[index]);
  return [...byKey]
    .sort(([a], [b]) => a - b)
    .flatMap(([key, own]) => stack(own, { lowKey: key, highKey: key, rootKey: key, tracksKeys: false }));
}

/** One sample over all keys of a piano: by its root or, where that is not known, so that C4 plays it as it is. */
export function wholeKeyboard(sample: InstrumentSample): Zone[] {
  return stack([sample], {
    lowKey: PIANO.lowest,
    highKey: PIANO.highest,
    rootKey: rootKeyOf(sample, PIANO.lowest, PIANO.highest) ?? MIDDLE_KEY,
    tracksKeys: true,
  });
}

/** Keys of a range one after the other, and round again. */
export function dealt(first: number, count: number): (index: number) => number {
  return (index) => first + (index % count);
}

/** Keys from the middle of the keyboard up, then those below it downwards, and round again. */
export function dealtFromTheMiddle(): (index: number) => number {
  const above = PLAYED_KEYS.highest - MIDDLE_KEY + 1;
  const count = PLAYED_KEYS.highest - PLAYED_KEYS.lowest + 1;
  return (index) => {
    const at = index % count;
    return at < above ? MIDDLE_KEY + at : MIDDLE_KEY - 1 - (at - above);
  };
}

/**
 * Samples that share keys. Those of one moment are shades of one sound: they lie on layers of velocity, the darkest at the
 * softest. Others have nothing in common, and take turns, as do those beyond {@link MOST_LAYERS}.
 */
function stack(
  samples: readonly InstrumentSample[],
  place: Pick<Zone, 'lowKey' | 'highKey' | 'rootKey' | 'tracksKeys'>,
): Zone[] {
  const byBrightness = [...samples].sort((a, b) => (a.centroidHz ?? 0) - (b.centroidHz ?? 0));
  const layers = isOneMoment(samples) ? Math.min(MOST_LAYERS, samples.length) : 1;
  return Array.from({ length: layers }, (_, layer) => {
    const from = Math.floor((layer * samples.length) / layers);
    const own = byBrightness.slice(from, Math.floor(((layer + 1) * samples.length) / layers));
    return own.map((sample, turn) => ({
      sample,
      ...place,
      tuneCents: place.tracksKeys && rootKeyOf(sample) !== null ? -sample.root!.cents : 0,
      gainDb: gainOf(sample),
      lowVelocity: Math.floor((127 * layer) / layers) + 1,
      highVelocity: Math.floor((127 * (layer + 1)) / layers),
      turn: { position: turn + 1, of: own.length },
    }));
  }).flat();
}

/** To equal loudness, where that is known. */
export function gainOf({ lufs }: Pick<InstrumentSample, 'lufs'>): number {
  if (lufs === null) return 0;
  return Math.min(LOUDEST_GAIN_DB, Math.max(SOFTEST_GAIN_DB, TARGET_LUFS - lufs));
}

/** By key, in the order of the samples; without those that have none. */
function grouped(
  samples: readonly InstrumentSample[],
  keyOf: (sample: InstrumentSample, index: number) => number | null,
): Map<number, InstrumentSample[]> {
  const groups = new Map<number, InstrumentSample[]>();
  samples.forEach((sample, index) => {
    const key = keyOf(sample, index);
    if (key === null) return;
    const own = groups.get(key);
    if (own) own.push(sample);
    else groups.set(key, [sample]);
  });
  return groups;
}
