/**
 * A short sound as log-mel frames, for telling whether two places in it sound alike.
 * Window 46 ms, hop a quarter of it; 40 bands from 40 Hz to 16 kHz; levels in dB, with everything
 * 60 dB under the loudest band (or as much as is asked) treated as one floor, so that noise under the music does not count.
 */
import { createSpectrometer, powersFor, type Spectrometer } from '../analysis/spectrum.ts';
import { PLACES_APART, PlacedChannels } from '../dsp/fft.ts';
import { type KernelFloats, KernelWorkspace, partOf } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { log2, pow } from '../dsp/maths.ts';
import { melBank, melOf } from '../dsp/mel.ts';
import { perRate } from '../dsp/per-rate.ts';
import { type PlacedBands, placeBands } from '../dsp/placed-bands.ts';
import { type Rooms, withRooms } from '../dsp/rooms.ts';
import { unroll } from '../dsp/unroll.ts';

/** Bands of a frame. */
export const BAND_COUNT = 40;
const LOWEST_HZ = 40;
const HIGHEST_HZ = 16_000;
/** Usual range under the loudest band, dB. */
const RANGE_DB = 60;
const WINDOW_SEC = 0.046;
const HOPS_PER_WINDOW = 4;

export interface LogMelFrames {
  /** Frames; frame i is centred on sample i·hop. */
  readonly count: number;
  readonly hop: number;
  readonly windowLength: number;
  /** count × 40 levels in dB, power summed over channels. */
  readonly levels: Float32Array;
  /** The frame centred on any sample from 0 to the last: its 40 levels in dB, under the same floor. */
  frameAt(sample: number): Float32Array;
}

/** Index of the first of the 40 bands that is centred above a frequency. */
export function firstBandAbove(hertz: number, sampleRate: number): number {
  const low = melOf(LOWEST_HZ);
  const spacing = (melOf(highestHz(sampleRate)) - low) / (BAND_COUNT + 1);
  return Math.max(0, Math.min(BAND_COUNT, Math.floor((melOf(hertz) - low) / spacing)));
}

/** Where a frequency lies among the bands: 0 at the middle of the first and below, 39 at that of the last and above. */
export function bandPlaceOf(hertz: number, sampleRate: number): number {
  const low = melOf(LOWEST_HZ);
  const spacing = (melOf(highestHz(sampleRate)) - low) / (BAND_COUNT + 1);
  return Math.max(0, Math.min(BAND_COUNT - 1, (melOf(hertz) - low) / spacing - 1));
}

/**
 * @param channels one or more arrays of one length
 * @param circular whether the sound is a loop (windows reach around its end) or ends in silence
 * @param rangeDb what lies further under the loudest band counts as one floor
 */
export function logMelFrames(
  channels: readonly Float32Array[],
  sampleRate: number,
  { circular, rangeDb = RANGE_DB }: { circular: boolean; rangeDb?: number },
): LogMelFrames {
  const tools = toolsAt(sampleRate);
  const windowLength = tools.spectrometer.size;
  const { length } = channels[0];
  // A loop is cut into whole hops, so that no frame lies closer to its neighbour than the others.
  const count = Math.max(1, Math.round(length / (windowLength / HOPS_PER_WINDOW)));
  const hop = circular ? length / count : windowLength / HOPS_PER_WINDOW;
  const levels = new Float32Array(count * BAND_COUNT);
  measureFrames(channels, circular, tools, 0, hop, levels);
  const floor = toDecibels(levels, pow(10, -rangeDb / 10));
  return {
    count,
    hop,
    windowLength,
    levels,
    frameAt(sample) {
      const frame = new Float32Array(BAND_COUNT);
      measureFrames(channels, circular, tools, sample, 0, frame);
      takeLevels(frame, floor);
      return frame;
    },
  };
}

/** Frames that are measured at a time at most: 32 share 74 KB of sound. */
const FRAMES_MEASURED = 32;

/**
 * Powers of the bands in frames `hop` apart, summed over channels.
 * @param first sample on which the first frame is centred
 * @param powers 40 a frame, filled
 */
function measureFrames(
  channels: readonly Float32Array[],
  circular: boolean,
  tools: Tools,
  first: number,
  hop: number,
  powers: Float32Array,
): void {
  const { spectrometer, placed, power, bands, frames, framePowers } = tools;
  const { weights, firstBins, weightCounts } = bands;
  const { size, lastBin } = spectrometer;
  const count = powers.length / BAND_COUNT;
  for (let i = 0, measured = 0; i < count; i += measured) {
    measured = framesOfOnePlace(first, hop, i, Math.min(count, i + FRAMES_MEASURED));
    const from = centreOf(first, hop, i);
    const length = size + centreOf(first, hop, i + measured - 1) - from;
    const start = from - size / 2;
    withRooms((rooms) =>
      placed.place(channels.map((channel) => stretchFrom(channel, start, length, circular, rooms))),
    );
    for (let k = 0; k < measured; k++) {
      const offset = centreOf(first, hop, i + k) - from;
      spectrometer.measurePlaced(placed, channels.length, offset, power);
      // Bands are taken by four bins, so zeros must follow the last.
      power.fill(0, lastBin + 1);
      kernels.bandSums(power, weights, firstBins, weightCounts, BAND_COUNT, framePowers[k]);
    }
    powers.set(frames.subarray(0, measured * BAND_COUNT), i * BAND_COUNT);
  }
}

