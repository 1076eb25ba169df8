/**
 * The landmark of a loop: the one event by which a listener knows that it has come round again. A struck note that is
 * one of many is music; a struck note that is the only one is heard every two seconds.
 *
 * An event is a change of timbre over some 20 ms: two log-mel frames a twentieth of a second wide, half a width apart
 * (`log-mel.ts`: 46 ms, two hops of 11.6 ms at 44.1 kHz), mean absolute difference of their bands. The strongest of a
 * round is held against the median change of the same round.
 *
 * A note with a hard attack that is struck 6 dB under a held chord is 4.1 times and 3.6 dB in the median of 72 (24 chords
 * with and without beating and air, three notes), and 3 to 5 times and 3 to 5 dB by five other ways to measure the
 * same: windows of 20 to 46 ms, steps of 10 to 23 ms, 40 to 128 bands, floors of 60 and 80 dB. On 111 pads of real songs,
 * 42 of them with a landmark, those agree in 92 to 99 % of the verdicts. What only rises is another measure: its medians
 * are half as large.
 */
import { sortMagnitudes } from '../dsp/sort.ts';
import { frameChanges } from './frame-distance.ts';
import type { LogMelFrames } from './log-mel.ts';

/** The strongest event of a loop. */
export interface Landmark {
  /** Over the median change of the loop; a ratio, 0 where nothing changes. */
  readonly times: number;
  /** Mean over the bands, dB. */
  readonly db: number;
}

/** From both on it tells a listener the length of the loop. */
export const LANDMARK_LIMITS: Landmark = { times: 3, db: 3 };
export const NO_LANDMARK: Landmark = { times: 0, db: 0 };

/** Frames between those that are compared: half a window. */
export const COMPARED_HOPS = 2;
/** A median change of less than this, on average, is not heard: what stands out of it is held against this, dB. */
export const LEAST_MEDIAN_DB = 0.25;

/** A beat comes back so many frames early or late, 35 ms. */
const BEAT_REACH = 3;

/**
 * The landmark of a loop by one channel. Over a steady pulse every period has the same attack, and none of them tells the
 * loop's length: there a change is held against what the other periods do at the same place, where that is more than the
 * median change.
 * @param frames of the loop, going round
 * @param pulses whole periods of a steady pulse that the loop holds; 0 where nothing pulses
 */
export function channelLandmark(frames: LogMelFrames, pulses = 0): Landmark {
  if (frames.count <= 2 * COMPARED_HOPS) return NO_LANDMARK;
  const changes = frameChanges(frames, COMPARED_HOPS);
  const sorted = sortMagnitudes(changes.slice());
  const median = Math.max(sorted[sorted.length >> 1], LEAST_MEDIAN_DB);
  const strongest = sorted[sorted.length - 1];
  if (pulses < 2) return { times: strongest / median, db: strongest };
  const elsewhere = periodicChanges(changes, pulses);
  return Array.from(changes, (db, i) => ({ times: db / Math.max(median, elsewhere[i]), db })).reduce(
    worseLandmark,
  );
}

/** For each change round a loop the median of what the other periods do about the same place. */
function periodicChanges(changes: Float32Array, pulses: number): Float32Array {
  const { length } = changes;
  const around = changes.map((_, i) => {
    let most = 0;
    for (let k = -BEAT_REACH; k <= BEAT_REACH; k++) most = Math.max(most, changes[(i + k + length) % length]);
    return most;
  });
  const others = new Float32Array(pulses - 1);
  return changes.map((_, i) => {
    for (let k = 1; k < pulses; k++) others[k - 1] = around[(i + Math.round((k * length) / pulses)) % length];
    return sortMagnitudes(others)[others.length >> 1];
  });
}

/** How near it is to being heard: 1 where both figures are at their limits, or the lesser is. */
export function landmarkSeverity({ times, db }: Landmark, limits: Landmark): number {
  return Math.min(times / limits.times, db / limits.db);
}

/** Of two channels' landmarks the one that is heard more. */
export function worseLandmark(one: Landmark, other: Landmark): Landmark {
  return landmarkSeverity(other, LANDMARK_LIMITS) > landmarkSeverity(one, LANDMARK_LIMITS) ? other : one;
}
