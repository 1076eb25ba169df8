/**
 * The loops that cost most, in WebAssembly with SIMD: written in assembly/, compiled into kernel-module.ts. They read and
 * write arrays of a {@link KernelWorkspace}. Written by `npm run kernels` from the signatures in assembly/; do not edit.
 *
 * Their tests, most with a plain twin as the oracle, lie in test/dsp/ and test/analysis/. There is no fallback: the FFT
 * needs SIMD too, and every Node from 16.4 on has it.
 */
import {
  type KernelBytes,
  type KernelDoubles,
  type KernelFloats,
  type KernelIntegers,
  type KernelStruct,
  kernelExports,
} from './kernel-memory.ts';

/** Addresses for arrays. */
const raw = kernelExports as unknown as {
  readonly [name: string]: (...numbers: readonly number[]) => number;
};

/** powers += re² + im² of every bin. */
export function addBinPowers(spectrum: KernelFloats, powers: KernelFloats, bins: number): void {
  raw.addBinPowers(spectrum.byteOffset, powers.byteOffset, bins);
}

/** sums += re · re' + im · im' of every bin of two spectra, in doubles: with itself, a spectrum's power. */
export function addBinProducts(
  one: KernelFloats,
  other: KernelFloats,
  sums: KernelFloats,
  bins: number,
): void {
  raw.addBinProducts(one.byteOffset, other.byteOffset, sums.byteOffset, bins);
}

/**
 * Adds to each power the mean square of its block.
 * @param first block, @param count blocks
 * @param powers `count` of them
 */
export function addBlockPowers(
  samples: KernelFloats,
  first: number,
  count: number,
  frames: number,
  blocks: number,
  powers: KernelFloats,
): void {
  raw.addBlockPowers(samples.byteOffset, first, count, frames, blocks, powers.byteOffset);
}

/**
 * Adds made · conj(before) to the cross-spectrum, and the powers of now and before to theirs.
 *
 * @param crossRe one a bin
 * @param powerNow one a bin
 */
export function addComparison(
  now: KernelFloats,
  before: KernelFloats,
  made: KernelFloats,
  crossRe: KernelFloats,
  crossIm: KernelFloats,
  powerNow: KernelFloats,
  powerBefore: KernelFloats,
  bins: number,
): void {
  raw.addComparison(
    now.byteOffset,
    before.byteOffset,
    made.byteOffset,
    crossRe.byteOffset,
    crossIm.byteOffset,
    powerNow.byteOffset,
    powerBefore.byteOffset,
    bins,
  );
}

/** sum += one · conj(other), pairs of real and imaginary parts. */
export function addCrossSpectrum(
  one: KernelFloats,
  other: KernelFloats,
  sum: KernelFloats,
  bins: number,
): void {
  raw.addCrossSpectrum(one.byteOffset, other.byteOffset, sum.byteOffset, bins);
}

/** sums[n] += the sum of samples 8n to 8n+7. @param samples 8 × count */
export function addEightSums(samples: KernelFloats, count: number, sums: KernelFloats): void {
  raw.addEightSums(samples.byteOffset, count, sums.byteOffset);
}

/** sums[n] += samples[n · step]. */
export function addEvery(samples: KernelFloats, step: number, count: number, sums: KernelFloats): void {
  raw.addEvery(samples.byteOffset, step, count, sums.byteOffset);
}

/**
 * Adds the power that a frame would have had under a Hann window; see src/analysis/spectrum.ts.
 * Four bins at a time: up to three bins past `last` are written too.
 *
 * @param spectrum re and im of bin after bin; bins first-1 to last+4 are read
 * @param power one a bin
 */
export function addHannPower(
  spectrum: KernelFloats,
  first: number,
  last: number,
  scale: number,
  power: KernelFloats,
): void {
  raw.addHannPower(spectrum.byteOffset, first, last, scale, power.byteOffset);
}

/**
 * samples[n] += height·t²·(1-t)², where t = (first + n) / last.
 * @param first index of the first of these samples, @param last of the last of the whole channel, above 0
 */
export function addHump(
  samples: KernelFloats,
  count: number,
  first: number,
  last: number,
  height: number,
): void {
  raw.addHump(samples.byteOffset, count, first, last, height);
}

/** samples[n] += offset. */
export function addOffset(samples: KernelFloats, count: number, offset: number): void {
  raw.addOffset(samples.byteOffset, count, offset);
}

/** to += scale · a · b. @param count rounded up to fours */
export function addProduct(
  a: KernelFloats,
  b: KernelFloats,
  scale: number,
  to: KernelFloats,
  count: number,
): void {
  raw.addProduct(a.byteOffset, b.byteOffset, scale, to.byteOffset, count);
}

/** Adds to the sums. */
export function addProducts(
  one: KernelFloats,
  other: KernelFloats,
  count: number,
  sums: KernelStruct<'ProductSums'>,
): void {
  raw.addProducts(one.byteOffset, other.byteOffset, count, sums.byteOffset);
}

/** to += gain · grain, in doubles; four at a time. */
export function addScaled(to: KernelFloats, grain: KernelFloats, gain: number, count: number): void {
  raw.addScaled(to.byteOffset, grain.byteOffset, gain, count);
}

/** left += middle + side, right += middle - side; in doubles. */
export function addSides(
  left: KernelFloats,
  right: KernelFloats,
  middle: KernelFloats,
  side: KernelFloats,
  count: number,
): void {
  raw.addSides(left.byteOffset, right.byteOffset, middle.byteOffset, side.byteOffset, count);
}

