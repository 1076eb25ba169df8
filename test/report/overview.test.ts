import { describe, expect, it } from 'vitest';
import { overviewOf, reduced } from '../../src/report/overview.ts';
import {
  axisHertz,
  axisPlace,
  BAND_COUNT,
  COLUMN_COUNT,
  packOverview,
  REDUCED_BYTES,
  STEPS,
  unpackOverview,
} from '../../src/report/page/overview.ts';
import { joined, mono, noise, RATE, sines } from '../signals.ts';

/** Where the brightest band of a column lies, Hz. */
function brightest(levels: Uint8Array, column: number): number {
  const bands = [...levels.slice(column * BAND_COUNT, (column + 1) * BAND_COUNT)];
  return axisHertz((bands.indexOf(Math.max(...bands)) + 0.5) / BAND_COUNT);
}

describe('the overview', () => {
  it.each([110, 440, 1000, 5000])('shows a tone of %i Hz at its place', (frequency) => {
    const { levels } = overviewOf(mono(sines([frequency], RATE)), false);
    for (const column of [10, 50, 90]) {
      const octaves = Math.abs(Math.log2(brightest(levels, column) / frequency));
      expect(octaves).toBeLessThan(0.15);
    }
  });

  it('shows time: what comes later lies further right', () => {
    const { levels, peaks } = overviewOf(mono(joined(sines([300], RATE), sines([3000], RATE, 0.4))), false);
    expect(brightest(levels, 20)).toBeLessThan(400);
    expect(brightest(levels, 76)).toBeGreaterThan(2500);
    expect(peaks[1 + 2 * 60]).toBe(Math.round(127 * 0.2));
    expect(peaks[2 * 180]).toBe(Math.round(-127 * 0.4));
  });

  it('sees a loop round its end, and what plays once begin and end', () => {
    const tone = mono(sines([1000], RATE));
    const column = (levels: Uint8Array, at: number) =>
      Math.max(...levels.slice(at * BAND_COUNT, (at + 1) * BAND_COUNT));
    const loop = overviewOf(tone, true).levels;
    const once = overviewOf(tone, false).levels;
    expect(column(loop, COLUMN_COUNT - 1)).toBe(STEPS - 1);
    expect(column(once, COLUMN_COUNT - 1)).toBeLessThan(STEPS - 1);
  });

  it('comes back from its bytes', () => {
    const overview = overviewOf(
      { sampleRate: RATE, channels: [noise(9000, 0.9), noise(9000, 0.1, 2)] },
      true,
    );
    expect(unpackOverview(packOverview(overview))).toEqual(overview);
  });

  it('is a third as heavy where it is reduced, and shows the same', () => {
    const sound = mono(joined(sines([300], RATE), sines([3000], RATE, 0.4)));
    const small = reduced(overviewOf(sound, false));
    const bytes = packOverview(small);
    expect(bytes).toHaveLength(REDUCED_BYTES);
    expect(unpackOverview(bytes)).toEqual(small);
    const bandCount = BAND_COUNT / 2;
    const loudest = (column: number) => {
      const bands = [...small.levels.slice(column * bandCount, (column + 1) * bandCount)];
      return axisHertz((bands.indexOf(Math.max(...bands)) + 0.5) / bandCount);
    };
    expect(Math.abs(Math.log2(loudest(10) / 300))).toBeLessThan(0.3);
    expect(Math.abs(Math.log2(loudest(38) / 3000))).toBeLessThan(0.3);
    expect(small.peaks[1 + 2 * 30]).toBe(Math.round(127 * 0.2));
    expect(small.peaks[2 * 90]).toBe(Math.round(-127 * 0.4));
  });

  it.each([1, 3, 200])('is one of %i frames too, of silence, and of low rates', (frames) => {
    const { levels, peaks } = overviewOf({ sampleRate: 8000, channels: [new Float32Array(frames)] }, true);
    expect(levels).toHaveLength(BAND_COUNT * COLUMN_COUNT);
    expect(peaks.every((peak) => peak === 0)).toBe(true);
  });

  it('has an axis that goes both ways', () => {
    for (const hertz of [40, 100, 1000, 16_000]) expect(axisHertz(axisPlace(hertz))).toBeCloseTo(hertz, 6);
    expect(axisPlace(40)).toBe(0);
    expect(axisPlace(16_000)).toBe(1);
  });
});
