/** Where the hits of a source begin, to a quarter of a millisecond. */
import type { Analysis } from '../../analysis/analysis.ts';
import { pickOnsets } from '../../analysis/onsets.ts';
import type { SoundReader } from '../../dsp/sound.ts';
import { readRanges } from '../shared/read-ranges.ts';
import { AttackFinder } from './attack.ts';
import type { DrumSettings } from './settings.ts';

/** `drum_miner.wait` counts steps of 512 samples at 44.1 kHz, as the Python program did. */
const WAIT_STEP_SEC = 512 / 44_100;
/** A hit out of silence rises further than any within music: past this it would raise the bar for all others, dB. */
const FIRM_HIT_DB = 30;
/** And past this it would hide, in its surroundings' mean, those that follow at once. */
const LOUD_HIT_DB = 6;
/** The attack is looked for this far before and after the start of the analysis' cell, s. */
const REACH_SEC = 0.03;
/** A source lasts so many cells at least, the rest of them silent: the mean rise about an attack is that of 0.1 s. */
const LEAST_CELLS = 10;

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
  const surroundings = [...cells]
    .filter((cell) => strengthAt(onsetStrength, cell) >= bar)
    .map((cell) => {
      const start = Math.max(0, cell * hop - reach);
      return { start, length: Math.min(reader.frameCount, cell * hop + 2 * reach) - start };
    });
  const finder = new AttackFinder(sampleRate, 3 * reach);
  const hits: number[] = [];
  for await (const [{ start }, excerpt] of readRanges(reader, surroundings)) {
    const attack = finder.find(excerpt, start === 0);
    if (attack === null) continue;
    const last = hits[hits.length - 1];
    if (last === undefined || start + attack - last > leastGap * sampleRate) hits.push(start + attack);
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
