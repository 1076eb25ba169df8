/**
 * Fine half of the joint search: the length (or, where the length is fixed, the start) at which the two
 * sides of the crossfade run most in phase, by energy-normalised cross-correlation over all channels.
 *
 * Phase is a matter of the bass: it is looked for in what lies under 800 Hz, or under 4 kHz, at a fraction of
 * the rate, wherever that holds half of the energy.
 */
import { fastFftSize, realFft } from '../dsp/fft.ts';
import { BLOCK, KernelWorkspace, withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { square } from '../dsp/maths.ts';
import { sampleSums } from '../dsp/sums.ts';
import type { SplitRegion } from './band-crossfade.ts';
import type { PulseGuide } from './loop-pulse.ts';
import type { Alignment, LoopBounds, StartCandidate } from './search.ts';

const own = new KernelWorkspace();
const [block, sums] = [own.floats(BLOCK), own.floats(BLOCK)];

/** The two sides of all crossfades that may be tried, thinned out. */
export interface ThinSides {
  /** Frames of the sound from one sample here to the next. */
  readonly step: number;
  /** Frame of the sound at which what comes in begins; what goes out begins the shortest length later. */
  readonly from: number;
  readonly incoming: readonly Float32Array[];
  readonly outgoing: readonly Float32Array[];
}

/**
 * Thinning by how many bands are kept, from the bass up. The bands fall off so slowly that their mirror images
 * lie 43 dB down (800 Hz at 5.5 kHz) and 36 dB down (4 kHz at 22 kHz).
 */
const STEPS = [8, 2, 1];
/** Share of the energy that must be left: what holds most of it decides whether two sides cancel. */
const LEAST_SHARE = 0.5;
/** Rate for which the steps are meant, Hz; lower ones are thinned out less. */
const STEPS_RATE_HZ = 44_100;
/** Lengths that are kept for each start: the best, and the next best peaks. With 1 two fewer loops close, with 6 four more. */
const PEAKS_KEPT = 3;

/**
 * Keeps of two split regions the bands from the bass up that hold most of the sound.
 * @param outgoing begins the shortest length after `incoming`
 */
export function thinSides(incoming: SplitRegion, outgoing: SplitRegion, sampleRate: number): ThinSides {
  const energies = incoming.energies.map((energy, b) => energy + outgoing.energies[b]);
  const all = energies.reduce((sum, one) => sum + one, 0);
  let kept = 1;
  let energy = energies[0];
  while (kept < energies.length && energy < LEAST_SHARE * all) energy += energies[kept++];
  const step = Math.max(1, Math.floor((STEPS[kept - 1] * sampleRate) / STEPS_RATE_HZ));
  return {
    step,
    from: incoming.from,
    incoming: thinned(incoming, kept, step),
    outgoing: thinned(outgoing, kept, step),
  };
}

function thinned({ bands }: SplitRegion, kept: number, step: number): Float32Array[] {
  const taken = Math.floor(BLOCK / step);
  return bands[0].map((channel, c) => {
    const result = new Float32Array(Math.floor(channel.length / step));
    for (let from = 0; from < result.length; from += taken) {
      const count = Math.min(taken, result.length - from);
      sums.fill(0, 0, count);
      for (const band of bands.slice(0, kept)) {
        block.set(band[c].subarray(from * step, (from + count) * step));
        kernels.addEvery(block, step, count, sums);
      }
      result.set(sums.subarray(0, count), from);
    }
    return result;
  });
}

/** What a length at the edge of a pulse's play costs, as much as a quarter of all correlation; one in its middle nothing. */
const PULSE_WEIGHT = 0.25;

/**
 * The best lengths for a start, best first: every length allowed is weighed, finer than to the sample. Over a pulse only
 * lengths about whole periods are allowed: phase may move them by some ms.
 */
export function alignLength(
  sides: ThinSides,
  candidate: StartCandidate,
  fade: number,
  bounds: LoopBounds,
  hop: number,
  pulse: PulseGuide | null,
): Alignment[] {
  const { start, lengthCosts } = candidate;
  const { step } = sides;
  const wide = Math.max(1, Math.floor(fade / step));
  const at = Math.floor((start - fade - sides.from) / step);
  const span = bounds.longest - bounds.shortest;
  const count = Math.min(Math.floor(span / step) + 1, sides.outgoing[0].length - at - wide + 1);
  const correlation = correlations(sides, at, wide, count);
  const lengthAt = (k: number) => Math.max(0, Math.min(span, Math.round(k * step)));
  const costs = new Float32Array(count);
  for (let k = 0; k < count; k++) {
    const hops = Math.min(lengthCosts.length - 1, Math.round(Math.min(span, k * step) / hop));
    costs[k] = 1 - correlation[k] + lengthCosts[hops];
  }
  if (pulse) addPulseCosts(pulse, start, bounds, step, costs);
  return valleysOf(costs).map((k) => ({
    start,
    length: bounds.shortest + lengthAt(k + peakShift(correlation, k)),
    cost: costs[k],
  }));
}

/** @param costs of each length from the shortest on, one a step: added to, without end where a length is no whole number of periods */
function addPulseCosts(
  pulse: PulseGuide,
  start: number,
  { shortest, longest }: LoopBounds,
  step: number,
  costs: Float32Array,
): void {
  const whole = pulse.wholeLengths(start, shortest, longest);
  for (let k = 0; k < costs.length; k++) {
    let off = Infinity;
    for (const length of whole) off = Math.min(off, Math.abs(shortest + k * step - length));
    costs[k] += off > pulse.play ? Infinity : PULSE_WEIGHT * square(off / pulse.play);
  }
}

/** The deepest valleys of a cost, deepest first. */
function valleysOf(costs: Float32Array): number[] {
  const kept: number[] = [];
  // An index past an end would be quick to write, and would make an object of every number that is read.
  const last = costs.length - 1;
  for (let k = 0; k <= last; k++) {
    if (k > 0 && costs[k] > costs[k - 1]) continue;
    if (k < last && costs[k] >= costs[k + 1]) continue;
    if (kept.length === PEAKS_KEPT && costs[k] >= costs[kept[PEAKS_KEPT - 1]]) continue;
    let at = Math.min(kept.length, PEAKS_KEPT - 1);
    for (; at > 0 && costs[k] < costs[kept[at - 1]]; at--) kept[at] = kept[at - 1];
    kept[at] = k;
  }
  return kept;
}

/** Where between samples the peak near sample k lies, by a parabola; 0 at the ends, and where there is no peak. */
function peakShift(correlation: Float32Array, k: number): number {
  const [before, here, after] = [correlation[k - 1], correlation[k], correlation[k + 1]];
  const bend = before - 2 * here + after;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
}

/** Correlation of `wide` incoming samples with as many outgoing ones, from `at` and each of the next `count` on. */
function correlations(
  { incoming, outgoing }: ThinSides,
  at: number,
  wide: number,
  count: number,
): Float32Array {
  const fft = realFft(fastFftSize(wide + count));
  const { size, binCount } = fft;
  return withWorkspace((workspace) => {
    const [lead, field] = [workspace.floats(size), workspace.floats(size)];
    const [spectrum, leadSpectrum, sum] = [0, 1, 2].map(() => workspace.floats(2 * binCount));
    const energies = workspace.doubles(count);
    let leadEnergy = 0;
    for (const [c, channel] of incoming.entries()) {
      lead.set(channel.subarray(at, at + wide));
      field.set(outgoing[c].subarray(at, at + wide + count - 1));
      leadEnergy += sampleSums(lead.subarray(0, wide)).energy;
      const { energy } = sampleSums(field.subarray(0, wide));
      kernels.addSlidingEnergies(field, wide, count, energy, energies);
      fft.forward(field, spectrum);
      fft.forward(lead, leadSpectrum);
      kernels.addCrossSpectrum(spectrum, leadSpectrum, sum, binCount);
    }
    fft.inverseUnscaled(sum, field);
    kernels.normaliseProducts(field, count, 1 / size, leadEnergy, energies);
    return field.slice(0, count);
  });
}

/** The best start within half a hop of the candidate, for a fixed length. */
export function alignStart(
  sides: ThinSides,
  candidate: StartCandidate,
  bounds: LoopBounds,
  fade: number,
  hop: number,
): Alignment {
  const { step } = sides;
  const reach = Math.round(hop / 2);
  const length = bounds.shortest;
  const first = Math.max(fade, bounds.firstStart, candidate.start - reach);
  const last = Math.min(bounds.lastStart, candidate.start + reach);
  const sums = new PairSums(sides, first, fade);
  let best = first;
  let highest = sums.correlation();
  for (let at = first + step; at <= last; at += step) {
    sums.slide();
    if (sums.correlation() > highest) {
      highest = sums.correlation();
      best = at;
    }
  }
  return { start: best, length, cost: candidate.cost + 1 - highest };
}

/** Running sums over the two sides of a crossfade; they slide by one step of the thinned sides at a time. */
class PairSums {
  readonly #sides: ThinSides;
  readonly #wide: number;
  #at: number;
  #product = 0;
  #before = 0;
  #after = 0;

  constructor(sides: ThinSides, start: number, fade: number) {
    this.#sides = sides;
    this.#wide = Math.max(1, Math.floor(fade / sides.step));
    this.#at = Math.floor((start - fade - sides.from) / sides.step);
    for (let k = 0; k < this.#wide; k++) this.#add(k, 1);
  }

  slide(): void {
    this.#add(0, -1);
    this.#add(this.#wide, 1);
    this.#at++;
  }

  correlation(): number {
    return Math.min(1, this.#product / (Math.sqrt(this.#before * this.#after) || Infinity));
  }

  #add(k: number, sign: number): void {
    const { incoming, outgoing } = this.#sides;
    for (let c = 0; c < incoming.length; c++) {
      const a = incoming[c][this.#at + k] ?? 0;
      const b = outgoing[c][this.#at + k] ?? 0;
      this.#product += sign * a * b;
      this.#before += sign * a * a;
      this.#after += sign * b * b;
    }
  }
}
