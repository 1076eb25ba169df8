import type { Section } from './butterworth.ts';
import { FREE, kernels, memory } from './kernels.ts';

/**
 * Running a cascade of sections over one channel, or several of one length: causally, or with zero phase over a one-shot or a ring.
 * All inner arithmetic is double precision. No function changes its input.
 */

/** What is left of a filter's ringing before it is taken as gone: -140 dB. */
const SETTLED = 1e-7;
/** Frames that are run over at a time. */
const BLOCK = 1024;

/** The filter's response to one channel from rest: causal, magnitude |H|. */
export function filter(signal: Float32Array, sections: readonly Section[]): Float32Array {
  return eachPair([signal], 0, (frames, count) => run(atRest(sections), frames, 0, count, true))[0];
}

/**
 * Forward and backward over a one-shot: no phase shift, and **twice the attenuation**: magnitude |H|²,
 * so a Butterworth is -6.02 dB at its cutoff. The ends are continued by odd reflection for as long as the
 * filter rings (at most one length), which keeps them from jumping.
 */
export function filterZeroPhase(
  channels: readonly Float32Array[],
  sections: readonly Section[],
): Float32Array[] {
  const margin = Math.max(0, Math.min(channels[0].length - 1, settlingTime(sections)));
  return eachPair(channels, margin, (frames, count) => {
    reflectEnds(frames, margin);
    for (const forwards of [true, false]) {
      const cascade = atRest(sections);
      const first = forwards ? 0 : 2 * (count - 1);
      holdConstant(cascade, sections, frames.subarray(first, first + 2));
      run(cascade, frames, 0, count, forwards);
    }
  });
}

/**
 * Forward and backward over a ring, whose end is its beginning: no phase shift, no seam, and **twice the
 * attenuation**: magnitude |H|², so a Butterworth is -6.02 dB at its cutoff. It goes round, unheard, for twice as long
 * as it rings before what it gives counts; so rotating the ring rotates the result (measured: to -120 dB, down to
 * one-sample rings).
 */
export function filterCircular(
  channels: readonly Float32Array[],
  sections: readonly Section[],
): Float32Array[] {
  const lead = 2 * settlingTime(sections);
  return eachPair(channels, 0, (frames, count) => {
    for (const forwards of [true, false]) {
      const cascade = atRest(sections);
      const part = lead % count;
      run(cascade, frames, forwards ? count - part : 0, forwards ? count : part, forwards, false);
      for (let left = lead - part; left > 0; left -= count) run(cascade, frames, 0, count, forwards, false);
      run(cascade, frames, 0, count, forwards);
    }
  });
}

/**
 * Time until the cascade's ringing has fallen by 140 dB, in samples.
 * An estimate from the slowest pole; sections of like poles ring a little longer.
 */
function settlingTime(sections: readonly Section[]): number {
  let radius = 0;
  for (const { a1, a2 } of sections) {
    const discriminant = a1 * a1 - 4 * a2;
    const slowest =
      discriminant < 0 ? Math.sqrt(a2) : (Math.abs(a1) + Math.sqrt(Math.max(0, discriminant))) / 2;
    radius = Math.max(radius, slowest);
  }
  return radius === 0 ? 2 : Math.ceil(Math.log(SETTLED) / Math.log(radius)) + 2;
}

/**
 * Changes channels two at a time, as the kernel takes them: frame after frame, in doubles.
 * @param margin frames that are added before and after, and dropped again
 */
function eachPair(
  channels: readonly Float32Array[],
  margin: number,
  change: (frames: Float64Array, count: number) => void,
): Float32Array[] {
  const { length } = channels[0];
  const results = channels.map(() => new Float32Array(length));
  if (length === 0) return results;
  const frames = new Float64Array(2 * (length + 2 * margin));
  for (let c = 0; c < channels.length; c += 2) {
    frames.fill(0);
    for (let lane = 0; lane < 2 && c + lane < channels.length; lane++) {
      spread(channels[c + lane], frames, 2 * margin + lane);
    }
    change(frames, length + 2 * margin);
    for (let lane = 0; lane < 2 && c + lane < channels.length; lane++) {
      gather(frames, 2 * margin + lane, results[c + lane]);
    }
  }
  return results;
}

function spread(samples: Float32Array, frames: Float64Array, at: number): void {
  for (let n = 0; n < samples.length; n++) frames[at + 2 * n] = samples[n];
}

function gather(frames: Float64Array, at: number, samples: Float32Array): void {
  for (let n = 0; n < samples.length; n++) samples[n] = frames[at + 2 * n];
}

/** Fills the margins with what they enclose, turned about its ends. */
function reflectEnds(frames: Float64Array, margin: number): void {
  const first = 2 * margin;
  const last = frames.length - 2 - first;
  for (let lane = 0; lane < 2; lane++) {
    for (let n = 2; n <= first; n += 2) {
      frames[first - n + lane] = 2 * frames[first + lane] - frames[first + n + lane];
      frames[last + n + lane] = 2 * frames[last + lane] - frames[last - n + lane];
    }
  }
}

/** A cascade that stands in the kernels' memory, two sections at a time: where, in doubles. */
interface Cascade {
  readonly pairCount: number;
  /** Ten a pair of sections. */
  readonly coefficients: number;
  /** Eight a pair of sections. */
  readonly states: number;
  readonly frames: number;
}

/** Passes everything as it is: fills up a pair. */
const NOTHING: Section = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };

function atRest(sections: readonly Section[]): Cascade {
  const pairCount = Math.ceil(sections.length / 2);
  const coefficients = FREE >> 3;
  const states = coefficients + 10 * pairCount;
  const frames = states + 8 * pairCount;
  for (let s = 0; s < 2 * pairCount; s++) {
    const { b0, b1, b2, a1, a2 } = sections[s] ?? NOTHING;
    memory.doubles.set([b0, b1, b2, a1, a2], coefficients + 5 * s);
  }
  memory.doubles.fill(0, states, frames);
  return { pairCount, coefficients, states, frames };
}

/** Puts a cascade in the state that it would have had one frame been there for ever. */
function holdConstant({ states }: Cascade, sections: readonly Section[], frame: Float64Array): void {
  for (let lane = 0; lane < 2; lane++) {
    let x = frame[lane];
    for (const [s, { b0, b1, b2, a1, a2 }] of sections.entries()) {
      const y = ((b0 + b1 + b2) / (1 + a1 + a2)) * x;
      const second = b2 * x - a2 * y;
      memory.doubles[states + 4 * s + lane] = b1 * x - a1 * y + second;
      memory.doubles[states + 4 * s + 2 + lane] = second;
      x = y;
    }
  }
}

/** Runs a cascade over frames [start, end), in place or, where nothing is kept, for its state alone. */
function run(
  { pairCount, coefficients, states, frames: at }: Cascade,
  frames: Float64Array,
  start: number,
  end: number,
  forwards: boolean,
  keeps = true,
): void {
  for (let done = start; done < end; done += BLOCK) {
    const count = Math.min(BLOCK, end - done);
    const first = forwards ? done : end - (done - start) - count;
    const block = frames.subarray(2 * first, 2 * (first + count));
    memory.doubles.set(block, at);
    const [beginning, step] = forwards ? [at, 16] : [at + 2 * (count - 1), -16];
    for (let pair = 0; pair < pairCount; pair++) {
      const state = states + 8 * pair;
      kernels.runTwoSections(8 * beginning, count, step, 8 * (coefficients + 10 * pair), 8 * state);
    }
    if (keeps) block.set(memory.doubles.subarray(at, at + 2 * count));
  }
}
