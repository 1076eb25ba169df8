/** Where the hits of a source begin, to a quarter of a millisecond. */
import type { Analysis } from '../../analysis/analysis.ts';
import { pickOnsets } from '../../analysis/onsets.ts';
import { log } from '../../dsp/maths.ts';
import { frameCount, type Sound, type SoundReader } from '../../dsp/sound.ts';
import type { DrumSettings } from './settings.ts';

/** `drum_miner.wait` counts steps of 512 samples at 44.1 kHz, as the Python program did. */
const WAIT_STEP_SEC = 512 / 44_100;
/** A hit out of silence rises further than any within music: past this it would raise the bar for all others, dB. */
const FIRM_HIT_DB = 30;
/** And past this it would hide, in its surroundings' mean, those that follow at once. */
const LOUD_HIT_DB = 6;
/** The attack is looked for this far before and after the start of the analysis' cell, s. */
const REACH_SEC = 0.03;
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
/** A source lasts so many cells at least, the rest of them silent: the mean rise about an attack is that of 0.1 s. */
const LEAST_CELLS = 10;
/** What was there before is measured over this many steps: 3 ms. */
const BEFORE = 12;
/** The attack has left what was there before at this factor of it, or at this share of its own peak (-40 dB). */
const LEAVES = 4;
const LEAVES_SHARE = 1e-4;

/**
 * The first samples of all hits, ascending: onsets picked as `drum_miner.delta` and `wait` ask, each followed back to
 * where its attack begins. What raises no energy is no hit, and of two that come to lie closer than `wait` allows the
 * second is the first's own flutter.
 */
export async function findHits(
  reader: SoundReader,
  analysis: Analysis,
  { delta, wait }: DrumSettings['drum_miner'],
): Promise<number[]> {
  const { hop, sampleRate, onsetStrength } = analysis;
  const strength = followed(onsetStrength.map((rise) => Math.min(LOUD_HIT_DB, rise)));
  const power = followed(analysis.power);
  const strongest = onsetStrength.reduce((most, rise) => Math.max(most, rise), 0);
  const bar = delta * Math.min(FIRM_HIT_DB, strongest);
  const leastGap = wait * WAIT_STEP_SEC;
  const cells = pickOnsets(strength, power, sampleRate / hop, {
    leastRise: Math.min(bar, LOUD_HIT_DB / 2),
    leastGap,
  });
  const reach = Math.round(REACH_SEC * sampleRate);
  const hits: number[] = [];
  for (const cell of cells) {
    if (strengthAt(onsetStrength, cell) < bar) continue;
    const from = Math.max(0, cell * hop - reach);
    const to = Math.min(reader.frameCount, cell * hop + 2 * reach);
    const attack = attackStart(await reader.read(from, to - from), from === 0);
    if (attack === null) continue;
    const last = hits[hits.length - 1];
    if (last === undefined || from + attack - last > leastGap * sampleRate) hits.push(from + attack);
  }
  return hits;
}

/** A track and the silence after it; a source of a few cells would be its own surroundings, and could not stand out. */
function followed(track: Float32Array): Float32Array {
  const all = new Float32Array(Math.max(track.length, LEAST_CELLS));
  all.set(track);
  return all;
}

/** Strength of the onset in a cell: it peaks up to two cells early, see `analysis/onsets.ts`. */
function strengthAt(strength: Float32Array, cell: number): number {
  return Math.max(...strength.subarray(Math.max(0, cell - 2), cell + 1));
}

/**
 * Where the steepest attack of an excerpt begins, or null where there is none. Two bands are measured: the sound itself,
 * and its difference from sample to sample, in which a hat stands out above the kick that it falls on.
 * @param begins whether the source begins with the excerpt, so that before it there is silence
 */
function attackStart(excerpt: Sound, begins: boolean): number | null {
  const step = Math.max(1, Math.round(STEP_SEC * excerpt.sampleRate));
  const bands = [energies(excerpt, step, false), energies(excerpt, step, true)];
  const steepest = steepestStep(bands, begins);
  if (steepest === null) return null;
  const first = Math.min(...bands.map((band) => leavingStep(band, steepest, begins)));
  return first * step;
}

/** Energy of each step, channels together, of the sound or of its differences. */
function energies(sound: Sound, step: number, ofDifferences: boolean): Float64Array {
  const energy = new Float64Array(Math.ceil(frameCount(sound) / step));
  for (const channel of sound.channels) {
    let before = 0;
    for (let n = 0; n < channel.length; n++) {
      const value = ofDifferences ? channel[n] - before : channel[n];
      before = channel[n];
      energy[Math.floor(n / step)] += value * value;
    }
  }
  return energy;
}

/** The first of the steepest steps of an excerpt, both bands together; null where none is steep. */
function steepestStep(bands: readonly Float64Array[], begins: boolean): number | null {
  const [whole, differences] = bands.map((band) => risesOf(band, begins));
  const rises = whole.map((rise, i) => rise + differences[i]);
  const steepest = rises.reduce((most, rise) => Math.max(most, rise), 0);
  if (steepest <= log(LEAST_RISE)) return null;
  let first = rises.findIndex((rise) => rise >= FIRST_SHARE * steepest);
  while (rises[first + 1] > rises[first]) first++;
  return first;
}

/** How far the energy after each step exceeds that before it, natural logarithm; 0 where it does not, or is faint. */
function risesOf(energy: Float64Array, begins: boolean): Float64Array {
  const count = energy.length;
  const sums = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i] + energy[i];
  const span = (from: number, to: number) => sums[Math.min(count, to)] - sums[Math.max(0, from)];
  let loudest = 0;
  for (let i = 0; i < count; i++) loudest = Math.max(loudest, span(i, i + COMPARED));
  const floor = 1e-3 * loudest;
  return energy.map((_, i) => {
    const after = span(i, i + COMPARED);
    // What lies before an excerpt inside the source is not known to be silence.
    if (after < LEAST_SHARE * loudest || (i < COMPARED && !begins)) return 0;
    return Math.max(0, log((after + floor) / (span(i - COMPARED, i) + floor)));
  });
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
