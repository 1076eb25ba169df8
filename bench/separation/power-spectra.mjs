/** Short-time power spectra, all channels together: Hann windows of 46 ms. Only the transform is the engine's. */
import { realFft } from '../../dist/dsp/fft.js';

const WINDOW_SEC = 0.046;

/** @param stepSec from one frame to the next */
export function powerSpectra(channels, sampleRate, stepSec) {
  const size = 2 ** Math.round(Math.log2(WINDOW_SEC * sampleRate));
  const step = Math.round(stepSec * sampleRate);
  const fft = realFft(size);
  const frame = new Float32Array(size);
  const frames = [];
  for (let start = 0; start + size <= channels[0].length; start += step) {
    const power = new Float64Array(size / 2 + 1);
    for (const samples of channels) {
      for (let n = 0; n < size; n++) {
        frame[n] = samples[start + n] * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
      }
      const spectrum = fft.forward(frame);
      for (let k = 0; k <= size / 2; k++) power[k] += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
    }
    frames.push(power);
  }
  return { frames, binHz: sampleRate / size };
}
