import { type PlacedChannels, realFft } from '../dsp/fft.ts';
import { type KernelFloats, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';

/** Below this nothing sounds as pitch or timbre, and an offset or a turntable's rumble would weigh in. */
const LOWEST_HZ = 25;

/** Samples. */
export const LONGEST_WINDOW = 65536;
/** The kernels take four bins at a time, and look at one neighbour more: room past the last that is measured. */
const BINS_BEHIND = 4;

const own = new KernelWorkspace();
/** Spectrum of one channel. */
const spectrum = own.floats(LONGEST_WINDOW + 2 + 2 * BINS_BEHIND);
const sum = own.floats(LONGEST_WINDOW / 2 + BINS_BEHIND);

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
   * The same of placed channels.
   * @param channelCount how many there are, @param offset a multiple of 4
   * @param power as {@link powersFor} makes it
   */
  measurePlaced(placed: PlacedChannels, channelCount: number, offset: number, power: KernelFloats): void;
}

/** Room for the powers that a spectrometer measures, and for what kernels write past the last. */
export function powersFor(
  { lastBin }: Pick<Spectrometer, 'lastBin'>,
  workspace: KernelWorkspace,
): KernelFloats {
  return workspace.floats(lastBin + 1 + BINS_BEHIND);
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
  if (size > LONGEST_WINDOW)
    throw new RangeError(`A window may have ${LONGEST_WINDOW} samples at most, not ${size}.`);
  const firstBin = Math.max(2, Math.ceil(LOWEST_HZ / binHz));
  const lastBin = Math.min(size / 2 - 1, Math.floor(highestHz / binHz));

  // Windowing is done on the spectrum, where it costs least: (0.5 - 0.5·cos) in time is (-1, 2, -1)/4 over
  // neighbouring bins. 4/size would make a windowed sine of amplitude 1 a peak of 1.
  const addPower = (power: KernelFloats) =>
    kernels.addHannPower(spectrum, firstBin, lastBin, 1 / size, power);

  function measure(channels: readonly Float32Array[], offset: number, power: Float32Array): void {
    sum.fill(0, 0, lastBin + 1);
    for (const samples of channels) {
      fft.forward(samples.subarray(offset, offset + size), spectrum);
      addPower(sum);
    }
    power.set(sum.subarray(0, lastBin + 1));
    power.fill(0, lastBin + 1);
  }

  function measurePlaced(
    placed: PlacedChannels,
    channelCount: number,
    offset: number,
    power: KernelFloats,
  ): void {
    power.fill(0, 0, lastBin + 1);
    for (let c = 0; c < channelCount; c++) {
      fft.forwardPlaced(placed, c, offset, spectrum);
      addPower(power);
    }
  }

  return { size, binHz, firstBin, lastBin, measure, measurePlaced };
}