/** energies[lag] += Σ field[lag … lag + width)². @param energy the first of these sums */
export function addSlidingEnergies(
  field: KernelFloats,
  width: number,
  lags: number,
  energy: number,
  energies: KernelDoubles,
): void {
  raw.addSlidingEnergies(field.byteOffset, width, lags, energy, energies.byteOffset);
}

/** sums[n] += values[n], four at a time, so up to three numbers after the last are changed too. */
export function addTo(sums: KernelFloats, values: KernelFloats, count: number): void {
  raw.addTo(sums.byteOffset, values.byteOffset, count);
}

/**
 * Adds up weights on a circle, in order.
 * @param weights in steps of the circle, round after round, @param rounds how many
 * @param cosines, @param sines of the steps
 * @param sums added to
 */
export function addTurns(
  weights: KernelFloats,
  rounds: number,
  cosines: KernelDoubles,
  sines: KernelDoubles,
  steps: number,
  sums: KernelStruct<'TurnSums'>,
): void {
  raw.addTurns(weights.byteOffset, rounds, cosines.byteOffset, sines.byteOffset, steps, sums.byteOffset);
}

/**
 * The next samples of an all-pass, no more of them than its delay, so that none waits for another: now = sample + feedback · kept,
 * sample = kept - feedback · now, kept = now.
 *
 * @param samples, @param kept what went into the delay as long ago as it lasts; both are changed
 */
export function allPass(samples: KernelFloats, kept: KernelFloats, feedback: number, count: number): void {
  raw.allPass(samples.byteOffset, kept.byteOffset, feedback, count);
}

/** Measures one cell's power spectrum: the sums of its shape, and how its bands rise. Adds it to what is pooled. */
export function analyseCell(cell: KernelStruct<'CellWorkspace'>): void {
  raw.analyseCell(cell.byteOffset);
}

/** samples[n] *= gain. */
export function applyGain(samples: KernelFloats, count: number, gain: number): void {
  raw.applyGain(samples.byteOffset, count, gain);
}

/**
 * The functions whose last bits differ between JavaScript engines, as AssemblyScript compiles them: musl's, which are
 * FreeBSD's (sin, cos, tan, atan, atan2, log10) and Arm's optimized routines (exp, log, log2, pow). WebAssembly has the same
 * additions, products, quotients and roots everywhere, so these give the same bits everywhere.
 */
export const atan = raw.atan as (x: number) => number;

export const atan2 = raw.atan2 as (y: number, x: number) => number;

/**
 * What each bin gains, less 1: a straight line between the gains of the band under it and of the next.
 *
 * @param gains one a band
 * @param below of each bin: the band whose centre lies under it, which is never the last, @param share and how far it is to the next, 0 to 1
 * @param change one a bin; filled
 */
export function bandChange(
  gains: KernelFloats,
  below: KernelIntegers,
  share: KernelFloats,
  change: KernelFloats,
  bins: number,
): void {
  raw.bandChange(gains.byteOffset, below.byteOffset, share.byteOffset, change.byteOffset, bins);
}

/**
 * How far bands rise above the largest of their neighbourhood one cell earlier; see src/analysis/superflux.ts.
 * All arrays end in zeros, and are filled up to a multiple of four, which none of them counts.
 *
 * @param current one number a band, at least 0, @param count bands
 * @param earlier 0, the bands of the cell before, 0
 * @param range how far under the loudest nothing counts
 * @param result its `loudest` is that of the cell before, then of this one
 */
export function bandRise(
  current: KernelFloats,
  count: number,
  earlier: KernelFloats,
  range: number,
  result: KernelStruct<'BandRise'>,
): void {
  raw.bandRise(current.byteOffset, count, earlier.byteOffset, range, result.byteOffset);
}

/**
 * Σ weight·value in each band of a spectrum; see src/dsp/bands.ts.
 *
 * @param spectrum one number a bin, and three zeros more
 * @param weights band after band, each filled up with zeros to a multiple of four
 * @param firstBins first bin of each band, @param weightCounts how many weights it has
 * @param sums one a band
 */
export function bandSums(
  spectrum: KernelFloats,
  weights: KernelFloats,
  firstBins: KernelIntegers,
  weightCounts: KernelIntegers,
  bandCount: number,
  sums: KernelFloats,
): void {
  raw.bandSums(
    spectrum.byteOffset,
    weights.byteOffset,
    firstBins.byteOffset,
    weightCounts.byteOffset,
    bandCount,
    sums.byteOffset,
  );
}

/**
 * blended = (after + (before - after) · rising) · levelling of two channels, and what that sums up to, grain by grain.
 *
 * @param sums Σ left², Σ right², Σ left · right of each grain, filled
 */
export function blendSides(
  beforeLeft: KernelFloats,
  beforeRight: KernelFloats,
  afterLeft: KernelFloats,
  afterRight: KernelFloats,
  rising: KernelFloats,
  levelling: KernelFloats,
  left: KernelFloats,
  right: KernelFloats,
  count: number,
  grain: number,
  sums: KernelDoubles,
): void {
  raw.blendSides(
    beforeLeft.byteOffset,
    beforeRight.byteOffset,
    afterLeft.byteOffset,
    afterRight.byteOffset,
    rising.byteOffset,
    levelling.byteOffset,
    left.byteOffset,
    right.byteOffset,
    count,
    grain,
    sums.byteOffset,
  );
}

/**
 * The nearest place to cut at which both the step from the sample before and what a cut costs keep to their limits in every
 * channel; where none does, the one that is least beyond the one that it is furthest beyond.
 *
 * @param samples channel after channel, `spacing` apart: those about the place wanted, sample `around` + `reach`
 * @param around how far on either side a place may lie, @param reach samples more on either side
 * @param smallSteps of each channel, @param smallCuts the same of what a cut costs
 * @param weights as of {@link stepOfCut}
 * @returns how many samples behind the place wanted
 */
