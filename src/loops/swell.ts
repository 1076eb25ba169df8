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
/** Places round a loop among which the highest and the lowest are looked for: sixteen a cycle of the quickest movement. */
const PLACES = 16 * MOST_CYCLES;

/** A movement of so many whole cycles a round: a cosine and a sine of these amplitudes, dB, from the loop's first frame on. */
interface Component {
  readonly cycles: number;
  readonly cosine: number;
  readonly sine: number;
}

/** The slow movement of a loop's level. */
export type SlowMovement = readonly Component[];

/**
 * The first four Fourier components of a loop's short-time level, without those that are the music's own pulse.
 * @param channels those whose level it is, together
 * @param length of the loop, frames
 * @param pulses whole periods of a steady pulse that the loop holds; 0 where nothing pulses
 */
export function slowMovement(
  energies: EnergyTrack,
  channels: readonly number[],
  length: number,
  sampleRate: number,
  pulses: number,
): SlowMovement {
  const levels = levelsAround(energies, channels, length, sampleRate);
  return Array.from({ length: MOST_CYCLES }, (_, i) => i + 1)
    .filter((cycles) => pulses === 0 || cycles % pulses !== 0)
    .map((cycles) => component(levels, cycles));
}

/** Peak to trough of a slow movement, dB: 3 where the level rises and falls by 3 dB once a round. */
export function swellOf(movement: SlowMovement): number {
  const course = courseAt(movement, PLACES);
  return Math.max(...course) - Math.min(...course);
}

/** A slow movement at the middles of equal stretches round the loop, dB about its mean. */
export function courseAt(movement: SlowMovement, count: number): Float64Array {
  const course = new Float64Array(count);
  for (const { cycles, cosine, sine } of movement) {
    const turn = (2 * Math.PI * cycles) / count;
    const [stepRe, stepIm] = [cos(turn), sin(turn)];
    // One turn after the other: two products each, where a cosine and a sine would take most of the time.
    let re = cos(turn / 2);
    let im = sin(turn / 2);
    for (let i = 0; i < count; i++) {
      course[i] += cosine * re + sine * im;
      const next = re * stepRe - im * stepIm;
      im = re * stepIm + im * stepRe;
      re = next;
    }
  }
  return course;
}

function component(levels: Float64Array, cycles: number): Component {
  const turn = (2 * Math.PI * cycles) / levels.length;
  let [cosine, sine] = [0, 0];
  for (let i = 0; i < levels.length; i++) {
    cosine += (2 / levels.length) * levels[i] * cos(turn * (i + 0.5));
    sine += (2 / levels.length) * levels[i] * sin(turn * (i + 0.5));
  }
  return { cycles, cosine, sine };
}

/** Levels of equal stretches that follow one another round the loop, dB. */
function levelsAround(
  energies: EnergyTrack,
  channels: readonly number[],
  length: number,
  sampleRate: number,
): Float64Array {
  const count = Math.max(LEAST_LEVELS, Math.round(length / (LEVEL_SEC * sampleRate)));
  const levels = new Float64Array(count);
  let loudest = Number.MIN_VALUE;
  for (let i = 0; i < count; i++) {
    const start = Math.round((i * length) / count);
    const end = Math.round(((i + 1) * length) / count);
    for (const channel of channels) levels[i] += energies.meanSquare(channel, start, end - start);
    loudest = Math.max(loudest, levels[i]);
  }
  for (let i = 0; i < count; i++) {
    levels[i] = Math.max(-RANGE_DB, 10 * log10(levels[i] / loudest || Number.MIN_VALUE));
  }
  return levels;
}
