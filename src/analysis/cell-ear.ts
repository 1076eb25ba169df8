import type { BandBank } from '../dsp/bands.ts';
import { kernels, memory } from '../dsp/kernels.ts';
import type { Track } from './analysis.ts';
import { centroidOf, flatnessOf, leastTopBin, POWER_FLOOR, TOP_RANGE } from './shape.ts';
import { BEHIND_POWER, POWER, type Spectrometer } from './spectrum.ts';
import { COMPRESSION, meanRiseDb, quarterToneBands, RANGE } from './superflux.ts';
import { CELLS_PER_TIMBRE_ROW, createTimbreRecorder } from './timbre.ts';

/**
 * What one power spectrum after another tells of its cell, in one call of a kernel each, instead of eight that copy in
 * and out.
 *
 * All that it needs lies in the kernels' memory while cells are heard: tables, the cell before, what is pooled. That
 * memory is anybody's, so in between it is kept here.
 */
export interface CellEar {
  readonly onsetStrength: Float32Array;
  readonly flatness: Float32Array;
  readonly centroid: Float32Array;
  /** Takes the kernels' memory: called before cells are heard, and whenever anybody else may have used it. */
  enter(): void;
  /** Hears the power that the spectrometer left in the kernels' memory; cells come in order. */
  hear(cell: number): void;
  /** Keeps what the next cells need. */
  leave(): void;
  finishTimbre(): Track;
}

/** Figures of a cell, see assembly/cell.ts. */
const FIGURE_COUNT = 8;
/** Where the bench of assembly/cell.ts stands, and how long it is, in samples. */
const BENCH = BEHIND_POWER;
const BENCH_LENGTH = 20;

/** @param spectrometer whose powers are heard, @param hop samples a cell */
export function createCellEar(
  spectrometer: Spectrometer,
  cellCount: number,
  hop: number,
  sampleRate: number,
): CellEar {
  const { binHz } = spectrometer;
  const flux = quarterToneBands(binHz, spectrometer.lastBin);
  const timbre = createTimbreRecorder(cellCount, hop, sampleRate, spectrometer.size);
  const places = layOut(spectrometer, flux, timbre.bank);
  const kept = new Int32Array(places.end - BENCH);
  const { floats, integers } = memory;
  const sums = floats.subarray(places.timbreSums, places.timbreSums + timbre.bank.bandCount);
  const onsetStrength = new Float32Array(cellCount);
  const flatness = new Float32Array(cellCount);
  const centroid = new Float32Array(cellCount);
  let pooledCells = 0;

  setUp(spectrometer, flux, timbre.bank, places);
  leave();

  function enter(): void {
    integers.set(kept, BENCH);
  }

  function leave(): void {
    kept.set(integers.subarray(BENCH, places.end));
  }

  function hear(cell: number): void {
    const at = places.figures;
    kernels.hearCell(4 * BENCH, 4 * at);
    centroid[cell] = centroidOf(floats[at], floats[at + 1], binHz);
    flatness[cell] = flatnessOf(floats[at + 3], floats[at + 4], floats[at + 5] - spectrometer.firstBin + 1);
    onsetStrength[cell] = meanRiseDb(floats[at + 6], flux.bandCount);
    pooledCells++;
    if (pooledCells === CELLS_PER_TIMBRE_ROW) closeTimbreRow();
  }

  function closeTimbreRow(): void {
    const { pooled, timbreWeights, timbreBands, timbreSums, pooledEnd } = places;
    const { bandCount } = timbre.bank;
    kernels.bandSums(4 * pooled, 4 * timbreWeights, 4 * timbreBands, bandCount, 4 * timbreSums);
    timbre.add(sums, pooledCells);
    floats.fill(0, pooled, pooledEnd);
    pooledCells = 0;
  }

  function finishTimbre(): Track {
    enter();
    if (pooledCells > 0) closeTimbreRow();
    return timbre.finish();
  }

  return { onsetStrength, flatness, centroid, enter, hear, leave, finishTimbre };
}

type Places = ReturnType<typeof layOut>;

/** Where in the kernels' memory what lies, in samples, each at a multiple of four. */
function layOut({ size, lastBin }: Spectrometer, flux: BandBank, timbre: BandBank) {
  let end = BENCH + BENCH_LENGTH;
  const take = (count: number) => {
    const at = end;
    end += 4 * Math.ceil(count / 4);
    return at;
  };
  return {
    figures: take(FIGURE_COUNT),
    magnitude: take(lastBin + 1 + 4),
    // Bands of the timbre may reach to half the rate, where there is no power.
    pooled: take(size / 2 + 1 + 4),
    pooledEnd: end,
    current: take(flux.bandCount),
    earlier: take(flux.bandCount + 4),
    fluxWeights: take(flux.weights.length),
    fluxBands: take(flux.bands.length),
    timbreWeights: take(timbre.weights.length),
    timbreBands: take(timbre.bands.length),
    timbreSums: take(timbre.bandCount),
    end,
  };
}

/** Fills the kernels' memory with the tables, and with zeros where something will be put. */
function setUp(spectrometer: Spectrometer, flux: BandBank, timbre: BandBank, places: Places): void {
  const { floats, integers, doubles } = memory;
  floats.fill(0, BENCH, places.end);
  floats.set(flux.weights, places.fluxWeights);
  integers.set(flux.bands, places.fluxBands);
  floats.set(timbre.weights, places.timbreWeights);
  integers.set(timbre.bands, places.timbreBands);
  // As CellBench in assembly/cell.ts has them.
  const { magnitude, pooled, fluxWeights, fluxBands, current, earlier } = places;
  const addresses = [POWER, magnitude, pooled, fluxWeights, fluxBands, current, earlier].map((at) => 4 * at);
  const { firstBin, lastBin, binHz } = spectrometer;
  doubles[BENCH >> 1] = TOP_RANGE;
  integers.set([...addresses, firstBin, lastBin, leastTopBin(lastBin, binHz), flux.bandCount], BENCH + 2);
  floats.set([POWER_FLOOR, COMPRESSION, RANGE, 0], BENCH + 13);
}
