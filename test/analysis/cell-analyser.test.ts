/** What is found in cells against plain twins, worked out from the same powers by their definitions. */
import { describe, expect, it } from 'vitest';
import { CellAnalyser } from '../../src/analysis/cell-analyser.ts';
import { createSpectrometer } from '../../src/analysis/spectrum.ts';
import { quarterToneBands } from '../../src/analysis/superflux.ts';
import { melBank } from '../../src/dsp/mel.ts';
import { Random } from '../../src/dsp/random.ts';

const RATE = 44100;

/** Powers of one cell after another, of noise that comes and goes; nothing under the spectrometer's first bin. */
function powersOf(cellCount: number, firstBin: number, lastBin: number, topBin = lastBin): Float32Array[] {
  const random = new Random(cellCount);
  return Array.from({ length: cellCount }, (_, cell) =>
    Float32Array.from({ length: lastBin + 1 }, (_, k) =>
      k < firstBin || k > topBin ? 0 : (random.uniform() ** 2 / 100) * (cell % 3 === 0 ? 0.01 : 1),
    ),
  );
}

function analysed(size: number, powers: readonly Float32Array[]) {
  const spectrometer = createSpectrometer(size, RATE);
  const analyser = new CellAnalyser(spectrometer, powers.length, size / 4, RATE);
  for (const [cell, power] of powers.entries()) {
    analyser.power.set(power);
    analyser.analyse(cell);
  }
  const timbre = analyser.finishTimbre();
  analyser.release();
  const { onsetStrength, flatness, centroid } = analyser;
  return { onsetStrength, flatness, centroid, timbre };
}

describe.each([512, 2048])('cells of windows of %i', (size) => {
  const spectrometer = createSpectrometer(size, RATE);
  const { firstBin, lastBin, binHz } = spectrometer;
  const powers = powersOf(10, firstBin, lastBin);
  const found = analysed(size, powers);

  it('have the centroid and flatness of the plain sums', () => {
    for (const [cell, power] of powers.entries()) {
      let [sum, moment, logarithm, total] = [0, 0, 0, 0];
      for (let k = firstBin; k <= lastBin; k++) {
        sum += Math.sqrt(power[k]);
        moment += k * Math.sqrt(power[k]);
        logarithm += Math.log(power[k] + 3.8e-16);
        total += power[k];
      }
      const count = lastBin - firstBin + 1;
      expect(found.centroid[cell] / ((binHz * moment) / sum)).toBeCloseTo(1, 5);
      expect(found.flatness[cell] / (Math.exp(logarithm / count) / (total / count))).toBeCloseTo(1, 4);
    }
  });

  it('have the onset strength of the plain loop', () => {
    const flux = quarterToneBands(binHz, lastBin);
    const sums = new Float32Array(flux.bandCount);
    let earlier = Array<number>(flux.bandCount).fill(0);
    for (const [cell, power] of powers.entries()) {
      flux.apply(power.map(Math.sqrt), sums);
      const bands = Array.from(sums, (sum) => 20 * Math.log10(1 + 1e5 * sum));
      const floor = Math.max(...bands, ...earlier) - 60;
      const rises = bands.map((level, b) =>
        Math.max(0, level - Math.max(earlier[b - 1] ?? 0, earlier[b], earlier[b + 1] ?? 0, floor)),
      );
      const mean = rises.reduce((a, b) => a + b) / flux.bandCount;
      expect(Math.abs(found.onsetStrength[cell] - mean)).toBeLessThan(1e-3 + 1e-4 * mean);
      earlier = bands;
    }
  });

  it('have the timbre of four of them together, the last row of what is left', () => {
    const bank = melBank(RATE, size, 40, 40, 16000);
    expect(found.timbre.rows).toBe(3);
    for (let row = 0; row < 3; row++) {
      const cells = powers.slice(4 * row, 4 * row + 4);
      // The bank reaches to half the rate, where the spectrometer has no bin.
      const pooled = new Float32Array(size / 2 + 1);
      for (const power of cells) for (const [k, value] of power.entries()) pooled[k] += value / cells.length;
      const sums = new Float32Array(40);
      bank.apply(pooled, sums);
      for (const [band, sum] of sums.entries()) {
        expect(found.timbre.values[40 * row + band]).toBeCloseTo(Math.max(-120, 10 * Math.log10(sum)), 3);
      }
    }
  });
});

describe('the flatness', () => {
  const { firstBin, lastBin, binHz } = createSpectrometer(2048, RATE);
  const flatnessUpTo = (hertz: number) =>
    analysed(2048, powersOf(1, firstBin, lastBin, Math.round(hertz / binHz))).flatness[0];

  it('counts the top only as far as something sounds, and under 4 kHz every bin', () => {
    const whole = flatnessUpTo(RATE / 2);
    expect(flatnessUpTo(6000)).toBeGreaterThan(0.8 * whole);
    expect(flatnessUpTo(2000)).toBeLessThan(0.1 * whole);
  });

  it('and all else is 0 in silence', () => {
    const silent = analysed(2048, [new Float32Array(lastBin + 1)]);
    expect([silent.flatness[0], silent.centroid[0], silent.onsetStrength[0]]).toEqual([0, 0, 0]);
    expect(Math.max(...silent.timbre.values)).toBe(-120);
  });
});
