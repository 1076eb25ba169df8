/**
 * A short sound as log-mel frames, for telling whether two places in it sound alike.
 * Window 46 ms, hop a quarter of it; 40 bands from 40 Hz to 16 kHz; levels in dB, with everything
 * 60 dB under the loudest band treated as one floor, so that noise under the music does not count.
 */
import { realFft } from '../dsp/fft.ts';
import { type MelBank, melBank } from '../dsp/mel.ts';
import { hann } from '../dsp/windows.ts';

const BAND_COUNT = 40;
const LOWEST_HZ = 40;
const HIGHEST_HZ = 16_000;
const FLOOR_DB = -60;
const WINDOW_SEC = 0.046;

export interface LogMelFrames {
  /** Frames; frame i is centred on sample i·hop. */
  readonly count: number;
  readonly hop: number;
  readonly windowLength: number;
  /** count × 40 levels in dB, power summed over channels. */
  readonly levels: Float32Array;
  /** Mean absolute difference of two frames over the bands, dB. */
  distance(a: number, b: number): number;
}

/**
 * @param channels one or more arrays of one length
 * @param circular whether the sound is a loop (windows reach around its end) or ends in silence
 */
export function logMelFrames(
  channels: readonly Float32Array[],
  sampleRate: number,
  { circular }: { circular: boolean },
): LogMelFrames {
  const windowLength = windowLengthAt(sampleRate);
  const length = channels[0].length;
  // A loop is cut into whole hops, so that no frame lies closer to its neighbour than the others.
  const count = Math.max(1, Math.round(length / (windowLength / 4)));
  const hop = circular ? length / count : windowLength / 4;
  const bank = bankAt(sampleRate, windowLength);
  const levels = new Float32Array(count * BAND_COUNT);
  const fft = realFft(windowLength);
  const window = hann(windowLength);
  const frame = new Float32Array(windowLength);
  const spectrum = new Float32Array(windowLength + 2);
  const power = new Float32Array(fft.binCount);
  const bins = Math.min(fft.binCount, Math.ceil((HIGHEST_HZ * windowLength) / sampleRate) + 1);
  for (let i = 0; i < count; i++) {
    power.fill(0);
    for (const channel of channels) {
      copyWindow(channel, Math.round(i * hop) - (windowLength >> 1), window, circular, frame);
      fft.forward(frame, spectrum);
      for (let bin = 0; bin < bins; bin++) {
        const re = spectrum[2 * bin];
        const im = spectrum[2 * bin + 1];
        power[bin] += re * re + im * im;
      }
    }
    bank.apply(power, levels, i * BAND_COUNT);
  }
  toDecibels(levels);
  return {
    count,
    hop,
    windowLength,
    levels,
    distance(a, b) {
      let sum = 0;
      for (let band = 0, x = a * BAND_COUNT, y = b * BAND_COUNT; band < BAND_COUNT; band++, x++, y++) {
        sum += Math.abs(levels[x] - levels[y]);
      }
      return sum / BAND_COUNT;
    },
  };
}

/** The power of two nearest 46 ms: 2048 at 44.1 and 48 kHz. */
function windowLengthAt(sampleRate: number): number {
  return 2 ** Math.round(Math.log2(WINDOW_SEC * sampleRate));
}

const banks = new Map<number, MelBank>();

function bankAt(sampleRate: number, windowLength: number): MelBank {
  let bank = banks.get(sampleRate);
  if (!bank) {
    bank = melBank(sampleRate, windowLength, BAND_COUNT, LOWEST_HZ, Math.min(HIGHEST_HZ, 0.48 * sampleRate));
    banks.set(sampleRate, bank);
  }
  return bank;
}

function copyWindow(
  channel: Float32Array,
  start: number,
  window: Float32Array,
  circular: boolean,
  frame: Float32Array,
): void {
  const { length } = channel;
  if (circular) {
    // A whole number to the engine too: as a double it would make every index below one.
    let at = (((start % length) + length) % length) | 0;
    for (let n = 0; n < frame.length; n++) {
      frame[n] = channel[at] * window[n];
      if (++at === length) at = 0;
    }
    return;
  }
  for (let n = 0, at = start | 0; n < frame.length; n++, at++) {
    frame[n] = at >= 0 && at < length ? channel[at] * window[n] : 0;
  }
}

function toDecibels(levels: Float32Array): void {
  let loudest = 0;
  for (const level of levels) if (level > loudest) loudest = level;
  const floor = Math.max(loudest * 10 ** (FLOOR_DB / 10), Number.MIN_VALUE);
  for (let i = 0; i < levels.length; i++) levels[i] = 10 * Math.log10(Math.max(levels[i], floor));
}
