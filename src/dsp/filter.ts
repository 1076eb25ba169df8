import type { Section } from './butterworth.ts';
import { type KernelDoubles, type KernelStruct, KernelWorkspace, withWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { log } from './maths.ts';
import { silence } from './sound.ts';

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
const otherFrames = own.doubles(2 * BLOCK);
const leftBlock = own.floats(BLOCK);
const rightBlock = own.floats(BLOCK);

/** The filter's response to channels of one length, from rest: causal, magnitude |H|. */
export function filter(channels: readonly Float32Array[], sections: readonly Section[]): Float32Array[] {
  const results = silence(channels.length, channels[0].length);
  eachPair(channels, (workspace, input, lanes, count) =>
    run(createCascade(workspace, sections), input, framesOf(results, lanes), 0, count, true),
  );
  return results;
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
  const results = silence(channels.length, channels[0].length);
  eachPair(channels, (workspace, input, lanes, count) => {
    const both = new ThereAndBack(workspace, sections, input.pair);
    run(both.entering(), input, both.inside, 0, count, true);
    run(both.returning(), both.inside, framesOf(results, lanes), 0, count, false);
    both.release();
  });
  return results;
}

/**
 * The same by each of two single sections, which takes hardly longer than by one.
 * @returns the channels by the first, and by the second
 */
export function filterZeroPhaseByEach(
  channels: readonly Float32Array[],
  [one, other]: Two<Section>,
): Two<Float32Array[]> {
  const results = eachOf([one, other], () => silence(channels.length, channels[0].length));
  eachPair(channels, (workspace, input, lanes, count) => {
    const ways = eachOf([one, other], (section) => new ThereAndBack(workspace, [section], input.pair));
    const inside = eachOf(ways, (way) => way.inside);
    const outputs = eachOf(results, (result) => framesOf(result, lanes));
    runBeside(
      eachOf(ways, (way) => way.entering()),
      [input, input],
      inside,
      count,
      true,
    );
    runBeside(
      eachOf(ways, (way) => way.returning()),
      inside,
      outputs,
      count,
      false,
    );
  });
  return results;
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
  const results = silence(channels.length, channels[0].length);
  eachPair(channels, (workspace, input, lanes, count) => {
    const between = pairFrames(new Float64Array(2 * count));
    const part = lead % count;
    const around = (from: Frames, to: Frames, forwards: boolean) => {
      const cascade = createCascade(workspace, sections);
      run(cascade, from, null, forwards ? count - part : 0, forwards ? count : part, forwards);
      for (let left = lead - part; left > 0; left -= count) run(cascade, from, null, 0, count, forwards);
      run(cascade, from, to, 0, count, forwards);
    };
    around(input, between, true);
    around(between, framesOf(results, lanes), false);
  });
  return results;
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

type Two<Item> = readonly [Item, Item];

function eachOf<From, To>([one, other]: Two<From>, change: (item: From) => To): Two<To> {
  return [change(one), change(other)];
}

/** Two channels of one length; one without a partner is its own. */
type Pair = Two<Float32Array>;

/** Where a filter's frames come from or go to: as pairs of doubles, a block at a time. */
interface Frames {
  load(first: number, count: number, to: KernelDoubles): void;
  store(first: number, count: number, from: KernelDoubles): void;
}

/**
 * Takes channels two at a time, as the kernel does.
 * @param change is given what comes in, and which channels these are
 */
function eachPair(
  channels: readonly Float32Array[],
  change: (workspace: KernelWorkspace, input: ChannelFrames, lanes: Two<number>, count: number) => void,
): void {
  const { length } = channels[0];
  if (length === 0) return;
  for (let c = 0; c < channels.length; c += 2) {
    const lanes = [c, Math.min(c + 1, channels.length - 1)] as const;
    withWorkspace((workspace) => change(workspace, framesOf(channels, lanes), lanes, length));
  }
}

interface ChannelFrames extends Frames {
  readonly pair: Pair;
}

/** Single precision in channels, double in between: no copy of all of it in doubles is needed. */
function framesOf(channels: readonly Float32Array[], [one, other]: Two<number>): ChannelFrames {
  const pair: Pair = [channels[one], channels[other]];
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

/** Rooms for what lies between there and back: kept from call to call, since a fresh one of some MB is cleared first. */
const rooms: Float64Array[] = [];

/** Numbers of any value. */
function takeRoom(count: number): Float64Array {
  const room = rooms.pop();
  return room && room.length >= count ? room.subarray(0, count) : new Float64Array(count);
}

/** A cascade on its way over a one-shot and back: how it comes to either end, and what it has made on the way there. */
class ThereAndBack {
  readonly inside: Frames;
  readonly #cascades: Two<Cascade>;
  readonly #sections: readonly Section[];
  readonly #pair: Pair;
  readonly #between: Float64Array;
  readonly #margin: number;

  constructor(workspace: KernelWorkspace, sections: readonly Section[], pair: Pair) {
    const { length } = pair[0];
    this.#cascades = [createCascade(workspace, sections), createCascade(workspace, sections)];
    this.#sections = sections;
    this.#pair = pair;
    this.#margin = Math.max(0, Math.min(length - 1, settlingTime(sections)));
    this.#between = takeRoom(2 * (length + this.#margin));
    this.inside = pairFrames(this.#between);
  }

  /** As it comes to the first frame. */
  entering(): Cascade {
    const [ahead] = this.#cascades;
    const before = new Float64Array(2 * this.#margin);
    reflectEnds(this.#pair, before, this.#between);
    holdConstant(ahead, this.#sections, this.#margin > 0 ? before : firstFrame(this.#pair));
    run(ahead, pairFrames(before), null, 0, this.#margin, true);
    return ahead;
  }

  /** As it comes back to the last frame, once it has gone over all of them. */
  returning(): Cascade {
    const [ahead, back] = this.#cascades;
    const { length } = this.#pair[0];
    const all = length + this.#margin;
    run(ahead, this.inside, this.inside, length, all, true);
    holdConstant(back, this.#sections, this.#between.subarray(2 * (all - 1)));
    run(back, this.inside, null, length, all, false);
    return back;
  }

  /** Gives back the room of what was made on the way there. */
  release(): void {
    rooms.push(new Float64Array(this.#between.buffer));
  }
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

/** Runs two cascades of one section each, each over frames of its own. */
function runBeside(
  [one, other]: Two<Cascade>,
  [from, otherFrom]: Two<Frames>,
  [to, otherTo]: Two<Frames>,
  end: number,
  forwards: boolean,
): void {
  const sections = [one.sections[0], other.sections[0]] as const;
  const states = [one.states[0], other.states[0]] as const;
  for (let done = 0; done < end; done += BLOCK) {
    const count = Math.min(BLOCK, end - done);
    const first = forwards ? done : end - done - count;
    from.load(first, count, frames);
    if (otherFrom === from) otherFrames.set(frames);
    else otherFrom.load(first, count, otherFrames);
    kernels.runSectionsBeside(frames, otherFrames, count, !forwards, ...sections, ...states);
    to.store(first, count, frames);
    otherTo.store(first, count, otherFrames);
  }
}
