import type { BandBank } from '../dsp/bands.ts';
import { log10 } from '../dsp/maths.ts';
import { melBank } from '../dsp/mel.ts';
import type { Track } from './analysis.ts';

/** Cells a block: 46 ms, short against a texture, long against a period of its lowest note. */
export const CELLS_PER_TIMBRE_ROW = 4;
const BAND_COUNT = 40;
const LOWEST_HZ = 40;
const HIGHEST_HZ = 16000;
/** Level of a band with nothing in it, dB. */
const FLOOR_DB = -120;

export interface TimbreRecorder {
  readonly bank: BandBank;
  /**
   * Adds one row; rows come in order.
   * @param sums what the bank finds in the powers of so many cells together
   */
  add(sums: Float32Array, cells: number): void;
  finish(): Track;
}

/** Log-mel spectrum of blocks of four cells: 40 bands, dB re a full-scale sine, at least -120. */
export function createTimbreRecorder(
  cellCount: number,
  hop: number,
  sampleRate: number,
  windowLength: number,
): TimbreRecorder {
  const highest = Math.min(HIGHEST_HZ, sampleRate / 2);
  const bank = melBank(sampleRate, windowLength, BAND_COUNT, LOWEST_HZ, highest);
  const columns = BAND_COUNT;
  const rows = Math.ceil(cellCount / CELLS_PER_TIMBRE_ROW);
  const values = new Float32Array(rows * columns);
  let at = 0;

  function add(sums: Float32Array, cells: number): void {
    for (let band = 0; band < columns; band++, at++) {
      values[at] = Math.max(FLOOR_DB, 10 * log10(sums[band] / cells + 1e-30));
    }
  }

  function finish(): Track {
    return { hop: hop * CELLS_PER_TIMBRE_ROW, rows, columns, values };
  }

  return { bank, add, finish };
}
