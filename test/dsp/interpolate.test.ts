import { describe, expect, it } from 'vitest';
import { GrainReader } from '../../src/dsp/interpolate.ts';
import { workspace } from '../kernel-arrays.ts';
import { noise, RATE, sine, toneAndRest } from '../signals.ts';
import { renderGrains } from './render-grains.ts';

const RATIOS = [0.25, 2 ** (-7 / 12), 0.97, 2 ** (1 / 12), 1.5, 2, 2 ** (17 / 12), 4];

function read(frequency: number, ratio: number, position = 300.37) {
  const count = 3000;
  const source = sine(frequency, 600 + Math.ceil(count * ratio));
  return grain(source, position, ratio, count);
}

function grain(source: Float32Array, position: number, ratio: number, count: number): Float32Array {
  return renderGrains([source], position, ratio, count)[0];
}

describe('a grain', () => {
  it.each(RATIOS)('speed %f: flat within 0.01 dB, all else under -82 dB', (ratio) => {
    const nyquist = RATE / 2 / Math.max(1, ratio);
    for (const part of [0.02, 0.3, 0.73]) {
      const { toneDb, restDb } = toneAndRest(read(part * nyquist, ratio), part * nyquist * ratio);
      expect(Math.abs(toneDb)).toBeLessThan(0.01);
      expect(restDb).toBeLessThan(-82);
    }
  });

  it.each(RATIOS.filter((ratio) => ratio > 1))('speed %f: nothing folds back above -80 dB', (ratio) => {
    const nyquist = RATE / 2 / ratio;
    for (const part of [1.01, 1.07, 1.2, 1.7, 2.5, 3.7]) {
      if (part >= ratio) continue;
      const peak = read(part * nyquist, ratio).reduce((max, y) => Math.max(max, Math.abs(y)), 0);
      expect(peak).toBeLessThan(1e-4);
    }
  });

  it('reads at the place it is asked for', () => {
    for (const position of [0, 250.5, 1000.123]) {
      const output = grain(sine(441, 8000), position + 100, 1.25, 1000);
      const wanted = sine(441 * 1.25, 1000, 1, RATE, (2 * Math.PI * 441 * (position + 100)) / RATE);
      for (let n = 0; n < 1000; n++) expect(Math.abs(output[n] - wanted[n])).toBeLessThan(1e-4);
    }
  });

  it('copies at speed 1 from a whole place, and is silent outside the source', () => {
    const source = noise(100);
    const copy = grain(source, -10, 1, 150);
    expect(copy.subarray(10, 110)).toEqual(source);
    expect([...copy.subarray(0, 10), ...copy.subarray(110)].every((y) => y === 0)).toBe(true);
    const far = grain(source, 1e6, 1.3, 50);
    const before = grain(source, -1e6, 0.5, 50);
    expect([...far, ...before].every((y) => y === 0)).toBe(true);
    expect(grain(new Float32Array(0), 0, 1.5, 4)).toEqual(new Float32Array(4));
  });

  it('goes on between blocks as if there were none', () => {
    for (const ratio of [0.8, 11.3, 64]) {
      const count = 40_000;
      const frequency = 300 / ratio;
      const source = sine(frequency, 400 + Math.ceil(count * Math.min(ratio, 12)));
      const output = grain(source, 100.25, ratio, count);
      const known = Math.floor((source.length - 100 - 25 * Math.max(1, ratio)) / ratio);
      const wanted = sine(300, count, 1, RATE, (2 * Math.PI * frequency * 100.25) / RATE);
      const first = Math.ceil(25 * Math.max(1, 1 / ratio));
      let worst = 0;
      for (let n = first; n < Math.min(count, known); n++) {
        worst = Math.max(worst, Math.abs(output[n] - wanted[n]));
      }
      expect(worst, `at ${ratio}`).toBeLessThan(2e-4);
    }
  });

  it('refuses speeds that are none', () => {
    for (const ratio of [0, -1, 64.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => grain(noise(10), 0, ratio, 4)).toThrow(RangeError);
    }
  });
});

describe('GrainReader', () => {
  it.each([...RATIOS, 1])('speed %f: two channels are what each of them is alone', (ratio) => {
    const count = 1000;
    const sources = [noise(5000, 1, 'left'), noise(5000, 1, 'right')];
    const outputs = [workspace.floats(count), workspace.floats(count)];
    const reader = new GrainReader();
    reader.setRatio(ratio);
    for (const position of [-20, 300.37, 4800.5]) {
      const alone = sources.map((source) => grain(source, position, ratio, count));
      reader.read(sources, position, outputs, count);
      expect(outputs).toEqual(alone);
      expect(renderGrains(sources, position, ratio, count)).toEqual(alone);
    }
    reader.release();
  });

  it.each([2, 3, 4])('speed %i: from a whole place, what one that is a hair off reads', (ratio) => {
    const count = 2000;
    const sources = [noise(12_000, 1, 'left'), noise(12_000, 1, 'right')];
    const [whole, off] = [70, 70 + 1e-9].map((position) => renderGrains(sources, position, ratio, count));
    expect(whole[0]).not.toEqual(whole[1]);
    for (const [c, channel] of whole.entries()) {
      for (let n = 0; n < count; n++) expect(Math.abs(channel[n] - off[c][n])).toBeLessThan(1e-6);
    }
  });
});