export function calmestCut(
  samples: KernelFloats,
  spacing: number,
  channels: number,
  around: number,
  reach: number,
  smallSteps: KernelDoubles,
  smallCuts: KernelDoubles,
  weights: KernelDoubles,
): number {
  return raw.calmestCut(
    samples.byteOffset,
    spacing,
    channels,
    around,
    reach,
    smallSteps.byteOffset,
    smallCuts.byteOffset,
    weights.byteOffset,
  );
}

/**
 * {@link levelSums} of one cell after another.
 * @param count samples in all, the last cell may be short, @param length samples a cell
 * @param sums the first of as many as there are cells
 */
export function cellLevels(
  samples: KernelFloats,
  count: number,
  length: number,
  sums: KernelStruct<'LevelSums'>,
): void {
  raw.cellLevels(samples.byteOffset, count, length, sums.byteOffset);
}

/**
 * How far bass, presence or treble of a crossfade, as if its sides were unrelated, is from the body's.
 *
 * @param powers running sums, three before each frame and after the last
 * @param ratios one a length: what is larger stays
 */
export function colourRatios(
  powers: KernelDoubles,
  asked: KernelStruct<'ColourRequest'>,
  count: number,
  ratios: KernelDoubles,
): void {
  raw.colourRatios(powers.byteOffset, asked.byteOffset, count, ratios.byteOffset);
}

export const cos = raw.cos as (x: number) => number;

/**
 * Levels of powers, dB; in place, four at a time, so up to three numbers after the last are changed too.
 * @param floor a positive, normal f32, under which all count as this
 */
export function decibelsOf(powers: KernelFloats, count: number, floor: number): void {
  raw.decibelsOf(powers.byteOffset, count, floor);
}

/**
 * SHA-256 of whole blocks of 64 bytes (FIPS 180-4, 6.2.2).
 *
 * @param state 8 words, which go along
 * @param rounds the 64 constants
 * @param words room for 64
 */
export function digestBlocks(
  bytes: KernelBytes,
  blocks: number,
  state: KernelIntegers,
  rounds: KernelIntegers,
  words: KernelIntegers,
): void {
  raw.digestBlocks(bytes.byteOffset, blocks, state.byteOffset, rounds.byteOffset, words.byteOffset);
}

/**
 * The next integers of a generator.
 *
 * @param state left as it is after the last draw
 * @param drawn filled with `count` u32
 */
export function drawIntegers(state: KernelStruct<'RandomState'>, drawn: KernelIntegers, count: number): void {
  raw.drawIntegers(state.byteOffset, drawn.byteOffset, count);
}

/**
 * Unit vectors of random direction, one for each bin: two of each integer, whose top 24 bits are used, the lower ones
 * first.
 *
 * @param drawn `count` integers
 * @param turnRe, @param turnIm filled with 2 · count numbers
 */
export function drawTurns(
  drawn: KernelIntegers,
  phasors: KernelFloats,
  turnRe: KernelFloats,
  turnIm: KernelFloats,
  count: number,
): void {
  raw.drawTurns(drawn.byteOffset, phasors.byteOffset, turnRe.byteOffset, turnIm.byteOffset, count);
}

/**
 * Four bits a sample, the earlier of two in the lower half of their byte.
 *
 * @param samples full scale ±1; what is louder is as loud as the steps allow
 * @param count even, but for the last samples of a channel
 * @param sizes the table of steps, @param steps how many there are
 * @param moves by how many places each code of 0 to 7 moves the step
 * @param state goes along with the decoder's
 * @param codes (count + 1) / 2, filled
 */
export function encodeSteps(
  samples: KernelFloats,
  count: number,
  sizes: KernelIntegers,
  steps: number,
  moves: KernelIntegers,
  state: KernelStruct<'AdpcmState'>,
  codes: KernelBytes,
): void {
  raw.encodeSteps(
    samples.byteOffset,
    count,
    sizes.byteOffset,
    steps,
    moves.byteOffset,
    state.byteOffset,
    codes.byteOffset,
  );
}

/**
 * Runs two second-order sections over one or two channels at once.
 *
 * @param sections the first of the two, @param states of both; kept from call to call
 * @returns the energy of what comes out, of both channels
 */
export function energyOfTwoSections(
  left: KernelFloats,
  right: KernelFloats,
  count: number,
  sections: KernelStruct<'Section'>,
  states: KernelStruct<'SectionState'>,
): number {
  return raw.energyOfTwoSections(
    left.byteOffset,
    right.byteOffset,
    count,
    sections.byteOffset,
    states.byteOffset,
  );
}

export const exp = raw.exp as (x: number) => number;

/**
 * Random phases under a colour. Magnitudes are in doubles.
 *
 * @param drawn one integer a bin; the top 12 bits of each are used
 * @param powers one a bin
 * @param spectrum re and im of each bin: filled
 */
export function fillNoise(
  drawn: KernelIntegers,
  phasors: KernelFloats,
  powers: KernelFloats,
  spectrum: KernelFloats,
  bins: number,
): void {
  raw.fillNoise(drawn.byteOffset, phasors.byteOffset, powers.byteOffset, spectrum.byteOffset, bins);
}

/**
 * {@link fillNoise} of two channels; the right one shares as much of the left one's noise as they cohere.
 *
 * @param drawn two integers a bin
 * @param powers one a bin, of the left channel, then of the right
 * @param coherence one a bin, -1 to 1
 */
