import { type BandBank, triangularBands } from '../dsp/bands.ts';
import { FREE, kernels, memory } from '../dsp/kernels.ts';

/** Quarter tones from 30 Hz to 17 kHz, as in the paper: fine enough that a vibrato stays within a neighbour. */
const BANDS_PER_OCTAVE = 24;
const LOWEST_HZ = 30;
const HIGHEST_HZ = 17000;
/**
 * Compression log10(1 + c·magnitude). The paper's c suits spectra of unknown scale; here it says that
 * what lies under -100 dBFS a band does not count, so a source 40 dB down keeps its onsets.
 */
const COMPRESSION = 1e5;
/**
 * What lies this far under the loudest band of two neighbouring cells does not count, dB: it is masked, and
 * in a clean tone it is the window's own skirt, which swings by tens of dB with the least vibrato.
 */
const RANGE_DB = 60;
/** From natural logarithms to dB. */
const DECIBELS = 20 / Math.LN10;

/**
 * SuperFlux onset strength (Böck & Widmer, "Maximum filter vibrato suppression for onset detection",
 * DAFx-13): the rise of each quarter-tone band above the largest of its neighbourhood one cell earlier.
 * At four windows' overlap of 4 the paper's rule for the lag gives one cell.
 *
 * @returns a function of one magnitude spectrum after another: mean rise over all bands,
 *   dB; the first rises from silence, so a sound that starts at once has its onset there
 */
export function createSuperflux(binHz: number, lastBin: number): (magnitude: Float32Array) => number {
  const bands = quarterToneBands(binHz, lastBin);
  const count = bands.bandCount;
  const padded = 4 * Math.ceil(count / 4);
  const current = new Float32Array(padded);
  /** Shifted by one: entries b to b+2 are the bands b-1 to b+1. */
  const earlier = new Float32Array(padded + 4);
  const currentAt = FREE >> 2;
  const earlierAt = currentAt + padded;
  const resultsAt = earlierAt + padded + 4;
  const { floats } = memory;

  let loudestBefore = 0;

  return (magnitude) => {
    if (count === 0) return 0;
    bands.apply(magnitude, current);
    floats.set(current, currentAt);
    kernels.logarithmsOf(4 * currentAt, count, COMPRESSION, 1);
    floats.fill(0, currentAt + count, earlierAt);
    floats.set(earlier, earlierAt);
    kernels.bandRise(4 * currentAt, count, 4 * earlierAt, loudestBefore, RANGE_DB / DECIBELS, 4 * resultsAt);
    earlier.set(floats.subarray(currentAt, earlierAt), 1);
    loudestBefore = floats[resultsAt + 1];
    return (DECIBELS * floats[resultsAt]) / count;
  };
}

/** Centres that fall on one bin are merged: two bands that say the same would count a rise twice. */
function quarterToneBands(binHz: number, lastBin: number): BandBank {
  const octaves = Math.log2(Math.min(HIGHEST_HZ, lastBin * binHz) / LOWEST_HZ);
  const count = Math.max(0, Math.floor(octaves * BANDS_PER_OCTAVE) + 1);
  const bins = Array.from({ length: count }, (_, i) =>
    Math.round((LOWEST_HZ * 2 ** (i / BANDS_PER_OCTAVE)) / binHz),
  );
  return triangularBands(
    [...new Set(bins)].filter((bin) => bin <= lastBin),
    lastBin,
  );
}
