/**
 * Makes sounds longer or shorter without moving their pitch: a phase vocoder that locks phases along frequency.
 *
 * Every output window is the spectrum of a source window, turned so that it carries on from the window before. By
 * how much is read from the source itself: the window one hop earlier *in the source* is compared with the window one
 * hop earlier *in the output*, and what stands between those two stands between the new ones too. So no frequency is
 * ever estimated, and a steady tone comes out exact (M. Puckette, "Phase-locked vocoder", WASPAA 1995).
 */
import { fastFftSize, type RealFft, realFft } from './fft.ts';
import { type KernelFloats, type KernelWorkspace, partOf, withWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { hann } from './windows.ts';

/**
 * Window, seconds. Longer parts low notes better (five partials from 41 Hz, 2×: 23 dB SINAD at 120 ms, 27 at 150,
 * 37 at 180), shorter follows a sound's movement better (third-octave levels of eight pads, 2×, off by 1.6, 1.7 and
 * 1.8 dB).
 */
const WINDOW_SEC = 0.15;
/** Windows that sound at any one time; six or eight measure no better. */
const OVERLAP = 4;
/** 1 over what OVERLAP squared Hann windows add up to: each has a mean of 3/8. */
const SYNTHESIS_GAIN = 8 / (3 * OVERLAP);

/**
 * Power that has risen eightfold (9 dB) within a hop is an attack: its phases are taken from the source, since those
 * before it say nothing of it. Held sounds do not rise so.
 */
const ATTACK_RATIO = 8;
/**
 * Width of the bands that an attack is looked for in, to either side of a bin, Hz: what goes on sounding nearby may
 * not hide it. Chosen among 40 to 130, with ratios from 3 to 16, on sounds not used before: bells that ring into one another
 * (rise of 2.5 ms; at 2× 6.5 ms, with 130 Hz 22), plucks of 30 ms (57 ms, with 130 Hz 257), a guitar, an electric
 * piano, tabla; a choir and strings move by less than 0.02 dB between all ratios from 5 on.
 */
const ATTACK_BAND_HZ = 60;

/**
 * Below this bins are parted by fewer than a window resolves, and one beside a loud partial would follow it: there no
 * neighbour counts for more than the bin itself. Measured at 2×, 1.5×, 1.2×, 0.75×: a partial at 60 Hz, 15 to 25 dB under
 * one 15 or 20 Hz above it, loses at most 1.7 dB, not 9.4; 12 Hz below, 4 to 6 dB, not 4 to 20. Higher up it would loosen
 * what belongs together: short-time levels of a choir, 1.5×, off by 1.5 dB, with it everywhere 1.8.
 */
const BASS_HZ = 250;

/** Largest window, samples: a third longer than that at 192 kHz. */
const LONGEST_WINDOW = 38_400;

/** What one channel at a time is worked on in. */
interface Buffers {
  readonly window: KernelFloats;
  readonly frame: KernelFloats;
  /** Spectrum of the source one hop earlier. */
  readonly before: KernelFloats;
  /** Sums over channels; zeros before the first bin and after the last. */
  readonly crossRe: Margined;
  readonly crossIm: Margined;
  readonly powerNow: Margined;
  readonly powerBefore: Margined;
  readonly turnRe: KernelFloats;
  readonly turnIm: KernelFloats;
}

/** One number a bin, and zeros around them. */
interface Margined {
  readonly whole: KernelFloats;
  /** From the first bin on. */
  readonly bins: KernelFloats;
}

interface Workspace {
  readonly fft: RealFft;
  readonly buffers: Buffers;
  /** To either side of a bin, where an attack is looked for. */
  readonly attackBins: number;
  readonly bassBins: number;
  /** Spectra of the source, the newest first. */
  readonly recent: SourceSpectra[];
  readonly channels: readonly Channel[];
}

interface SourceSpectra {
  at: number;
  readonly spectra: readonly KernelFloats[];
}

interface Channel {
  readonly source: Float32Array;
  readonly output: Float32Array;
  /** The output's spectrum: the last one until it is turned into this one. */
  readonly made: KernelFloats;
  /** Output that further windows will be added to; its first sample is one hop further every time. */
  readonly sum: KernelFloats;
}

/**
 * Stretches: output frame i speaks of source position start + i / factor. Channels share every turn of phase, so what
 * stands between them in each bin still stands between them. Beyond its ends the source is mirrored.
 * @param factor > 0; 2 is twice as long
 * @param length of the output, frames
 * @param rate frames a second of what the windows are as long for: a higher one than is heard makes longer windows
 */
export function timeStretch(
  source: readonly Float32Array[],
  start: number,
  factor: number,
  length: number,
  rate: number,
): Float32Array[] {
  const size = fastFftSize(Math.min(LONGEST_WINDOW, Math.round(WINDOW_SEC * rate)));
  const output = source.map(() => new Float32Array(length));
  withWorkspace((own) => {
    stretchInto(createWorkspace(own, source, output, size, size / rate), start, factor, length);
  });
  return output;
}

function stretchInto(work: Workspace, start: number, factor: number, length: number): void {
  const { size } = work.fft;
  const hop = size / OVERLAP;
  const half = size >> 1;
  // The first window that sounds already has one before it.
  const first = -Math.ceil(half / hop) - 1;
  for (let m = first; m * hop < length + half; m++) {
    const at = Math.round(start + (m * hop) / factor) - half;
    const now = sourceSpectra(work, at);
    if (m === first) {
      for (const [c, { made }] of work.channels.entries()) made.set(now[c]);
      continue;
    }
    compare(work, now, at - hop);
    for (const [c, channel] of work.channels.entries()) add(work, now[c], channel, m * hop - half, hop);
  }
}

function createWorkspace(
  own: KernelWorkspace,
  source: readonly Float32Array[],
  output: readonly Float32Array[],
  size: number,
  binsPerHz: number,
): Workspace {
  const attackBins = Math.round(ATTACK_BAND_HZ * binsPerHz);
  const fft = realFft(size);
  // Kernels work on four bins at a time; what lies past the last stays zero.
  const spectrum = () => own.floats(roundUp(2 * fft.binCount, 8));
  return {
    fft,
    buffers: createBuffers(own, size, fft.binCount, attackBins, spectrum()),
    attackBins,
    bassBins: Math.round(BASS_HZ * binsPerHz),
    recent: Array.from({ length: OVERLAP }, () => ({ at: Number.NaN, spectra: source.map(spectrum) })),
    channels: source.map((samples, c) => ({
      source: samples,
      output: output[c],
      made: spectrum(),
      sum: own.floats(size),
    })),
  };
}

function createBuffers(
  own: KernelWorkspace,
  size: number,
  binCount: number,
  attackBins: number,
  before: KernelFloats,
): Buffers {
  const bins = roundUp(binCount, 4);
  // The kernel reads attackBins + 1 before the first bin, and two more than that after the last.
  const margin = roundUp(attackBins + 1, 4);
  const withMargins = () => {
    const whole = own.floats(bins + 2 * margin + 4);
    return { whole, bins: partOf(whole, margin) };
  };
  const window = own.floats(size);
  window.set(hann(size));
  return {
    window,
    frame: own.floats(size),
    before,
    crossRe: withMargins(),
    crossIm: withMargins(),
    powerNow: withMargins(),
    powerBefore: withMargins(),
    turnRe: own.floats(bins),
    turnIm: own.floats(bins),
  };
}

function roundUp(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}

/** Spectra of the source's windows that begin at a frame, kept until a few more have been asked for. */
function sourceSpectra({ fft, buffers, recent, channels }: Workspace, at: number): readonly KernelFloats[] {
  const oldest = recent.pop()!;
  recent.unshift(oldest);
  oldest.at = at;
  for (const [c, { source }] of channels.entries()) {
    cutFrame(source, at, fft, buffers);
    fft.forward(buffers.frame, oldest.spectra[c]);
  }
  return oldest.spectra;
}

/** Fills the frame with the windowed source from a place on. */
function cutFrame(samples: Float32Array, at: number, { size }: RealFft, { frame, window }: Buffers): void {
  if (at >= 0 && at + size <= samples.length) frame.set(samples.subarray(at, at + size));
  else for (let n = 0; n < size; n++) frame[n] = samples[mirrored(at + n, samples.length)];
  kernels.multiplyArrays(frame, window, frame, size);
}

/** Index inside [0, length) of a place on the line where the sound is followed by its own reverse, and so on. */
function mirrored(place: number, length: number): number {
  const period = 2 * length;
  const phase = ((place % period) + period) % period;
  return phase < length ? phase : period - 1 - phase;
}

/** Works out every bin's turn from the windows of now, of one hop before in the source, and of the last output. */
function compare(work: Workspace, now: readonly KernelFloats[], atBefore: number): void {
  const { fft, buffers, recent, channels, attackBins, bassBins } = work;
  const { turnRe, turnIm } = buffers;
  const sums = [buffers.crossRe, buffers.crossIm, buffers.powerNow, buffers.powerBefore];
  for (const { whole } of sums) whole.fill(0);
  const [crossRe, crossIm, powerNow, powerBefore] = sums.map(({ bins }) => bins);
  // Where the factor is whole, that window has been there already.
  const known = recent.find(({ at }) => at === atBefore);
  for (const [c, { source, made }] of channels.entries()) {
    const before = known?.spectra[c] ?? buffers.before;
    if (!known) {
      cutFrame(source, atBefore, fft, buffers);
      fft.forward(buffers.frame, before);
    }
    kernels.addComparison(now[c], before, made, crossRe, crossIm, powerNow, powerBefore, fft.binCount);
  }
  kernels.findTurns(
    crossRe,
    crossIm,
    powerNow,
    powerBefore,
    attackBins,
    ATTACK_RATIO,
    bassBins,
    turnRe,
    turnIm,
    fft.binCount,
  );
}

/** Turns a channel's window, adds it to the output, and writes the hop that no further window will reach. */
function add(
  { fft, buffers }: Workspace,
  spectrum: KernelFloats,
  { made, sum, output }: Channel,
  at: number,
  hop: number,
): void {
  const { size } = fft;
  const { window, frame, turnRe, turnIm } = buffers;
  kernels.turnSpectrum(spectrum, turnRe, turnIm, made, fft.binCount);
  fft.inverseUnscaled(made, frame);
  kernels.addProduct(frame, window, SYNTHESIS_GAIN / size, sum, size);
  const [from, to] = [Math.max(0, -at), Math.min(hop, output.length - at)];
  if (from < to) output.set(sum.subarray(from, to), at + from);
  sum.copyWithin(0, hop);
  sum.fill(0, size - hop);
}
