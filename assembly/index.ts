export { bandSums } from './bands';
export { readBetween } from './interpolate';
export { logarithmsOf } from './logarithm';
export { sumSquaresOfTwoSections } from './loudness';
export { packMono24, packStereo24 } from './pack';
export { flatnessSums, magnitudeSums, topBin } from './shape';
export { addHannPower } from './spectrum';
export { truePeakBetween } from './true-peak';

/** The first byte of memory that the module does not need for itself. */
export function firstFree(): usize {
  return __heap_base;
}
