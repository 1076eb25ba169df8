/** Taking the edge off what strikes or breaks off in a ring: a change of many bands at once that stands out is drawn out. */

import { log10, pow } from './maths.ts';
import { RingFrames } from './ring-frames.ts';

/** How {@link softenChanges} softens. */
export interface Softening {
  /** A mean change over all bands within 23 ms is too much above this many times its own median… */
  readonly medians: number;
  /** …where it is also above this, dB. */
  readonly leastDb: number;
}

/** Windows so short that a strike fills one, and what lies before it another. */
const FRAME_SEC = 0.023;
const OVERLAP = 4;
const BANDS = 32;
/** Bands further than this under the loudest there is are not heard to change: 60 dB, in power. */
const FLOOR = 1e-6;

/**
 * Lowers what rises too fast in too many bands at once, and then what falls, for as long as it would. Bands that change one by
 * one, as those of noise or of a moving chord do, are left as they are, and so is all where nothing stands out. In place.
 */
export function softenChanges(
  channels: readonly Float32Array[],
  sampleRate: number,
  softening: Softening,
): void {
  const frames = new RingFrames(channels[0].length, sampleRate, FRAME_SEC, OVERLAP, BANDS);
  if (frames.count < 4 * OVERLAP) return;
  const levels = levelsOf(frames.powersOf(channels));
  const wanted = levels.map((level) => level.slice());
  const limit = Math.max(softening.leastDb, softening.medians * medianRise(levels));
  limitRises(wanted, limit, 1);
  limitRises(wanted, limit, -1);
  const gains = wanted.map((band, b) => band.map((level, i) => pow(10, (level - levels[b][i]) / 20)));
  frames.applyTo(channels, gains);
}

/** What the bands are at, dB, with one floor for all. */
function levelsOf(powers: readonly Float32Array[]): Float32Array[] {
  const loudest = powers.reduce(
    (most, band) => band.reduce((max, value) => Math.max(max, value), most),
    1e-30,
  );
  return powers.map((band) => band.map((value) => 10 * log10(Math.max(value, FLOOR * loudest))));
}

function medianRise(levels: readonly Float32Array[]): number {
  const count = levels[0].length;
  const rises = new Float32Array(count);
  for (const level of levels) {
    for (let i = 0; i < count; i++) {
      rises[i] += Math.max(0, level[i] - level[(i + count - OVERLAP) % count]) / levels.length;
    }
  }
  return rises.sort()[count >> 1];
}

/** Lowers levels that rise by more than the limit together, going round in one direction. @param direction 1 or -1 */
function limitRises(levels: readonly Float32Array[], limit: number, direction: 1 | -1): void {
  const count = levels[0].length;
  // Twice round, so that the first frame knows what the last one left.
  for (let step = 0; step < 2 * count; step++) {
    const frame = (direction * step + 2 * count) % count;
    const before = (frame - direction * OVERLAP + count) % count;
    let rise = 0;
    for (const level of levels) rise += Math.max(0, level[frame] - level[before]) / levels.length;
    if (rise <= limit) continue;
    const share = limit / rise;
    for (const level of levels) {
      if (level[frame] > level[before]) level[frame] = level[before] + share * (level[frame] - level[before]);
    }
  }
}
