import type { BandBank } from '../dsp/bands.ts';
import { keepShape } from '../dsp/keep-shape.ts';
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

/** Log-mel spectrum of blocks of four cells: 40 bands, dB re a full-scale sine, at least -120. */
export class TimbreRecorder {
  readonly bank: BandBank;
  readonly #track: Track;
  #at = 0;

  constructor(cellCount: number, hop: number, sampleRate: number, windowLength: number) {
    const highest = Math.min(HIGHEST_HZ, sampleRate / 2);
    const rows = Math.ceil(cellCount / CELLS_PER_TIMBRE_ROW);
    this.bank = melBank(sampleRate, windowLength, BAND_COUNT, LOWEST_HZ, highest);
    this.#track = {
      hop: hop * CELLS_PER_TIMBRE_ROW,
      rows,
      columns: BAND_COUNT,
      values: new Float32Array(rows * BAND_COUNT),
    };
  }

  /**
   * Adds one row; rows come in order.
   * @param sums what the bank finds in the powers of so many cells together
   */
  add(sums: Float32Array, cells: number): void {
    const { columns, values } = this.#track;
    for (let band = 0; band < columns; band++) {
      values[this.#at++] = Math.max(FLOOR_DB, 10 * log10(sums[band] / cells + 1e-30));
    }
  }

  finish(): Track {
    return this.#track;
  }
}

keepShape(new TimbreRecorder(0, 512, 44100, 2048));
