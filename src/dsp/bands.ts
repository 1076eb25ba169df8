/** Overlapping triangular bands over the bins of a spectrum, stored sparsely: a band touches only the bins under it. */
export interface BandBank {
  readonly bandCount: number;
  /**
   * Σ weight·value in each band: triangles of unit peak, so a band's sum is what lies under it.
   * @param spectrum a value for each bin, 0 to the last bin that the bank was made for
   * @param bands filled from `offset` with bandCount values
   */
  apply(spectrum: Float32Array, bands: Float32Array, offset?: number): void;
}

/**
 * Band i rises from edge i to edge i+1 and falls to edge i+2. One narrower than a bin keeps its nearest bin, so
 * that no band is empty.
 * @param edges ascending, in bins, which need not be whole; two more than bands
 * @param lastBin no weight lies beyond it
 */
export function triangularBands(edges: readonly number[], lastBin: number): BandBank {
  const bandCount = Math.max(0, edges.length - 2);
  const first = new Int32Array(bandCount);
  const offsets = new Int32Array(bandCount + 1);
  const weights: number[] = [];
  for (let band = 0; band < bandCount; band++) {
    const [low, centre, high] = edges.slice(band, band + 3);
    first[band] = Math.floor(low) + 1;
    for (let bin = first[band]; bin < high && bin <= lastBin; bin++) {
      weights.push(bin <= centre ? (bin - low) / (centre - low) : (high - bin) / (high - centre));
    }
    if (weights.length === offsets[band]) {
      first[band] = Math.min(Math.round(centre), lastBin);
      weights.push(1);
    }
    offsets[band + 1] = weights.length;
  }
  const flat = Float32Array.from(weights);
  return {
    bandCount,
    apply(spectrum, bands, offset = 0) {
      for (let band = 0; band < bandCount; band++) {
        let sum = 0;
        for (let i = offsets[band], bin = first[band]; i < offsets[band + 1]; i++, bin++) {
          sum += flat[i] * spectrum[bin];
        }
        bands[offset + band] = sum;
      }
    },
  };
}
