import type { BandBank } from './bands.ts';
import type { KernelFloats, KernelIntegers, KernelWorkspace } from './kernel-memory.ts';

/** A bank of bands where kernels read it. */
export interface PlacedBands {
  readonly weights: KernelFloats;
  readonly firstBins: KernelIntegers;
  readonly weightCounts: KernelIntegers;
}

/** Copies a bank into the memory of a workspace, for as long as that lives. */
export function placeBands(own: KernelWorkspace, bank: BandBank): PlacedBands {
  const weights = own.floats(bank.weights.length);
  const firstBins = own.integers(bank.firstBins.length);
  const weightCounts = own.integers(bank.weightCounts.length);
  weights.set(bank.weights);
  firstBins.set(bank.firstBins);
  weightCounts.set(bank.weightCounts);
  return { weights, firstBins, weightCounts };
}
