import type { SoundReader } from '../dsp/sound.ts';
import type { Analysis } from './analysis.ts';
import { CELLS_PER_CHROMA_ROW, CELLS_PER_CHROMA_WINDOW, createChromaRecorder } from './chroma.ts';
import { estimateKey } from './key.ts';
import { createLevelMeter } from './levels.ts';
import { pickOnsets } from './onsets.ts';
import { createPeaks, findPeaks } from './peaks.ts';
import { createPitchSpectrum } from './pitch-spectrum.ts';
import { findRoot } from './root.ts';
import { createSpectrumShape } from './shape.ts';
import { createSpectrometer } from './spectrum.ts';
import { type Block, slidingBlocks } from './stream.ts';
import { createSuperflux } from './superflux.ts';
import { estimateTempo } from './tempo.ts';
import { createTimbreRecorder } from './timbre.ts';

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
  return 1 << Math.round(Math.log2(CELL_SECONDS * sampleRate));
}

/**
 * Listens to a source once, from start to end, and keeps what everything later reads.
 * Memory is one block of the source and its tracks (three hours of stereo: 220 MB for the whole process).
 * @param onProgress called now and then with the share done, 0 to 1
 */
export async function analyse(
  reader: SoundReader,
  onProgress?: (fraction: number) => void,
): Promise<Analysis> {
  const { sampleRate, channelCount, frameCount } = reader;
  const hop = cellLength(sampleRate);
  const listener = createListener(sampleRate, channelCount, frameCount, hop);
  for await (const block of slidingBlocks(reader, CELLS_PER_BLOCK * hop, MARGIN * hop, MARGIN * hop)) {
    listener.hear(block);
    onProgress?.((block.start + block.length) / frameCount);
  }
  return { sampleRate, channelCount, frameCount, hop, ...listener.finish() };
}

function createListener(sampleRate: number, channelCount: number, frameCount: number, hop: number) {
  const cellCount = Math.ceil(frameCount / hop);
  const before = MARGIN * hop;
  // Whole numbers to the engine too: a fractional constant here would make every index below a double.
  const lead = ((CELLS_PER_WINDOW - 1) * hop) >> 1;
  const short = createSpectrometer(CELLS_PER_WINDOW * hop, sampleRate);
  const long = createSpectrometer(CELLS_PER_CHROMA_WINDOW * hop, sampleRate, HIGHEST_PARTIAL_HZ);
  const power = new Float32Array(short.lastBin + 1);
  const shape = createSpectrumShape(short);
  const longPower = new Float32Array(long.lastBin + 1);
  const peaks = createPeaks(long.lastBin);

  const meter = createLevelMeter(channelCount, cellCount);
  const flux = createSuperflux(short.binHz, short.lastBin);
  const timbre = createTimbreRecorder(cellCount, hop, sampleRate, short.size);
  const chroma = createChromaRecorder(Math.ceil(cellCount / CELLS_PER_CHROMA_ROW), hop);
  const pitches = createPitchSpectrum();
  const onsetStrength = new Float32Array(cellCount);
  const flatness = new Float32Array(cellCount);
  const centroid = new Float32Array(cellCount);

  function hearCell(channels: readonly Float32Array[], cell: number, at: number): void {
    meter.add(channels, at, Math.min(hop, frameCount - cell * hop));
    short.measure(channels, at - lead, power);
    shape.measure(power);
    onsetStrength[cell] = flux(shape.magnitude);
    flatness[cell] = shape.flatness();
    centroid[cell] = shape.centroidHz;
    timbre.add(power);
  }

  function hearRow(channels: readonly Float32Array[], at: number): void {
    long.measure(channels, at - before, longPower);
    findPeaks(longPower, long, peaks);
    chroma.add(peaks);
    pitches.add(peaks);
  }

  function hear(block: Block): void {
    for (let offset = 0; offset < block.length; offset += hop) {
      const cell = Math.floor((block.start + offset) / hop);
      hearCell(block.channels, cell, before + offset);
      if (cell % CELLS_PER_CHROMA_ROW === 0) hearRow(block.channels, before + offset);
    }
  }

  function finish() {
    // Where a window hangs over the end, the cut itself would be heard as an attack.
    onsetStrength.fill(0, Math.max(1, cellCount - CELLS_PER_WINDOW / 2));
    const levels = meter.finish();
    const onsets = pickOnsets(onsetStrength, levels.power, sampleRate / hop);
    const pitch = chroma.finish();
    return {
      ...levels,
      cellCount,
      onsetStrength,
      flatness,
      centroid,
      onsets,
      timbre: timbre.finish(),
      chroma: pitch.chroma,
      tuningCents: pitch.tuningCents,
      key: estimateKey(pitch.profile, (pitch.soundingRows * pitch.chroma.hop) / sampleRate),
      tempo: estimateTempo(onsetStrength, onsets.length, sampleRate / hop),
      root: findRoot(pitches),
    };
  }

  return { hear, finish };
}
