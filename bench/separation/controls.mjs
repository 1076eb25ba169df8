/**
 * What lasts in a sound by two ways that must fail.
 *
 * - plain medians: FitzGerald's (DAFx-10), 17 by 17, frames of 46 ms; between eight hits a second their tails remain
 * - noise as struck: what a bin does not fall under for nine tenths of a second, against the median of the bins around
 *   it, squared; that is as wide as noise, too, and takes the air with the hits
 */
import { harmonicMask } from '../../dist/analysis/median-masks.js';
import { quantileAlongFrequency, quantileAlongTime } from '../../dist/analysis/rank-filter.js';
import { realFft } from '../../dist/dsp/fft.js';

export const plainMedians = (channels) =>
  masked(channels, 2048, (power, rows, bins) =>
    harmonicMask(power, rows, bins, { timeWidth: 17, frequencyWidth: 17, margin: 1 }),
  );

export const noiseAsStruck = (channels) =>
  masked(channels, 4096, (power, rows, bins) => {
    const lasting = quantileAlongTime(power, rows, bins, 45, 0.1);
    const struck = quantileAlongFrequency(power, rows, bins, 15, 0.5);
    return lasting.map((level, i) => {
      if (level === 0) return 0;
      const tonal = level ** 2 / (level ** 2 + (0.35 * struck[i]) ** 2);
      return tonal * Math.sqrt(Math.min(1, (6 * level) / power[i]));
    });
  });

/** The channels under one mask, of frames that overlap four times. @param maskOf of a power spectrogram: 0 to 1 */
function masked(channels, size, maskOf) {
  const fft = realFft(size);
  const hop = size / 4;
  const window = Float32Array.from({ length: size }, (_, n) => Math.sin((Math.PI * (n + 0.5)) / size));
  const rows = Math.floor((channels[0].length - size) / hop) + 1;
  const bins = size / 2 + 1;
  const power = new Float32Array(rows * bins);
  const spectra = channels.map((samples) =>
    Array.from({ length: rows }, (_, row) => {
      const spectrum = fft.forward(
        samples.subarray(row * hop, row * hop + size).map((x, n) => x * window[n]),
      );
      for (let k = 0; k < bins; k++) power[row * bins + k] += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
      return spectrum;
    }),
  );
  const mask = maskOf(power, rows, bins);
  return spectra.map((ofChannel, c) => {
    const output = new Float32Array(channels[c].length);
    ofChannel.forEach((spectrum, row) => {
      const frame = fft.inverse(spectrum.map((x, i) => x * mask[row * bins + (i >> 1)]));
      for (let n = 0; n < size; n++) output[row * hop + n] += 0.5 * frame[n] * window[n];
    });
    return output;
  });
}
