/**
 * A short sound as log-mel frames, for telling whether two places in it sound alike.
 * Window 46 ms, hop a quarter of it; 40 bands from 40 Hz to 16 kHz; levels in dB, with everything
 * 60 dB under the loudest band treated as one floor, so that noise under the music does not count.
 */
import { createSpectrometer, type Spectrometer } from '../analysis/spectrum.ts';
import { FREE, kernels, memory } from '../dsp/kernels.ts';
import { type MelBank, melBank, melOf } from '../dsp/mel.ts';

const BAND_COUNT = 40;
const LOWEST_HZ = 40;
const HIGHEST_HZ = 16_000;
const FLOOR_DB = -60;
const WINDOW_SEC = 0.046;
const HOPS_PER_WINDOW = 4;

export interface LogMelFrames {
  /** Frames; frame i is centred on sample i·hop. */
  readonly count: number;
  readonly hop: number;
  readonly windowLength: number;
  /** count × 40 levels in dB, power summed over channels. */
  readonly levels: Float32Array;
  /** Mean absolute difference of two frames over the bands, dB. */
  distance(a: number, b: number): number;
  /** The frame centred on any sample from 0 to the last: its 40 levels in dB, under the same floor. */
  frameAt(sample: number): Float32Array;
}

/** Index of the first of the 40 bands that is centred above a frequency. */
export function firstBandAbove(hertz: number, sampleRate: number): number {
  const low = melOf(LOWEST_HZ);
  const spacing = (melOf(highestHz(sampleRate)) - low) / (BAND_COUNT + 1);
  return Math.max(0, Math.min(BAND_COUNT, Math.floor((melOf(hertz) - low) / spacing)));
}

/** Mean absolute difference of the levels of two frames, dB. */
export function levelDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let band = 0; band < BAND_COUNT; band++) sum += Math.abs(a[band] - b[band]);
  return sum / BAND_COUNT;
}

/** Frames that are compared at a time; in the kernels' memory they are followed by those a lag later, then the results. */
const FRAMES_COMPARED = 64;
const FRAMES = FREE >> 2;

/**
 * Adds to distances[k][i], from i = 1 on, how unlike frame `first` + i - 1 is to the one `lag` + k later, dB a band.
 * The last frame stands for all that would come after it.
 */
export function addLaggedDistances(
  { levels, count }: LogMelFrames,
  first: number,
  lag: number,
  distances: readonly Float64Array[],
): void {
  const end = first + distances[0].length - 1;
  const laterAt = FRAMES + FRAMES_COMPARED * BAND_COUNT;
  const resultsAt = (laterAt + (FRAMES_COMPARED + distances.length) * BAND_COUNT) >> 1;
  for (let from = first; from < end; from += FRAMES_COMPARED) {
    const frames = Math.min(FRAMES_COMPARED, end - from);
    memory.floats.set(levels.subarray(from * BAND_COUNT, (from + frames) * BAND_COUNT), FRAMES);
    const later = Math.max(0, Math.min(frames + distances.length, count - from - lag));
    memory.floats.set(levels.subarray((from + lag) * BAND_COUNT, (from + lag + later) * BAND_COUNT), laterAt);
    for (let i = later; i < frames + distances.length; i++) {
      memory.floats.set(levels.subarray((count - 1) * BAND_COUNT), laterAt + i * BAND_COUNT);
    }
    for (const [k, sums] of distances.entries()) {
      const at = laterAt + k * BAND_COUNT;
      kernels.frameDistances(4 * FRAMES, 4 * at, BAND_COUNT, frames, 8 * resultsAt);
      for (let i = 0; i < frames; i++) {
        sums[from - first + 1 + i] += memory.doubles[resultsAt + i] / BAND_COUNT;
      }
    }
  }
}

/**
 * @param channels one or more arrays of one length
 * @param circular whether the sound is a loop (windows reach around its end) or ends in silence
 */
