/**
 * Makes sounds longer or shorter without moving their pitch: a phase vocoder that locks phases along frequency.
 *
 * Every output window is the spectrum of a source window, turned so that it carries on from the window before. By
 * how much is read from the source itself: the window one hop earlier *in the source* is compared with the window one
 * hop earlier *in the output*, and what stands between those two stands between the new ones too. So no frequency is
 * ever estimated, and a steady tone comes out exact (M. Puckette, "Phase-locked vocoder", WASPAA 1995).
 */
import { fastFftSize, type RealFft, realFft } from './fft.ts';
import { FREE, kernels, memory } from './kernels.ts';
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

/** Largest window, samples: a third longer than at 192 kHz; the kernels' memory holds all that belongs to it. */
const LONGEST_WINDOW = 38_400;

/** Addresses in the kernels' memory, in bytes: of the window, and of what one channel at a time is worked on in. */
interface Desk {
  readonly windowAt: number;
  readonly frameAt: number;
  readonly nowAt: number;
  /** Spectrum of the source one hop earlier; then the output that windows are added up in. */
  readonly beforeAt: number;
  readonly madeAt: number;
  /** Sums over channels; zeros before the first bin and after the last. */
  readonly crossReAt: number;
  readonly crossImAt: number;
  readonly powerNowAt: number;
  readonly powerBeforeAt: number;
  readonly turnReAt: number;
  readonly turnImAt: number;
  /** One past the last address. */
  readonly end: number;
}

interface Workspace {
  readonly fft: RealFft;
  readonly desk: Desk;
  /** To either side of a bin, where an attack is looked for. */
  readonly attackBins: number;
  readonly bassBins: number;
  /** Spectra of the source, the newest first. */
  readonly heard: Heard[];
  readonly channels: readonly Channel[];
}

interface Heard {
  at: number;
  readonly spectra: readonly Float32Array[];
}

interface Channel {
  readonly source: Float32Array;
  readonly output: Float32Array;
  /** The output's spectrum: the last one until it is turned into this one. */
  readonly made: Float32Array;
  /** Output that further windows will be added to; its first sample is one hop further every time. */
  readonly sum: Float32Array;
}

/**
 * Stretches: output frame i speaks of source position start + i / factor. Channels share every turn of phase, so what
 * stands between them in each bin still stands between them. Beyond its ends the source is mirrored.
 * @param factor > 0; 2 is twice as long
 * @param length of the output, frames
 * @param rate frames a second of what the windows are as long for: a higher one than is heard makes longer windows
 */
export function lengthen(
  source: readonly Float32Array[],
  start: number,
  factor: number,
  length: number,
  rate: number,
): Float32Array[] {
  const size = fastFftSize(Math.min(LONGEST_WINDOW, Math.round(WINDOW_SEC * rate)));
  const hop = size / OVERLAP;
  const output = source.map(() => new Float32Array(length));
  const work = workspace(source, output, size, size / rate);
  const half = size >> 1;
  // The first window that is heard already has one before it.
  const first = -Math.ceil(half / hop) - 1;
  for (let m = first; m * hop < length + half; m++) {
    const at = Math.round(start + (m * hop) / factor) - half;
    const now = hear(work, at);
    if (m === first) {
      for (const [c, { made }] of work.channels.entries()) made.set(now[c]);
      continue;
    }
    compare(work, now, at - hop);
    for (const [c, channel] of work.channels.entries()) add(work, now[c], channel, m * hop - half, hop);
  }
  return output;
}

function workspace(
  source: readonly Float32Array[],
  output: readonly Float32Array[],
  size: number,
  binsPerHz: number,
): Workspace {
  const attackBins = Math.round(ATTACK_BAND_HZ * binsPerHz);
  const fft = realFft(size);
  // Kernels work on four bins at a time; what lies past the last stays zero.
  const spectrum = () => new Float32Array(roundUp(2 * fft.binCount, 8));
  const desk = layOut(size, fft.binCount, attackBins);
  memory.floats.fill(0, FREE >> 2, desk.end >> 2);
  memory.floats.set(hann(size), desk.windowAt >> 2);
  return {
    fft,
    desk,
    attackBins,
    bassBins: Math.round(BASS_HZ * binsPerHz),
    heard: Array.from({ length: OVERLAP }, () => ({ at: Number.NaN, spectra: source.map(spectrum) })),
    channels: source.map((samples, c) => ({
      source: samples,
      output: output[c],
      made: spectrum(),
      sum: new Float32Array(size),
    })),
  };
}

