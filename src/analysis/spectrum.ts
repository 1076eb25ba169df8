import { realFft } from '../dsp/fft.ts';

/** Below this nothing is heard as pitch or timbre, and an offset or a turntable's rumble would weigh in. */
const LOWEST_HZ = 25;

export interface Spectrometer {
  readonly size: number;
  readonly binHz: number;
  /** First bin worth reading: above 25 Hz, and above the two into which a Hann window leaks an offset. */
  readonly firstBin: number;
  /** Bins from 0 to `lastBin` are filled. */
  readonly lastBin: number;
  /**
   * Power spectrum of one window, summed over channels, so that nothing is lost where they cancel.
   * @param offset index of the window's first sample in each channel
   * @param power lastBin + 1 numbers, filled: a sine of amplitude 1 at a bin's centre gives 1
   */
  measure(channels: readonly Float32Array[], offset: number, power: Float32Array): void;
}

/**
 * Spectra of Hann-windowed frames of one size.
 * @param highestHz bins above this are not computed
 */
export function createSpectrometer(
  size: number,
  sampleRate: number,
  highestHz = sampleRate / 2,
): Spectrometer {
  const fft = realFft(size);
  const binHz = sampleRate / size;
  const window = hann(size);
  const frame = new Float32Array(size);
  const spectrum = new Float32Array(size + 2);
  const firstBin = Math.max(2, Math.ceil(LOWEST_HZ / binHz));
  const lastBin = Math.min(size / 2, Math.floor(highestHz / binHz));

  function measure(channels: readonly Float32Array[], offset: number, power: Float32Array): void {
    power.fill(0);
    for (const samples of channels) {
      for (let n = 0; n < size; n++) frame[n] = samples[offset + n] * window[n];
      fft.forward(frame, spectrum);
      for (let k = firstBin; k <= lastBin; k++) {
        const re = spectrum[2 * k];
        const im = spectrum[2 * k + 1];
        power[k] += re * re + im * im;
      }
    }
  }

  return { size, binHz, firstBin, lastBin, measure };
}

/** Periodic Hann window, scaled so that a sine of amplitude 1 has a spectral peak of 1. */
function hann(size: number): Float32Array {
  return Float32Array.from({ length: size }, (_, n) => (2 - 2 * Math.cos((2 * Math.PI * n) / size)) / size);
}
