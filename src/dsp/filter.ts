import type { Section } from './butterworth.ts';
import { type KernelDoubles, type KernelStruct, KernelWorkspace, withWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { log } from './maths.ts';

/**
 * Running a cascade of sections over one channel, or several of one length: causally, or with zero phase over a one-shot or a ring.
 * All inner arithmetic is double precision. No function changes its input.
 */

/** What is left of a filter's ringing before it is taken as gone: -140 dB. */
const SETTLED = 1e-7;
/** Frames that are run over at a time: 16 KB as pairs of doubles. */
const BLOCK = 1024;

const own = new KernelWorkspace();
/** Pairs of doubles, and the two channels that they are made of. */
const frames = own.doubles(2 * BLOCK);
const leftBlock = own.floats(BLOCK);
const rightBlock = own.floats(BLOCK);

/** Frames between the two ways of a filter that are kept for the next: 12 s at 44.1 kHz. */
const MOST_KEPT = 2 ** 19;
/** Pairs of doubles: 700 MB of the 6.6 GB of arrays that `all` made, each filled with zeros first. */
let keptPairs = new Float64Array(0);

/** Room for so many pairs, of any content; the next call may be given the same. */
function pairsFor(count: number): Float64Array {
  if (count > MOST_KEPT) return new Float64Array(2 * count);
  if (keptPairs.length < 2 * count) keptPairs = new Float64Array(2 * count);
  return keptPairs.subarray(0, 2 * count);
}

/** The filter's response to channels of one length, from rest: causal, magnitude |H|. */
export function filter(channels: readonly Float32Array[], sections: readonly Section[]): Float32Array[] {
  return eachPair(channels, sections, (atRest, input, output, count) =>
    run(atRest(), input, output, 0, count, true),
  );
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
  return eachPair(channels, sections, (atRest, input, output, count) => {
    const all = count + margin;
    const between = pairsFor(all);
    const inside = pairFrames(between);
    const before = new Float64Array(2 * margin);
    reflectEnds(input.pair, before, between);
    const ahead = atRest();
    holdConstant(ahead, sections, margin > 0 ? before : firstFrame(input.pair));
    run(ahead, pairFrames(before), null, 0, margin, true);
    run(ahead, input, inside, 0, count, true);
    run(ahead, inside, inside, count, all, true);
    const back = atRest();
    holdConstant(back, sections, between.subarray(2 * (all - 1)));
    run(back, inside, null, count, all, false);
    run(back, inside, output, 0, count, false);
  });
}

/**
 * Forward and backward over a ring, whose end is its beginning: no phase shift, no seam, and **twice the
 * attenuation**: magnitude |H|², so a Butterworth is -6.02 dB at its cutoff. It goes round, inaudibly, for twice as long
 * as it rings before what it gives counts; so rotating the ring rotates the result (measured: to -120 dB, down to
 * one-sample rings).
 */
export function filterCircular(
  channels: readonly Float32Array[],
  sections: readonly Section[],
): Float32Array[] {
  const lead = 2 * settlingTime(sections);
  return eachPair(channels, sections, (atRest, input, output, count) => {
    const between = pairFrames(pairsFor(count));
    const part = lead % count;
    const around = (from: Frames, to: Frames, forwards: boolean) => {
      const cascade = atRest();
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

/** Where a filter's frames come from or go to: as pairs of doubles, a block at a time. */
interface Frames {
  load(first: number, count: number, to: KernelDoubles): void;
  store(first: number, count: number, from: KernelDoubles): void;
}

/**
 * Filters channels two at a time, as the kernel takes them.
 * @param change is given a cascade for each time that it asks, what comes in, and what goes out
 */
function eachPair(
  channels: readonly Float32Array[],
  sections: readonly Section[],
  change: (atRest: () => Cascade, input: ChannelFrames, output: ChannelFrames, count: number) => void,
): Float32Array[] {
  const { length } = channels[0];
  const results = channels.map(() => new Float32Array(length));
  if (length === 0) return results;
  withWorkspace((workspace) => {
    const atRest = () => createCascade(workspace, sections);
    for (let c = 0; c < channels.length; c += 2) {
      const other = Math.min(c + 1, channels.length - 1);
      const input = channelFrames([channels[c], channels[other]]);
      change(atRest, input, channelFrames([results[c], results[other]]), length);
    }
  });
  return results;
}

interface ChannelFrames extends Frames {
  readonly pair: Pair;
}

/** Single precision in channels, double in between: no copy of all of it in doubles is needed. */
function channelFrames(pair: Pair): ChannelFrames {
  const [left, right] = pair;
  return {
    pair,
    load(first, count, to) {
      leftBlock.set(left.subarray(first, first + count));
      rightBlock.set(right.subarray(first, first + count));
      kernels.pairSamples(leftBlock, rightBlock, to, count);
    },
    store(first, count, from) {
      kernels.splitPairs(from, leftBlock, rightBlock, count);
      left.set(leftBlock.subarray(0, count), first);
      right.set(rightBlock.subarray(0, count), first);
    },
  };
}

function pairFrames(pairs: Float64Array): Frames {
  return {
    load: (first, count, to) => to.set(pairs.subarray(2 * first, 2 * (first + count))),
    store: (first, count, from) => pairs.set(from.subarray(0, 2 * count), 2 * first),
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

/** A cascade of sections, filled up to pairs, and what their delays hold. */
interface Cascade {
  readonly sections: readonly KernelStruct<'Section'>[];
  readonly states: readonly KernelStruct<'SectionState'>[];
}

/** Passes everything as it is: fills up a pair. */
const NOTHING: Section = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };

/** A cascade at rest. */
function createCascade(workspace: KernelWorkspace, sections: readonly Section[]): Cascade {
  const count = 2 * Math.ceil(sections.length / 2);
  const cascade = {
    sections: workspace.structs('Section', count),
    states: workspace.structs('SectionState', count),
  };
  for (const [s, section] of cascade.sections.entries()) Object.assign(section, sections[s] ?? NOTHING);
  return cascade;
}

/** Puts a cascade in the state that it would have had one frame been there for ever. @param frame begins with it */
function holdConstant({ states }: Cascade, sections: readonly Section[], frame: Float64Array): void {
  let [left, right] = frame;
  for (const [s, { b0, b1, b2, a1, a2 }] of sections.entries()) {
    const gain = (b0 + b1 + b2) / (1 + a1 + a2);
    const [leftOut, rightOut] = [gain * left, gain * right];
    const secondLeft = b2 * left - a2 * leftOut;
    const secondRight = b2 * right - a2 * rightOut;
    const firstLeft = b1 * left - a1 * leftOut + secondLeft;
    const firstRight = b1 * right - a1 * rightOut + secondRight;
    Object.assign(states[s], { firstLeft, firstRight, secondLeft, secondRight });
    [left, right] = [leftOut, rightOut];
  }
}

/** Runs a cascade over frames [start, end); where they go nowhere, for its state alone. */
function run(
  { sections, states }: Cascade,
  from: Frames,
  to: Frames | null,
  start: number,
  end: number,
  forwards: boolean,
): void {
  for (let done = start; done < end; done += BLOCK) {
    const count = Math.min(BLOCK, end - done);
    const first = forwards ? done : end - (done - start) - count;
    from.load(first, count, frames);
    for (let s = 0; s < sections.length; s += 2) {
      kernels.runTwoSections(frames, count, !forwards, sections[s], states[s]);
    }
    to?.store(first, count, frames);
  }
}
