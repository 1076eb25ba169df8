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
  const spectrum = new Float32Array(size + 2);
  const firstBin = Math.max(2, Math.ceil(LOWEST_HZ / binHz));
  const lastBin = Math.min(size / 2 - 1, Math.floor(highestHz / binHz));

  function measure(channels: readonly Float32Array[], offset: number, power: Float32Array): void {
    power.fill(0);
    for (const samples of channels) {
      fft.forward(samples.subarray(offset, offset + size), spectrum);
      addWindowedPower(spectrum, firstBin, lastBin, 1 / size, power);
    }
  }

  return { size, binHz, firstBin, lastBin, measure };
}

/**
 * Adds the power that the frame would have had under a Hann window. Windowing is done here, on the
 * spectrum, where it costs least: (0.5 - 0.5·cos) in time is (-1, 2, -1)/4 over neighbouring bins.
 * @param scale 4/size would make a windowed sine of amplitude 1 a peak of 1; a quarter of it is in the kernel
 */
function addWindowedPower(
  spectrum: Float32Array,
  firstBin: number,
  lastBin: number,
  scale: number,
  power: Float32Array,
): void {
  const scaleSquared = scale * scale;
  let at = 2 * firstBin - 2;
  let reBelow = spectrum[at];
  let imBelow = spectrum[at + 1];
  let re = spectrum[at + 2];
  let im = spectrum[at + 3];
  at += 4;
  for (let k = firstBin; k <= lastBin; k++, at += 2) {
    const reAbove = spectrum[at];
    const imAbove = spectrum[at + 1];
    const x = 2 * re - reBelow - reAbove;
    const y = 2 * im - imBelow - imAbove;
    power[k] += (x * x + y * y) * scaleSquared;
    reBelow = re;
    imBelow = im;
    re = reAbove;
    im = imAbove;
  }
}
