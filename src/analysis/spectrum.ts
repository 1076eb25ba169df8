import { realFft } from '../dsp/fft.ts';
import { FREE, kernels, memory } from '../dsp/kernels.ts';

/** Below this nothing is heard as pitch or timbre, and an offset or a turntable's rumble would weigh in. */
const LOWEST_HZ = 25;

/** Longest window; what lies where in the kernels' memory, in samples. */
const LONGEST = 65536;
export const SPECTRUM = FREE >> 2;
export const POWER = SPECTRUM + LONGEST + 8;
/** What lies behind the powers that {@link Spectrometer.measureAt} leaves, and four numbers more. */
export const BEHIND_POWER = POWER + LONGEST / 2 + 8;

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
  /**
   * The same of channels in the transforms' memory; leaves the power in the kernels' memory, at {@link POWER}.
   * @param places of the channels, see `placeChannels`, @param offset a multiple of 4
   */
  measureAt(places: readonly number[], offset: number): void;
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
  const spectrum = memory.floats.subarray(SPECTRUM, SPECTRUM + size + 2);
  const firstBin = Math.max(2, Math.ceil(LOWEST_HZ / binHz));
  const lastBin = Math.min(size / 2 - 1, Math.floor(highestHz / binHz));

  // Windowing is done on the spectrum, where it costs least: (0.5 - 0.5·cos) in time is (-1, 2, -1)/4 over
  // neighbouring bins. 4/size would make a windowed sine of amplitude 1 a peak of 1.
  const addPower = () => kernels.addHannPower(4 * SPECTRUM, firstBin, lastBin, 1 / size, 4 * POWER);

  function measure(channels: readonly Float32Array[], offset: number, power: Float32Array): void {
    memory.floats.fill(0, POWER, POWER + power.length);
    for (const samples of channels) {
      fft.forward(samples.subarray(offset, offset + size), spectrum);
      addPower();
    }
    power.set(memory.floats.subarray(POWER, POWER + power.length));
    power.fill(0, lastBin + 1);
  }

  function measureAt(places: readonly number[], offset: number): void {
    memory.floats.fill(0, POWER, POWER + lastBin + 1);
    for (let c = 0; c < places.length; c++) {
      fft.forwardAt(places[c] + offset, spectrum);
      addPower();
    }
  }

  return { size, binHz, firstBin, lastBin, measure, measureAt };
}
