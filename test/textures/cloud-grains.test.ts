import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { Random } from '../../src/dsp/random.ts';
import { drawGrains, placeGrains } from '../../src/textures/cloud-grains.ts';
import { grainShifts } from '../../src/textures/cloud-pitch.ts';
import { joined, mono, RATE, sines } from '../signals.ts';
import { materialOf, settingsWith } from './making.ts';

const { clouds } = defaultSettings();

describe('placeGrains', () => {
  it('covers the ring whatever is asked: every grain reaches into the next', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 300_000 }),
        fc.integer({ min: 50, max: 3000 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.double({ min: 0.01, max: 0.95, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        (frames, shortest, more, overlap_ratio, grains_per_cloud) => {
          const settings = { ...clouds, overlap_ratio, grains_per_cloud };
          const longest = Math.min(frames, shortest + more);
          const placed = placeGrains(
            frames,
            Math.min(shortest, longest),
            longest,
            settings,
            new Random('places'),
          );
          expect(placed.length).toBeGreaterThanOrEqual(grains_per_cloud);
          placed.forEach(({ place, length }, i) => {
            const next = placed[(i + 1) % placed.length].place;
            const distance = (next - place + frames) % frames;
            // A lone grain, or two that jitter into one place, stand for the whole ring.
            if (placed.length > 1 && distance < frames / 2) expect(length).toBeGreaterThanOrEqual(distance);
            expect(length).toBeLessThanOrEqual(Math.max(longest, shortest) + 1);
          });
        },
      ),
    );
  });

  it('spreads the asked number evenly where they overlap enough, and adds where not', () => {
    const place = (grains_per_cloud: number) =>
      placeGrains(6 * RATE, 0.05 * RATE, 0.15 * RATE, { ...clouds, grains_per_cloud }, new Random(1));
    expect(place(200).length).toBe(200);
    expect(place(600).length).toBe(600);
    // 6 s of grains of 0.1 s that overlap by 0.65: one every 35 ms.
    expect(place(10).length).toBe(172);
  });
});

describe('drawGrains', () => {
  it('takes no grain from where hits are, and none twice at once', async () => {
    const loud = sines([330], 2 * RATE, 0.2);
    const burst = loud.map((x, n) => x + (n > RATE && n < RATE + 200 ? (n % 2 ? 0.7 : -0.7) : 0));
    const { analysis } = await materialOf(mono(joined(loud, burst, loud)));
    expect(analysis.onsets.length).toBeGreaterThan(0);
    const pool = {
      analysis,
      stretches: [{ start: 0, end: 6 * RATE, stability: 0.9 }],
      shortest: 0.05 * RATE,
      longest: 0.15 * RATE,
      transposition: 0,
      shift: grainShifts({ min: 0, max: 0 }, new Float32Array(12)),
    };
    const settings = settingsWith({ clouds: { clouds_per_source: 1 } });
    const grains = drawGrains(pool, 6 * RATE, settings, 0, new Random('grains'))!;
    const places = [...analysis.onsets].map((cell) => (cell + 0.5) * analysis.hop);
    for (const { start, length } of grains) {
      expect(places.some((place) => place > start && place < start + length)).toBe(false);
    }
    grains.forEach(({ start, length }, i) => {
      const next = grains[(i + 1) % grains.length];
      expect(Math.abs(next.start - start)).toBeGreaterThan(length / 16);
    });
    // Anywhere, not on a grid.
    expect(new Set(grains.map(({ start }) => start % 441)).size).toBeGreaterThan(100);
    expect(Math.max(...grains.map(({ start }) => start))).toBeGreaterThan(5 * RATE);
    expect(Math.min(...grains.map(({ start }) => start))).toBeLessThan(RATE);
  });
});
