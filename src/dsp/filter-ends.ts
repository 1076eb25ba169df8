/** How a filter goes over a one-shot and back, so that it shifts nothing: what lies beyond the ends, and what lies between. */
import type { Section } from './butterworth.ts';
import {
  type Cascade,
  createCascade,
  type Frames,
  holdConstant,
  type Pair,
  pairFrames,
  run,
  type Two,
} from './filter-cascade.ts';
import type { KernelWorkspace } from './kernel-memory.ts';
import { log } from './maths.ts';
import { Rooms } from './rooms.ts';

/** What is left of a filter's ringing before it is taken as gone: -140 dB. */
const SETTLED = 1e-7;

/** A cascade on its way over a one-shot and back: how it comes to either end, and what it has made on the way there. */
export class ThereAndBack {
  readonly inside: Frames;
  readonly #cascades: Two<Cascade>;
  readonly #sections: readonly Section[];
  readonly #pair: Pair;
  readonly #between: Float64Array;
  readonly #margin: number;
  readonly #rooms = new Rooms();

  constructor(workspace: KernelWorkspace, sections: readonly Section[], pair: Pair) {
    const { length } = pair[0];
    this.#cascades = [createCascade(workspace, sections), createCascade(workspace, sections)];
    this.#sections = sections;
    this.#pair = pair;
    this.#margin = Math.max(0, Math.min(length - 1, settlingTime(sections)));
    this.#between = this.#rooms.doubles(2 * (length + this.#margin));
    this.inside = pairFrames(this.#between);
  }

  /** As it comes to the first frame. */
  entering(): Cascade {
    const [ahead] = this.#cascades;
    const before = this.#rooms.doubles(2 * this.#margin);
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
    this.#rooms.release();
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

/**
 * Time until the cascade's ringing has fallen by 140 dB, in samples.
 * An estimate from the slowest pole; sections of like poles ring a little longer.
 */
export function settlingTime(sections: readonly Section[]): number {
  let radius = 0;
  for (const { a1, a2 } of sections) {
    const discriminant = a1 * a1 - 4 * a2;
    const slowest =
      discriminant < 0 ? Math.sqrt(a2) : (Math.abs(a1) + Math.sqrt(Math.max(0, discriminant))) / 2;
    radius = Math.max(radius, slowest);
  }
  return radius === 0 ? 2 : Math.ceil(log(SETTLED) / log(radius)) + 2;
}
