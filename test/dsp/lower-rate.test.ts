import { describe, expect, it } from 'vitest';
import { atLowerRate, reachAt } from '../../src/dsp/lower-rate.ts';
import { noise, RATE, sine, toneAndRest } from '../signals.ts';

/** From 44.1 kHz to 32, 22.05 and 16 kHz; a loop's, which no two numbers of samples share; far down. */
const RATIOS = [1.378125, 2, 2.75625, 2.7561937, 4];

function read(frequency: number, ratio: number) {
  const count = 3000;
  return atLowerRate(sine(frequency, 600 + Math.ceil(count * ratio)), 300.37, ratio, count);
}

describe('a lower rate', () => {
  it.each(RATIOS)('by %f: flat within 0.05 dB to 0.75, all else under -53 dB', (ratio) => {
    const nyquist = RATE / 2 / ratio;
    for (const part of [0.02, 0.3, 0.75]) {
      const { toneDb, restDb } = toneAndRest(read(part * nyquist, ratio), part * nyquist * ratio);
      expect(Math.abs(toneDb)).toBeLessThan(0.05);
      expect(restDb).toBeLessThan(-53);
    }
  });

  it.each(RATIOS)('by %f: nothing folds back above -52 dB', (ratio) => {
    const nyquist = RATE / 2 / ratio;
    for (const part of [1.01, 1.07, 1.2, 1.7, 2.5].filter((part) => part < ratio)) {
      const peak = read(part * nyquist, ratio).reduce((max, y) => Math.max(max, Math.abs(y)), 0);
      expect(20 * Math.log10(peak)).toBeLessThan(-52);
    }
  });

  it('goes on between blocks as if there were none, and needs no more than it says', () => {
    const source = noise(40_000);
    // Of no place is another filter as near.
    for (const ratio of [1.50017, 3.30017]) {
      const whole = atLowerRate(source, 100, ratio, 9000);
      const [place, reach] = [100 + 8000 * ratio, reachAt(ratio)];
      const first = Math.floor(place) - reach;
      const part = source.subarray(first, Math.ceil(place + 99 * ratio) + reach + 1);
      expect(atLowerRate(part, place - first, ratio, 100)).toEqual(whole.subarray(8000, 8100));
    }
  });

  it('is silent outside the source, and takes no ratio that is none', () => {
    const output = atLowerRate(noise(100), -500, 2, 1000);
    expect(output.subarray(0, 200).every((y) => y === 0)).toBe(true);
    expect(output.subarray(400).every((y) => y === 0)).toBe(true);
    for (const ratio of [0.99, 65, Number.NaN])
      expect(() => atLowerRate(noise(9), 0, ratio, 4)).toThrow(RangeError);
  });
});
