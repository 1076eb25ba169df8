/**
 * The steady pulse of a loop's surroundings, and which lengths hold a whole number of its periods. A loop that does not
 * would limp once a round: a pump at 120 beats a minute that comes back 100 ms late is heard by everybody.
 */
import { findPulse, type Pulse, type PulseTrack, peakNear } from '../analysis/pulse.ts';
import { log10 } from '../dsp/maths.ts';
import type { EnergyTrack } from './energy.ts';
import { BAND_COUNT, type LogMelFrames } from './log-mel.ts';

/** A pulse, as it is said of a loop. */
export interface LoopPulse {
  /** Beats a second. */
  readonly hz: number;
  /** From the least to the most of a mean period, dB. */
  readonly depthDb: number;
  /** By how much the loop is longer (or, negative, shorter) than a whole number of periods, ms. */
  readonly errorMs: number;
}

/** A beat that comes back early or late by no more than the larger of these is not heard to. */
const INAUDIBLE_MS = 20;
const INAUDIBLE_SHARE = 0.03;

/** Whether a loop holds a whole number of its pulse's periods, as near as anybody hears. */
export function isWholePulse({ hz, errorMs }: LoopPulse): boolean {
  return Math.abs(errorMs) <= Math.max(INAUDIBLE_MS, (1000 * INAUDIBLE_SHARE) / hz);
}

/** Whole periods that a loop of so many seconds holds; 0 where nothing pulses, or it breaks off within one. */
export function pulsesIn(pulse: LoopPulse | null, seconds: number): number {
  return pulse && isWholePulse(pulse) ? Math.round(seconds * pulse.hz) : 0;
}

/** Of the level: a pump or tremolo of 2 dB and more that comes back as it was. */
const LEVEL_LIMITS = { strength: 0.75, depthDb: 2 };
/** Of the colour, where the level tells nothing: bands swing by themselves, so they must come back more plainly. */
const COLOUR_LIMITS = { strength: 0.75, depthDb: 3 };
/** The level is taken over this, each time this much later, s. */
const WINDOW_SEC = 0.046;
const HOP_SEC = 0.0058;
/** Power under this share of the loudest, -40 dB, is as silent as any. */
const LEAST_SHARE = 1e-4;
/** Before start and end so many periods are compared. */
const PERIODS_COMPARED = 1.5;
/**
 * A loop over a pulse may be longer or shorter than whole periods by the larger of these: within 10 ms there is a whole
 * period of most basses, so that the two sides of its crossfade can run in phase.
 */
const PLAY_SEC = 0.01;
const PLAY = 0.02;
/** The length of some periods is looked for so far from their mean length: share of a period, and at most s. */
const REACH = 0.12;
const MOST_REACH_SEC = 0.06;

/** What a search for a loop needs to know of the pulse around it. */
export interface PulseGuide {
  readonly hz: number;
  readonly depthDb: number;
  /** Frames of a period, not rounded. */
  readonly period: number;
  /** By how many frames a loop may be longer or shorter than whole periods, so that its two sides run in phase. */
  readonly play: number;
  /**
   * Lengths near which a loop from `start` on holds a whole number of periods, frames: by what the pulse does before the
   * loop's start and before its end. Those of one number more and one less than lie between the two bounds are among them.
   */
  wholeLengths(start: number, shortest: number, longest: number): number[];
}

/** By how many frames a loop is longer than the nearest whole number of periods. */
export function pulseExcess(guide: PulseGuide, start: number, length: number): number {
  const excesses = guide.wholeLengths(start, length, length).map((whole) => length - whole);
  return excesses.reduce((least, excess) => (Math.abs(excess) < Math.abs(least) ? excess : least));
}

/** @returns null where nothing pulses */
export function pulseAround(
  energies: EnergyTrack,
  frames: readonly LogMelFrames[],
  frameCount: number,
  sampleRate: number,
): PulseGuide | null {
  const levels = levelTrack(energies, frameCount, sampleRate);
  const pulse = findPulse(levels, LEVEL_LIMITS);
  if (pulse) return guide(levels, pulse, sampleRate);
  const colours = colourTrack(frames, sampleRate);
  const coloured = findPulse(colours, COLOUR_LIMITS);
  return coloured && guide(colours, coloured, sampleRate);
}