function layOut(size: number, binCount: number, attackBins: number): Desk {
  let next = FREE;
  const place = (floats: number) => {
    const at = next;
    next += 4 * roundUp(floats, 4);
    return at;
  };
  const spectrum = roundUp(2 * binCount, 8);
  const bins = roundUp(binCount, 4);
  const margin = roundUp(attackBins + 1, 4);
  const withMargins = () => place(bins + 2 * margin + 4) + 4 * margin;
  return {
    windowAt: place(size),
    frameAt: place(size),
    nowAt: place(spectrum),
    beforeAt: place(spectrum),
    madeAt: place(spectrum),
    crossReAt: withMargins(),
    crossImAt: withMargins(),
    powerNowAt: withMargins(),
    powerBeforeAt: withMargins(),
    turnReAt: place(bins),
    turnImAt: place(bins),
    end: next,
  };
}

function roundUp(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}

/** Spectra of the source's windows that begin at a frame, kept until a few more have been heard. */
function hear({ fft, desk, heard, channels }: Workspace, at: number): readonly Float32Array[] {
  const oldest = heard.pop()!;
  heard.unshift(oldest);
  oldest.at = at;
  for (const [c, { source }] of channels.entries()) {
    transform(source, at, fft, desk);
    fft.forward(frameOf(desk, fft.size), oldest.spectra[c]);
  }
  return oldest.spectra;
}

function frameOf({ frameAt }: Desk, size: number): Float32Array {
  return memory.floats.subarray(frameAt >> 2, (frameAt >> 2) + size);
}

/** Puts the windowed source from a frame on into the desk's frame. */
function transform(samples: Float32Array, at: number, { size }: RealFft, desk: Desk): void {
  const frame = frameOf(desk, size);
  if (at >= 0 && at + size <= samples.length) frame.set(samples.subarray(at, at + size));
  else for (let n = 0; n < size; n++) frame[n] = samples[mirrored(at + n, samples.length)];
  kernels.multiplyArrays(desk.frameAt, desk.windowAt, desk.frameAt, size);
}

/** Index inside [0, length) of a place on the line where the sound is followed by its own reverse, and so on. */
function mirrored(place: number, length: number): number {
  const period = 2 * length;
  const phase = ((place % period) + period) % period;
  return phase < length ? phase : period - 1 - phase;
}

/** Works out every bin's turn from the windows of now, of one hop before in the source, and of the last output. */
function compare(work: Workspace, now: readonly Float32Array[], atBefore: number): void {
  const { fft, desk, heard, channels, attackBins, bassBins } = work;
  const { floats } = memory;
  const { nowAt, beforeAt, madeAt, crossReAt, crossImAt, powerNowAt, powerBeforeAt, turnReAt, turnImAt } =
    desk;
  floats.fill(0, crossReAt >> 2, turnReAt >> 2);
  // Where the factor is whole, that window has been heard already.
  const known = heard.find(({ at }) => at === atBefore);
  for (const [c, { source, made }] of channels.entries()) {
    if (known) floats.set(known.spectra[c], beforeAt >> 2);
    else {
      transform(source, atBefore, fft, desk);
      fft.forward(frameOf(desk, fft.size), floats.subarray(beforeAt >> 2, (beforeAt >> 2) + fft.size + 2));
    }
    floats.set(now[c], nowAt >> 2);
    floats.set(made, madeAt >> 2);
    kernels.addComparison(
      ...([nowAt, beforeAt, madeAt] as const),
      ...([crossReAt, crossImAt, powerNowAt, powerBeforeAt, fft.binCount] as const),
    );
  }
  kernels.findTurns(
    ...([crossReAt, crossImAt, powerNowAt, powerBeforeAt] as const),
    ...([attackBins, ATTACK_RATIO, bassBins, turnReAt, turnImAt, fft.binCount] as const),
  );
}

/** Turns a channel's window, adds it to the output, and writes the hop that no further window will reach. */
function add({ fft, desk }: Workspace, now: Float32Array, channel: Channel, at: number, hop: number): void {
  const { size } = fft;
  const { floats } = memory;
  const { windowAt, frameAt, nowAt, beforeAt, madeAt, turnReAt, turnImAt } = desk;
  const { made, sum, output } = channel;
  floats.set(now, nowAt >> 2);
  kernels.turnSpectrum(nowAt, turnReAt, turnImAt, madeAt, fft.binCount);
  made.set(floats.subarray(madeAt >> 2, (madeAt >> 2) + made.length));
  fft.inverseUnscaled(made, frameOf(desk, size));
  floats.set(sum, beforeAt >> 2);
  kernels.addProduct(frameAt, windowAt, SYNTHESIS_GAIN / size, beforeAt, size);
  const added = floats.subarray(beforeAt >> 2, (beforeAt >> 2) + size);
  const [from, to] = [Math.max(0, -at), Math.min(hop, output.length - at)];
  if (from < to) output.set(added.subarray(from, to), at + from);
  sum.set(added.subarray(hop));
  sum.fill(0, size - hop);
}
