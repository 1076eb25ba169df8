import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { defaultSettings } from '../../src/config/defaults.ts';
import { Random } from '../../src/dsp/random.ts';
import type { GrainPool } from '../../src/families/clouds/grain.ts';
import { drawGrains } from '../../src/families/clouds/grains.ts';
import { grainShifts } from '../../src/families/clouds/pitch.ts';
import { placeGrains } from '../../src/families/clouds/slots.ts';
import { joined, mono, noise, RATE, rms, sines } from '../signals.ts';
import { materialOf, settingsWith } from './making.ts';

const clouds = { ...defaultSettings().clouds, overlap_ratio: 0.65 };
/** Which of a source's clouds shimmers: its grains come from everywhere. */
const SHIMMERING = 2;
const dense = { grains_per_cloud: 200, overlap_ratio: 0.65 };

/** Grains of 50 to 150 ms at their own pitch from all of a source. */
function poolOf(analysis: Analysis, frames: number): GrainPool {
  return {
    analysis,
    stretches: [{ start: 0, end: frames, stability: 0.9 }],
    shortest: 0.05 * RATE,
    longest: 0.15 * RATE,
    transposition: 0,
    shift: grainShifts({ min: 0, max: 0 }, new Float32Array(12)),
  };
}

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

  it.each([
    [0.3, 86],
    [0.65, 172],
    [0.75, 240],
  ])('adds grains until they overlap by %s', (overlap_ratio, count) => {
    const settings = { ...clouds, grains_per_cloud: 10, overlap_ratio };
    expect(placeGrains(6 * RATE, 0.05 * RATE, 0.15 * RATE, settings, new Random(1)).length).toBe(count);
  });
});

describe('drawGrains', () => {
  it('takes as many grains from every part of what is steady', async () => {
    const frames = 12 * RATE;
    const { analysis } = await materialOf(mono(noise(frames, 0.2)));
    const counts = new Uint32Array(24);
    for (const part of [SHIMMERING, SHIMMERING + 3]) {
      const grains = drawGrains(
        poolOf(analysis, frames),
        6 * RATE,
        settingsWith({ clouds: { ...dense, clouds_per_source: 6 } }),
        part,
        new Random(part),
      )!;
      for (const { start, length, semitones } of grains) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start + length * 2 ** (semitones / 12)).toBeLessThanOrEqual(frames);
        if (semitones === 0) counts[Math.floor((24 * start) / (frames - 0.05 * RATE))]++;
      }
      // Neighbours on the ring lie apart in the source.
      for (let i = 1; i < grains.length; i++) {
        expect(Math.abs(grains[i].start - grains[i - 1].start)).toBeGreaterThan(0.5 * RATE);
      }
    }
    // 400 grains in 24 parts, without the layer of octaves: 17 each.
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...counts)).toBeLessThanOrEqual(30);
  });

  it('takes no grain from where hits are', async () => {
    const loud = sines([330], 2 * RATE, 0.2);
    const burst = loud.map((x, n) => x + (n > RATE && n < RATE + 200 ? (n % 2 ? 0.7 : -0.7) : 0));
    const { analysis } = await materialOf(mono(joined(loud, burst, loud)));
    expect(analysis.onsets.length).toBeGreaterThan(0);
    const pool = poolOf(analysis, 6 * RATE);
    const settings = settingsWith({ clouds: { ...dense, clouds_per_source: 3 } });
    const grains = drawGrains(pool, 6 * RATE, settings, SHIMMERING, new Random('grains'))!;
    const places = [...analysis.onsets].map((cell) => (cell + 0.5) * analysis.hop);
    for (const { start, length, semitones } of grains) {
      const span = length * 2 ** (semitones / 12);
      // At most at its edge, where its envelope leaves nothing of it.
      const inner = places.filter((place) => place > start + span / 4 && place < start + (3 * span) / 4);
      expect(inner).toEqual([]);
    }
    // Anywhere, not on a grid.
    expect(new Set(grains.map(({ start }) => start % 441)).size).toBeGreaterThan(100);
    expect(Math.max(...grains.map(({ start }) => start))).toBeGreaterThan(5 * RATE);
    expect(Math.min(...grains.map(({ start }) => start))).toBeLessThan(RATE);
  });

  it('has no moment twice at once in any layer, not even where the ring closes', async () => {
    // Places go on by √2 - 1 of the material: the 170th would be where the first is, within 4 ms of these 2 s.
    const frames = 2 * RATE;
    const { analysis } = await materialOf(mono(noise(frames, 0.2)));
    const settings = settingsWith({ clouds: { ...dense, grains_per_cloud: 170, clouds_per_source: 3 } });
    let pairs = 0;
    for (let seed = 0; seed < 8; seed++) {
      const grains = drawGrains(poolOf(analysis, frames), frames, settings, SHIMMERING, new Random(seed))!;
      for (const octave of [0, 12]) {
        const layer = grains.filter(({ semitones }) => semitones === octave);
        layer.forEach((grain, i) => {
          for (const later of layer.slice(i + 1)) {
            const distance = (later.place - grain.place + frames) % frames;
            if (distance >= grain.length && frames - distance >= later.length) continue;
            pairs++;
            const span = later.length * 2 ** (octave / 12);
            expect(Math.abs(later.start - grain.start)).toBeGreaterThanOrEqual(span / 8);
          }
        });
      }
    }
    expect(pairs).toBeGreaterThan(5000);
  });

  it('draws until a grain is as good as grain_quality_threshold asks', async () => {
    // Half of the material is 14 dB down: worth 0.28 to a grain.
    const [loud, quiet] = [0.2, 0.04].map((amplitude) => sines([330], 3 * RATE, amplitude));
    const { analysis } = await materialOf(mono(joined(loud, quiet)));
    const fromQuiet = (grain_quality_threshold: number) => {
      const settings = settingsWith({
        clouds: { ...dense, clouds_per_source: 3 },
        pre_analysis: { grain_quality_threshold },
      });
      const grains = drawGrains(
        poolOf(analysis, 6 * RATE),
        6 * RATE,
        settings,
        SHIMMERING,
        new Random('quiet'),
      )!;
      return grains.filter(({ start }) => start > 3 * RATE).length / grains.length;
    };
    expect(fromQuiet(0.1)).toBeGreaterThan(0.3);
    expect(fromQuiet(0.6)).toBeLessThan(0.1);
  });

  it.each(['at the start', 'at the end'])(
    'gives what was drawn silent a place of its own near what sounds %s, within the stretch',
    async (where) => {
      const [tone, rest] = [sines([330], RATE, 0.2), new Float32Array(39 * RATE)];
      const signal = where === 'at the start' ? joined(tone, rest) : joined(rest, tone);
      const { analysis } = await materialOf(mono(signal));
      const pool = {
        ...poolOf(analysis, 40 * RATE),
        shift: grainShifts({ min: 7, max: 7 }, new Float32Array(12)),
      };
      const settings = settingsWith({ clouds: { clouds_per_source: 3, grains_per_cloud: 60 } });
      const grains = drawGrains(pool, 6 * RATE, settings, SHIMMERING, new Random('silent'))!;
      grains.forEach(({ start, length, semitones }) => {
        const end = start + length * 2 ** (semitones / 12);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(40 * RATE);
        expect(rms(signal, start, Math.floor(end))).toBeGreaterThan(0.01);
      });
      // One in forty draws sounds: two in three grains found nothing in sixteen.
      expect(new Set(grains.map(({ start }) => start)).size).toBeGreaterThan(0.95 * grains.length);
    },
  );
});
