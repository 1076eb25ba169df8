import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { Random } from '../../src/dsp/random.ts';
import { drawGrains } from '../../src/families/clouds/grains.ts';
import { grainShifts } from '../../src/families/clouds/pitch.ts';
import { renderCloud } from '../../src/families/clouds/ring.ts';
import { backToSource } from '../../src/families/clouds/source-colour.ts';
import { chord, mono, noise, RATE } from '../signals.ts';
import { materialOf } from './making.ts';

const centresHz = [125, 250, 500, 1000, 2000, 4000, 7500];
const ring = { centresHz, levelsDb: Float32Array.from([0, 0, 0, 0, 0, -20, -90]) };

describe('backToSource', () => {
  it('brings every band to its level in the source, whatever the level of the whole', () => {
    const source = Float32Array.from([-37, -40, -40, -40, -42, -60, -130]);
    expect([...backToSource(ring, source, 0)]).toEqual([3, 0, 0, 0, -2, 0, 0]);
  });

  it('goes no further than 6 dB, and leaves what nobody hears and what the low-pass takes', () => {
    const source = Float32Array.from([20, 0, 0, 0, 0, -40, 0]);
    expect([...backToSource(ring, source, 0)]).toEqual([6, 0, 0, 0, 0, -6, 0]);
    expect([...backToSource(ring, source, 3000)]).toEqual([6, 0, 0, 0, 0, 0, 0]);
  });
});

/** Level of all above a frequency against all below, dB, of differences of neighbours: enough to tell a bright sound. */
function brightness(samples: Float32Array): number {
  let [all, high] = [0, 0];
  for (let n = 1; n < samples.length; n++) {
    all += samples[n] ** 2;
    high += (samples[n] - samples[n - 1]) ** 2;
  }
  return 10 * Math.log10(high / all);
}

it('a cloud of dull moments of a source is as bright as the whole of it', () => {
  const dull = noise(4 * RATE, 0.05);
  for (let n = 1; n < dull.length; n++) dull[n] = 0.7 * dull[n - 1] + 0.3 * dull[n];
  const bright = noise(4 * RATE, 0.05, 'bright');
  const whole = new Float32Array(8 * RATE);
  whole.set(dull);
  whole.set(bright, dull.length);
  const grains = Array.from({ length: 12 }, (_, i) => ({
    place: i * 11_025,
    length: 30_000,
    stretch: 0,
    start: 1000 + 9000 * i,
    semitones: 0,
    amplitude: 1,
    gain: 1,
    pan: 0,
  }));
  const cloudOf = (source: Float32Array) =>
    renderCloud(grains, [{ start: 0, sound: mono(source) }], 3 * RATE, 0, 0, 0).channels[0];
  const [alone, ofWhole] = [brightness(cloudOf(dull)), brightness(cloudOf(whole))];
  expect(alone).toBeLessThan(brightness(dull) + 1);
  expect(ofWhole).toBeGreaterThan(alone + 1.5);
});

it('lays an octave over a shimmering cloud, and takes no grain of the others for it', async () => {
  const { analysis } = await materialOf(mono(chord([45, 52, 57], 8 * RATE)));
  const pool = {
    analysis,
    stretches: [{ start: 0, end: 8 * RATE, stability: 0.9 }],
    shortest: 0.4 * RATE,
    longest: 1.2 * RATE,
    transposition: 0,
    shift: grainShifts({ min: 0, max: 0 }, new Float32Array(12)),
  };
  const [drifting, , shimmering] = [0, 1, 2].map(
    (part) => drawGrains(pool, 6 * RATE, defaultSettings(), part, new Random('octaves', part))!,
  );
  expect(drifting.length).toBeGreaterThan(0);
  expect(drifting.every(({ semitones, amplitude }) => semitones === 0 && amplitude === 1)).toBe(true);
  const [under, over] = [0, 12].map((octave) => shimmering.filter(({ semitones }) => semitones === octave));
  expect(over.length).toBeGreaterThan(0);
  expect(under.length).toBe(over.length);
  expect(under.every(({ amplitude }) => amplitude === 1)).toBe(true);
  expect(over.every(({ amplitude }) => amplitude > 0.3 && amplitude < 1)).toBe(true);
});
