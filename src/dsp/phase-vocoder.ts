/**
 * Makes sounds longer or shorter without moving their pitch: a phase vocoder that locks phases along frequency.
 *
 * Every output window is the spectrum of a source window, turned so that it carries on from the window before. By
 * how much is read from the source itself: the window one hop earlier *in the source* is compared with the window one
 * hop earlier *in the output*, and what stands between those two stands between the new ones too. So no frequency is
 * ever estimated, and a steady tone comes out exact (M. Puckette, "Phase-locked vocoder", WASPAA 1995).
 */
import { fastFftSize, type RealFft, realFft } from './fft.ts';
import { hann } from './windows.ts';

/**
 * Window, seconds. Longer parts low notes better (five partials from 41 Hz, 2×: 23 dB SINAD at 120 ms, 27 at 150,
 * 37 at 180), shorter follows a sound's movement better (third-octave levels of eight pads, 2×, off by 1.6, 1.7 and
 * 1.8 dB).
 */
const WINDOW_SEC = 0.15;
/** Windows that sound at any one time; six or eight measure no better. */
const OVERLAP = 4;

/**
 * Power that has risen eightfold (9 dB) within a hop is an attack: its phases are taken from the source, since those before
 * it say nothing of it. Held sounds do not rise so. Measured on plucks of 2 ms at 2×, windows of 120 ms: a rise of 5 ms, not 24.
 */
const ATTACK_RATIO = 8;
/** Width of the bands that an attack is looked for in, to either side of a bin, Hz. */
const ATTACK_BAND_HZ = 130;

/** Spectra of all channels and what is worked out of them, for one window size. */
interface Workspace {
  readonly fft: RealFft;
  readonly window: Float32Array;
  readonly frame: Float32Array;
  /** The source's window now, and one hop earlier. */
  readonly now: readonly Float32Array[];
  readonly before: readonly Float32Array[];
  /** The output's window: the last one until it is turned into this one. */
  readonly made: readonly Float32Array[];
  /** Cross-spectrum of the last output and the source before, summed over channels: bin 0 lies at 1. */
  readonly crossRe: Float32Array;
  readonly crossIm: Float32Array;
  /** Power below each bin, summed over channels. */
  readonly powerNow: Float64Array;
  readonly powerBefore: Float64Array;
}

/**
 * Stretches: output frame i speaks of source position start + i / factor. Channels share every turn of phase, so what
 * stands between them in each bin still stands between them. Beyond its ends the source is mirrored.
 * @param factor > 0; 2 is twice as long
 * @param length of the output, frames
 */
export function lengthen(
  source: readonly Float32Array[],
  start: number,
  factor: number,
  length: number,
  sampleRate: number,
): Float32Array[] {
  const size = fastFftSize(Math.round(WINDOW_SEC * sampleRate));
  const hop = Math.round(size / OVERLAP);
  const work = workspace(source.length, size);
  const output = source.map(() => new Float32Array(length));
  const attackBins = Math.round((ATTACK_BAND_HZ * size) / sampleRate);
  const half = size >> 1;
  const scale = hop / work.window.reduce((sum, gain) => sum + gain * gain, 0);
  // The first window that is heard already has one before it.
  const first = -Math.ceil(half / hop) - 1;
  for (let m = first; m * hop < length + half; m++) {
    const at = Math.round(start + (m * hop) / factor) - half;
    for (let c = 0; c < source.length; c++) {
      transform(source[c], at, work, work.now[c]);
      if (m > first) transform(source[c], at - hop, work, work.before[c]);
      else work.made[c].set(work.now[c]);
    }
    if (m > first) turn(work, attackBins);
    for (let c = 0; c < source.length; c++) overlapAdd(work, work.made[c], scale, output[c], m * hop - half);
  }
  return output;
}

