import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { stableRegions } from '../../src/analysis/stability.ts';
import { defaultSettings } from '../../src/config/defaults.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { chord, joined, mono, plucks, RATE, sine } from '../signals.ts';

const limits = defaultSettings().pre_analysis;

async function regionsOf(samples: Float32Array, changes: Partial<typeof limits> = {}) {
  const analysis = await analyse(soundReader(mono(samples)));
  return stableRegions(analysis, { ...limits, ...changes });
}

const times = Array.from({ length: 24 }, (_, i) => i / 6);
const busy = plucks(times, 900, 4 * RATE, 0.5);
const pad = chord([45, 52, 57, 60], 6 * RATE);

describe('stable regions', () => {
  it('are the pad between the melodies', async () => {
    const { regions, fallback, windowCount } = await regionsOf(joined(busy, pad, busy));
    expect(fallback).toBe(false);
    expect(windowCount).toBe(27);
    expect(regions.length).toBe(1);
    expect(Math.abs(regions[0].start / RATE - 4)).toBeLessThan(1);
    expect(Math.abs(regions[0].end / RATE - 10)).toBeLessThan(1);
    expect(regions[0].stability).toBeGreaterThan(0.6);
  });

  it('say which gate refused how many windows', async () => {
    expect((await regionsOf(busy)).excluded.max_onset_rate_hz).toBe(7);
    expect((await regionsOf(busy)).excluded.skip_transient_regions).toBe(7);
    expect(
      (
        await regionsOf(
          pad.map((x) => x / 100),
          { min_rms_db: -40 },
        )
      ).excluded,
    ).toEqual({ min_rms_db: 11 });
    expect((await regionsOf(sine(300, 3 * RATE, 0.9), { max_rms_db: -10 })).excluded.max_rms_db).toBe(5);
    expect((await regionsOf(sine(300, 3 * RATE, 0.2), { centroid_low_hz: 1000 })).excluded).toEqual({
      centroid_low_hz: 5,
    });
    expect((await regionsOf(new Float32Array(2 * RATE))).excluded).toEqual({ silent: 3 });
  });

  it('follow the level of the source: what is far under it is refused, loud alone is no fault', async () => {
    const soft = pad.map((x) => x / 30);
    for (const gain of [1, 0.01, 1.9]) {
      const { excluded } = await regionsOf(joined(pad, soft).map((x) => x * gain));
      expect(excluded.min_rms_db).toBe(10);
      expect(excluded.max_rms_db).toBeUndefined();
    }
    expect(
      (
        await regionsOf(
          joined(
            pad,
            pad.map((x) => x / 10),
          ),
        )
      ).excluded.min_rms_db,
    ).toBeUndefined();
  });

  it('are no shorter than min_stable_windows in a row', async () => {
    const short = joined(busy, pad.slice(0, 2 * RATE), busy);
    expect((await regionsOf(short, { min_stable_windows: 2 })).regions.length).toBe(1);
    const strict = await regionsOf(short, { min_stable_windows: 5 });
    expect(strict.fallback).toBe(true);
  });

  it('heed the switches', async () => {
    const clipped = pad.slice().fill(1, 3.25 * RATE, 3.25 * RATE + 5);
    expect((await regionsOf(clipped, { skip_clipped_regions: true })).excluded.skip_clipped_regions).toBe(2);
    expect((await regionsOf(clipped, { skip_clipped_regions: false })).excluded.skip_clipped_regions).toBe(
      undefined,
    );
    const whole = await regionsOf(busy, { enabled: false });
    expect(whole.regions).toMatchObject([{ start: 0, end: 4 * RATE }]);
  });

  it('fall back on the calmest clean windows', async () => {
    const { regions, fallback } = await regionsOf(
      joined(busy, plucks([0.1, 0.6, 1.1, 1.6], 500, 2 * RATE, 0.5), busy),
    );
    expect(fallback).toBe(true);
    expect(regions.length).toBeGreaterThan(0);
    for (const { start, end } of regions) {
      expect(start / RATE).toBeGreaterThanOrEqual(3.5);
      expect(end / RATE).toBeLessThanOrEqual(6.5);
    }
    // Silence is never fallen back on.
    expect(await regionsOf(new Float32Array(RATE))).toMatchObject({ regions: [], fallback: false });
  });

  it('cover a source shorter than a window', async () => {
    const { regions, windowCount } = await regionsOf(pad.slice(0, RATE / 3));
    expect(windowCount).toBe(1);
    expect(regions).toMatchObject([{ start: 0, end: RATE / 3 }]);
  });

  it('rate stillness: a held chord above a busy melody', async () => {
    const still = (await regionsOf(pad)).regions[0].stability;
    const moving = (await regionsOf(busy, { enabled: false })).regions[0].stability;
    expect(still).toBeGreaterThan(moving + 0.2);
  });
});
