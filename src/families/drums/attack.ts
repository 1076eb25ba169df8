/** Where in an excerpt a hit begins, to a quarter of a millisecond. */
import { log } from '../../dsp/maths.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';

/** Energies are compared in steps of this length, s. */
const STEP_SEC = 0.00025;
/** Steps before and after a place whose energies are compared: 4 ms. */
const COMPARED = 16;
/** What follows an attack has this share of the loudest 4 ms around, in some band. */
const LEAST_SHARE = 0.2;
/** An attack raises the energy of some band by this factor (4 dB); less is the flicker of a cymbal or a low tone. */
const LEAST_RISE = 2.5;
/** Of steps that rise this share of the steepest the first is the attack: a snare's wires may outdo its stick. */
const FIRST_SHARE = 0.6;
/** Steps over which an attack is followed back to where it leaves what was there before: 6 ms. */
const LONGEST_RISE = 24;
/** What was there before is measured over this many steps: 3 ms. */
const BEFORE = 12;
/** The attack has left what was there before at this factor of it, or at this share of its own peak (-40 dB). */
const LEAVES = 4;
const LEAVES_SHARE = 1e-4;

/**
 * Finds attacks in excerpts of a source, in two bands: the sound itself, and its difference from sample to sample, in which
 * a hat stands out above the kick that it falls on. Nothing is made anew for the next excerpt.
 */
export class AttackFinder {
  /** Frames. */
  readonly #step: number;
  readonly #whole: Float64Array;
  readonly #differences: Float64Array;
  readonly #sums: Float64Array;
  /** How far each step rises, both bands together. */
  readonly #rises: Float64Array;

  /** @param longest excerpt, frames */
  constructor(sampleRate: number, longest: number) {
    this.#step = Math.max(1, Math.round(STEP_SEC * sampleRate));
    const steps = Math.ceil(longest / this.#step);
    this.#whole = new Float64Array(steps);
    this.#differences = new Float64Array(steps);
    this.#rises = new Float64Array(steps);
    this.#sums = new Float64Array(steps + 1);
  }

  /**
   * Where the steepest attack of an excerpt begins, its frame; null where there is none.
   * @param begins whether the source begins with the excerpt, so that before it there is silence
   */
  find(excerpt: Sound, begins: boolean): number | null {
    const steps = Math.ceil(frameCount(excerpt) / this.#step);
    const rises = this.#rises.fill(0).subarray(0, steps);
    const bands = [this.#whole.subarray(0, steps), this.#differences.subarray(0, steps)];
    fillEnergies(excerpt, this.#step, bands);
    for (const band of bands) addRises(band, this.#sums, begins, rises);
    const steepest = steepestStep(rises);
    if (steepest === null) return null;
    return Math.min(...bands.map((band) => leavingStep(band, steepest, begins))) * this.#step;
  }
}

/** Energy of each step, channels together, of the sound and of its differences. */
function fillEnergies(sound: Sound, step: number, [whole, differences]: readonly Float64Array[]): void {
  whole.fill(0);
  differences.fill(0);
  for (const channel of sound.channels) {
    let before = 0;
    for (let i = 0, n = 0; i < whole.length; i++) {
      const end = Math.min(channel.length, n + step);
      let [energy, ofDifferences] = [whole[i], differences[i]];
      for (; n < end; n++) {
        const value = channel[n];
        const difference = value - before;
        before = value;
        energy += value * value;
        ofDifferences += difference * difference;
      }
      whole[i] = energy;
      differences[i] = ofDifferences;
    }
  }
}

/**
 * Adds how far the energy after each step exceeds that before it, natural logarithm; 0 where it does not, or is faint.
 * @param sums room for one more number than there are steps
 */
function addRises(energy: Float64Array, sums: Float64Array, begins: boolean, rises: Float64Array): void {
  const count = energy.length;
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i] + energy[i];
  const span = (from: number, to: number) => sums[Math.min(count, to)] - sums[Math.max(0, from)];
  let loudest = 0;
  for (let i = 0; i < count; i++) loudest = Math.max(loudest, span(i, i + COMPARED));
  const floor = 1e-3 * loudest;
  // What lies before an excerpt inside the source is not known to be silence.
  for (let i = begins ? 0 : COMPARED; i < count; i++) {
    const after = span(i, i + COMPARED);
    if (after < LEAST_SHARE * loudest) continue;
    rises[i] += Math.max(0, log((after + floor) / (span(i - COMPARED, i) + floor)));
  }
}

/** The first of the steepest steps of an excerpt; null where none is steep. */
function steepestStep(rises: Float64Array): number | null {
  let steepest = 0;
  for (const rise of rises) steepest = Math.max(steepest, rise);
  if (steepest <= log(LEAST_RISE)) return null;
  let first = rises.findIndex((rise) => rise >= FIRST_SHARE * steepest);
  while (rises[first + 1] > rises[first]) first++;
  return first;
}

/** From the steepest step back to the first that belongs to the attack. */
function leavingStep(energy: Float64Array, steepest: number, begins: boolean): number {
  let peak = 0;
  for (let i = steepest; i < Math.min(energy.length, steepest + COMPARED); i++)
    peak = Math.max(peak, energy[i]);
  const earliest = Math.max(0, steepest - LONGEST_RISE);
  let before = 0;
  for (let i = Math.max(0, earliest - BEFORE); i < earliest; i++) before += energy[i] / BEFORE;
  if (earliest === 0 && !begins) return steepest;
  const level = Math.max(LEAVES * before, LEAVES_SHARE * peak);
  let first = steepest;
  while (first > earliest && energy[first - 1] > level) first--;
  // Where the level was there all along it is what came before, not a rise of this attack.
  return first === earliest && earliest > 0 ? steepest : first;
}
