import { describe, expect, it } from 'vitest';
import { grainQuality } from '../../src/families/clouds/grain-quality.ts';
import { joined, mixed, mono, noise, RATE, sines } from '../signals.ts';
import { materialOf, settingsWith } from './making.ts';

const gates = settingsWith({}).pre_analysis;

describe('grainQuality', () => {
  it('is 1 for a steady tone and 0 for silence', async () => {
    const { analysis } = await materialOf(mono(joined(sines([330], RATE), new Float32Array(RATE))));
    expect(grainQuality(analysis, 10_000, 15_000, gates)).toBe(1);
    expect(grainQuality(analysis, 60_000, 65_000, gates)).toBe(0);
  });

  it('falls below the default threshold at an attack, a clipped run and a steep edge', async () => {
    const tone = sines([330], RATE, 0.2);
    const burst = noise(RATE, 0.4).map((x, n) => (n < 2000 ? x : 0));
    const clipped = tone.map((x, n) => (n > 20_000 && n < 20_010 ? 1 : x));
    const { analysis } = await materialOf(mono(joined(tone, mixed(tone, burst), clipped)));
    const quality = (from: number, changes = {}) =>
      grainQuality(analysis, from, from + 4410, { ...gates, skip_clipped_regions: true, ...changes });
    expect(quality(10_000)).toBeGreaterThan(0.9);
    expect(quality(RATE - 2200)).toBeLessThan(gates.grain_quality_threshold);
    expect(quality(RATE - 2200, { skip_transient_regions: false })).toBeGreaterThan(quality(RATE - 2200));
    expect(quality(2 * RATE + 18_000)).toBeLessThan(gates.grain_quality_threshold);
    expect(quality(2 * RATE + 18_000, { skip_clipped_regions: false })).toBeGreaterThan(
      quality(2 * RATE + 18_000),
    );
  });
});
