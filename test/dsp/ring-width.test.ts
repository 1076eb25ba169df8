import { describe, expect, it } from 'vitest';
import { butterworthHighPass, butterworthLowPass } from '../../src/dsp/butterworth.ts';
import { filterCircular } from '../../src/dsp/filter.ts';
import { Random } from '../../src/dsp/random.ts';
import { randomisePhases } from '../../src/dsp/randomise-phases.ts';
import { matchWidth } from '../../src/dsp/ring-width.ts';
import { correlation, decibels, mixed, noise, RATE, rms, sines } from '../signals.ts';

/** Noise whose sides correlate by about `low` below 2 kHz and `high` above. */
function banded(frames: number, low: number, high: number, seed: string): Float32Array[] {
  const shared = noise(frames, 1, `${seed} shared`);
  const bands = [butterworthLowPass(4, 2000, RATE), butterworthHighPass(4, 2000, RATE)];
  return ['left', 'right'].map((side) => {
    const own = noise(frames, 1, `${seed} ${side}`);
    const [below, above] = [low, high].map(
      (share, band) =>
        filterCircular(
          [shared.map((x, n) => Math.sqrt(share) * x + Math.sqrt(1 - share) * own[n])],
          bands[band],
        )[0],
    );
    return mixed(below, above);
  });
}

function likeness([left, right]: readonly Float32Array[], band: 'low' | 'high'): number {
  const sections = band === 'low' ? butterworthLowPass(4, 1000, RATE) : butterworthHighPass(4, 4000, RATE);
  return correlation(filterCircular([left], sections)[0], filterCircular([right], sections)[0]);
}

describe('matchWidth', () => {
  const source = banded(100_000, 0.9, 0.3, 'source');

  it.each([20_001, 100_000])('gives every band of a ring of %i samples the width of the source', (length) => {
    const ring = banded(length, 0.5, 0.6, 'ring');
    matchWidth(ring, source, RATE, 4);
    for (const band of ['low', 'high'] as const) {
      expect(Math.abs(likeness(ring, band) - likeness(source, band))).toBeLessThan(0.04);
    }
  });

  it('does not know where the ring begins', () => {
    const ring = banded(50_000, 0.5, 0.6, 'turned');
    const turn = (side: Float32Array) => Float32Array.from(side, (_, n) => side[(n + 7777) % side.length]);
    const turned = ring.map(turn);
    matchWidth(ring, source, RATE, 4);
    matchWidth(turned, source, RATE, 4);
    // Frames that are measured lie elsewhere, so gains differ a little.
    const difference = turn(ring[0]).map((x, n) => x - turned[0][n]);
    expect(decibels(rms(difference) / rms(ring[0]))).toBeLessThan(-35);
    const wrap = difference.subarray(difference.length - 7900, difference.length - 7600);
    expect(decibels(rms(wrap) / rms(ring[0]))).toBeLessThan(-33);
  });

  it('keeps the power of bands, also of one that is all side, and what has no sides', () => {
    const [low, high] = [sines([200], 50_000, 0.1), sines([5000], 50_000, 0.1)];
    // Low in the middle, high at the sides: neither correlates otherwise whatever its gain.
    const ring = [mixed(low, high), low.map((x, n) => x - high[n])];
    const before = ring.map((side) => side.slice());
    matchWidth(ring, source, RATE, 4);
    for (const [c, side] of ring.entries()) {
      expect(decibels(rms(side.map((x, n) => x - before[c][n])) / rms(side))).toBeLessThan(-35);
    }
    const tone = sines([440], 5000);
    const same = [tone.slice(), tone.slice()];
    matchWidth(same, [tone, tone], RATE, 4);
    expect(rms(same[0].map((x, n) => x - tone[n]))).toBeLessThan(1e-4);
    const silent = [new Float32Array(1), new Float32Array(1)];
    matchWidth(silent, source, RATE, 4);
    expect(silent[0][0]).toBe(0);
  });

  it('smears at 192 kHz', () => {
    const tone = sines([300], 400_000, 0.2, 192_000);
    const { channels } = randomisePhases(
      { sampleRate: 192_000, channels: [tone] },
      500_000,
      new Random('rate'),
    );
    expect(Math.abs(decibels(rms(channels[0]) / rms(tone)))).toBeLessThan(0.1);
  });
});
