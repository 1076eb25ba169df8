import { type BandBank, triangularBands } from '../dsp/bands.ts';
import { log2, pow } from '../dsp/maths.ts';

/** Quarter tones from 30 Hz to 17 kHz, as in the paper: fine enough that a vibrato stays within a neighbour. */
const BANDS_PER_OCTAVE = 24;
const LOWEST_HZ = 30;
const HIGHEST_HZ = 17000;
/**
 * Compression log10(1 + c·magnitude). The paper's c suits spectra of unknown scale; here it says that
 * what lies under -100 dBFS a band does not count, so a source 40 dB down keeps its onsets.
 */
export const COMPRESSION = 1e5;
/**
 * What lies this far under the loudest band of two neighbouring cells does not count, dB: it is masked, and
 * in a clean tone it is the window's own skirt, which swings by tens of dB with the least vibrato.
 */
const RANGE_DB = 60;
/** From natural logarithms to dB. */
const DECIBELS = 20 / Math.LN10;
/** {@link RANGE_DB} in natural logarithms. */
export const RANGE = RANGE_DB / DECIBELS;

/**
 * SuperFlux onset strength (Böck & Widmer, "Maximum filter vibrato suppression for onset detection",
 * DAFx-13): the rise of each quarter-tone band above the largest of its neighbourhood one cell earlier.
 * At four windows' overlap of 4 the paper's rule for the lag gives one cell. The first cell rises from silence, so a
 * sound that starts at once has its onset there.
 *
 * @param rise of all bands, in natural logarithms, as the kernel `analyseCell` finds it
 * @returns mean rise of a band, dB
 */
export function meanRiseDb(rise: number, bandCount: number): number {
  return bandCount === 0 ? 0 : (DECIBELS * rise) / bandCount;
}

/** Centres that fall on one bin are merged: two bands that say the same would count a rise twice. */
export function quarterToneBands(binHz: number, lastBin: number): BandBank {
  const octaves = log2(Math.min(HIGHEST_HZ, lastBin * binHz) / LOWEST_HZ);
  const count = Math.max(0, Math.floor(octaves * BANDS_PER_OCTAVE) + 1);
  const bins = Array.from({ length: count }, (_, i) =>
    Math.round((LOWEST_HZ * pow(2, i / BANDS_PER_OCTAVE)) / binHz),
  );
  return triangularBands(
    [...new Set(bins)].filter((bin) => bin <= lastBin),
    lastBin,
  );
}
