/** What makes a ring of stretches a bed: its source's colour, one level, and nothing that is heard to come round again. */
import { evenLevel } from '../../dsp/riding.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { correlationOf, matchCorrelation, stereoCovariance } from '../../dsp/stereo.ts';
import { COMFORTABLE_COURSE, type Course, courseSeverity, measureCourse } from '../../loops/course.ts';
import { EnergyTrack } from '../../loops/energy.ts';
import { evenSwell } from '../../loops/even-swell.ts';
import { type LogMelFrames, logMelFrames } from '../../loops/log-mel.ts';
import { SOFTENINGS, softenEach } from '../shared/softenings.ts';
import { lackOfColour, MOST_DB, restoreColour } from './colour.ts';
import type { Colours } from './colours.ts';
import { AUDIBLE_RANGE_DB } from './moments.ts';

/** The level is ridden this slowly, s, by at most this much at a time, dB. */
const RIDING_SEC = 2;
const RIDING = { limitDb: 9, passes: 3 };
/** A bed of speech with its pauses swells by 5 dB after that, most by less than 1. */
const MOST_SWELL_DB = 8;
/** So much more of it is taken out, dB. */
const SPARE_DB = 0.1;

/** Bands further under the loudest are not heard once what they lack is given back, dB. */
const COLOUR_RANGE_DB = AUDIBLE_RANGE_DB + MOST_DB;

/** Largest correction of the width, in amplitude of the side signal: 6 dB. */
const WIDTH_LIMIT = 2;
/** A correlation may be off by this much. */
const WIDTH_SLACK = 0.02;

/** A bed, and how it goes round. */
export interface Finished {
  readonly sound: Sound;
  readonly course: Course;
}

/**
 * @param ring changed in place
 * @param colours that it shall have
 * @param width correlation that its two channels shall have; of one channel any
 */
export function finishRing(ring: Sound, colours: Colours, width: number): Finished {
  let even = evened(ring, colours);
  let finished = asWide(even, width);
  for (const softening of SOFTENINGS) {
    if (isComfortable(finished)) break;
    even = evened(softenEach(finished.sound, softening), colours);
    finished = asWide(even, width);
  }
  return isComfortable(finished) ? finished : even;
}

function isComfortable({ course }: Finished): boolean {
  return courseSeverity(course, COMFORTABLE_COURSE) <= 1;
}

/** Blends, a colour, and what is softened on one side move the image a little: it is brought back, in a copy. */
function asWide(even: Finished, width: number): Finished {
  const { channels, sampleRate } = even.sound;
  if (channels.length !== 2) return even;
  const [one, other] = channels;
  if (Math.abs(correlationOf(stereoCovariance(one, other)) - width) <= WIDTH_SLACK) return even;
  const [left, right] = [one.slice(), other.slice()];
  matchCorrelation(left, right, width, WIDTH_LIMIT);
  const sound = { sampleRate, channels: [left, right] };
  return { sound, course: courseOf(sound) };
}

/**
 * In its source's colour and at one level. What is left of a swell is taken out no further than need be: the gain that does
 * so counts a moment of silence as much as one of sound, and moves the power where it takes out more.
 */
function evened(ring: Sound, colours: Colours): Finished {
  const lack = lackOfColour(framesOf(ring, COLOUR_RANGE_DB), colours);
  if (lack) restoreColour(ring, lack);
  evenLevel(ring.channels, { width: RIDING_SEC * ring.sampleRate, ...RIDING });
  const course = courseOf(ring);
  const beyond = course.swellDb - COMFORTABLE_COURSE.swellDb;
  if (beyond <= 0) return { sound: ring, course };
  const sound = evenSwell(ring, Math.min(MOST_SWELL_DB, beyond + SPARE_DB));
  return { sound, course: courseOf(sound) };
}

/** Of each channel by itself: what strikes on one side is lost in the sum of both. @param rangeDb usual, where none is given */
function framesOf({ channels, sampleRate }: Sound, rangeDb?: number): LogMelFrames[] {
  return channels.map((channel) => logMelFrames([channel], sampleRate, { circular: true, rangeDb }));
}

/** How a ring goes round: measured of what it is now, since a guess from what it was took some beds for even that were not. */
export function courseOf(ring: Sound): Course {
  return measureCourse(framesOf(ring), new EnergyTrack(ring), frameCount(ring), ring.sampleRate, 0);
}
