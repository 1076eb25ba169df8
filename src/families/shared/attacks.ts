import type { Analysis } from '../../analysis/analysis.ts';

/** Power is compared over this time before and after a place, s. */
const COMPARED_SEC = 0.004;
/** Steps in which places are compared, s. */
const STEP_SEC = 0.0005;
/** The attack is looked for this far around the analysis' cell, s: the cell and its neighbours. */
const REACH_SEC = 0.03;
/** An attack at least doubles the power (3 dB); less is no attack within this band. */
const LEAST_RISE = 2;
/** What follows an attack has at least this share of the loudest power around. */
const LEAST_SHARE = 0.25;
/** And this share of the loudest power of the whole excerpt (-30 dB): ghost notes yes, room tone no. */
const LEAST_OF_LOUDEST = 1e-3;

/**
 * Where the attacks of an excerpt are, to half a millisecond: near each onset the place whose power rises
 * most. The analysis detects onsets over all frequencies and in cells; a band has fewer, and needs them sharper.
 * A sound that begins at once, as one-shots do, has its first attack at its very beginning.
 *
 * @param power power of each sample of the excerpt, within the band
 * @param excerptStart where in the source the excerpt begins
 * @returns first samples, ascending
 */
export function findAttacks(power: Float32Array, excerptStart: number, analysis: Analysis): number[] {
  const { hop, sampleRate, onsets } = analysis;
  const step = Math.max(1, Math.round(STEP_SEC * sampleRate));
  const sums = stepSums(power, step);
  const compared = Math.round(COMPARED_SEC / STEP_SEC);
  const reach = Math.round(REACH_SEC / STEP_SEC);
  const loudest = loudestSpan(sums, 0, sums.length - 1, compared);
  const attacks: number[] = [];
  const places = [...onsets].map((cell) => cell * hop - excerptStart);
  if (excerptStart === 0) places.unshift(0);
  for (const place of places.filter((place) => place >= 0 && place < power.length)) {
    const attack = steepestRise(sums, Math.round(place / step), reach, compared);
    if (attack === null || span(sums, attack, compared) < LEAST_OF_LOUDEST * loudest) continue;
    const last = attacks[attacks.length - 1];
    if (last === undefined || attack * step > last + compared * step) attacks.push(attack * step);
  }
  return attacks;
}

/** Sums over whole steps, as running totals: sums[i] is all power before step i. */
function stepSums(power: Float32Array, step: number): Float64Array {
  const sums = new Float64Array(Math.ceil(power.length / step) + 1);
  for (let i = 1, n = 0; i < sums.length; i++) {
    let sum = 0;
    for (const end = Math.min(power.length, i * step); n < end; n++) sum += power[n];
    sums[i] = sums[i - 1] + sum;
  }
  return sums;
}

/** Power of `count` steps from step `from` on; steps outside the excerpt have none. */
function span(sums: Float64Array, from: number, count: number): number {
  const last = sums.length - 1;
  return sums[Math.min(last, from + count)] - sums[Math.max(0, Math.min(last, from))];
}

function loudestSpan(sums: Float64Array, from: number, to: number, count: number): number {
  let loudest = 0;
  for (let i = from; i <= to; i++) loudest = Math.max(loudest, span(sums, i, count));
  return loudest;
}

/** The step near `place` with the largest ratio of power after it to power before it, or null. */
function steepestRise(sums: Float64Array, place: number, reach: number, compared: number): number | null {
  const from = Math.max(0, place - reach);
  const to = Math.min(sums.length - 2, place + reach);
  const loudest = loudestSpan(sums, from, to, compared);
  let best: number | null = null;
  let steepest = LEAST_RISE;
  for (let i = from; i <= to; i++) {
    const after = span(sums, i, compared);
    if (after < LEAST_SHARE * loudest) continue;
    // A thousandth of the loudest stands for silence, or the first whisper would be the steepest.
    const rise = after / (span(sums, i - compared, compared) + 1e-3 * loudest);
    if (rise > steepest) {
      steepest = rise;
      best = i;
    }
  }
  return best;
}
