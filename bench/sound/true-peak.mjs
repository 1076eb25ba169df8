/**
 * True peak by 4× oversampling, written apart from the engine's: between the samples, at quarters, a sinc of
 * 32 samples on either side under a Hann window (ITU-R BS.1770-4 Annex 2 asks for no more than 12 taps a phase).
 * The convolution is done block by block with Fourier transforms (overlap-save).
 */
import { realFft } from '../../dist/dsp/fft.js';

const REACH = 32;
const SIZE = 8192;
/** Samples of a block whose convolution has not gone round. */
const FRESH = SIZE - 2 * REACH;
/** Spectra of the three filters; tap k of a filter stands for the sample k - REACH + 1 frames on. */
const PHASES = [1, 2, 3].map((quarter) => {
  const taps = new Float32Array(SIZE);
  for (let k = 0; k < 2 * REACH; k++) {
    const distance = k - REACH + 1 - quarter / 4;
    const sinc = Math.sin(Math.PI * distance) / (Math.PI * distance);
    // Reversed, since a convolution reads backwards.
    taps[2 * REACH - 1 - k] = sinc * Math.cos((Math.PI * distance) / 2 / REACH) ** 2;
  }
  return realFft(SIZE).forward(taps);
});

/** Largest level of any channel between or at its samples, dBTP. @param loops it goes round, else silence around it */
export function truePeakDb(channels, loops) {
  let peak = 0;
  for (const channel of channels) {
    const { length } = channel;
    const surrounded = new Float32Array(length + 2 * REACH);
    surrounded.set(channel, REACH);
    if (loops) {
      for (let n = 0; n < REACH; n++) {
        surrounded[n] = channel[(((n - REACH) % length) + length) % length];
        surrounded[REACH + length + n] = channel[n % length];
      }
    }
    for (const sample of channel) peak = Math.max(peak, Math.abs(sample));
    peak = Math.max(peak, peakBetween(surrounded));
  }
  return 20 * Math.log10(peak);
}

function peakBetween(samples) {
  const fft = realFft(SIZE);
  const block = new Float32Array(SIZE);
  const product = new Float32Array(SIZE + 2);
  let peak = 0;
  for (let start = 0; start < samples.length; start += FRESH) {
    block.fill(0);
    block.set(samples.subarray(start, start + SIZE));
    const spectrum = fft.forward(block);
    // Where the block has no more samples, what a filter reads is not its own.
    const end = Math.min(SIZE, samples.length - start);
    for (const phase of PHASES) {
      for (let k = 0; k < product.length; k += 2) {
        product[k] = spectrum[k] * phase[k] - spectrum[k + 1] * phase[k + 1];
        product[k + 1] = spectrum[k] * phase[k + 1] + spectrum[k + 1] * phase[k];
      }
      const between = fft.inverse(product);
      for (let n = 2 * REACH - 1; n < end; n++) peak = Math.max(peak, Math.abs(between[n]));
    }
  }
  return peak;
}
