import { withWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';

/** Weights that are taken at a time. */
const GROUP = 4;

/** Overlapping triangular bands over the bins of a spectrum, stored sparsely: a band touches only the bins under it. */
export interface BandBank {
  readonly bandCount: number;
  /** First bin of each band, how many weights it has, and all weights: as the kernel `bandSums` takes them. */
  readonly firstBins: Int32Array;
  readonly weightCounts: Int32Array;
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
  const firstBins = new Int32Array(bandCount);
  const weightCounts = new Int32Array(bandCount);
  const weights: number[] = [];
  for (let band = 0; band < bandCount; band++) {
    const triangle = triangleOf(edges.slice(band, band + 3), lastBin);
    firstBins[band] = triangle.firstBin;
    weightCounts[band] = GROUP * Math.ceil(triangle.weights.length / GROUP);
    for (let i = 0; i < weightCounts[band]; i++) weights.push(triangle.weights[i] ?? 0);
  }
  const tables = { bandCount, firstBins, weightCounts, weights: Float32Array.from(weights) };
  return { ...tables, apply: (spectrum, sums, offset = 0) => apply(tables, lastBin, spectrum, sums, offset) };
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

function apply(
  { bandCount, firstBins, weightCounts, weights }: Omit<BandBank, 'apply'>,
  lastBin: number,
  spectrum: Float32Array,
  sums: Float32Array,
  offset: number,
): void {
  withWorkspace((own) => {
    // Zeros follow the last bin: bands are taken by four.
    const powers = own.floats(lastBin + 1 + GROUP);
    const found = own.floats(bandCount);
    powers.set(spectrum.length === lastBin + 1 ? spectrum : spectrum.subarray(0, lastBin + 1));
    const tables = [own.floats(weights.length), own.integers(bandCount), own.integers(bandCount)] as const;
    tables[0].set(weights);
    tables[1].set(firstBins);
    tables[2].set(weightCounts);
    kernels.bandSums(powers, ...tables, bandCount, found);
    sums.set(found, offset);
  });
}
