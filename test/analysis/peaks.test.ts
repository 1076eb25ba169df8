import { describe, expect, it } from 'vitest';
import { createPeaks, findPeaks } from '../../src/analysis/peaks.ts';
import { createSpectrometer } from '../../src/analysis/spectrum.ts';
import { Random } from '../../src/dsp/random.ts';

/** The same by its definition. */
function plainPeaks(power: Float32Array, firstBin: number, lastBin: number, binHz: number) {
  const strongest = Math.max(...power.subarray(firstBin, lastBin + 1));
  const peaks: { frequency: number; amplitude: number }[] = [];
  for (let k = firstBin + 1; k < lastBin; k++) {
    const [below, here, above] = power.subarray(k - 1, k + 2);
    if (here < 1e-6 * strongest || here < below || here <= above) continue;
    const ratio = Math.sqrt(Math.max(above, below) / here);
    const shift = Math.max(0, (2 * ratio - 1) / (ratio + 1));
    peaks.push({
      frequency: Math.fround((k + (above > below ? shift : -shift)) * binHz),
      amplitude: Math.fround(Math.sqrt(here) * (1 + 0.71 * shift * shift)),
    });
  }
  return peaks;
}

describe('partials of a spectrum', () => {
  it.each([32, 64, 2048, 8192])('are those of the plain loop to the last bit, %i points', (size) => {
    for (const highestHz of [22_050, 5000, 4990]) {
      const spectrometer = createSpectrometer(size, 44100, highestHz);
      const { firstBin, lastBin, binHz } = spectrometer;
      const random = new Random(size + highestHz);
      // Some lie near the least that counts, and some are equal to their neighbours.
      const power = Float32Array.from({ length: lastBin + 1 }, (_, k) =>
        k < firstBin ? 0 : 10 ** (-8 * random.uniform()) * (random.below(4) > 0 ? 1 : 0),
      );
      for (let k = firstBin; k + 3 <= lastBin; k += 7) power[k + 1] = power[k];
      power[lastBin] = 1;
      const peaks = createPeaks(lastBin);
      findPeaks(power, spectrometer, peaks);
      const found = Array.from({ length: peaks.count }, (_, p) => ({
        frequency: peaks.frequency[p],
        amplitude: peaks.amplitude[p],
      }));
      expect(found).toEqual(plainPeaks(power, firstBin, lastBin, binHz));
    }
  });

  it('are none in silence', () => {
    const spectrometer = createSpectrometer(256, 44100);
    const peaks = createPeaks(spectrometer.lastBin);
    findPeaks(new Float32Array(spectrometer.lastBin + 1), spectrometer, peaks);
    expect(peaks.count).toBe(0);
  });
});
