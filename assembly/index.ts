export { bandChange, scaleBins } from './band-gains';
export { addEightSums, addTo, bandSums } from './bands';
export { analyseCell } from './cell';
export { addBlend, levelCrossfade } from './crossfade';
export { frameDistances } from './distance';
export { pairSamples, runSectionsBeside, runTwoSections, splitPairs } from './filter';
export { bandRise } from './flux';
export { atan, atan2, cos, exp, log, log2, log10, pow, sin, tan } from './functions';
export { addHump, addOffset, applyGain } from './gain';
export { addScaled, hannEnvelope, overlapGains } from './grain';
export { readBetween } from './interpolate';
export { addBinPowers, joinPoints, lastingGains, lastingTurns, standingAbove } from './lasting';
export { cellLevels, levelSums } from './level';
export { decibelsOf, logarithmsOf } from './logarithm';
export { energyOfTwoSections } from './loudness';
export { addBinProducts, drawTurns, fillNoise, fillStereoNoise, mixColours } from './noise';
export { packMono24, packStereo24 } from './pack';
export { updateWeights } from './parts';
export { findPeaks } from './peaks';
export { readPhases } from './polyphase';
export { drawIntegers } from './random';
export { lesserOf, meanOfRows, mediansEvery, rankOfRows } from './rank';
export { addBlockPowers, rideGains } from './riding';
export { magnitudeSums } from './shape';
export { addSides, mixSides, splitSides, turnSides } from './sides';
export { addHannPower } from './spectrum';
export { addProducts, lagProducts, runningEnergies, subtract } from './sums';
export { truePeakBetween } from './true-peak';
export { rescale, unpackFloats, unpackIntegers } from './unpack';
export { addComparison, addProduct, findTurns, multiplyArrays, turnSpectrum } from './vocoder';

/** The first byte of memory that the module does not need for itself. */
export function firstFree(): usize {
  return __heap_base;
}
