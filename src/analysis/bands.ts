/** Overlapping triangular bands over the bins of a spectrum, each of height 1 at its own centre. */
export interface Bands {
  readonly count: number;
  /** First bin of each band. */
  readonly first: Int32Array;
  /** Where each band's weights start; one more entry than bands. */
  readonly at: Int32Array;
  readonly weights: Float32Array;
}

/**
 * Triangles from one centre to the next: band i rises from centre i to i+1 and falls to i+2.
 * Centres that fall on one bin are merged, so that no band is empty where bins are coarse.
 * @param centres Hz, ascending
 */
export function triangularBands(centres: readonly number[], binHz: number, lastBin: number): Bands {
  const bins = [...new Set(centres.map((hz) => Math.round(hz / binHz)))].filter((bin) => bin <= lastBin);
  const count = Math.max(0, bins.length - 2);
  const first = new Int32Array(count);
  const at = new Int32Array(count + 1);
  const weights: number[] = [];
  for (let b = 0; b < count; b++) {
    const [low, centre, high] = [bins[b], bins[b + 1], bins[b + 2]];
    first[b] = low + 1;
    for (let k = low + 1; k < high; k++) {
      weights.push(k <= centre ? (k - low) / (centre - low) : (high - k) / (high - centre));
    }
    at[b + 1] = weights.length;
  }
  return { count, first, at, weights: Float32Array.from(weights) };
}

/** Weighted sum of the spectrum in each band. @param sums bands.count numbers, filled */
export function sumBands(bands: Bands, spectrum: Float32Array, sums: Float32Array): void {
  const { count, first, at, weights } = bands;
  for (let b = 0; b < count; b++) {
    let sum = 0;
    for (let w = at[b], k = first[b]; w < at[b + 1]; w++, k++) sum += weights[w] * spectrum[k];
    sums[b] = sum;
  }
}

/** Centres a fixed number to the octave, from `low` to at most `high` Hz. */
export function octaveCentres(low: number, high: number, perOctave: number): number[] {
  const count = Math.max(0, Math.floor(Math.log2(high / low) * perOctave) + 1);
  return Array.from({ length: count }, (_, i) => low * 2 ** (i / perOctave));
}