function workspace(channelCount: number, size: number): Workspace {
  const fft = realFft(size);
  const spectra = () => Array.from({ length: channelCount }, () => new Float32Array(size + 2));
  return {
    fft,
    window: hann(size),
    frame: new Float32Array(size),
    now: spectra(),
    before: spectra(),
    made: spectra(),
    crossRe: new Float32Array(fft.binCount + 2),
    crossIm: new Float32Array(fft.binCount + 2),
    powerNow: new Float64Array(fft.binCount + 1),
    powerBefore: new Float64Array(fft.binCount + 1),
  };
}

/** Spectrum of the window that begins at a source frame. */
function transform(
  samples: Float32Array,
  at: number,
  { fft, window, frame }: Workspace,
  spectrum: Float32Array,
): void {
  const { size } = fft;
  if (at >= 0 && at + size <= samples.length) {
    for (let n = 0; n < size; n++) frame[n] = window[n] * samples[at + n];
  } else {
    for (let n = 0; n < size; n++) frame[n] = window[n] * samples[mirrored(at + n, samples.length)];
  }
  fft.forward(frame, spectrum);
}

/** Index inside [0, length) of a place on the line where the sound is followed by its own reverse, and so on. */
function mirrored(place: number, length: number): number {
  const period = 2 * length;
  const phase = ((place % period) + period) % period;
  return phase < length ? phase : period - 1 - phase;
}

/** Replaces the last output window by the source's of now, every bin turned as its neighbourhood says. */
function turn(work: Workspace, attackBins: number): void {
  compare(work);
  const { now, made, crossRe, crossIm, powerNow, powerBefore } = work;
  const { binCount } = work.fft;
  for (let k = 0; k < binCount; k++) {
    const low = Math.max(0, k - attackBins);
    const high = Math.min(binCount, k + attackBins + 1);
    const risen = powerNow[high] - powerNow[low] > ATTACK_RATIO * (powerBefore[high] - powerBefore[low]);
    // A tone fills three bins and more, and turns as one: each bin listens to its neighbours, the louder the more.
    let re = crossRe[k] + 2 * crossRe[k + 1] + crossRe[k + 2];
    let im = crossIm[k] + 2 * crossIm[k + 1] + crossIm[k + 2];
    const magnitude = Math.sqrt(re * re + im * im);
    const known = !risen && magnitude > 0;
    re = known ? re / magnitude : 1;
    im = known ? im / magnitude : 0;
    for (let c = 0; c < now.length; c++) {
      const x = now[c][2 * k];
      const y = now[c][2 * k + 1];
      made[c][2 * k] = x * re - y * im;
      made[c][2 * k + 1] = x * im + y * re;
    }
  }
}

/** Fills in the cross-spectrum and the running sums of power. */
function compare({ now, before, made, crossRe, crossIm, powerNow, powerBefore, fft }: Workspace): void {
  for (let k = 0; k < fft.binCount; k++) {
    let re = 0;
    let im = 0;
    let power = 0;
    let powerThen = 0;
    for (let c = 0; c < now.length; c++) {
      const x = now[c][2 * k];
      const y = now[c][2 * k + 1];
      const p = before[c][2 * k];
      const q = before[c][2 * k + 1];
      const s = made[c][2 * k];
      const t = made[c][2 * k + 1];
      re += s * p + t * q;
      im += t * p - s * q;
      power += x * x + y * y;
      powerThen += p * p + q * q;
    }
    crossRe[k + 1] = re;
    crossIm[k + 1] = im;
    powerNow[k + 1] = powerNow[k] + power;
    powerBefore[k + 1] = powerBefore[k] + powerThen;
  }
}

/** Adds scale times the spectrum's sound, windowed once more, to the output, as far as it lies inside. */
function overlapAdd(
  { fft, window, frame }: Workspace,
  spectrum: Float32Array,
  scale: number,
  output: Float32Array,
  at: number,
): void {
  const from = Math.max(0, -at);
  const to = Math.min(fft.size, output.length - at);
  if (from >= to) return;
  fft.inverse(spectrum, frame);
  for (let n = from; n < to; n++) output[at + n] += scale * window[n] * frame[n];
}
