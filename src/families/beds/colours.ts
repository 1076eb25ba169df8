/** The colour of moments, told in two ways: a strike among them changes the one far more than the other. */
import { log10, pow } from '../../dsp/maths.ts';
import { AUDIBLE_RANGE_DB } from './moments.ts';

/** Levels of bands, dB about the mean of all, none further under the loudest than is heard. */
export interface Colours {
  /** By the mean power of each band. */
  readonly mean: Float64Array;
  /** By that of what stands out of no band's course. */
  readonly steady: Float64Array;
}

/** What is above the median of its band by more than this counts as that much, dB. */
const STRIKING_DB = 6;

/** @param rows a moment's levels of bands each, dB; at least one @param columns bands */
export function coloursOf(rows: readonly Float32Array[], columns: number): Colours {
  const mean = new Float64Array(columns);
  const steady = new Float64Array(columns);
  const course = new Float32Array(rows.length);
  for (let band = 0; band < columns; band++) {
    for (let i = 0; i < rows.length; i++) course[i] = rows[i][band];
    course.sort();
    const most = pow(10, (course[course.length >> 1] + STRIKING_DB) / 10);
    for (let i = 0; i < course.length; i++) {
      const power = pow(10, course[i] / 10);
      mean[band] += power;
      steady[band] += Math.min(power, most);
    }
  }
  return { mean: levelsOf(mean), steady: levelsOf(steady) };
}

/** Levels of summed powers; changes them in place. */
function levelsOf(powers: Float64Array): Float64Array {
  let loudest = Number.MIN_VALUE;
  for (const power of powers) if (power > loudest) loudest = power;
  let mean = 0;
  for (let band = 0; band < powers.length; band++) {
    powers[band] = Math.max(-AUDIBLE_RANGE_DB, 10 * log10(powers[band] / loudest || Number.MIN_VALUE));
    mean += powers[band] / powers.length;
  }
  for (let band = 0; band < powers.length; band++) powers[band] -= mean;
  return powers;
}
