import type { Section } from './butterworth.ts';
import { FREE, kernels, memory } from './kernels.ts';
import { log } from './maths.ts';

/**
 * Running a cascade of sections over one channel, or several of one length: causally, or with zero phase over a one-shot or a ring.
 * All inner arithmetic is double precision. No function changes its input.
 */

/** What is left of a filter's ringing before it is taken as gone: -140 dB. */
const SETTLED = 1e-7;
/** Frames that are run over at a time: 16 KB as pairs of doubles. */
const BLOCK = 1024;

/** The filter's response to channels of one length, from rest: causal, magnitude |H|. */
export function filter(channels: readonly Float32Array[], sections: readonly Section[]): Float32Array[] {
  return eachPair(channels, (input, output, count) => run(atRest(sections), input, output, 0, count, true));
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
  return eachPair(channels, (input, output, count) => {
    const all = count + margin;
    const between = new Float64Array(2 * all);
    const frames = pairFrames(between);
    const before = new Float64Array(2 * margin);
    reflectEnds(input.pair, before, between);
    const ahead = atRest(sections);
    holdConstant(ahead, sections, margin > 0 ? before : firstFrame(input.pair));
    run(ahead, pairFrames(before), null, 0, margin, true);
    run(ahead, input, frames, 0, count, true);
    run(ahead, frames, frames, count, all, true);
    const back = atRest(sections);
    holdConstant(back, sections, between.subarray(2 * (all - 1)));
    run(back, frames, null, count, all, false);
    run(back, frames, output, 0, count, false);
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
  return eachPair(channels, (input, output, count) => {
    const between = pairFrames(new Float64Array(2 * count));
    const part = lead % count;
    const around = (from: Frames, to: Frames, forwards: boolean) => {
      const cascade = atRest(sections);
      run(cascade, from, null, forwards ? count - part : 0, forwards ? count : part, forwards);
      for (let left = lead - part; left > 0; left -= count) run(cascade, from, null, 0, count, forwards);
      run(cascade, from, to, 0, count, forwards);
    };
    around(input, between, true);
    around(between, output, false);
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
  return radius === 0 ? 2 : Math.ceil(log(SETTLED) / log(radius)) + 2;
}

/** Two channels of one length; one without a partner is its own. */
type Pair = readonly [Float32Array, Float32Array];

/** Where a filter's frames come from or go to: as pairs of doubles in the kernels' memory, a block at a time. */
interface Frames {
  /** @param at where to, in doubles */
  load(first: number, count: number, at: number): void;
  /** @param at where from, in doubles */
  store(first: number, count: number, at: number): void;
}

/** Filters channels two at a time, as the kernel takes them. @param change is given what comes in and what goes out */
function eachPair(
  channels: readonly Float32Array[],
  change: (input: ChannelFrames, output: ChannelFrames, count: number) => void,
): Float32Array[] {
  const { length } = channels[0];
  const results = channels.map(() => new Float32Array(length));
  if (length === 0) return results;
  for (let c = 0; c < channels.length; c += 2) {
    const other = Math.min(c + 1, channels.length - 1);
    change(
      channelFrames([channels[c], channels[other]]),
      channelFrames([results[c], results[other]]),
      length,
    );
  }
  return results;
}

interface ChannelFrames extends Frames {
  readonly pair: Pair;
}

/** Single precision in channels, double in the kernels' memory: no copy of all of it in doubles is needed. */
function channelFrames(pair: Pair): ChannelFrames {
  const [left, right] = pair;
  return {
    pair,
    load(first, count, at) {
      const [leftAt, rightAt] = besides(at);
      memory.floats.set(left.subarray(first, first + count), leftAt);
      memory.floats.set(right.subarray(first, first + count), rightAt);
      kernels.pairSamples(4 * leftAt, 4 * rightAt, 8 * at, count);
    },
    store(first, count, at) {
      const [leftAt, rightAt] = besides(at);
      kernels.splitPairs(8 * at, 4 * leftAt, 4 * rightAt, count);
      left.set(memory.floats.subarray(leftAt, leftAt + count), first);
      right.set(memory.floats.subarray(rightAt, rightAt + count), first);
    },
  };
}

/** Where the channels of a block of pairs lie, in floats: behind it. */
function besides(at: number): [number, number] {
  return [2 * (at + 2 * BLOCK), 2 * (at + 2 * BLOCK) + BLOCK];
}

function pairFrames(pairs: Float64Array): Frames {
  return {
    load: (first, count, at) => memory.doubles.set(pairs.subarray(2 * first, 2 * (first + count)), at),
    store: (first, count, at) => pairs.set(memory.doubles.subarray(at, at + 2 * count), 2 * first),
  };
}

/** Fills `before`, and the end of `after`, with as many frames as `before` has: the channels turned about their ends. */
function reflectEnds(pair: Pair, before: Float64Array, after: Float64Array): void {
  const margin = before.length / 2;
  const last = pair[0].length - 1;
  for (const [lane, samples] of pair.entries()) {
    for (let n = 1; n <= margin; n++) {
      before[2 * (margin - n) + lane] = 2 * samples[0] - samples[n];
      after[2 * (last + n) + lane] = 2 * samples[last] - samples[last - n];
    }
  }
}

function firstFrame([left, right]: Pair): Float64Array {
  return Float64Array.of(left[0], right[0]);
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

/** Puts a cascade in the state that it would have had one frame been there for ever. @param frames begin with it */
function holdConstant({ states }: Cascade, sections: readonly Section[], frames: Float64Array): void {
  for (let lane = 0; lane < 2; lane++) {
    let x = frames[lane];
    for (const [s, { b0, b1, b2, a1, a2 }] of sections.entries()) {
      const y = ((b0 + b1 + b2) / (1 + a1 + a2)) * x;
      const second = b2 * x - a2 * y;
      memory.doubles[states + 4 * s + lane] = b1 * x - a1 * y + second;
      memory.doubles[states + 4 * s + 2 + lane] = second;
      x = y;
    }
  }
}

/** Runs a cascade over frames [start, end); where they go nowhere, for its state alone. */
function run(
  { pairCount, coefficients, states, frames: at }: Cascade,
  from: Frames,
  to: Frames | null,
  start: number,
  end: number,
  forwards: boolean,
): void {
  for (let done = start; done < end; done += BLOCK) {
    const count = Math.min(BLOCK, end - done);
    const first = forwards ? done : end - (done - start) - count;
    from.load(first, count, at);
    const [beginning, step] = forwards ? [at, 16] : [at + 2 * (count - 1), -16];
    for (let pair = 0; pair < pairCount; pair++) {
      const state = states + 8 * pair;
      kernels.runTwoSections(8 * beginning, count, step, 8 * (coefficients + 10 * pair), 8 * state);
    }
    to?.store(first, count, at);
  }
}
