import type { BandBank } from '../dsp/bands.ts';
import { type KernelFloats, type KernelStruct, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { type PlacedBands, placeBands } from '../dsp/placed-bands.ts';
import type { Track } from './analysis.ts';
import { centroidOf, flatnessOf, leastTopBin, POWER_FLOOR, TOP_RANGE } from './shape.ts';
import { powersFor, type Spectrometer } from './spectrum.ts';
import { COMPRESSION, meanRiseDb, quarterToneBands, RANGE } from './superflux.ts';
import { CELLS_PER_TIMBRE_ROW, TimbreRecorder } from './timbre.ts';

/**
 * What one power spectrum after another tells of its cell, in one call of a kernel each, instead of eight that copy in
 * and out: all that it needs, tables, the cell before, what is pooled, lies in memory of its own.
 */
export class CellAnalyser {
  readonly onsetStrength: Float32Array;
  readonly flatness: Float32Array;
  readonly centroid: Float32Array;
  /** To be filled with a cell's powers, by the spectrometer. */
  readonly power: KernelFloats;
  readonly #own = new KernelWorkspace();
  readonly #spectrometer: Spectrometer;
  readonly #buffers: Buffers;
  readonly #timbre: TimbreRecorder;
  readonly #fluxBands: number;
  #pooledCells = 0;

  /** @param spectrometer whose powers are analysed, @param hop samples a cell */
  constructor(spectrometer: Spectrometer, cellCount: number, hop: number, sampleRate: number) {
    const flux = quarterToneBands(spectrometer.binHz, spectrometer.lastBin);
    this.#spectrometer = spectrometer;
    this.#timbre = new TimbreRecorder(cellCount, hop, sampleRate, spectrometer.size);
    this.#fluxBands = flux.bandCount;
    this.power = powersFor(spectrometer, this.#own);
    this.#buffers = createBuffers(this.#own, spectrometer, this.power, flux, this.#timbre.bank);
    this.onsetStrength = new Float32Array(cellCount);
    this.flatness = new Float32Array(cellCount);
    this.centroid = new Float32Array(cellCount);
  }

  /** Analyses what {@link power} holds; cells come in order. */
  analyse(cell: number): void {
    const { firstBin, binHz } = this.#spectrometer;
    const { workspace, shape, flatness, rise } = this.#buffers;
    kernels.analyseCell(workspace);
    this.centroid[cell] = centroidOf(shape.magnitudes, shape.moments, binHz);
    this.flatness[cell] = flatnessOf(flatness.logarithms, flatness.powers, workspace.top - firstBin + 1);
    this.onsetStrength[cell] = meanRiseDb(rise.sum, this.#fluxBands);
    this.#pooledCells++;
    if (this.#pooledCells === CELLS_PER_TIMBRE_ROW) this.#closeTimbreRow();
  }

  #closeTimbreRow(): void {
    const { pooled, timbreBands, timbreSums } = this.#buffers;
    const { weights, firstBins, weightCounts } = timbreBands;
    const { bandCount } = this.#timbre.bank;
    kernels.bandSums(pooled, weights, firstBins, weightCounts, bandCount, timbreSums);
    this.#timbre.add(timbreSums, this.#pooledCells);
    pooled.fill(0);
    this.#pooledCells = 0;
  }

  finishTimbre(): Track {
    if (this.#pooledCells > 0) this.#closeTimbreRow();
    return this.#timbre.finish();
  }

  /** Gives its memory back; nothing more can be analysed. */
  release(): void {
    this.#own.release();
  }
}

interface Buffers {
  readonly workspace: KernelStruct<'CellWorkspace'>;
  readonly shape: KernelStruct<'ShapeSums'>;
  readonly flatness: KernelStruct<'FlatnessSums'>;
  readonly rise: KernelStruct<'BandRise'>;
  readonly pooled: KernelFloats;
  readonly timbreBands: PlacedBands;
  readonly timbreSums: KernelFloats;
}

/** As CellWorkspace in assembly/cell.ts wants them. */
function createBuffers(
  own: KernelWorkspace,
  { size, firstBin, lastBin, binHz }: Spectrometer,
  power: KernelFloats,
  flux: BandBank,
  timbre: BandBank,
): Buffers {
  const fluxBands = placeBands(own, flux);
  // Bands of the timbre may reach to half the rate, where there is no power.
  const pooled = own.floats(size / 2 + 1 + 4);
  const shape = own.struct('ShapeSums');
  const flatness = own.struct('FlatnessSums');
  const rise = own.struct('BandRise');
  const workspace = own.struct('CellWorkspace');
  workspace.topRange = TOP_RANGE;
  workspace.power = power;
  workspace.magnitude = own.floats(lastBin + 1 + 4);
  workspace.pooled = pooled;
  workspace.weights = fluxBands.weights;
  workspace.firstBins = fluxBands.firstBins;
  workspace.weightCounts = fluxBands.weightCounts;
  workspace.current = own.floats(flux.bandCount + 3);
  workspace.earlier = own.floats(flux.bandCount + 4);
  workspace.firstBin = firstBin;
  workspace.lastBin = lastBin;
  workspace.leastTop = leastTopBin(lastBin, binHz);
  workspace.bandCount = flux.bandCount;
  workspace.floor = POWER_FLOOR;
  workspace.compression = COMPRESSION;
  workspace.range = RANGE;
  workspace.shape = shape;
  workspace.flatness = flatness;
  workspace.rise = rise;
  return {
    workspace,
    shape,
    flatness,
    rise,
    pooled,
    timbreBands: placeBands(own, timbre),
    timbreSums: own.floats(timbre.bandCount),
  };
}