export function fillStereoNoise(
  drawn: KernelIntegers,
  phasors: KernelFloats,
  powers: KernelFloats,
  coherence: KernelFloats,
  left: KernelFloats,
  right: KernelFloats,
  bins: number,
): void {
  raw.fillStereoNoise(
    drawn.byteOffset,
    phasors.byteOffset,
    powers.byteOffset,
    coherence.byteOffset,
    left.byteOffset,
    right.byteOffset,
    bins,
  );
}

/**
 * Partials of a power spectrum; see src/analysis/peaks.ts.
 *
 * @param power one a bin, and room for four more
 * @param range what a peak must have of the strongest bin
 * @param frequency Hz, filled, @param amplitude filled: room for as many as there are bins
 * @returns how many
 */
export function findPeaks(
  power: KernelFloats,
  first: number,
  last: number,
  range: number,
  binHz: number,
  frequency: KernelFloats,
  amplitude: KernelFloats,
): number {
  return raw.findPeaks(
    power.byteOffset,
    first,
    last,
    range,
    binHz,
    frequency.byteOffset,
    amplitude.byteOffset,
  );
}

/**
 * The turn of every bin as a unit vector: the cross-spectrum's direction, smoothed over neighbours by 1-2-1, and none
 * where the power within `reach` bins to either side is more than `ratio` times what it was.
 *
 * @param crossRe one a bin; a bin before the first and four after the last are read too
 * @param powerNow one a bin; reach + 1 bins before the first and reach + 3 after the last are read too
 * @param evenBins in as many bins, rounded up to fours, no neighbour counts for more than the bin itself
 * @param turnRe one a bin
 */
export function findTurns(
  crossRe: KernelFloats,
  crossIm: KernelFloats,
  powerNow: KernelFloats,
  powerBefore: KernelFloats,
  reach: number,
  ratio: number,
  evenBins: number,
  turnRe: KernelFloats,
  turnIm: KernelFloats,
  bins: number,
): void {
  raw.findTurns(
    crossRe.byteOffset,
    crossIm.byteOffset,
    powerNow.byteOffset,
    powerBefore.byteOffset,
    reach,
    ratio,
    evenBins,
    turnRe.byteOffset,
    turnIm.byteOffset,
    bins,
  );
}

/**
 * Index of the first sample from `from` on that is at least `level` from zero; `count` where none is. Four at a time, so up to
 * three after the last are read.
 */
export function firstReaching(samples: KernelFloats, from: number, count: number, level: number): number {
  return raw.firstReaching(samples.byteOffset, from, count, level);
}

/**
 * How unlike frames are: each becomes Σ |one - other| over its bands, in doubles; see src/loops/frame-distance.ts.
 *
 * @param one band after band of frame after frame; a multiple of four bands
 * @param distances one a frame: filled
 */
export function frameDistances(
  one: KernelFloats,
  other: KernelFloats,
  bands: number,
  frames: number,
  distances: KernelDoubles,
): void {
  raw.frameDistances(one.byteOffset, other.byteOffset, bands, frames, distances.byteOffset);
}

/** The greatest of numbers of 0 and more, four at a time: up to three zeros follow the last. */
export function greatestIn(values: KernelFloats, count: number): number {
  return raw.greatestIn(values.byteOffset, count);
}

/**
 * The next part of a Hann envelope and its square, the cosine by recurrence in doubles: it drifts by less than 1e-9
 * over a second.
 *
 * @param cosines `before` and `here` are left as they are after the stretch
 * @param envelope, @param squared filled with `count` numbers
 */
export function hannEnvelope(
  cosines: KernelStruct<'HannCosines'>,
  envelope: KernelFloats,
  squared: KernelFloats,
  count: number,
): void {
  raw.hannEnvelope(cosines.byteOffset, envelope.byteOffset, squared.byteOffset, count);
}

/**
 * The symmetric matrix of each grain that brings what was blended to the level, and of two channels to the covariance, that is
 * wanted around it: its two diagonal entries and the other.
 *
 * @param given Σ left², Σ right², Σ left · right of each grain as blended, then room for three numbers; made running sums
 * @param wanted the same as it should be
 * @param matrices three a grain, filled
 */
export function imageMatrices(
  given: KernelDoubles,
  wanted: KernelDoubles,
  grains: number,
  isStereo: boolean,
  limits: KernelStruct<'ImageLimits'>,
  matrices: KernelDoubles,
): void {
  raw.imageMatrices(
    given.byteOffset,
    wanted.byteOffset,
    grains,
    Number(isStereo),
    limits.byteOffset,
    matrices.byteOffset,
  );
}

/**
 * Goes straight from point to point: line[p · step + i] = scale · (points[p] + (points[p + 1] - points[p]) · i / step).
 * @param count points that are followed by another; line gets step numbers for each, and one more for the last
 */
export function joinPoints(
  points: KernelFloats,
  count: number,
  step: number,
  scale: number,
  line: KernelFloats,
): void {
  raw.joinPoints(points.byteOffset, count, step, scale, line.byteOffset);
}

/**
 * sums[l] = Σ values[n] · values[n + l · step] over all that has a value so much later, in single precision.
 * @param lags sums that are wanted, from no lag on; lags · step at most `count`
 */
export function lagProducts(
  values: KernelFloats,
  count: number,
  step: number,
  lags: number,
  sums: KernelDoubles,
): void {
  raw.lagProducts(values.byteOffset, count, step, lags, sums.byteOffset);
}

/**
 * @param power of each bin
 * @param kept the least that each bin does not fall under; becomes its gain as it is
 * @param loose becomes the gain of the same with its phase drawn by chance
 * @param noise what stands behind, @param hit what stands out above it
 * @param room a tone may swell above its least level by, in power
 * @param tone a bin's least level over the noise from which on it holds no noise
 */