/** Level of all channels together. */
function levelTrack(energies: EnergyTrack, frameCount: number, sampleRate: number): PulseTrack {
  const hop = HOP_SEC * sampleRate;
  const window = Math.round(WINDOW_SEC * sampleRate);
  const rows = Math.max(0, Math.floor((frameCount - window) / hop));
  const powers = new Float64Array(rows);
  let loudest = 0;
  for (let row = 0; row < rows; row++) {
    const start = Math.round(row * hop);
    for (let c = 0; c < energies.channelCount; c++) powers[row] += energies.meanSquare(c, start, window);
    if (powers[row] > loudest) loudest = powers[row];
  }
  const least = loudest * LEAST_SHARE || Number.MIN_VALUE;
  const values = Float32Array.from(powers, (power) => 10 * log10(Math.max(power, least)));
  return { rows, columns: 1, rowsPerSecond: 1 / HOP_SEC, values };
}

/** Log-mel frames whose mean is one row: their windows overlap by three quarters. */
const FRAMES_PER_ROW = 2;

/** Log-mel bands, mean of the channels. */
function colourTrack(frames: readonly LogMelFrames[], sampleRate: number): PulseTrack {
  const [{ count, hop }] = frames;
  const rows = Math.floor(count / FRAMES_PER_ROW);
  const values = new Float32Array(rows * BAND_COUNT);
  const share = 1 / (FRAMES_PER_ROW * frames.length);
  for (const { levels } of frames) {
    for (let row = 0, i = 0; row < rows; row++) {
      const at = row * FRAMES_PER_ROW * BAND_COUNT;
      for (let band = 0; band < BAND_COUNT; band++, i++) {
        values[i] += share * (levels[at + band] + levels[at + BAND_COUNT + band]);
      }
    }
  }
  return { rows, columns: BAND_COUNT, rowsPerSecond: sampleRate / (hop * FRAMES_PER_ROW), values };
}

function guide(track: PulseTrack, pulse: Pulse, sampleRate: number): PulseGuide {
  const { rowsPerSecond } = track;
  const framesPerRow = sampleRate / rowsPerSecond;
  const period = pulse.period * framesPerRow;
  /** By start, in rows, and number of periods: rows. */
  const known = new Map<string, number>();
  const lengthOf = (row: number, periods: number): number => {
    const key = `${row} ${periods}`;
    let found = known.get(key);
    if (found === undefined) {
      found = lengthOfPeriods(track, pulse, row, periods);
      known.set(key, found);
    }
    return found;
  };
  return {
    hz: rowsPerSecond / pulse.period,
    depthDb: pulse.depthDb,
    period,
    play: Math.max(PLAY_SEC * sampleRate, PLAY * period),
    wholeLengths(start, shortest, longest) {
      const row = Math.round(start / framesPerRow);
      const fewest = Math.max(1, Math.floor(shortest / period));
      const most = Math.max(fewest, Math.ceil(longest / period));
      return Array.from({ length: most - fewest + 1 }, (_, k) => framesPerRow * lengthOf(row, fewest + k));
    },
  };
}

/**
 * How many rows so many periods last from a row on: the lag at which what comes before it is most like what comes
 * before that row.
 */
function lengthOfPeriods(track: PulseTrack, { period }: Pulse, row: number, periods: number): number {
  const { rows, rowsPerSecond } = track;
  const mean = periods * period;
  const end = Math.min(row, rows);
  const first = Math.max(0, Math.round(end - PERIODS_COMPARED * period));
  const reach = Math.ceil(Math.min(REACH * period, MOST_REACH_SEC * rowsPerSecond));
  const centre = Math.round(mean);
  const most = Math.min(centre + reach, rows - end);
  if (end - first < period / 2 || most < centre - reach + 2) return mean;
  const likeness = Float32Array.from({ length: most - centre + reach + 1 }, (_, k) =>
    correlationAt(track, first, end, centre - reach + k),
  );
  let best = 0;
  for (let k = 1; k < likeness.length; k++) if (likeness[k] > likeness[best]) best = k;
  // At an edge nothing peaks: the pulse is too blurred there to say more than its mean does.
  if (best === 0 || best === likeness.length - 1) return mean;
  return centre - reach + peakNear(likeness, best);
}

/** Of rows [first, end) with those `lag` later, each column about its mean. */
function correlationAt({ columns, values }: PulseTrack, first: number, end: number, lag: number): number {
  const count = end - first;
  let [both, one, other] = [0, 0, 0];
  for (let column = 0; column < columns; column++) {
    let [sumA, sumB, ab, aa, bb] = [0, 0, 0, 0, 0];
    for (let row = first; row < end; row++) {
      const a = values[row * columns + column];
      const b = values[(row + lag) * columns + column];
      sumA += a;
      sumB += b;
      ab += a * b;
      aa += a * a;
      bb += b * b;
    }
    both += ab - (sumA * sumB) / count;
    one += aa - (sumA * sumA) / count;
    other += bb - (sumB * sumB) / count;
  }
  return both / (Math.sqrt(one * other) || Infinity);
}
