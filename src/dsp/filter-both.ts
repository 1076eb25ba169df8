/** Two filters over the same channels at once: each waits for its own last output, and the other goes on meanwhile. */
import type { Section } from './butterworth.ts';
import {
  BLOCK,
  type Cascade,
  channelFrames,
  createCascade,
  type Frames,
  holdConstant,
  pairFrames,
  reflectEnds,
  settlingTime,
} from './filter.ts';
import { KernelWorkspace, withWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';

const own = new KernelWorkspace();
const [frames, others] = [own.doubles(2 * BLOCK), own.doubles(2 * BLOCK)];

/**
 * What `filterZeroPhase` makes of channels of one length by either of two filters of one section, in half of the time. Both
 * are continued past the ends for as long as the slower one rings.
 */
export function filterZeroPhaseByBoth(
  channels: readonly Float32Array[],
  filters: readonly [Section, Section],
): [Float32Array[], Float32Array[]] {
  const { length } = channels[0];
  const results = filters.map(() => channels.map(() => new Float32Array(length)));
  const [one, other] = results;
  if (length === 0) return [one, other];
  const margin = Math.max(0, Math.min(length - 1, settlingTime(filters)));
  const all = length + margin;
  withWorkspace((workspace) => {
    for (let c = 0; c < channels.length; c += 2) {
      const second = Math.min(c + 1, channels.length - 1);
      const input = channelFrames([channels[c], channels[second]]);
      const between = filters.map(() => new Float64Array(2 * all));
      const before = new Float64Array(2 * margin);
      reflectEnds(input.pair, before, between[0]);
      between[1].set(between[0].subarray(2 * length), 2 * length);
      const ahead = createCascade(workspace, filters);
      const first = margin > 0 ? before : Float64Array.of(input.pair[0][0], input.pair[1][0]);
      holdBoth(ahead, filters, [first, first]);
      const [inside, lead] = [both(between.map(pairFrames)), pairFrames(before)];
      run(ahead, [lead, lead], null, 0, margin, true);
      run(ahead, [input, input], inside, 0, length, true);
      run(ahead, inside, inside, length, all, true);
      const back = createCascade(workspace, filters);
      holdBoth(back, filters, both(between.map((pairs) => pairs.subarray(2 * (all - 1)))));
      run(back, inside, null, length, all, false);
      run(back, inside, [outputOf(one, c), outputOf(other, c)], 0, length, false);
    }
  });
  return [one, other];
}

type Both<Kind> = readonly [Kind, Kind];

function both<Kind>([one, other]: readonly Kind[]): Both<Kind> {
  return [one, other];
}

function outputOf(channels: readonly Float32Array[], c: number): Frames {
  return channelFrames([channels[c], channels[Math.min(c + 1, channels.length - 1)]]);
}

/** Puts each filter in the state that it would have had one frame been there for ever. */
function holdBoth({ sections, states }: Cascade, filters: Both<Section>, frame: Both<Float64Array>): void {
  for (const [s, filter] of filters.entries()) {
    holdConstant({ sections: [sections[s]], states: [states[s]] }, [filter], frame[s]);
  }
}

/** Runs both over frames [start, end); where they go nowhere, for their states alone. */
function run(
  { sections, states }: Cascade,
  from: Both<Frames>,
  to: Both<Frames> | null,
  start: number,
  end: number,
  forwards: boolean,
): void {
  for (let done = start; done < end; done += BLOCK) {
    const count = Math.min(BLOCK, end - done);
    const first = forwards ? done : end - (done - start) - count;
    from[0].load(first, count, frames);
    if (from[1] === from[0]) others.set(frames.subarray(0, 2 * count));
    else from[1].load(first, count, others);
    kernels.runSideBySide(frames, others, count, !forwards, sections[0], states[0]);
    to?.[0].store(first, count, frames);
    to?.[1].store(first, count, others);
  }
}
