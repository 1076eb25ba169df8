/**
 * How loud a source is on the whole, which its moments are judged against: gain changes both alike.
 *
 * The level is gated as that of BS.1770-4 is: the mean square of a source's blocks, of those within 10 dB of the mean of
 * all, so that pauses and tails do not count. It is not weighted: the level of a moment is not either.
 */
import { log10 } from '../dsp/maths.ts';
import type { Analysis } from './analysis.ts';

/** Cells of a block: 0.1 s, longer than a period of the lowest note. */
const CELLS_PER_BLOCK = 8;
/** Blocks this far under the mean of all do not count: -10 dB. */
const RELATIVE_GATE = 0.1;

/** @param powers mean squares of blocks of one length @returns the mean of those that count; 0 where all are 0 */
export function gatedPower(powers: Float64Array): number {
  const least = RELATIVE_GATE * meanAbove(powers, 0);
  return meanAbove(powers, least);
}

function meanAbove(powers: Float64Array, least: number): number {
  let [sum, count] = [0, 0];
  for (const power of powers) {
    if (power < least) continue;
    sum += power;
    count++;
  }
  return count > 0 ? sum / count : 0;
}

const known = new WeakMap<Analysis, number>();

/** The level of a source as its analysis holds it, dB RMS re full scale; -Infinity in digital silence. */
export function songLevelDb(analysis: Analysis): number {
  let level = known.get(analysis);
  if (level === undefined) {
    level = 10 * log10(gatedPower(blockPowers(analysis.power)));
    known.set(analysis, level);
  }
  return level;
}

/** A rest too short for a block is left out, unless there is nothing else. */
function blockPowers(cells: Float32Array): Float64Array {
  const width = Math.min(CELLS_PER_BLOCK, cells.length);
  const powers = new Float64Array(width > 0 ? Math.floor(cells.length / width) : 0);
  for (let block = 0; block < powers.length; block++) {
    for (let i = 0; i < width; i++) powers[block] += cells[block * width + i] / width;
  }
  return powers;
}

/** A level that a config states in dBFS, in the scale of an analysis; a source above full scale counts as turned down to it. */
export function statedLevel({ gain, ceiling }: Pick<Analysis, 'gain' | 'ceiling'>, dbfs: number): number {
  return dbfs + 20 * log10(gain * ceiling);
}

/** What lies this far under its song is too quiet to be its music: tails and pauses, dB. */
const QUIET_DB = -24;

/** Levels between which a moment is used, in the scale of its analysis, dB RMS. */
export interface LevelLimits {
  readonly minRmsDb: number;
  readonly maxRmsDb: number;
}

/** @param stated dBFS; null leaves it to the source: what is far quieter than it is skipped, and nothing is too loud */
export function levelLimits(
  analysis: Analysis,
  stated: { readonly min_rms_db: number | null; readonly max_rms_db: number | null },
): LevelLimits {
  const { min_rms_db: min, max_rms_db: max } = stated;
  return {
    minRmsDb: min === null ? songLevelDb(analysis) + QUIET_DB : statedLevel(analysis, min),
    maxRmsDb: max === null ? Infinity : statedLevel(analysis, max),
  };
}