export function lastingGains(
  power: KernelFloats,
  kept: KernelFloats,
  loose: KernelFloats,
  noise: KernelFloats,
  hit: KernelFloats,
  count: number,
  room: number,
  tone: number,
  scatteredGain: number,
): void {
  raw.lastingGains(
    power.byteOffset,
    kept.byteOffset,
    loose.byteOffset,
    noise.byteOffset,
    hit.byteOffset,
    count,
    room,
    tone,
    scatteredGain,
  );
}

/**
 * Where the gains of {@link lastingGains} turn each bin: kept + loose · a direction, which chance draws by row and bin alone,
 * mixed as MurmurHash3 ends.
 * @param phasors 4096 unit vectors, re and im (src/dsp/phasors.ts)
 * @param kept becomes the real parts, @param loose becomes the imaginary ones
 */
export function lastingTurns(
  kept: KernelFloats,
  loose: KernelFloats,
  phasors: KernelFloats,
  row: number,
  bins: number,
): void {
  raw.lastingTurns(kept.byteOffset, loose.byteOffset, phasors.byteOffset, row, bins);
}

/** lesser[n] = the lesser of one[n] and other[n]. */
export function lesserOf(one: KernelFloats, other: KernelFloats, lesser: KernelFloats, count: number): void {
  raw.lesserOf(one.byteOffset, other.byteOffset, lesser.byteOffset, count);
}

/** levelling = 1 / √(1 - apart · rising · (1 - rising)). @param apart 2 · (1 - correlation), at most 3 */
export function levelCrossfade(
  rising: KernelFloats,
  apart: number,
  levelling: KernelFloats,
  count: number,
): void {
  raw.levelCrossfade(rising.byteOffset, apart, levelling.byteOffset, count);
}

/**
 * How far the level in the middle of a crossfade, and over all of it, is from the body's: the larger power over the smaller.
 *
 * @param energies running sums, one before each grain and after the last
 * @param ratios one a length: what is larger stays
 */
export function levelRatios(
  energies: KernelDoubles,
  asked: KernelStruct<'LevelRequest'>,
  count: number,
  ratios: KernelDoubles,
): void {
  raw.levelRatios(energies.byteOffset, asked.byteOffset, count, ratios.byteOffset);
}

/**
 * What a level meter wants of a part of one channel; see src/analysis/levels.ts and src/dsp/sums.ts. The sums are in doubles.
 *
 * Extremes are by pmin and pmax, one instruction each where min and max, which look for NaN, are six: 0.35 ns a sample
 * instead of 1.33. A sample that is no number makes both sums none; least and greatest are then worth nothing.
 *
 * @param count at least 1, @param sums filled
 */
export function levelSums(samples: KernelFloats, count: number, sums: KernelStruct<'LevelSums'>): void {
  raw.levelSums(samples.byteOffset, count, sums.byteOffset);
}

export const log = raw.log as (x: number) => number;

export const log10 = raw.log10 as (x: number) => number;

export const log2 = raw.log2 as (x: number) => number;

/**
 * values[n] becomes ln(offset + factor·values[n]), which must be a positive, normal f32; in place, four at a time,
 * so up to three numbers after the last are changed too.
 */
export function logarithmsOf(values: KernelFloats, count: number, factor: number, offset: number): void {
  raw.logarithmsOf(values.byteOffset, count, factor, offset);
}

/**
 * Magnitudes of a power spectrum, and their sums for its centroid. Bins first to last, four at a time: three
 * zeros follow the last.
 *
 * @param magnitude one a bin: filled, up to three bins past the last
 * @param sums filled
 */
export function magnitudeSums(
  power: KernelFloats,
  first: number,
  last: number,
  magnitude: KernelFloats,
  sums: KernelStruct<'ShapeSums'>,
): void {
  raw.magnitudeSums(power.byteOffset, first, last, magnitude.byteOffset, sums.byteOffset);
}

/** mean[n] = the mean of `rows` numbers from values[n] on, `spacing` numbers apart; in doubles. */
export function meanOfRows(
  values: KernelFloats,
  count: number,
  spacing: number,
  rows: number,
  mean: KernelFloats,
): void {
  raw.meanOfRows(values.byteOffset, count, spacing, rows, mean.byteOffset);
}

/**
 * medians[n] = the median of `width` neighbours from values[n · step] on.
 * @param width odd
 * @param least workspace of 2 · (width + 1) numbers
 */
export function mediansEvery(
  values: KernelFloats,
  step: number,
  width: number,
  count: number,
  least: KernelFloats,
  medians: KernelFloats,
): void {
  raw.mediansEvery(values.byteOffset, step, width, count, least.byteOffset, medians.byteOffset);
}

/** to = one + share · (other - one), in doubles; two at a time, so all arrays have room for one number more. */
export function mixColours(
  one: KernelFloats,
  other: KernelFloats,
  share: number,
  to: KernelFloats,
  count: number,
): void {
  raw.mixColours(one.byteOffset, other.byteOffset, share, to.byteOffset, count);
}

/** left becomes own · left + other · right, right becomes other · left + own · right; in doubles. */
export function mixSides(
  left: KernelFloats,
  right: KernelFloats,
  own: number,
  other: number,
  count: number,
): void {
  raw.mixSides(left.byteOffset, right.byteOffset, own, other, count);
}

/** to = a · b. @param count rounded up to fours */
export function multiplyArrays(a: KernelFloats, b: KernelFloats, to: KernelFloats, count: number): void {
  raw.multiplyArrays(a.byteOffset, b.byteOffset, to.byteOffset, count);
}

