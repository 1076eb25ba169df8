/**
 * The loops that cost most, in WebAssembly with SIMD: written in assembly/, compiled into kernel-module.ts.
 * Their tests, most with a plain twin as the oracle, lie in test/dsp/ and test/analysis/. There is no fallback: the FFT
 * needs SIMD too, and every Node from 16.4 on has it.
 *
 * They work in one block of memory of their own: copy in, call, copy out. It is anybody's: nothing that is left
 * in it is there after somebody else's call.
 */
import { KERNEL_MODULE } from './kernel-module.ts';

/** Numbers ending in `At` are addresses, in bytes; see assembly/ for what each function does. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  addBlend(
    beforeAt: number,
    afterAt: number,
    risingAt: number,
    levellingAt: number,
    blendedAt: number,
    count: number,
  ): void;
  addBinProducts(oneAt: number, otherAt: number, sumsAt: number, bins: number): void;
  addBlockPowers(
    samplesAt: number,
    first: number,
    count: number,
    frames: number,
    blocks: number,
    powersAt: number,
  ): void;
  addComparison(
    nowAt: number,
    beforeAt: number,
    madeAt: number,
    crossReAt: number,
    crossImAt: number,
    powerNowAt: number,
    powerBeforeAt: number,
    bins: number,
  ): void;
  addHannPower(spectrumAt: number, firstBin: number, lastBin: number, scale: number, powerAt: number): void;
  addHump(samplesAt: number, count: number, first: number, last: number, height: number): void;
  addOffset(samplesAt: number, count: number, offset: number): void;
  addProducts(oneAt: number, otherAt: number, count: number, sumsAt: number): void;
  applyGain(samplesAt: number, count: number, gain: number): void;
  addScaled(toAt: number, grainAt: number, gain: number, count: number): void;
  addSides(leftAt: number, rightAt: number, middleAt: number, sideAt: number, count: number): void;
  addTo(sumsAt: number, valuesAt: number, count: number): void;
  atan(x: number): number;
  atan2(y: number, x: number): number;
  bandRise(
    currentAt: number,
    count: number,
    earlierAt: number,
    loudest: number,
    range: number,
    resultsAt: number,
  ): void;
  addProduct(aAt: number, bAt: number, scale: number, toAt: number, count: number): void;
  bandSums(spectrumAt: number, weightsAt: number, bandsAt: number, bandCount: number, sumsAt: number): void;
  cellLevels(samplesAt: number, count: number, length: number, sumsAt: number): void;
  findPeaks(
    powerAt: number,
    firstBin: number,
    lastBin: number,
    range: number,
    binHz: number,
    frequencyAt: number,
    amplitudeAt: number,
  ): number;
  decibelsOf(powersAt: number, count: number, floor: number): void;
  energyOfTwoSections(
    leftAt: number,
    rightAt: number,
    count: number,
    coefficientsAt: number,
    stateAt: number,
  ): number;
  cos(x: number): number;
  drawIntegers(stateAt: number, drawnAt: number, count: number): void;
  drawTurns(drawnAt: number, phasorsAt: number, turnReAt: number, turnImAt: number, count: number): void;
  exp(x: number): number;
  fillNoise(
    drawnAt: number,
    phasorsAt: number,
    powersAt: number,
    coherenceAt: number,
    leftAt: number,
    rightAt: number,
    bins: number,
  ): void;
  findTurns(
    crossReAt: number,
    crossImAt: number,
    powerNowAt: number,
    powerBeforeAt: number,
    reach: number,
    ratio: number,
    evenBins: number,
    turnReAt: number,
    turnImAt: number,
    bins: number,
  ): void;
  firstFree(): number;
  frameDistances(oneAt: number, otherAt: number, bands: number, frames: number, distancesAt: number): void;
  hearCell(benchAt: number, figuresAt: number): void;
  hannEnvelope(cosinesAt: number, envelopeAt: number, squaredAt: number, count: number): void;
  levelCrossfade(risingAt: number, apart: number, levellingAt: number, count: number): void;
  levelSums(samplesAt: number, count: number, sumsAt: number): void;
  log(x: number): number;
  log10(x: number): number;
  log2(x: number): number;
  logarithmsOf(valuesAt: number, count: number, factor: number, offset: number): void;
  magnitudeSums(
    powerAt: number,
    firstBin: number,
    lastBin: number,
    magnitudeAt: number,
    sumsAt: number,
  ): void;
  mixColours(oneAt: number, otherAt: number, share: number, toAt: number, count: number): void;
  mixSides(leftAt: number, rightAt: number, own: number, other: number, count: number): void;
  multiplyArrays(aAt: number, bAt: number, toAt: number, count: number): void;
  overlapGains(sumsAt: number, least: number, count: number): void;
  packMono24(samplesAt: number, bytesAt: number, frames: number): void;
  packStereo24(leftAt: number, rightAt: number, bytesAt: number, frames: number): void;
  pairSamples(leftAt: number, rightAt: number, pairsAt: number, count: number): void;
  pow(x: number, y: number): number;
  readBetween(
    leftAt: number,
    rightAt: number,
    place: number,
    ratio: number,
    rowsAt: number,
    taps: number,
    phases: number,
    leftOutputAt: number,
    rightOutputAt: number,
    count: number,
  ): void;
  rescale(samplesAt: number, count: number, factor: number, scale: number): void;
  readPhases(
    samplesAt: number,
    wholeStep: number,
    phaseStep: number,
    remainder: number,
    phases: number,
    weightsAt: number,
    taps: number,
    rows: number,
    outputAt: number,
    count: number,
  ): void;
  runningEnergies(samplesAt: number, grains: number, sumsAt: number): number;
  rideGains(
    samplesAt: number,
    first: number,
    count: number,
    frames: number,
    blocks: number,
    gainsAt: number,
  ): void;
  runTwoSections(
    framesAt: number,
    count: number,
    step: number,
    coefficientsAt: number,
    stateAt: number,
  ): void;
  sin(x: number): number;
  splitPairs(pairsAt: number, leftAt: number, rightAt: number, count: number): void;
  subtract(samplesAt: number, othersAt: number, count: number): void;
  splitSides(leftAt: number, rightAt: number, middleAt: number, sideAt: number, count: number): void;
  tan(x: number): number;
  truePeakBetween(
    samplesAt: number,
    weightsAt: number,
    half: number,
    start: number,
    end: number,
    nearGain: number,
    farGain: number,
    atLeast: number,
  ): number;
  unpackFloats(
    bytesAt: number,
    count: number,
    frameBytes: number,
    masksAt: number,
    limit: number,
    samplesAt: number,
  ): number;
  unpackIntegers(
    bytesAt: number,
    count: number,
    frameBytes: number,
    masksAt: number,
    samplesAt: number,
  ): void;
  turnSpectrum(fromAt: number, turnReAt: number, turnImAt: number, toAt: number, bins: number): void;
}

const instance = new WebAssembly.Instance(
  new WebAssembly.Module(Uint8Array.from(atob(KERNEL_MODULE), (character) => character.charCodeAt(0))),
);

export const kernels = instance.exports as unknown as Kernels;

/** The first free byte of the kernels' memory; a multiple of 16. */
export const FREE = (kernels.firstFree() + 15) & ~15;

/** The kernels' memory (3 MiB, it never grows) as samples, doubles, integers and bytes. */
export const memory = {
  floats: new Float32Array(kernels.memory.buffer),
  doubles: new Float64Array(kernels.memory.buffer),
  integers: new Int32Array(kernels.memory.buffer),
  bytes: new Uint8Array(kernels.memory.buffer),
};

/**
 * Samples that are handed over at a time where a whole channel goes through a kernel: two such blocks, and what is summed
 * of them, fit into a processor's nearest cache.
 */
export const BLOCK = 4096;

/** Copies samples [first, first + count) into the kernels' memory; zeros where there are none. @param first any whole number */
export function copyIn(samples: Float32Array, first: number, count: number, toAt: number): void {
  const { floats } = memory;
  const start = toAt >> 2;
  const from = Math.min(Math.max(0, -first), count);
  const to = Math.max(from, Math.min(count, samples.length - first));
  floats.fill(0, start, start + from);
  floats.set(samples.subarray(first + from, first + to), start + from);
  floats.fill(0, start + to, start + count);
}
