/**
 * The swell of a loop: how far its level rises and falls at the loop's own rate and its first harmonics. Once a round,
 * that is heard as the loop breathing, and its length with it; a movement that is quicker is the music's own.
 */
import { cos, log10, sin } from '../dsp/maths.ts';
import type { EnergyTrack } from './energy.ts';

/** From here on a loop is heard to swell, peak to trough, dB. */
export const SWELL_LIMIT_DB = 1.5;

/** Movements of so many cycles a round and fewer. */
const MOST_CYCLES = 4;
/** Levels are taken over about this time: more than a period of the lowest bass. */
const LEVEL_SEC = 0.05;
/** At least so many levels round a loop, for the quickest movement to be drawn by eight of them. */
const LEAST_LEVELS = 8 * MOST_CYCLES;
/** What lies further under the loudest stretch is silence, dB. */
const RANGE_DB = 60;

/**
 * The slow movement of a loop's level, all channels together: the first four Fourier components of its short-time level,
 * at places evenly spaced round the loop, the first at its beginning; dB about their mean.
 * @param length of the loop, frames
 */
export function slowCourse(energies: EnergyTrack, length: number, sampleRate: number): Float64Array {
  return firstComponents(levelsAround(energies, length, sampleRate));
}

/** Peak to trough of a slow course, dB: 3 where the level rises and falls by 3 dB once a round. */
export function swellOf(course: Float64Array): number {
  return Math.max(...course) - Math.min(...course);
}

/** Levels of stretches that follow one another round the loop, each centred on its place, dB. */
function levelsAround(energies: EnergyTrack, length: number, sampleRate: number): Float64Array {
  const count = Math.max(LEAST_LEVELS, Math.round(length / (LEVEL_SEC * sampleRate)));
  const levels = new Float64Array(count);
  let loudest = Number.MIN_VALUE;
  for (let i = 0; i < count; i++) {
    const from = Math.round(((i - 0.5) * length) / count);
    const end = Math.round(((i + 0.5) * length) / count);
    for (let c = 0; c < energies.channelCount; c++) {
      levels[i] += energies.meanSquare(c, from, end - from);
      // The first is centred on the wrap: half of it lies at the end.
      if (from < 0) levels[i] += energies.meanSquare(c, from + length, end - from);
    }
    loudest = Math.max(loudest, levels[i]);
  }
  for (let i = 0; i < count; i++) {
    levels[i] = Math.max(-RANGE_DB, 10 * log10(levels[i] / loudest || Number.MIN_VALUE));
  }
  return levels;
}

/** The components of one to four cycles of values that go round. */
function firstComponents(values: Float64Array): Float64Array {
  const count = values.length;
  const course = new Float64Array(count);
  for (let cycles = 1; cycles <= MOST_CYCLES; cycles++) {
    const turn = (2 * Math.PI * cycles) / count;
    let [real, imaginary] = [0, 0];
    for (let i = 0; i < count; i++) {
      real += values[i] * cos(turn * i);
      imaginary += values[i] * sin(turn * i);
    }
    for (let i = 0; i < count; i++) {
      course[i] += (2 / count) * (real * cos(turn * i) + imaginary * sin(turn * i));
    }
  }
  return course;
}
