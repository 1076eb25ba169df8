import { copySamples, KernelWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { fillSincRow, kaiser, kaiserBeta, kaiserLength } from './windows.ts';

/**
 * A channel at a lower rate, for what is listened to in passing: 16 to 19 ns an output, where interpolate.ts takes 27 to 35,
 * since its filters are shorter, and the nearest is taken as it is.
 *
 * Measured for ratios 1.1 to 4, in parts of the lower Nyquist frequency: flat within 0.05 dB to 0.75, -6 dB at 0.88, alias of
 * everything from 1 on below -52 dB; what the nearest filter is beside the place is below -53 dB.
 */

/** Sinc zero crossings on either side at ratio 1. */
const HALF_WIDTH = 14;
const ATTENUATION_DB = 56;
/** Stored phases at ratio 1: the nearest is off by (π/512)/√12 on the mean where it is worst, -55 dB. */
const PHASES = 512;
/** Filters are made for ratios rounded up to this many parts: loops of all lengths share a few. */
const RATIO_PARTS = 32;
/** Of sounds at 192 kHz, of the shortest of which not even half a frame more is left out. */
const LARGEST_RATIO = 64;
/** Numbers of the longest filter. */
const ROWS_ROOM = 20_000;
/** Outputs of one call of the kernel at most; fewer where there is no room for what they are read from. */
const BLOCK = 4096;
const SOURCE_ROOM = 80_000;

interface LowFilter {
  /** Samples that are read before the one that a row counts from. */
  readonly before: number;
  /** A multiple of 4, which zeros fill up to. */
  readonly taps: number;
  readonly phases: number;
  /** `phases` + 1 rows of `taps`. */
  readonly rows: Float32Array;
}

const filters = new Map<number, LowFilter>();
const own = new KernelWorkspace();
const rows = own.floats(ROWS_ROOM);
const samples = own.floats(SOURCE_ROOM);
const outputs = own.floats(BLOCK);
/** Whose rows are loaded. */
let loaded: LowFilter | null = null;

/** Samples of the source that an output depends on, on either side of its place. */
export function reachAt(ratio: number): number {
  return filterFor(ratio).taps / 2;
}

/**
 * Reads so many samples that the source goes by at a ratio: output[n] = source at position + n·ratio. Samples outside the
 * source are zero.
 * @param ratio 1 to 64
 * @throws RangeError where it is another
 */
export function atLowerRate(
  source: Float32Array,
  position: number,
  ratio: number,
  count: number,
): Float32Array {
  const filter = filterFor(ratio);
  const { before, taps, phases } = filter;
  if (loaded !== filter) rows.set(filter.rows);
  loaded = filter;
  const output = new Float32Array(count);
  const most = Math.min(BLOCK, Math.floor((SOURCE_ROOM - 2 * taps) / ratio));
  for (let done = 0; done < count; done += most) {
    const length = Math.min(most, count - done);
    const at = position + done * ratio;
    const whole = Math.floor(at);
    const place = at - whole;
    const needed = Math.floor(place + (length - 1) * ratio) + taps;
    copySamples(source, whole - before, needed, samples);
    kernels.readNearest(samples, place, ratio, rows, taps, phases, outputs, length);
    output.set(outputs.subarray(0, length), done);
  }
  return output;
}

function filterFor(ratio: number): LowFilter {
  if (!(ratio >= 1 && ratio <= LARGEST_RATIO)) {
    throw new RangeError(`A lower rate must be 1 to ${LARGEST_RATIO} times lower, not ${ratio}.`);
  }
  const speed = Math.ceil(ratio * RATIO_PARTS) / RATIO_PARTS;
  const filter = filters.get(speed) ?? designFilter(speed);
  filters.set(speed, filter);
  return filter;
}

/** The transition ends at the lower Nyquist frequency. */
function designFilter(speed: number): LowFilter {
  const taps = 4 * Math.ceil((HALF_WIDTH * speed) / 2);
  // A wider filter changes more slowly from sample to sample: fewer phases are as exact.
  const phases = Math.ceil(PHASES / speed);
  const cutoff = 1 / speed - kaiserLength(ATTENUATION_DB, 1) / taps;
  const window = kaiser(kaiserBeta(ATTENUATION_DB));
  const row = new Float64Array(taps);
  const weights = new Float32Array((phases + 1) * taps);
  for (let p = 0; p <= phases; p++) {
    fillSincRow(row, p / phases, cutoff, window);
    weights.set(row, p * taps);
  }
  return { before: taps / 2 - 1, taps, phases, rows: weights };
}
