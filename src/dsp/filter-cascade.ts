/**
 * Second-order sections in a row, as they run over pairs of channels: where their samples come from and go to, and what their
 * delays hold in between. All inner arithmetic is double precision.
 */
import type { Section } from './butterworth.ts';
import { type KernelDoubles, type KernelStruct, KernelWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';

/** Frames that are run over at a time: 16 KB as pairs of doubles. */
const BLOCK = 1024;

const own = new KernelWorkspace();
/** Pairs of doubles, and the two channels that they are made of. */
const frames = own.doubles(2 * BLOCK);
const otherFrames = own.doubles(2 * BLOCK);
const leftBlock = own.floats(BLOCK);
const rightBlock = own.floats(BLOCK);

export type Two<Item> = readonly [Item, Item];

export function eachOf<From, To>([one, other]: Two<From>, change: (item: From) => To): Two<To> {
  return [change(one), change(other)];
}

/** Two channels of one length; one without a partner is its own. */
export type Pair = Two<Float32Array>;

/** Where a filter's frames come from or go to: as pairs of doubles, a block at a time. */
export interface Frames {
  load(first: number, count: number, to: KernelDoubles): void;
  store(first: number, count: number, from: KernelDoubles): void;
}

export interface ChannelFrames extends Frames {
  readonly pair: Pair;
}

/** Single precision in channels, double in between: no copy of all of it in doubles is needed. */
export function framesOf(channels: readonly Float32Array[], [one, other]: Two<number>): ChannelFrames {
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

export function pairFrames(pairs: Float64Array): Frames {
  return {
    load: (first, count, to) => to.set(pairs.subarray(2 * first, 2 * (first + count))),
    store: (first, count, from) => pairs.set(from.subarray(0, 2 * count), 2 * first),
  };
}

/** A cascade of sections, filled up to pairs, and what their delays hold. */
export interface Cascade {
  readonly sections: readonly KernelStruct<'Section'>[];
  readonly states: readonly KernelStruct<'SectionState'>[];
}

/** Passes everything as it is: fills up a pair. */
const NOTHING: Section = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };

/** A cascade at rest. */
export function createCascade(workspace: KernelWorkspace, sections: readonly Section[]): Cascade {
  const count = 2 * Math.ceil(sections.length / 2);
  const cascade = {
    sections: workspace.structs('Section', count),
    states: workspace.structs('SectionState', count),
  };
  for (const [s, section] of cascade.sections.entries()) Object.assign(section, sections[s] ?? NOTHING);
  return cascade;
}

/** Puts a cascade in the state that it would have had one frame been there for ever. @param frame begins with it */
export function holdConstant({ states }: Cascade, sections: readonly Section[], frame: Float64Array): void {
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
export function run(
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
export function runBeside(
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
