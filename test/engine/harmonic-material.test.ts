import { expect, it } from 'vitest';
import { partReader } from '../../src/analysis/harmonic-reader.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { openHarmonicMaterial } from '../../src/engine/harmonic-material.ts';
import { makePads } from '../../src/families/pads/make.ts';
import { isTexture, type Made } from '../../src/families/texture.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { materialOf, settingsWith } from '../families/making.ts';
import { chord, joined, mixed, noise, RATE } from '../signals.ts';

/** Two chords of seven seconds under drums that never stop: bursts of noise, six a second. */
const drums = noise(14 * RATE, 0.5, 'drums').map(
  (x, n) => x * Math.exp(-(n % Math.round(RATE / 6)) / (0.025 * RATE)),
);
const song = mixed(joined(chord([45, 52, 57, 61], 7 * RATE), chord([50, 57, 62, 65], 7 * RATE)), drums);
const sound = { sampleRate: RATE, channels: [song, song.map((x) => 0.5 * x)] };
const settings = settingsWith({ pre_analysis: { separate: 'harmonic' } });

async function pads(material: Parameters<typeof makePads>[0]) {
  const made: Made[] = [];
  for await (const one of makePads(material, settings)) made.push(one);
  return made.filter(isTexture);
}

it('gives pads where the drums never stop', async () => {
  const whole = await materialOf(sound);
  expect(await pads(whole)).toHaveLength(0);
  const { material, close } = await openHarmonicMaterial(nodePlatform, whole, () => {});
  const [first, ...others] = await pads(material);
  expect(others.length).toBeGreaterThanOrEqual(1);
  // Its sides are one sound at two levels, and so are the pad's.
  const [left, right] = first.sound.channels;
  const most = left.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);
  for (let n = 0; n < left.length; n += 97)
    expect(Math.abs(right[n] - 0.5 * left[n])).toBeLessThan(1e-5 * most + 1e-7);
  await close();
});

it('keeps the very samples of the harmonic part, and the beat of the whole', async () => {
  const whole = await materialOf(sound);
  const shares: number[] = [];
  const { material, close } = await openHarmonicMaterial(nodePlatform, whole, (share) => shares.push(share));
  expect(material.analysis.tempo).toBe(whole.analysis.tempo);
  expect(material.reader.frameCount).toBe(14 * RATE);
  // Across the edge of a block.
  const from = 2 ** 19 - 400;
  const kept = await material.reader.read(from, 1000);
  const fresh = await partReader(soundReader(sound), 'harmonic').read(from, 1000);
  expect(kept.channels[0].findIndex((x, n) => x !== fresh.channels[0][n])).toBe(-1);
  expect(shares.every((share, i) => share > 0 && share <= 1 && (i === 0 || share >= shares[i - 1]))).toBe(
    true,
  );
  await close();
});

it('can be stopped on the way', async () => {
  const whole = await materialOf(sound);
  const stop = () => {
    throw new Error('stopped');
  };
  await expect(openHarmonicMaterial(nodePlatform, whole, stop)).rejects.toThrow('stopped');
});
