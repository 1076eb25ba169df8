/**
 * What a listener hears of a loop's length beside its seam: an event that comes back every round, a level that
 * rises and falls with it. Neither depends on where the loop's file begins. Landmarks are looked for in each channel, and
 * the worst counts; a swell is one of the level as a whole.
 */
import type { EnergyTrack } from './energy.ts';
import {
  channelLandmark,
  LANDMARK_LIMITS,
  type Landmark,
  landmarkSeverity,
  NO_LANDMARK,
  worseLandmark,
} from './landmark.ts';
import type { LogMelFrames } from './log-mel.ts';
import { SWELL_LIMIT_DB, slowMovement, swellOf } from './swell.ts';

/** How a loop goes round. */
export interface Course {
  readonly landmark: Landmark;
  /** dB; see `swell.ts`. */
  readonly swellDb: number;
}

/** From here on it is heard that a loop goes round. */
export const COURSE_LIMITS: Course = { landmark: LANDMARK_LIMITS, swellDb: SWELL_LIMIT_DB };
/**
 * What a good loop keeps to: a tenth less, since whoever measures the same with other windows and bands finds some percent
 * more or less.
 */
export const COMFORTABLE_COURSE: Course = {
  landmark: { times: 0.9 * LANDMARK_LIMITS.times, db: 0.9 * LANDMARK_LIMITS.db },
  swellDb: 0.9 * SWELL_LIMIT_DB,
};
/** That of nothing at all. */
const EVEN_COURSE: Course = { landmark: NO_LANDMARK, swellDb: 0 };

/** A channel with less than this share of the loudest one's energy, -30 dB, is not heard by itself. */
const AUDIBLE_SHARE = 1e-3;

/**
 * @param frames of each channel, going round
 * @param length of the loop, frames
 * @param pulses whole periods of a steady pulse that it holds, which is neither; 0 where nothing pulses
 */
export function measureCourse(
  frames: readonly LogMelFrames[],
  energies: EnergyTrack,
  length: number,
  sampleRate: number,
  pulses: number,
): Course {
  const audible = audibleChannels(frames, energies);
  if (audible.length === 0) return EVEN_COURSE;
  return {
    landmark: audible.map((channel) => channelLandmark(channel, pulses)).reduce(worseLandmark),
    swellDb: swellOf(slowMovement(energies, [...frames.keys()], length, sampleRate, pulses)),
  };
}

/** Frames of the channels that are heard by themselves; none in silence. */
export function audibleChannels(frames: readonly LogMelFrames[], energies: EnergyTrack): LogMelFrames[] {
  const loudest = Math.max(...frames.map((_, c) => energies.whole(c)));
  if (!(loudest > 0)) return [];
  return frames.filter((_, c) => energies.whole(c) >= AUDIBLE_SHARE * loudest);
}

/** The worse of landmark and swell as a share of its limit: below 1 the loop keeps to both. */
export function courseSeverity({ landmark, swellDb }: Course, limits: Course = COURSE_LIMITS): number {
  return Math.max(landmarkSeverity(landmark, limits.landmark), swellDb / limits.swellDb);
}