/**
 * How many frames from frame `from` on, one at least, begin a multiple of four samples after it, as transforms want it. A
 * loop's hops are no whole numbers, so now and then a frame begins beside that, and the sound is placed anew for it.
 */
function framesOfOnePlace(first: number, hop: number, from: number, end: number): number {
  const place = centreOf(first, hop, from);
  let next = from + 1;
  while (next < end && (centreOf(first, hop, next) - place) % PLACES_APART === 0) next++;
  return next - from;
}

/** Sample on which a frame is centred: one sum for all who ask, so that all round it alike. */
function centreOf(first: number, hop: number, frame: number): number {
  return Math.round(first + frame * hop);
}

/** The power of two nearest 46 ms: 2048 at 44.1 and 48 kHz. */
function windowLengthAt(sampleRate: number): number {
  return pow(2, Math.round(log2(WINDOW_SEC * sampleRate)));
}

interface Tools {
  readonly spectrometer: Spectrometer;
  readonly placed: PlacedChannels;
  /** Powers of one frame's bins. */
  readonly power: KernelFloats;
  /** The bands of a frame. */
  readonly bands: PlacedBands;
  /** Powers of the bands in one frame after the other, and of each of these frames. */
  readonly frames: KernelFloats;
  readonly framePowers: readonly KernelFloats[];
}

const toolsAt = perRate(createTools);

function createTools(sampleRate: number): Tools {
  const windowLength = windowLengthAt(sampleRate);
  const highest = highestHz(sampleRate);
  const spectrometer = createSpectrometer(windowLength, sampleRate, highest);
  const bank = melBank(sampleRate, windowLength, BAND_COUNT, LOWEST_HZ, highest);
  const own = new KernelWorkspace();
  const bands = placeBands(own, bank);
  const frames = own.floats(FRAMES_MEASURED * BAND_COUNT);
  const framePowers = Array.from({ length: FRAMES_MEASURED }, (_, k) => partOf(frames, k * BAND_COUNT));
  const power = powersFor(spectrometer, own);
  const placed = new PlacedChannels();
  return { spectrometer, placed, power, bands, frames, framePowers };
}

/**
 * The samples from one on, which may be before the first: a part of the channel, or where it reaches over an end a copy,
 * with what lies beyond: the sound again where it is a loop, else silence.
 */
function stretchFrom(
  channel: Float32Array,
  from: number,
  count: number,
  circular: boolean,
  rooms: Rooms,
): Float32Array {
  const { length } = channel;
  if (from >= 0 && from + count <= length) return channel.subarray(from, from + count);
  const copy = rooms.floats(count);
  if (circular && length > 0) return unroll(channel, from, copy);
  const first = Math.max(0, from);
  const part = channel.subarray(first, Math.max(first, from + count));
  copy.fill(0);
  copy.set(part, first - from);
  return copy;
}

function highestHz(sampleRate: number): number {
  return Math.min(HIGHEST_HZ, 0.48 * sampleRate);
}

/** Levels that are taken at a time. */
const LEVELS_TAKEN = 4096;
const taken = new KernelWorkspace().floats(LEVELS_TAKEN + 3);
/** Where nothing sounds at all, this counts as the loudest: levels are taken of normal single precision only. */
const LEAST_POWER = 1e-30;

/** @returns the floor under which all powers count as this one */
function toDecibels(powers: Float32Array, range: number): number {
  let loudest = LEAST_POWER;
  for (let start = 0; start < powers.length; start += LEVELS_TAKEN) {
    const block = powers.subarray(start, start + LEVELS_TAKEN);
    taken.set(block);
    taken.fill(0, block.length, block.length + 3);
    loudest = Math.max(loudest, kernels.greatestIn(taken, block.length));
  }
  const floor = loudest * range;
  takeLevels(powers, floor);
  return floor;
}

function takeLevels(powers: Float32Array, floor: number): void {
  for (let start = 0; start < powers.length; start += LEVELS_TAKEN) {
    const block = powers.subarray(start, start + LEVELS_TAKEN);
    taken.set(block);
    kernels.decibelsOf(taken, block.length, floor);
    block.set(taken.subarray(0, block.length));
  }
}
