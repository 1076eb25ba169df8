export { bandSums } from './bands';
export { readBetween } from './interpolate';
export { logarithmsOf } from './logarithm';
export { sumSquaresOfTwoSections } from './loudness';
export { packMono24, packStereo24 } from './pack';
export { readPhases } from './polyphase';
export { flatnessSums, magnitudeSums, topBin } from './shape';
export { addHannPower } from './spectrum';
export { truePeakBetween } from './true-peak';
export { addComparison, addProduct, findTurns, multiplyArrays, turnSpectrum } from './vocoder';

/** The first byte of memory that the module does not need for itself. */
export function firstFree(): usize {
  return __heap_base;
}