/** products[lag] becomes a correlation: times `scale`, over √(energy · energies[lag]); 0 where that is 0. */
export function normaliseProducts(
  products: KernelFloats,
  lags: number,
  scale: number,
  energy: number,
  energies: KernelDoubles,
): void {
  raw.normaliseProducts(products.byteOffset, lags, scale, energy, energies.byteOffset);
}

/**
 * The number that `n` others come before. Of numbers that are 0 or more the larger has the larger bits: they are counted by
 * the first of these, then those that share them with it by the next.
 *
 * @param values 0 and more, changed
 * @param n 0 to count - 1
 * @param counts workspace of 256
 */
export function nthMagnitude(values: KernelFloats, count: number, n: number, counts: KernelIntegers): number {
  return raw.nthMagnitude(values.byteOffset, count, n, counts.byteOffset);
}

/** Turns sums of squared envelopes into the gains that make up for them: 1 / √sum, of at least `least`. Four at a time. */
export function overlapGains(sums: KernelFloats, least: number, count: number): void {
  raw.overlapGains(sums.byteOffset, least, count);
}

/** @param bytes 3 × count and 4 more, @param count frames, rounded up to fours */
export function packMono24(samples: KernelFloats, bytes: KernelBytes, count: number): void {
  raw.packMono24(samples.byteOffset, bytes.byteOffset, count);
}

/** @param bytes 6 × count, @param count frames, rounded up to fours */
export function packStereo24(
  left: KernelFloats,
  right: KernelFloats,
  bytes: KernelBytes,
  count: number,
): void {
  raw.packStereo24(left.byteOffset, right.byteOffset, bytes.byteOffset, count);
}

/** Two channels side by side: pairs of f64. In fours, so all have room for three samples more than are counted. */
export function pairSamples(
  left: KernelFloats,
  right: KernelFloats,
  pairs: KernelDoubles,
  count: number,
): void {
  raw.pairSamples(left.byteOffset, right.byteOffset, pairs.byteOffset, count);
}

/**
 * Places of frequencies on a scale: steps[n] = perOctave · log2(frequency / reference).
 * @param steps filled, one a frequency
 */
export function pitchSteps(
  frequencies: KernelFloats,
  count: number,
  perOctave: number,
  reference: number,
  steps: KernelDoubles,
): void {
  raw.pitchSteps(frequencies.byteOffset, count, perOctave, reference, steps.byteOffset);
}

export const pow = raw.pow as (x: number, y: number) => number;

/**
 * ranked[n] = of `rows` numbers from values[n] on, `spacing` numbers apart, the one that `rank` others are less than.
 * @param least workspace of 4 · (rank + 1) numbers
 */
export function rankOfRows(
  values: KernelFloats,
  count: number,
  spacing: number,
  rows: number,
  rank: number,
  least: KernelFloats,
  ranked: KernelFloats,
): void {
  raw.rankOfRows(values.byteOffset, count, spacing, rows, rank, least.byteOffset, ranked.byteOffset);
}

/**
 * Reads two channels at fractional places by a stored family of filters; see src/dsp/interpolate.ts for its names.
 * Output n is read at `place` + n · ratio, between two rows of the filters by a straight line.
 *
 * @param left, @param right samples, from the first that the first output reads
 * @param place where the first output is read, 0 to 1, after the middle of the filter
 * @param rows `phases` of them, each `taps` weights, then what each of them gains up to the next row
 * @param taps a multiple of 8
 * @param leftOutput, @param rightOutput filled with `count` numbers
 */
export function readBetween(
  left: KernelFloats,
  right: KernelFloats,
  place: number,
  ratio: number,
  rows: KernelFloats,
  taps: number,
  phases: number,
  leftOutput: KernelFloats,
  rightOutput: KernelFloats,
  count: number,
): void {
  raw.readBetween(
    left.byteOffset,
    right.byteOffset,
    place,
    ratio,
    rows.byteOffset,
    taps,
    phases,
    leftOutput.byteOffset,
    rightOutput.byteOffset,
    count,
  );
}

/**
 * As {@link readBetween}, from a whole place on and every `step` samples: each output lies on the first row of the filters, and
 * two fifths of the time are enough.
 *
 * @param row `taps` weights, a multiple of 8
 */
export function readEvery(
  left: KernelFloats,
  right: KernelFloats,
  step: number,
  row: KernelFloats,
  taps: number,
  leftOutput: KernelFloats,
  rightOutput: KernelFloats,
  count: number,
): void {
  raw.readEvery(
    left.byteOffset,
    right.byteOffset,
    step,
    row.byteOffset,
    taps,
    leftOutput.byteOffset,
    rightOutput.byteOffset,
    count,
  );
}

/**
 * Reads a channel at fractional places, each by the nearest of a stored family of filters; see src/dsp/lower-rate.ts for its
 * names. Output n is read at `place` + n · ratio.
 *
 * @param samples from the first that the first output reads
 * @param place where the first output is read, 0 to 1, after the middle of the filter
 * @param rows `phases` + 1 of them, each `taps` weights; row p for a place p / phases after a sample
 * @param taps a multiple of 4
 * @param output filled with `count` numbers
 */
export function readNearest(
  samples: KernelFloats,
  place: number,
  ratio: number,
  rows: KernelFloats,
  taps: number,
  phases: number,
  output: KernelFloats,
  count: number,
): void {
  raw.readNearest(samples.byteOffset, place, ratio, rows.byteOffset, taps, phases, output.byteOffset, count);
}

