/** Power of a band of a signal: Hann windows of 8192 samples, half overlapped. */
import { realFft } from '../../dist/dsp/fft.js';

const SIZE = 8192;

/** Sum of squared magnitudes of the bins from lowHz to highHz over all windows inside the signal. */
export function bandPower(samples, sampleRate, lowHz, highHz) {
  const fft = realFft(SIZE);
  const frame = new Float32Array(SIZE);
  const [from, to] = [lowHz, highHz].map((hz) => Math.min(SIZE / 2, Math.round((hz * SIZE) / sampleRate)));
  let power = 0;
  for (let start = 0; start + SIZE <= samples.length; start += SIZE / 2) {
    for (let n = 0; n < SIZE; n++) {
      frame[n] = samples[start + n] * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / SIZE));
    }
    const spectrum = fft.forward(frame);
    for (let k = from; k <= to; k++) power += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
  }
  return power;
}
