import { describe, expect, it } from 'vitest';
import { layersTexture, sourceDistance, sourceTexture } from '../../src/analysis/source-texture.ts';
import { textureDistance } from '../../src/analysis/texture-distance.ts';
import { textureStatistics } from '../../src/analysis/texture-statistics.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { chord, mixed, mono, noise, RATE, sine } from '../signals.ts';

const of = (sound: Sound) => textureStatistics([sound]);

/** Noise that goes up and down by `depth`, so many times a second. */
const trembling = (seconds: number, hertz: number, depth: number, seed = 'trembling') =>
  noise(seconds * RATE, 0.1, seed).map(
    (value, n) => value * (1 - depth * (0.5 + 0.5 * Math.cos((2 * Math.PI * hertz * n) / RATE))),
  );

describe('texture statistics', () => {
  const still = of(mono(noise(3 * RATE, 0.1)));
  const distanceTo = (samples: Float32Array) => textureDistance(still, of(mono(samples)));

  it('say where a movement is: in its octave', () => {
    const { modulations } = of(mono(trembling(3, 6, 0.8)));
    const octaves = Array.from({ length: 7 }, (_, octave) => modulations[12 * 7 + octave]);
    expect(octaves.indexOf(Math.max(...octaves))).toBe(3);
  });

  it('are those of the sound at any level and in any number of channels', () => {
    const samples = noise(3 * RATE, 0.1);
    expect(distanceTo(samples.map((value) => value / 30))).toBeLessThan(0.001);
    const stereo = of({
      sampleRate: RATE,
      channels: [samples, samples.map((value) => -value)],
    });
    expect(textureDistance(still, stereo)).toBeLessThan(0.001);
  });

  it('are near for another stretch of one noise, and far for what moves, is tuned, or has another colour', () => {
    const near = distanceTo(noise(3 * RATE, 0.1, 'another'));
    expect(near).toBeLessThan(0.3);
    expect(distanceTo(trembling(3, 6, 0.8))).toBeGreaterThan(3 * near);
    expect(distanceTo(chord([48, 55, 64], 3 * RATE, 0.1))).toBeGreaterThan(3 * near);
    let last = 0;
    const dull = noise(3 * RATE, 0.1).map((value) => (last = value + 0.95 * last));
    expect(distanceTo(dull)).toBeGreaterThan(2 * near);
  });

  it('tell bands that move together from bands that move apart', () => {
    const half = (hertz: number, phase: number) =>
      sine(hertz, 3 * RATE, 0.1).map(
        (value, n) => value * (1 + 0.5 * Math.sin((2 * Math.PI * 3 * n) / RATE + phase)),
      );
    const together = of(mono(mixed(half(300, 0), half(3000, 0))));
    const apart = of(mono(mixed(half(300, 0), half(3000, Math.PI))));
    const largest = together.correlations.map((value, i) => Math.abs(value - apart.correlations[i]));
    expect(Math.max(...largest)).toBeGreaterThan(1.8);
  });

  it('are numbers for silence and for what is shorter than a window', () => {
    for (const samples of [new Float32Array(3 * RATE), noise(300)]) {
      const statistics = of(mono(samples));
      for (const values of Object.values(statistics)) expect(values.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('the distance from a source', () => {
  const source = sourceTexture([mono(trembling(10, 1.3, 0.6))])!;

  it('is about 1 for more of the same, and large for something else', () => {
    expect(sourceDistance(mono(trembling(6, 1.3, 0.6, 'more')), source)).toBeLessThan(1.3);
    expect(sourceDistance(mono(trembling(6, 9, 0.9, 'other')), source)).toBeGreaterThan(2);
    expect(sourceDistance(mono(chord([50, 57, 62], 6 * RATE, 0.1)), source)).toBeGreaterThan(3);
  });

  it('lets a loop shorter than its stretches go round', () => {
    expect(sourceDistance(mono(trembling(1, 1, 0.6, 'short')), source)).toBeLessThan(1.6);
  });

  it('takes parts from anywhere, and does not hear where they end', () => {
    const parts = Array.from({ length: 14 }, (_, i) => mono(noise(0.5 * RATE, 1, i)));
    const ofParts = sourceTexture(parts)!;
    const [one, other] = [ofParts, sourceTexture([mono(noise(7 * RATE))])!].map(({ spread }) => spread);
    expect(ofParts.stretches).toHaveLength(2);
    expect(one).toBeCloseTo(other, 6);
    expect(sourceDistance(mono(noise(6 * RATE, 1, 'whole')), ofParts)).toBeLessThan(1.1);
  });

  it('is unknown where the source is too short', () => {
    expect(sourceTexture([mono(noise(RATE)), mono(noise(0.9 * RATE))])).toBeNull();
  });

  it('is from half way between two layers what lies over one another, and more what has something of neither', () => {
    const tones = chord([50, 57, 62], 4 * RATE, 0.1);
    const breath = noise(1.5 * RATE, 0.03, 'breath');
    const layers = layersTexture([mono(tones), mono(breath)]);
    const laid = tones.map((x, n) => x + breath[n % breath.length]);
    const struck = laid.map((x, n) => x + (n % 6000 < 300 ? 0.5 * Math.sin(n / 3) : 0));
    expect(sourceDistance(mono(tones), layers)).toBeCloseTo(0.5, 1);
    expect(sourceDistance(mono(laid), layers)).toBeLessThan(0.75);
    expect(sourceDistance(mono(struck), layers)).toBeGreaterThan(1);
  });
});
