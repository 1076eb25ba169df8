/** Taking the edge off what strikes or breaks off in a ring: a change of many bands at once that stands out is drawn out. */

import { withWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { pow } from './maths.ts';
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
/** Of silence: the kernel takes no smaller one. */
const LEAST_POWER = 1e-36;

/**
 * Lowers what rises too fast in too many bands at once, and then what falls, for as long as it would. Bands that change one by
 * one, as those of noise or of a moving chord do, are left as they are, and so is all where nothing stands out. In place.
 * @returns by how much a band was lowered at most, dB
 */
export function softenChanges(
  channels: readonly Float32Array[],
  sampleRate: number,
  softening: Softening,
): number {
  const frames = new RingFrames(channels[0].length, sampleRate, FRAME_SEC, OVERLAP, BANDS);
  if (frames.count < 4 * OVERLAP) return 0;
  const levels = levelsOf(frames.powersOf(channels));
  const wanted = levels.map((level) => level.slice());
  const limit = Math.max(softening.leastDb, softening.medians * medianRise(levels));
  limitRises(wanted, limit, 1);
  limitRises(wanted, limit, -1);
  frames.applyTo(
    channels,
    wanted.map((band, b) => gainsTo(band, levels[b])),
  );
  return wanted.reduce((most, band, b) => Math.max(most, largestDrop(levels[b], band)), 0);
}

function largestDrop(from: Float32Array, to: Float32Array): number {
  let most = 0;
  for (let i = 0; i < from.length; i++) if (from[i] - to[i] > most) most = from[i] - to[i];
  return most;
}

/** What brings levels to those wanted, in amplitude; most stay as they are. */
function gainsTo(wanted: Float32Array, levels: Float32Array): Float32Array {
  const gains = new Float32Array(levels.length).fill(1);
  for (let i = 0; i < gains.length; i++) {
    if (wanted[i] !== levels[i]) gains[i] = pow(10, (wanted[i] - levels[i]) / 20);
  }
  return gains;
}

/** What the bands are at, dB, with one floor for all. */
function levelsOf(powers: readonly Float32Array[]): Float32Array[] {
  let loudest = 1e-30;
  for (const band of powers) {
    for (let i = 0; i < band.length; i++) if (band[i] > loudest) loudest = band[i];
  }
  return withWorkspace((own) => {
    const room = own.floats(powers[0].length);
    return powers.map((band) => {
      room.set(band);
      kernels.decibelsOf(room, band.length, Math.max(FLOOR * loudest, LEAST_POWER));
      return room.slice();
    });
  });
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
