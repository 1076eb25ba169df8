export { encodeSteps } from './adpcm';
export { addCrossSpectrum, addEvery, addSlidingEnergies, normaliseProducts } from './align';
export { allPass } from './all-pass';
export { bandChange, scaleBins } from './band-gains';
export { addEightSums, addTo, bandSums } from './bands';
export { analyseCell } from './cell';
export { firstReaching } from './clipping';
export { blendSides, levelCrossfade, sideProducts } from './crossfade';
export { digestBlocks } from './digest';
export { frameDistances } from './distance';
export { pairSamples, runSectionsBeside, runTwoSections, splitPairs } from './filter';
export { bandRise } from './flux';
export { atan, atan2, cos, exp, log, log2, log10, pow, sin, tan } from './functions';
export { addHump, addOffset, applyGain } from './gain';
export { addScaled, hannEnvelope, overlapGains } from './grain';
export { imageMatrices, turnByGrains } from './image';
export { readBetween, readEvery } from './interpolate';
export { addBinPowers, joinPoints, lastingGains, lastingTurns, standingAbove } from './lasting';
export { cellLevels, levelSums } from './level';
export { decibelsOf, logarithmsOf } from './logarithm';
export { energyOfTwoSections } from './loudness';
export { readNearest } from './nearest';
export { addBinProducts, drawTurns, fillNoise, fillStereoNoise, mixColours } from './noise';
export { packMono24, packStereo24 } from './pack';
export { updateWeights } from './parts';
export { findPeaks } from './peaks';
export { readPhases } from './polyphase';
export { colourRatios, levelRatios } from './predict';
export { drawIntegers } from './random';
export { lesserOf, meanOfRows, mediansEvery, rankOfRows } from './rank';
export { addBlockPowers, rideGains } from './riding';
export { runningPowers, runningProducts } from './rows';
export { greatestIn, nthMagnitude, sortFew } from './select';
export { magnitudeSums } from './shape';
export { addSides, mixSides, splitSides } from './sides';
export { addHannPower } from './spectrum';
export { pitchSteps } from './steps';
export { addProducts, lagProducts, runningEnergies, subtract } from './sums';
export { truePeakBetween } from './true-peak';
export { addTurns } from './turns';
export { rescale, unpackFloats, unpackIntegers } from './unpack';
export { addComparison, addProduct, findTurns, multiplyArrays, turnSpectrum } from './vocoder';
export { calmestCut, stepOfCut } from './wrap';

/** The first byte of memory that the module does not need for itself. */
export function firstFree(): usize {
  return __heap_base;
}
