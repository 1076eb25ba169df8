import { frameCount, type Sound } from './sound.ts';
import { fillSincRow, kaiser, kaiserBeta, kaiserLength } from './windows.ts';

/**
 * Conversion from one sample rate to another by a polyphase windowed-sinc filter (Kaiser window).
 *
 * Measured, in parts of the lower rate's Nyquist frequency: passband flat within 0.001 dB to 0.9,
 * -6 dB at 0.95, alias and image of everything from 1 on below -96 dB.
 * Output frame n lies exactly at input time n·from/to and depends on nothing but n and the input, so
 * ranges read one by one equal the whole, bit for bit.
 */
export interface Resampler {
  /** Input frames that an output frame can hear on either side of its own place. */
  readonly reach: number;
  /** Output frames whose place lies inside an input of this many frames. */
  outputLength(inputFrames: number): number;
  /** The input frames that output [start, start+count) hears; may begin below 0 and end after the input. */
  inputRange(start: number, count: number): { start: number; count: number };
  /**
   * Output frames [start, start+count) of one channel.
   * @param input what is known of the input; every frame outside it counts as zero
   * @param inputStart the frame that input[0] is
   */
  render(input: Float32Array, inputStart: number, start: number, count: number): Float32Array;
}

/** Passband and stopband edge in parts of the lower Nyquist frequency. */
const PASSBAND = 0.9;
const STOPBAND = 1;
/** Designed attenuation; leaves room for what interpolated phases add. */
const ATTENUATION_DB = 96;
/** Ratios with more phases than this interpolate between phases instead of storing them all. */
const MAX_EXACT_PHASES = 640;
/** Stored phases when interpolating: linear interpolation then errs by (π/512)²/8, -106 dB. */
const INTERPOLATED_PHASES = 512;

/** Rates further apart than this are a mistake, and their filters would fill the memory; 8 and 192 kHz are 24. */
const MAX_RATIO = 64;

const resamplers = new Map<string, Resampler>();

/**
 * The resampler between two rates; filters are made once a ratio.
 * @param fromRate whole number of frames a second
 * @param toRate whole number of frames a second
 * @throws RangeError unless both rates are whole, positive and within a factor of 64
 */
export function resampler(fromRate: number, toRate: number): Resampler {
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
  const key = `${advance}:${phases}`;
  let made = resamplers.get(key);
  if (!made) {
    made = makeResampler(advance, phases);
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
function makeResampler(advance: number, phases: number): Resampler {
  const filter = designFilter(advance, phases);
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
      const range = inputRange(start, count);
      const samples = cover(input, inputStart, range.start, range.count);
      convolve(samples, filter, advance, phases, start, output);
      return output;
    },
  };
}

interface PolyphaseFilter {
  /** Even. Tap t of any phase weighs the input frame floor(place) - taps/2 + 1 + t. */
  readonly taps: number;
  /** Stored phases; phase p stands for a place p/count after a frame. */
  readonly count: number;
  /** (count + 1) × taps, phase after phase; the extra phase is the neighbour of the last one. */
  readonly weights: Float64Array;
}

function designFilter(advance: number, phases: number): PolyphaseFilter {
  const narrowing = Math.min(1, phases / advance);
  const transition = ((STOPBAND - PASSBAND) / 2) * narrowing;
  const half = 2 * Math.ceil(kaiserLength(ATTENUATION_DB, transition) / 4);
  const taps = 2 * half;
  const cutoff = ((PASSBAND + STOPBAND) / 2) * narrowing;
  const window = kaiser(kaiserBeta(ATTENUATION_DB));
  const count = phases <= MAX_EXACT_PHASES ? phases : INTERPOLATED_PHASES;

  const weights = new Float64Array((count + 1) * taps);
  for (let p = 0; p <= count; p++) {
    fillSincRow(weights.subarray(p * taps, (p + 1) * taps), p / count, cutoff, window);
  }
  return { taps, count, weights };
}

/** `count` input frames from `first` on, zeros where the input is not known; in double precision, which runs faster. */
function cover(input: Float32Array, inputStart: number, first: number, count: number): Float64Array {
  const samples = new Float64Array(count);
  const from = Math.max(first, inputStart);
  const to = Math.min(first + count, inputStart + input.length);
  if (to > from) samples.set(input.subarray(from - inputStart, to - inputStart), from - first);
  return samples;
}

/** @param samples the input from the first frame that output frame `start` hears */
function convolve(
  samples: Float64Array,
  filter: PolyphaseFilter,
  advance: number,
  phases: number,
  start: number,
  output: Float32Array,
): void {
  const { taps, count, weights } = filter;
  const wholeStep = Math.floor(advance / phases);
  const phaseStep = advance % phases;
  let remainder = (start * advance) % phases;
  let at = 0;

  for (let n = 0; n < output.length; n++) {
    if (count === phases) {
      output[n] = dot(samples, at, weights, remainder * taps, taps);
    } else {
      const exact = (remainder * count) / phases;
      const phase = Math.floor(exact);
      const low = dot(samples, at, weights, phase * taps, taps);
      const high = dot(samples, at, weights, (phase + 1) * taps, taps);
      output[n] = low + (exact - phase) * (high - low);
    }
    at += wholeStep;
    remainder += phaseStep;
    if (remainder >= phases) {
      remainder -= phases;
      at++;
    }
  }
}

/** Σ samples[at+t]·weights[row+t]; four sums side by side keep the processor's adders busy. `taps` is a multiple of 4. */
function dot(samples: Float64Array, at: number, weights: Float64Array, row: number, taps: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let t = 0; t < taps; t += 4) {
    a += samples[at + t] * weights[row + t];
    b += samples[at + t + 1] * weights[row + t + 1];
    c += samples[at + t + 2] * weights[row + t + 2];
    d += samples[at + t + 3] * weights[row + t + 3];
  }
  return a + b + (c + d);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
