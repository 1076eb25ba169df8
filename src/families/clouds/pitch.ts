import type { Track } from '../../analysis/analysis.ts';
import type { Random } from '../../dsp/random.ts';

/** Weight of the least fitting shift against that of the best: every shift of the range is heard. */
const LEAST_WEIGHT = 0.04;

/**
 * Which transpositions the grains of a cloud take.
 *
 * Whole semitones of the range, because shifts in between blur a chord into a cluster; and those that set
 * the source's notes on notes it already has come more often: the weight of a shift is the squared
 * self-similarity of the source's pitch-class profile under that rotation. So a chord grows fifths and
 * fourths, and a noise, whose profile is flat, takes every shift alike. A range that holds fewer than two
 * whole semitones is a detuning, and is drawn evenly.
 */
export function grainShifts(
  range: { readonly min: number; readonly max: number },
  profile: Float32Array,
): (random: Random) => number {
  const first = Math.ceil(range.min);
  const count = Math.floor(range.max) - first + 1;
  if (count < 2) return (random) => random.between(range.min, range.max);
  const limits = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const likeness = selfSimilarity(profile, first + i);
    sum += Math.max(LEAST_WEIGHT, likeness * likeness);
    limits[i] = sum;
  }
  return (random) => {
    const chosen = random.uniform() * sum;
    let i = 0;
    while (i < count - 1 && limits[i] <= chosen) i++;
    return first + i;
  };
}

/** Mean pitch-class profile of the samples [start, end): 12 values, all zero where nothing sounds. */
export function pitchClassProfile(
  chroma: Track,
  spans: readonly { readonly start: number; readonly end: number }[],
): Float32Array {
  const profile = new Float32Array(12);
  for (const { start, end } of spans) {
    const last = Math.min(chroma.rows, Math.ceil(end / chroma.hop));
    for (let row = Math.floor(start / chroma.hop); row < last; row++) {
      for (let pitch = 0; pitch < 12; pitch++) profile[pitch] += chroma.values[row * chroma.columns + pitch];
    }
  }
  return profile;
}

/** Cosine between a profile and itself turned by some semitones; 1 where there is no profile. */
function selfSimilarity(profile: Float32Array, semitones: number): number {
  const turn = ((semitones % 12) + 12) % 12;
  let product = 0;
  let energy = 0;
  for (let pitch = 0; pitch < 12; pitch++) {
    product += profile[pitch] * profile[(pitch + turn) % 12];
    energy += profile[pitch] * profile[pitch];
  }
  return energy > 0 ? product / energy : 1;
}
