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
  const wanted = frameByFrame(levels);
  const limit = Math.max(softening.leastDb, softening.medians * medianRise(levels));
  limitRises(wanted, limit, 1);
  limitRises(wanted, limit, -1);
  const gains = levels.map((level) => new Float32Array(level.length).fill(1));
  let most = 0;
  for (let band = 0; band < BANDS; band++)
    most = Math.max(most, setGains(levels[band], wanted, band, gains[band]));
  frames.applyTo(channels, gains);
  return most;
}

/**
 * @param wanted levels of all bands, frame after frame, dB
 * @param gains of the band in amplitude, 1 before: those that change are set
 * @returns by how much it is lowered at most, dB
 */
function setGains(level: Float32Array, wanted: Float32Array, band: number, gains: Float32Array): number {
  let most = 0;
  for (let i = 0; i < gains.length; i++) {
    const change = wanted[i * BANDS + band] - level[i];
    // Most stay as they are.
    if (change !== 0) gains[i] = pow(10, change / 20);
    if (-change > most) most = -change;
  }
  return most;
}

/** What is given band by band, as one row of bands after the other. */
function frameByFrame(levels: readonly Float32Array[]): Float32Array {
  const rows = new Float32Array(levels[0].length * BANDS);
  for (const [band, level] of levels.entries()) {
    for (let i = 0; i < level.length; i++) rows[i * BANDS + band] = level[i];
  }
  return rows;
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

/**
 * Lowers levels that rise by more than the limit together, going round in one direction.
 * @param rows of bands, one a frame @param direction 1 or -1
 */
function limitRises(rows: Float32Array, limit: number, direction: 1 | -1): void {
  const count = rows.length / BANDS;
  // Twice round, so that the first frame knows what the last one left.
  for (let step = 0; step < 2 * count; step++) {
    const frame = (direction * step + 2 * count) % count;
    const row = frame * BANDS;
    const before = ((frame - direction * OVERLAP + count) % count) * BANDS;
    let rise = 0;
    for (let band = 0; band < BANDS; band++) rise += Math.max(0, rows[row + band] - rows[before + band]);
    if (rise <= limit * BANDS) continue;
    const share = (limit * BANDS) / rise;
    for (let band = 0; band < BANDS; band++) {
      const floor = rows[before + band];
      if (rows[row + band] > floor) rows[row + band] = floor + share * (rows[row + band] - floor);
    }
  }
}
