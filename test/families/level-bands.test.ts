import { describe, expect, it } from 'vitest';
import { levelBands } from '../../src/families/beds/level-bands.ts';
import { makeBeds } from '../../src/families/beds/make.ts';
import { filled, mono, noise, RATE, rms, sine } from '../signals.ts';
import { allOf, settingsWith } from './making.ts';

const STRETCH = { step: 2 * RATE, overlap: RATE / 2, fadeOut: RATE / 2 };
/** Two stretches of a source of 6 s on a ring of 4, the second 6 dB softer. */
const SOUNDING = [
  { ...STRETCH, start: 0, place: 0, gain: 1 },
  { ...STRETCH, start: 3 * RATE, place: 2 * RATE, gain: 0.5 },
];
const tone = sine(440, 6 * RATE, 0.3);
const trembling = (samples: Float32Array, hertz: number) =>
  samples.map((x, n) => x * (1 + 0.6 * Math.cos((2 * Math.PI * hertz * n) / RATE)));

/** Level of the k-th tenth of a second, dB. */
const levelAt = (samples: Float32Array, k: number) =>
  20 * Math.log10(rms(samples, (k * RATE) / 10, ((k + 1) * RATE) / 10) / rms(tone));

describe('the bands of a woven bed', () => {
  it('are as loud as what is played, whatever trembles or beats on the ring', () => {
    const ring = trembling(tone.subarray(0, 4 * RATE), 3);
    levelBands(mono(ring), SOUNDING, mono(tone));
    for (let k = 6; k < 19; k++) expect(levelAt(ring, k)).toBeCloseTo(0, 0);
    for (let k = 26; k < 38; k++) expect(levelAt(ring, k)).toBeCloseTo(-6, 0);
  });

  it('move as what is played does', () => {
    const source = trembling(tone, 1);
    const ring = tone.slice(0, 4 * RATE);
    levelBands(mono(ring), SOUNDING, mono(source));
    for (let k = 6; k < 19; k++) expect(levelAt(ring, k)).toBeCloseTo(levelAt(source, k), 0);
  });

  it('stay as they are where nothing sounds', () => {
    const ring = new Float32Array(4 * RATE);
    levelBands(mono(ring), SOUNDING, mono(new Float32Array(6 * RATE)));
    expect(ring.every((x) => x === 0)).toBe(true);
  });
});

it('a woven bed of a note with vibrato is as even as the note', async () => {
  const frames = 5 * RATE;
  const breath = noise(frames, 1e-3, 'breath');
  // A fifth of a semitone either way, five times a second.
  const depth = (550 * (2 ** (0.2 / 12) - 1)) / 5;
  const note = filled(frames, (n) => {
    const phase = (2 * Math.PI * 550 * n) / RATE + depth * Math.sin((2 * Math.PI * 5 * n) / RATE);
    return 0.2 * (Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.3 * Math.sin(3 * phase)) + breath[n];
  });
  const beds = { duration_sec: 8, shortest_stretch_sec: 2, longest_stretch_sec: 3 };
  const { textures } = await allOf(makeBeds, mono(note), settingsWith({ beds }));
  const levels = Array.from({ length: 80 }, (_, k) => levelAt(textures[0].sound.channels[0], k));
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(3);
});