export function logMelFrames(
  channels: readonly Float32Array[],
  sampleRate: number,
  { circular }: { circular: boolean },
): LogMelFrames {
  const windowLength = windowLengthAt(sampleRate);
  const { length } = channels[0];
  // A loop is cut into whole hops, so that no frame lies closer to its neighbour than the others.
  const count = Math.max(1, Math.round(length / (windowLength / HOPS_PER_WINDOW)));
  const hop = circular ? length / count : windowLength / HOPS_PER_WINDOW;
  const levels = new Float32Array(count * BAND_COUNT);
  const { spectrometer, bank } = toolsAt(sampleRate, windowLength);
  const copies = channels.map(() => new Float32Array(windowLength));
  const power = new Float32Array(spectrometer.lastBin + 1);
  const measure = (sample: number, powers: Float32Array, offset: number) => {
    const windows = channels.map((channel, c) => windowAt(channel, sample, circular, copies[c]));
    spectrometer.measure(windows, 0, power);
    bank.apply(power, powers, offset);
  };
  for (let i = 0; i < count; i++) measure(Math.round(i * hop), levels, i * BAND_COUNT);
  const floor = toDecibels(levels);
  return {
    count,
    hop,
    windowLength,
    levels,
    distance(a, b) {
      let sum = 0;
      for (let band = 0, x = a * BAND_COUNT, y = b * BAND_COUNT; band < BAND_COUNT; band++, x++, y++) {
        sum += Math.abs(levels[x] - levels[y]);
      }
      return sum / BAND_COUNT;
    },
    frameAt(sample) {
      const frame = new Float32Array(BAND_COUNT);
      measure(sample, frame, 0);
      for (let band = 0; band < BAND_COUNT; band++) frame[band] = decibels(frame[band], floor);
      return frame;
    },
  };
}

/** The power of two nearest 46 ms: 2048 at 44.1 and 48 kHz. */
function windowLengthAt(sampleRate: number): number {
  return 2 ** Math.round(Math.log2(WINDOW_SEC * sampleRate));
}

interface Tools {
  readonly spectrometer: Spectrometer;
  readonly bank: MelBank;
}

const tools = new Map<number, Tools>();

function toolsAt(sampleRate: number, windowLength: number): Tools {
  let found = tools.get(sampleRate);
  if (!found) {
    const highest = highestHz(sampleRate);
    found = {
      spectrometer: createSpectrometer(windowLength, sampleRate, highest),
      bank: melBank(sampleRate, windowLength, BAND_COUNT, LOWEST_HZ, highest),
    };
    tools.set(sampleRate, found);
  }
  return found;
}

/**
 * The samples around one, as a part of the channel; near its ends a copy, with what lies around it: itself again where
 * it is a loop, else silence.
 * @param copy as long as the window
 */
function windowAt(
  channel: Float32Array,
  sample: number,
  circular: boolean,
  copy: Float32Array,
): Float32Array {
  const { length } = channel;
  const from = sample - (copy.length >> 1);
  if (from >= 0 && from + copy.length <= length) return channel.subarray(from, from + copy.length);
  for (let n = 0; n < copy.length; n++) {
    const at = circular ? (((from + n) % length) + length) % length : from + n;
    copy[n] = channel[at] ?? 0;
  }
  return copy;
}

function highestHz(sampleRate: number): number {
  return Math.min(HIGHEST_HZ, 0.48 * sampleRate);
}

/** @returns the floor under which all powers count as this one */
function toDecibels(levels: Float32Array): number {
  let loudest = 0;
  for (const level of levels) if (level > loudest) loudest = level;
  const floor = Math.max(loudest * 10 ** (FLOOR_DB / 10), Number.MIN_VALUE);
  for (let i = 0; i < levels.length; i++) levels[i] = decibels(levels[i], floor);
  return floor;
}

function decibels(power: number, floor: number): number {
  return 10 * Math.log10(Math.max(power, floor));
}