/**
 * Reads a sound at places that lie `advance / phases` samples apart; see src/dsp/resample.ts.
 *
 * @param samples from the first that the first output reads
 * @param wholeStep, @param phaseStep advance is wholeStep · phases + phaseStep
 * @param remainder place of the first output after a sample, in parts of `phases`
 * @param weights (rows + 1) rows of `taps` numbers; row r reads a place r / rows after a sample
 * @param taps a multiple of 4
 * @param rows as many as phases, or fewer: then read between two of them by a straight line
 * @param output filled with `count` numbers
 */
export function readPhases(
  samples: KernelFloats,
  wholeStep: number,
  phaseStep: number,
  remainder: number,
  phases: number,
  weights: KernelFloats,
  taps: number,
  rows: number,
  output: KernelFloats,
  count: number,
): void {
  raw.readPhases(
    samples.byteOffset,
    wholeStep,
    phaseStep,
    remainder,
    phases,
    weights.byteOffset,
    taps,
    rows,
    output.byteOffset,
    count,
  );
}

/** samples[n] becomes the nearest whole number to factor · samples[n], times scale; in place, in doubles, by fours. */
export function rescale(samples: KernelFloats, count: number, factor: number, scale: number): void {
  raw.rescale(samples.byteOffset, count, factor, scale);
}

/**
 * Multiplies by gains that go in straight lines from the middle of each block to that of the next.
 * @param first line, @param count lines: line l ends in the middle of block l, the first and the last go round the ring
 * @param gains count + 1 of them: where each line begins, and where the last ends
 */
export function rideGains(
  samples: KernelFloats,
  first: number,
  count: number,
  frames: number,
  blocks: number,
  gains: KernelFloats,
): void {
  raw.rideGains(samples.byteOffset, first, count, frames, blocks, gains.byteOffset);
}

/**
 * Runs a second-order section over pairs of samples, and another over other pairs, in place: each waits for its own last output
 * most of the time, so that two take hardly longer than one.
 *
 * @param frames, @param others `count` pairs each, @param backwards whether the last of them comes first
 * @param state, @param otherState kept from call to call
 */
export function runSectionsBeside(
  frames: KernelDoubles,
  others: KernelDoubles,
  count: number,
  backwards: boolean,
  section: KernelStruct<'Section'>,
  otherSection: KernelStruct<'Section'>,
  state: KernelStruct<'SectionState'>,
  otherState: KernelStruct<'SectionState'>,
): void {
  raw.runSectionsBeside(
    frames.byteOffset,
    others.byteOffset,
    count,
    Number(backwards),
    section.byteOffset,
    otherSection.byteOffset,
    state.byteOffset,
    otherState.byteOffset,
  );
}

/**
 * Runs two second-order sections, one after the other, over pairs of samples, in place; see src/dsp/filter.ts.
 *
 * @param frames `count` pairs, @param backwards whether the last of them comes first
 * @param sections the first of the two, @param states of both; kept from call to call
 */
export function runTwoSections(
  frames: KernelDoubles,
  count: number,
  backwards: boolean,
  sections: KernelStruct<'Section'>,
  states: KernelStruct<'SectionState'>,
): void {
  raw.runTwoSections(frames.byteOffset, count, Number(backwards), sections.byteOffset, states.byteOffset);
}

/**
 * sums[g + 1] becomes sums[g] + Σ x² over the 32 samples of grain g.
 * @param samples 32 × grains
 * @param sums grains + 1, the first of them given
 * @returns the largest absolute sample; one that is no number may be passed over
 */
export function runningEnergies(samples: KernelFloats, grains: number, sums: KernelDoubles): number {
  return raw.runningEnergies(samples.byteOffset, grains, sums.byteOffset);
}

/**
 * Powers of the bass, presence and treble of frames whose bands are given in dB, each added to those before, and the sum of
 * each frame's levels.
 *
 * @param presence first band of it, @param treble the same
 * @param powers three before each frame, and after the last; the first three are given
 * @param levelSums one a frame, filled
 */
export function runningPowers(
  levels: KernelFloats,
  bands: number,
  frames: number,
  presence: number,
  treble: number,
  powers: KernelDoubles,
  levelSums: KernelDoubles,
): void {
  raw.runningPowers(
    levels.byteOffset,
    bands,
    frames,
    presence,
    treble,
    powers.byteOffset,
    levelSums.byteOffset,
  );
}

/**
 * Sums of products of two signals over one row of samples after the other, each added to those before: Σ one², Σ other² and
 * Σ one · other.
 *
 * @param edges first sample of each row, and the one after the last
 * @param sums three before each row, and after the last; the first three are given
 */
export function runningProducts(
  one: KernelFloats,
  other: KernelFloats,
  edges: KernelIntegers,
  rows: number,
  sums: KernelDoubles,
): void {
  raw.runningProducts(one.byteOffset, other.byteOffset, edges.byteOffset, rows, sums.byteOffset);
}

/**
 * Multiplies re and im of each bin by its factor; in place, four bins at a time, so up to three after the last are changed too.
 * @param factors one a bin
 */
export function scaleBins(spectrum: KernelFloats, factors: KernelFloats, bins: number): void {
  raw.scaleBins(spectrum.byteOffset, factors.byteOffset, bins);
}

/**
 * What two sides of two channels sum up to, grain by grain: Σ left², Σ right² and Σ left · right of the one side, then of the
 * other, then Σ one side · other over both channels.
 *
 * @param grain samples, a multiple of four
 * @param sums seven a grain, filled
 */
export function sideProducts(
  left: KernelFloats,
  right: KernelFloats,
  otherLeft: KernelFloats,
  otherRight: KernelFloats,
  count: number,
  grain: number,
  sums: KernelDoubles,
): void {
  raw.sideProducts(
    left.byteOffset,
    right.byteOffset,
    otherLeft.byteOffset,
    otherRight.byteOffset,
    count,
    grain,
    sums.byteOffset,
  );
}

