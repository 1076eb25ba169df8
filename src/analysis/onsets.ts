/** An onset is a peak of the strength within this reach, s. */
const PEAK_REACH = 0.03;
/** The strength's own moving mean is taken over this reach on both sides, s. */
const MEAN_REACH = 0.1;
/**
 * How far a peak stands above the moving mean: dB of mean rise over all bands, and a share of the mean itself,
 * which in noise (mean 0.4, deviation 0.1) keeps its own flicker out: one false onset in ten seconds.
 */
const LEAST_RISE = 0.25;
const LEAST_EXCESS = 0.6;
/** Two onsets are at least this far apart, s: closer ones are heard as one (flam). */
const LEAST_GAP = 0.04;
/** A log spectrum rises as soon as a window's edge touches an attack: up to two cells early. */
const EARLY_CELLS = 2;

/** How choosy the picking of onsets is. */
export interface OnsetPicking {
  /** By how much the strength stands above its moving mean at least, dB, beside a share of that mean. */
  readonly leastRise: number;
  /** Least distance of two onsets, s. */
  readonly leastGap: number;
}

/**
 * Picks onsets: local maxima of the onset strength that stand above its moving mean (Böck, Krebs &
 * Schedl, ISMIR 2012), then moved to the cell near by whose level rises most, because cells are sharper
 * in time than windows.
 * @param strength dB a cell
 * @param power mean square a cell
 * @param picking left out: as choosy as the analysis
 * @returns cells, ascending
 */
export function pickOnsets(
  strength: Float32Array,
  power: Float32Array,
  cellsPerSecond: number,
  picking: OnsetPicking = { leastRise: LEAST_RISE, leastGap: LEAST_GAP },
): Int32Array {
  const peakReach = Math.max(1, Math.round(PEAK_REACH * cellsPerSecond));
  const meanReach = Math.max(1, Math.round(MEAN_REACH * cellsPerSecond));
  const leastGap = picking.leastGap * cellsPerSecond;
  const leastRise = Math.max(LEAST_RISE, picking.leastRise);
  const onsets: number[] = [];
  let sum = 0;
  for (let i = 0; i < Math.min(meanReach, strength.length); i++) sum += strength[i];
  for (let i = 0; i < strength.length; i++) {
    if (i + meanReach < strength.length) sum += strength[i + meanReach];
    if (i - meanReach - 1 >= 0) sum -= strength[i - meanReach - 1];
    const span = Math.min(i + meanReach, strength.length - 1) - Math.max(0, i - meanReach) + 1;
    if (strength[i] < (sum / span) * (1 + LEAST_EXCESS) + leastRise || !isPeak(strength, i, peakReach))
      continue;
    const onset = steepestCell(power, i);
    if (onsets.length === 0 || onset - onsets[onsets.length - 1] >= leastGap) onsets.push(onset);
  }
  return Int32Array.from(onsets);
}

function isPeak(strength: Float32Array, i: number, reach: number): boolean {
  for (let j = Math.max(0, i - reach); j <= Math.min(strength.length - 1, i + reach); j++) {
    if (strength[j] > strength[i]) return false;
  }
  return true;
}

/** Of this cell and the next few, the one whose level rises most over the cell before it. */
function steepestCell(power: Float32Array, cell: number): number {
  let best = cell;
  let steepest = 0;
  for (let i = cell; i <= Math.min(power.length - 1, cell + EARLY_CELLS); i++) {
    const before = i > 0 ? power[i - 1] : 0;
    const ratio = (power[i] + 1e-12) / (before + 1e-12);
    if (ratio > steepest) {
      steepest = ratio;
      best = i;
    }
  }
  return best;
}
