/**
 * A path through a source, back to where it began: stretches of it, each of which begins as the one before it ends.
 * It is drawn by chance and then mended, one stretch at a time, as metals anneal (Kirkpatrick, Gelatt and Vecchi 1983).
 */
import { exp, pow } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { type Draft, lengthOf } from './draft.ts';
import type { Measures } from './measures.ts';
import type { Moments } from './moments.ts';
import { PathCost } from './path-cost.ts';
import type { Reference } from './reference.ts';
import { drawDelays } from './rephased.ts';
import { MOST_GAIN_DB, type Stretch } from './stretch.ts';

/** Changes that are tried: each stretch some hundred times. */
const TRIES = 4000;
/** What a change may cost and still be kept now and then, at first and at last, dB a band. */
const WARM = 1;
const COLD = 0.01;
/** Half of the changes move a stretch by no more than this, moments. */
const NEAR = 12;
/** Two ends that differ by this much are blended as slowly as can be, dB a band. */
const UNLIKE_DB = 6;

/** @returns null where the source is too short for a stretch */
export function drawPath(
  moments: Moments,
  measures: Measures,
  reference: Reference,
  random: Random,
): Stretch[] | null {
  const steps = drawSteps(measures, random);
  const draft = drawDraft(moments, measures, steps, random);
  if (!draft) return null;
  const cost = new PathCost(draft, moments, measures, reference);
  anneal(draft, cost, moments.count, random);
  return toStretches(draft, steps, cost, moments, measures, random);
}

/** Lengths of the steps, frames, whose sum is the ring. */
function drawSteps({ frames, shortestStep, longestStep }: Measures, random: Random): number[] {
  const count = Math.max(1, Math.round(frames / ((shortestStep + longestStep) / 2)));
  const drawn = Array.from({ length: count }, () => random.between(shortestStep, longestStep));
  const scale = frames / drawn.reduce((sum, step) => sum + step, 0);
  let [sum, end] = [0, 0];
  return drawn.map((step) => {
    const begin = end;
    sum += step;
    end = Math.round(scale * sum);
    return end - begin;
  });
}

/** Any places. */
function drawDraft(
  { count, hop }: Moments,
  { overlapOf }: Measures,
  steps: readonly number[],
  random: Random,
): Draft | null {
  const inMoments = (frames: number) => Math.max(1, Math.ceil(frames / hop));
  const draft = {
    starts: new Int32Array(steps.length),
    steps: steps.map(inMoments),
    overlaps: steps.map((step) => inMoments(overlapOf(step, 1))),
  };
  for (let i = 0; i < steps.length; i++) {
    const places = count - lengthOf(draft, i) + 1;
    if (places < 1) return null;
    draft.starts[i] = random.below(places);
  }
  return draft;
}

function anneal(draft: Draft, cost: PathCost, count: number, random: Random): void {
  const { starts } = draft;
  let now = cost.least() + cost.whole();
  for (let i = 0; i < TRIES; i++) {
    const warmth = WARM * pow(COLD / WARM, i / TRIES);
    const changed = random.below(starts.length);
    const was = starts[changed];
    const places = count - lengthOf(draft, changed) + 1;
    const near = Math.max(0, Math.min(places - 1, was + random.below(2 * NEAR + 1) - NEAR));
    const start = random.uniform() < 0.5 ? near : random.below(places);
    if (start === was) continue;
    cost.move(changed, start);
    let luck = -1;
    const isKept = (then: number) => {
      if (then <= now) return true;
      if (luck < 0) luck = random.uniform();
      return luck < exp((now - then) / warmth);
    };
    // Most moves cost too much as they are: then the whole is not counted.
    let then = cost.least();
    if (isKept(then)) {
      then += cost.whole();
      if (isKept(then)) {
        now = then;
        continue;
      }
    }
    cost.undo();
  }
}

/** The path in frames, where what is alike is blended faster than what is not, and all is as loud. */
function toStretches(
  draft: Draft,
  steps: readonly number[],
  cost: PathCost,
  { hop, levels }: Moments,
  { sampleRate, overlapOf, isWoven }: Measures,
  random: Random,
): Stretch[] {
  const own = [...draft.starts].map((start, i) => meanLevel(levels, start, draft.steps[i]));
  const usual = own.reduce((sum, level) => sum + level, 0) / own.length;
  let end = 0;
  return steps.map((step, i) => {
    const place = end;
    end += step;
    return {
      start: draft.starts[i] * hop,
      place,
      step,
      overlap: overlapOf(step, Math.min(1, cost.joinCost(i) / UNLIKE_DB)),
      gainDb: Math.max(-MOST_GAIN_DB, Math.min(MOST_GAIN_DB, usual - own[i])),
      delays: isWoven ? drawDelays(random, sampleRate) : [],
    };
  });
}

/** Mean level, dB: a loud instant says nothing of how loud a stretch is. */
function meanLevel(levels: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += levels[i];
  return sum / count;
}
