import { FREE, kernels, memory } from './kernels.ts';

/** Weights that are taken at a time. */
const GROUP = 4;

/** Overlapping triangular bands over the bins of a spectrum, stored sparsely: a band touches only the bins under it. */
export interface BandBank {
  readonly bandCount: number;
  /** First bin and count of weights of each band, and all their weights: as the kernel `bandSums` takes them. */
  readonly bands: Int32Array;
  readonly weights: Float32Array;
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
  /** First bin and count of weights of each band. */
  const bands = new Int32Array(2 * bandCount);
  const weights: number[] = [];
  for (let band = 0; band < bandCount; band++) {
    const triangle = triangleOf(edges.slice(band, band + 3), lastBin);
    bands[2 * band] = triangle.firstBin;
    bands[2 * band + 1] = GROUP * Math.ceil(triangle.weights.length / GROUP);
    for (let i = 0; i < bands[2 * band + 1]; i++) weights.push(triangle.weights[i] ?? 0);
  }
  return bandBank(bands, Float32Array.from(weights), lastBin);
}

function triangleOf([low, centre, high]: readonly number[], lastBin: number) {
  const firstBin = Math.floor(low) + 1;
  const weights: number[] = [];
  for (let bin = firstBin; bin < high && bin <= lastBin; bin++) {
    weights.push(bin <= centre ? (bin - low) / (centre - low) : (high - bin) / (high - centre));
  }
  if (weights.length > 0) return { firstBin, weights };
  return { firstBin: Math.min(Math.round(centre), lastBin), weights: [1] };
}

function bandBank(bands: Int32Array, weights: Float32Array, lastBin: number): BandBank {
  const bandCount = bands.length / 2;
  const spectrumAt = FREE >> 2;
  const weightsAt = spectrumAt + lastBin + 1 + GROUP;
  const bandsAt = weightsAt + weights.length;
  const sumsAt = bandsAt + bands.length;
  const apply: BandBank['apply'] = (spectrum, sums, offset = 0) => {
    memory.floats.set(
      spectrum.length === lastBin + 1 ? spectrum : spectrum.subarray(0, lastBin + 1),
      spectrumAt,
    );
    memory.floats.fill(0, spectrumAt + lastBin + 1, weightsAt);
    memory.floats.set(weights, weightsAt);
    memory.integers.set(bands, bandsAt);
    kernels.bandSums(4 * spectrumAt, 4 * weightsAt, 4 * bandsAt, bandCount, 4 * sumsAt);
    for (let band = 0; band < bandCount; band++) sums[offset + band] = memory.floats[sumsAt + band];
  };
  return { bandCount, bands, weights, apply };
}
