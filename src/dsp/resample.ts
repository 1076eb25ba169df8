import { KernelWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { frameCount, type Sound } from './sound.ts';
import { fillSincRow, kaiser, kaiserBeta, kaiserLength } from './windows.ts';

/**
 * Conversion from one sample rate to another by a polyphase windowed-sinc filter (Kaiser window).
 *
 * Measured, in parts of the lower rate's Nyquist frequency, between the usual {@link Edges}: passband flat within 0.001 dB to
 * 0.9, -6 dB at 0.95, alias and image of everything from 1 on below -96 dB.
 * Output frame n lies exactly at input time n·from/to and depends on nothing but n and the input, so
 * ranges read one by one equal the whole, bit for bit.
 */
export interface Resampler {
  /** Input frames that an output frame depends on, on either side of its own place. */
  readonly reach: number;
  /** Output frames whose place lies inside an input of this many frames. */
  outputLength(inputFrames: number): number;
  /** The input frames that output [start, start+count) depends on; may begin below 0 and end after the input. */
  inputRange(start: number, count: number): { start: number; count: number };
  /**
   * Output frames [start, start+count) of one channel.
   * @param input what is known of the input; every frame outside it counts as zero
   * @param inputStart the frame that input[0] is
   */
  render(input: Float32Array, inputStart: number, start: number, count: number): Float32Array;
}

/** Between which a filter falls, in parts of the lower rate's Nyquist frequency: flat below the first, nothing from the second on. */
export interface Edges {
  readonly passband: number;
  readonly stopband: number;
}

const USUAL: Edges = { passband: 0.9, stopband: 1 };
/** Designed attenuation; leaves room for what interpolated phases add. */
const ATTENUATION_DB = 96;
/** Ratios with more phases than this interpolate between phases instead of storing them all. */
const MAX_EXACT_PHASES = 640;
/** Outputs of one call of the kernel at most. */
const BLOCK = 16_384;
/** Nor are all phases stored where they hold more weights than this, 640 kB. */
const MAX_WEIGHTS = 160_000;
/** Samples of input that a block is read from: the widest filter, and 6000 outputs at the largest ratio. */
const INPUT_ROOM = 400_000;
/** Stored phases when interpolating at ratios up to 1: linear interpolation then errs by (π/512)²/8, -106 dB. */
const INTERPOLATED_PHASES = 512;

/** Rates further apart than this are a mistake, and their filters would fill the memory; 8 and 192 kHz are 24. */
const MAX_RATIO = 64;

/** Ratios, each between its edges, whose filters are kept; rates are few, while every ring has a ratio of its own. */
const MOST_KEPT = 16;

const resamplers = new Map<string, Resampler>();

const own = new KernelWorkspace();
const loadedWeights = own.floats(MAX_WEIGHTS);
const samples = own.floats(INPUT_ROOM);
const outputs = own.floats(BLOCK);
/** Whose weights are loaded. */
let loaded: PolyphaseFilter | undefined;

/**
 * The resampler between two rates; filters are made once a ratio and kept for a while.
 * @param fromRate whole number of frames a second
 * @param toRate whole number of frames a second
 * @param edges by default those that leave nothing to be heard of it, whatever the sound
 * @throws RangeError unless both rates are whole, positive and within a factor of 64
 */
export function resampler(fromRate: number, toRate: number, edges = USUAL): Resampler {
  for (const rate of [fromRate, toRate]) {
    if (!Number.isInteger(rate) || rate < 1) {
      throw new RangeError(`A sample rate must be a whole number above 0, not ${rate}.`);
    }
  }
  if (Math.max(fromRate / toRate, toRate / fromRate) > MAX_RATIO) {
    throw new RangeError(`Sample rates ${fromRate} and ${toRate} Hz lie too far apart to convert.`);
  }
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const advance = fromRate / divisor;
  const phases = toRate / divisor;
  const key = `${advance}:${phases} ${keyOf(edges)}`;
  let made = resamplers.get(key);
  if (!made) {
    made = makeResampler(advance, phases, edges);
    if (resamplers.size >= MOST_KEPT) resamplers.clear();
    resamplers.set(key, made);
  }
  return made;
}

/** A whole sound at another rate; the same sound where the rate is already right. */
export function resample(sound: Sound, toRate: number): Sound {
  if (sound.sampleRate === toRate) return sound;
  const { outputLength, render } = resampler(sound.sampleRate, toRate);
  const count = outputLength(frameCount(sound));
  return { sampleRate: toRate, channels: sound.channels.map((channel) => render(channel, 0, 0, count)) };
}

/** Output frame n lies at input time n·advance/phases. */
function makeResampler(advance: number, phases: number, edges: Edges): Resampler {
  const filter = filterFor(advance, phases, edges);
  const half = filter.taps / 2;

  const place = (frame: number) => Math.floor((frame * advance) / phases);

  function inputRange(start: number, count: number): { start: number; count: number } {
    if (count <= 0) return { start: place(start), count: 0 };
    const first = place(start) - half + 1;
    return { start: first, count: place(start + count - 1) + half - first + 1 };
  }

  return {
    reach: half,
    outputLength: (inputFrames) => Math.ceil((inputFrames * phases) / advance),
    inputRange,
    render(input, inputStart, start, count) {
      const output = new Float32Array(Math.max(0, count));
      convolve(input, inputStart, filter, advance, phases, start, output);
      return output;
    },
  };
}

interface PolyphaseFilter {
  /** A multiple of 4. Tap t of any row weighs the input frame floor(place) - taps/2 + 1 + t. */
  readonly taps: number;
  /** Stored phases; row r stands for a place r/rows after a frame. */
  readonly rows: number;
  /** (rows + 1) × taps, row after row; the extra row is the neighbour of the last one. */
  readonly weights: Float32Array;
}

/** What every ring that is read between stored phases, and not faster than it is, is read with. */
const shared = new Map<string, PolyphaseFilter>();

function filterFor(advance: number, phases: number, edges: Edges): PolyphaseFilter {
  const narrowing = Math.min(1, phases / advance);
  const taps = tapsAt(narrowing, edges);
  const exact = phases <= MAX_EXACT_PHASES && (phases + 1) * taps <= MAX_WEIGHTS;
  if (exact) return designFilter(narrowing, phases, edges);
  // A wider filter changes more slowly from place to place: fewer rows are as exact.
  if (narrowing < 1) return designFilter(narrowing, Math.ceil(INTERPOLATED_PHASES * narrowing), edges);
  const key = keyOf(edges);
  const made = shared.get(key) ?? designFilter(1, INTERPOLATED_PHASES, edges);
  shared.set(key, made);
  return made;
}

function keyOf({ passband, stopband }: Edges): string {
  return `${passband}-${stopband}`;
}

function tapsAt(narrowing: number, { passband, stopband }: Edges): number {
  const transition = ((stopband - passband) / 2) * narrowing;
  return 4 * Math.ceil(kaiserLength(ATTENUATION_DB, transition) / 4);
}

/** @param narrowing the lower rate over the higher where that is the output's, else 1; @param rows phases that are stored */
function designFilter(narrowing: number, rows: number, edges: Edges): PolyphaseFilter {
  const taps = tapsAt(narrowing, edges);
  const cutoff = ((edges.passband + edges.stopband) / 2) * narrowing;
  const window = kaiser(kaiserBeta(ATTENUATION_DB));
  const weights = new Float32Array((rows + 1) * taps);
  const row = new Float64Array(taps);
  for (let r = 0; r <= rows; r++) {
    fillSincRow(row, r / rows, cutoff, window);
    weights.set(row, r * taps);
  }
  return { taps, rows, weights };
}

/**
 * Fills the output, a block at a time.
 * @param start frame that output[0] is
 */
function convolve(
  input: Float32Array,
  inputStart: number,
  filter: PolyphaseFilter,
  advance: number,
  phases: number,
  start: number,
  output: Float32Array,
): void {
  const { taps, rows, weights } = filter;
  if (loaded !== filter) loadedWeights.set(weights);
  loaded = filter;
  const ratio = advance / phases;
  const block = Math.min(BLOCK, Math.floor((INPUT_ROOM - taps - 2) / ratio));
  const [wholeStep, phaseStep] = [Math.floor(ratio), advance % phases];
  for (let done = 0; done < output.length; done += block) {
    const count = Math.min(block, output.length - done);
    const place = (start + done) * advance;
    const remainder = place % phases;
    const length = Math.floor(remainder / phases + ((count - 1) * advance) / phases) + taps;
    const first = Math.floor(place / phases) - taps / 2 + 1;
    cover(input, inputStart, first, samples.subarray(0, length + 1));
    kernels.readPhases(
      samples,
      wholeStep,
      phaseStep,
      remainder,
      phases,
      loadedWeights,
      taps,
      rows,
      outputs,
      count,
    );
    output.set(outputs.subarray(0, count), done);
  }
}

/** Fills samples with the input from frame `first` on, zeros where it is not known. */
function cover(input: Float32Array, inputStart: number, first: number, samples: Float32Array): void {
  const from = Math.max(first, inputStart);
  const to = Math.min(first + samples.length, inputStart + input.length);
  samples.fill(0);
  if (to > from) samples.set(input.subarray(from - inputStart, to - inputStart), from - first);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