export const sin = raw.sin as (x: number) => number;

/** Sorts a few numbers in place, by putting each behind the last that is not greater. */
export function sortFew(values: KernelDoubles, count: number): void {
  raw.sortFew(values.byteOffset, count);
}

/** The same back again. */
export function splitPairs(
  pairs: KernelDoubles,
  left: KernelFloats,
  right: KernelFloats,
  count: number,
): void {
  raw.splitPairs(pairs.byteOffset, left.byteOffset, right.byteOffset, count);
}

/** middle = (left + right) / 2, side = (left - right) / 2. */
export function splitSides(
  left: KernelFloats,
  right: KernelFloats,
  middle: KernelFloats,
  side: KernelFloats,
  count: number,
): void {
  raw.splitSides(left.byteOffset, right.byteOffset, middle.byteOffset, side.byteOffset, count);
}

/** above[n] = what values[n] stand out above scale · floor[n]; at least 0. */
export function standingAbove(
  values: KernelFloats,
  floor: KernelFloats,
  scale: number,
  above: KernelFloats,
  count: number,
): void {
  raw.standingAbove(values.byteOffset, floor.byteOffset, scale, above.byteOffset, count);
}

/**
 * The step at a cut between sample `at` - 1 and `at`, with what a resampler's low-pass misses on both sides of it.
 *
 * @param reach samples on either side that count
 * @param weights of the samples from `at` on, four each: one for every place of the last frame; then, one each, of those before
 */
export function stepOfCut(samples: KernelFloats, at: number, reach: number, weights: KernelDoubles): number {
  return raw.stepOfCut(samples.byteOffset, at, reach, weights.byteOffset);
}

/** samples[n] -= others[n], four at a time, so up to three numbers after the last are changed too. */
export function subtract(samples: KernelFloats, others: KernelFloats, count: number): void {
  raw.subtract(samples.byteOffset, others.byteOffset, count);
}

export const tan = raw.tan as (x: number) => number;

/**
 * The largest value of a signal read between its samples; see src/dsp/true-peak.ts for the method and its names.
 *
 * @param samples with HALF known ones before `start` and after `end`
 * @param weights 3 × HALF: of sums and differences for the outer places, of sums for the middle
 * @param half taps on either side
 * @param start first pair (n, n+1), @param end one past the last; a multiple of 4 apart
 */
export function truePeakBetween(
  samples: KernelFloats,
  weights: KernelFloats,
  half: number,
  start: number,
  end: number,
  nearGain: number,
  farGain: number,
  atLeast: number,
): number {
  return raw.truePeakBetween(
    samples.byteOffset,
    weights.byteOffset,
    half,
    start,
    end,
    nearGain,
    farGain,
    atLeast,
  );
}

/**
 * Multiplies each pair of samples by its matrix, which goes straight from the middle of one grain to that of the next.
 *
 * @param first grain that the first sample begins
 * @param grain samples, a multiple of eight
 * @param grains of all, @param matrices three each
 */
export function turnByGrains(
  left: KernelFloats,
  right: KernelFloats,
  count: number,
  first: number,
  grain: number,
  grains: number,
  matrices: KernelDoubles,
): void {
  raw.turnByGrains(left.byteOffset, right.byteOffset, count, first, grain, grains, matrices.byteOffset);
}

/** to = from, every bin multiplied by its turn. */
export function turnSpectrum(
  from: KernelFloats,
  turnRe: KernelFloats,
  turnIm: KernelFloats,
  to: KernelFloats,
  bins: number,
): void {
  raw.turnSpectrum(from.byteOffset, turnRe.byteOffset, turnIm.byteOffset, to.byteOffset, bins);
}

/**
 * f32 of either byte order; what is not within ±limit, NaN included, becomes 0.
 * @returns how many became 0, of `count` rounded up to fours
 */
export function unpackFloats(
  bytes: KernelBytes,
  count: number,
  frameBytes: number,
  masks: KernelBytes,
  limit: number,
  samples: KernelFloats,
): number {
  return raw.unpackFloats(bytes.byteOffset, count, frameBytes, masks.byteOffset, limit, samples.byteOffset);
}

/**
 * Signed integers of up to 4 bytes at full scale ±1.
 * @param bytes of the frames; 16 bytes behind the last are read too
 * @param count frames, rounded up to fours, @param frameBytes at most 8
 */
export function unpackIntegers(
  bytes: KernelBytes,
  count: number,
  frameBytes: number,
  masks: KernelBytes,
  samples: KernelFloats,
): void {
  raw.unpackIntegers(bytes.byteOffset, count, frameBytes, masks.byteOffset, samples.byteOffset);
}

/**
 * Multiplicative updates (Lee & Seung 2001) of weights that are never negative: each is multiplied by wanted / (explained +
 * least), where explained is its row of overlaps · weights.
 *
 * @param overlaps `count` rows of `width` numbers
 * @param wanted one a part
 * @param weights one a part, zeros from `count` to `width`; changed
 * @param explained room for one a part
 * @param width a multiple of four, count or more
 */
export function updateWeights(
  overlaps: KernelFloats,
  wanted: KernelFloats,
  weights: KernelFloats,
  explained: KernelFloats,
  count: number,
  width: number,
  least: number,
  rounds: number,
): void {
  raw.updateWeights(
    overlaps.byteOffset,
    wanted.byteOffset,
    weights.byteOffset,
    explained.byteOffset,
    count,
    width,
    least,
    rounds,
  );
}
