import { quantileAlongFrequency, quantileAlongTime } from './rank-filter.ts';

/**
 * Masks that keep of a power spectrogram what lasts. They begin with FitzGerald's idea (DAFx-10) that a tone is
 * a ridge along time and a hit a ridge along frequency, and differ in what a pad needs:
 *
 * - What lasts is the level that a bin keeps nine tenths of a second, not its median: between eight hits a second
 *   a median still holds their tails.
 * - No bin may stand out above that level for a moment, however tonal it is: a median of frequencies does
 *   not see a kick, which is narrow.
 * - It is done twice, since the first pass uncovers what was hidden under the hits.
 *
 * Measured on four mixtures of chords and drums of equal RMS (strings and a breakbeat, warm pad and electronic
 * drums, choir and an industrial loop, and planted ones), means: 9.6 dB of signal to distortion, drums alone down
 * by 17 dB, and 0.1 onsets a second left where there were over 5. With plain medians (17 × 17, frames of 46 ms):
 * 6.9 dB, 8 dB and 4.0 onsets; with a margin of 2 in favour of the drums 6.7 dB, 14 dB and 2.8.
 */

/** Time over which a level must last, s. */
const LASTING_SEC = 1;
/** Share of that time in which it may be lower. */
const LASTING_QUANTILE = 0.1;
/**
 * A steady noise swings about its level: its power is exponentially distributed, a tenth of it under 0.105 of its
 * mean. Six times that quantile is its median and a little less; of a tone it is 8 dB of room to swell.
 */
const ROOM = 6;
/** Width over which a hit fills the spectrum, Hz: the median passes over partials narrower than half of it. */
const STRUCK_HZ = 150;
/**
 * Weight of what is struck against what lasts, in power. Both are squared before they are weighed: a partial stands
 * clear of its surroundings, noise does not, and without the square ghosts of hats are still counted as onsets
 * (2.8 a second instead of none).
 */
const STRUCK_WEIGHT = 0.35;

/** Over how many rows a level must last, and over how many columns a hit reaches; both odd. */
export interface HarmonicShape {
  readonly rows: number;
  readonly columns: number;
}

/** @param rowSec from one row to the next, s; binHz from one column to the next, Hz */
export function harmonicShape(rowSec: number, binHz: number): HarmonicShape {
  const odd = (width: number) => 2 * Math.max(1, Math.round(width / 2)) + 1;
  return { rows: odd(LASTING_SEC / rowSec), columns: odd(STRUCK_HZ / binHz) };
}

/** Rows on either side that a row's masks depend on. */
export function harmonicReach({ rows }: HarmonicShape): number {
  return 2 * (rows >> 1);
}

/**
 * @param power rows × columns, row after row; overwritten
 * @returns first: what one pass leaves, 0 to 1; both: what two leave, never more than the first
 */
export function harmonicMasks(
  power: Float32Array,
  rows: number,
  columns: number,
  shape: HarmonicShape,
): { first: Float32Array; both: Float32Array } {
  const first = harmonicMaskOf(power, rows, columns, shape);
  for (let i = 0; i < power.length; i++) power[i] *= first[i] * first[i];
  const both = harmonicMaskOf(power, rows, columns, shape);
  for (let i = 0; i < power.length; i++) both[i] *= first[i];
  return { first, both };
}

function harmonicMaskOf(
  power: Float32Array,
  rows: number,
  columns: number,
  shape: HarmonicShape,
): Float32Array {
  const mask = quantileAlongTime(power, rows, columns, shape.rows, LASTING_QUANTILE);
  const struck = quantileAlongFrequency(power, rows, columns, shape.columns, 0.5);
  for (let i = 0; i < mask.length; i++) {
    const lasting = mask[i];
    // Silence belongs to nobody.
    if (lasting === 0) continue;
    const hit = STRUCK_WEIGHT * struck[i];
    const tonal = (lasting * lasting) / (lasting * lasting + hit * hit);
    const standsOut = power[i] > ROOM * lasting;
    mask[i] = standsOut ? tonal * Math.sqrt((ROOM * lasting) / power[i]) : tonal;
  }
  return mask;
}
