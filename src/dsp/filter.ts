/**
 * Running a cascade of sections over one channel, or several of one length: causally, or with zero phase over a one-shot or a ring.
 * All inner arithmetic is double precision. No function changes its input unless it is told to.
 */
import type { Section } from './butterworth.ts';
import {
  type ChannelFrames,
  createCascade,
  eachOf,
  type Frames,
  framesOf,
  pairFrames,
  run,
  runBeside,
  type Two,
} from './filter-cascade.ts';
import { settlingTime, ThereAndBack } from './filter-ends.ts';
import { type KernelWorkspace, withWorkspace } from './kernel-memory.ts';
import { FRESH, withRooms } from './rooms.ts';
import { silence } from './sound.ts';

/**
 * The filter's response to channels of one length, from rest: causal, magnitude |H|.
 * @param results filled; may be the channels themselves
 */
export function filter(
  channels: readonly Float32Array[],
  sections: readonly Section[],
  results: readonly Float32Array[] = silence(channels.length, channels[0].length),
): readonly Float32Array[] {
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
 * @param lender of what is returned
 * @returns the channels by the first, and by the second
 */
export function filterZeroPhaseByEach(
  channels: readonly Float32Array[],
  [one, other]: Two<Section>,
  lender = FRESH,
): Two<Float32Array[]> {
  const results = eachOf([one, other], () => channels.map(({ length }) => lender.floats(length)));
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
    for (const way of ways) way.release();
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
    const part = lead % count;
    const around = (from: Frames, to: Frames, forwards: boolean) => {
      const cascade = createCascade(workspace, sections);
      run(cascade, from, null, forwards ? count - part : 0, forwards ? count : part, forwards);
      for (let left = lead - part; left > 0; left -= count) run(cascade, from, null, 0, count, forwards);
      run(cascade, from, to, 0, count, forwards);
    };
    withRooms((rooms) => {
      const between = pairFrames(rooms.doubles(2 * count));
      around(input, between, true);
      around(between, framesOf(results, lanes), false);
    });
  });
  return results;
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
