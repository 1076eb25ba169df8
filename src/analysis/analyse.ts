import { PlacedChannels } from '../dsp/fft.ts';
import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import { log2 } from '../dsp/maths.ts';
import type { SoundReader } from '../dsp/sound.ts';
import { type Analysis, analysisOf } from './analysis.ts';
import { CellAnalyser } from './cell-analyser.ts';
import { CELLS_PER_CHROMA_ROW, CELLS_PER_CHROMA_WINDOW, ChromaRecorder } from './chroma.ts';
import { createClippingMeter, tapped } from './clipping.ts';
import { estimateKey } from './key.ts';
import { LevelMeter } from './levels.ts';
import { pickOnsets } from './onsets.ts';
import { createPeaks, findPlacedPeaks } from './peaks.ts';
import { PitchSpectrum } from './pitch-spectrum.ts';
import { findRoot } from './root.ts';
import { createSideMeter } from './sides.ts';
import { createSpectrometer, powersFor } from './spectrum.ts';
import { type Block, slidingBlocks } from './stream.ts';
import { estimateTempo } from './tempo.ts';

/** Wanted length of a cell, s: 512 samples at 44.1 kHz. */
const CELL_SECONDS = 512 / 44100;
const CELLS_PER_WINDOW = 4;
/** Cells by which the longest window, that of the chroma, reaches beyond its row on either side. */
const MARGIN = (CELLS_PER_CHROMA_WINDOW - CELLS_PER_CHROMA_ROW) >> 1;
/** Cells read at a time: 2^17 samples at 44.1 kHz. */
const CELLS_PER_BLOCK = 256;
/** Partials above this blur pitch classes more than they tell. */
const HIGHEST_PARTIAL_HZ = 5000;

/** Samples a cell: the power of two nearest 11.6 ms (128 at 8 kHz, 512 at 44.1 and 48, 1024 at 96). */
export function cellLength(sampleRate: number): number {
  return 1 << Math.round(log2(CELL_SECONDS * sampleRate));
}

/**
 * Analyses a source once, from start to end, and keeps what everything later reads.
 * Memory is one block of the source and its tracks (three hours of stereo: 210 MB for the whole process).
 * @param onProgress called now and then with the share done, 0 to 1
 * @param atRate gives the source at the rate (and level) it is analysed at: another rate has no flat tops, so clipping is
 *   looked for before
 */
export async function analyse(
  source: SoundReader,
  onProgress?: (fraction: number) => void,
  atRate: (source: SoundReader) => SoundReader = (same) => same,
): Promise<Analysis> {
  const reader = atRate(tapped(source, (channels) => clipping.add(channels)));
  const { sampleRate, channelCount, frameCount } = reader;
  const hop = cellLength(sampleRate);
  const cellCount = Math.ceil(frameCount / hop);
  const framesPerCell = (hop * source.sampleRate) / sampleRate;
  const clipping = createClippingMeter(channelCount, cellCount, framesPerCell, hop);
  const pass = createPass(sampleRate, channelCount, frameCount, hop);
  try {
    for await (const block of slidingBlocks(reader, CELLS_PER_BLOCK * hop, MARGIN * hop, MARGIN * hop)) {
      pass.add(block);
      onProgress?.((block.start + block.length) / frameCount);
    }
    const found = { ...pass.finish(), ...clipping.finish() };
    return analysisOf({ sampleRate, channelCount, frameCount, hop, gain: 1, ...found });
  } finally {
    pass.release();
  }
}

/** What one pass over a source works with. */
function createPass(sampleRate: number, channelCount: number, frameCount: number, hop: number) {
  const cellCount = Math.ceil(frameCount / hop);
  const before = MARGIN * hop;
  // Whole numbers to the engine too: a fractional constant here would make every index below a double.
  const lead = ((CELLS_PER_WINDOW - 1) * hop) >> 1;
  const short = createSpectrometer(CELLS_PER_WINDOW * hop, sampleRate);
  const long = createSpectrometer(CELLS_PER_CHROMA_WINDOW * hop, sampleRate, HIGHEST_PARTIAL_HZ);
  const cells = new CellAnalyser(short, cellCount, hop, sampleRate);
  const placed = new PlacedChannels();
  const own = new KernelWorkspace();
  const rowPower = powersFor(long, own);
  const peaks = createPeaks(long.lastBin);

  const meter = new LevelMeter(channelCount, frameCount, hop);
  const sides = createSideMeter(channelCount);
  const chroma = new ChromaRecorder(Math.ceil(cellCount / CELLS_PER_CHROMA_ROW), hop);
  const pitches = new PitchSpectrum();

  function add({ channels, start, length }: Block): void {
    meter.add(channels, before, length);
    sides.add(channels, before, length);
    placed.place(channels);
    for (let offset = 0, cell = start / hop; offset < length; offset += hop, cell++) {
      short.measurePlaced(placed, channelCount, before + offset - lead, cells.power);
      cells.analyse(cell);
      if (cell % CELLS_PER_CHROMA_ROW === 0) addRow(offset);
    }
  }

  function addRow(offset: number): void {
    long.measurePlaced(placed, channelCount, offset, rowPower);
    findPlacedPeaks(rowPower, long, peaks);
    chroma.add(peaks);
    pitches.add(peaks);
  }

  function finish() {
    const { onsetStrength, flatness, centroid } = cells;
    // Where a window hangs over the end, the cut itself would pass for an attack.
    onsetStrength.fill(0, Math.max(1, cellCount - CELLS_PER_WINDOW / 2));
    const levels = meter.finish();
    const onsets = pickOnsets(onsetStrength, levels.power, sampleRate / hop);
    const pitch = chroma.finish();
    return {
      ...levels,
      stereoFault: sides.finish(levels.dc),
      cellCount,
      onsetStrength,
      flatness,
      centroid,
      onsets,
      timbre: cells.finishTimbre(),
      chroma: pitch.chroma,
      tuningCents: pitch.tuningCents,
      key: estimateKey(pitch.profile, (pitch.soundingRows * pitch.chroma.hop) / sampleRate),
      tempo: estimateTempo(onsetStrength, levels.power, onsets.length, sampleRate / hop),
      root: findRoot(pitches),
    };
  }

  function release(): void {
    for (const owner of [meter, cells, placed, own]) owner.release();
  }

  return { add, finish, release };
}
