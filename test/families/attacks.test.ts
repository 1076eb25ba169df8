import { describe, expect, it } from 'vitest';
import { findAttacks } from '../../src/families/shared/attacks.ts';
import { mono, noise, RATE } from '../signals.ts';
import { materialOf } from './making.ts';

/** Noise whose power jumps at the times and decays slowly between them. */
function hits(times: readonly number[], frames: number): Float32Array {
  const places = times.map((time) => Math.round(time * RATE));
  return noise(frames, 0.5).map((x, n) => {
    const last = places.filter((place) => place <= n).at(-1);
    return last === undefined ? x * 1e-4 : x * Math.exp((last - n) / (0.15 * RATE));
  });
}

async function attacksOf(samples: Float32Array, from = 0): Promise<number[]> {
  const { analysis } = await materialOf(mono(samples));
  const power = samples.subarray(from).map((x) => x * x);
  return findAttacks(power, from, analysis).map((attack) => attack / RATE);
}

describe('findAttacks', () => {
  it('finds attacks to a millisecond, also over the decay of the hit before', async () => {
    const times = [0.3, 0.55, 0.8, 1.2];
    const attacks = await attacksOf(hits(times, 2 * RATE));
    expect(attacks.length).toBe(times.length);
    attacks.forEach((attack, i) => {
      expect(Math.abs(attack - times[i])).toBeLessThan(0.0015);
    });
  });

  it('counts from the beginning of the excerpt', async () => {
    const attacks = await attacksOf(hits([0.3, 1.2], 2 * RATE), RATE);
    expect(attacks.length).toBe(1);
    expect(attacks[0]).toBeCloseTo(0.2, 2);
  });

  it('hears a sound that begins at once, and nothing in silence', async () => {
    expect(await attacksOf(hits([0], RATE / 2))).toEqual([0]);
    expect(await attacksOf(new Float32Array(RATE))).toEqual([]);
  });
});
