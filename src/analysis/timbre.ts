import { FREE, kernels, memory } from '../dsp/kernels.ts';
import { melBank } from '../dsp/mel.ts';
import type { Track } from './analysis.ts';

/** Cells a block: 46 ms, short against a texture, long against a period of its lowest note. */
const CELLS_PER_TIMBRE_ROW = 4;
const BAND_COUNT = 40;
const LOWEST_HZ = 40;
const HIGHEST_HZ = 16000;
/** Where in the kernels' memory the pooled powers stand, in samples; behind them, those of a cell. */
const POOLED = FREE >> 2;
/** Level of a band with nothing in it, dB. */
const FLOOR_DB = -120;

export interface TimbreRecorder {
  /** Adds one cell's power spectrum; cells come in order. */
  add(power: Float32Array): void;
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
  const pooled = new Float32Array(windowLength / 2 + 1);
  const padded = 4 * Math.ceil(pooled.length / 4);
  const sums = new Float32Array(columns);
  let pooledCells = 0;
  let row = 0;

  function close(): void {
    bank.apply(pooled, sums);
    for (let b = 0, at = row * columns; b < columns; b++, at++) {
      values[at] = Math.max(FLOOR_DB, 10 * Math.log10(sums[b] / pooledCells + 1e-30));
    }
    pooled.fill(0);
    pooledCells = 0;
    row++;
  }

  function add(power: Float32Array): void {
    memory.floats.set(pooled, POOLED);
    memory.floats.set(power, POOLED + padded);
    kernels.addTo(4 * POOLED, 4 * (POOLED + padded), power.length);
    pooled.set(memory.floats.subarray(POOLED, POOLED + pooled.length));
    pooledCells++;
    if (pooledCells === CELLS_PER_TIMBRE_ROW) close();
  }

  function finish(): Track {
    if (pooledCells > 0) close();
    return { hop: hop * CELLS_PER_TIMBRE_ROW, rows, columns, values };
  }

  return { add, finish };
}
