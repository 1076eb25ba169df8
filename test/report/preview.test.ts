import { describe, expect, it } from 'vitest';
import { decodeAdpcm } from '../../src/report/page/adpcm.ts';
import { atLength } from '../../src/report/page/resample.ts';
import { previewOf } from '../../src/report/preview.ts';
import { decibels, errorDb, mono, noise, RATE, rms } from '../signals.ts';
import { ring } from './sheets.ts';

/** Odd, so that no rate divides it. */
const FRAMES = 66_149;
const OUTPUT_RATE = 48_000;

/** As the page would play it. */
function heard(sound: { sampleRate: number; channels: readonly Float32Array[] }, isLoop: boolean) {
  const preview = previewOf(sound, 'small', isLoop);
  const length = Math.round((preview.frameCount * OUTPUT_RATE) / preview.sampleRate);
  const [channel] = decodeAdpcm(preview.bytes, preview.frameCount, preview.channelCount);
  return { preview, samples: atLength(channel, length, isLoop) };
}

describe('a small preview', () => {
  it('of a loop is the same loop, at its wrap as elsewhere', () => {
    const { preview, samples } = heard(mono(ring([331, 662, 1500], FRAMES)), true);
    expect(Math.round(preview.sampleRate)).toBe(16_000);
    expect(samples).toHaveLength(Math.round((FRAMES * OUTPUT_RATE) / RATE));
    const wanted = ring([331, 662, 1500], samples.length);
    expect(errorDb(samples, wanted)).toBeLessThan(-30);
    const wrap = (signal: Float32Array) => Float32Array.from([...signal.slice(-24), ...signal.slice(0, 24)]);
    expect(errorDb(wrap(samples), wrap(wanted))).toBeLessThan(-30);
  });

  it('keeps the length of a loop, and so its pitch, to the sample of the output', () => {
    for (const frames of [4001, 44_100, 79_552]) {
      const { preview } = heard(mono(ring([50], frames)), true);
      expect(preview.frameCount / preview.sampleRate).toBeCloseTo(frames / RATE, 9);
    }
  });

  it('of what plays once begins and ends where it does', () => {
    const silent = new Float32Array(22_050);
    const { samples } = heard(mono(Float32Array.from([...silent, ...ring([400], 22_050)])), false);
    expect(decibels(rms(samples, 0, 23_500))).toBeLessThan(-60);
    expect(rms(samples, 24_100)).toBeCloseTo(0.3 / Math.SQRT2, 1);
  });

  it.each([
    ['dark', ring([300], FRAMES), 16_000],
    ['bright', noise(FRAMES, 0.5), 32_000],
  ])('has the rate that it needs: %s', (_, samples, rate) => {
    expect(Math.round(previewOf(mono(samples), 'small', true).sampleRate / 100)).toBe(Math.round(rate / 100));
  });

  it('is mono, of a low rate left as it is; a full one has its own channels and rate', () => {
    const sound = { sampleRate: 11_025, channels: [ring([300], 11_025), ring([400], 11_025)] };
    expect(previewOf(sound, 'small', true)).toMatchObject({ channelCount: 1, sampleRate: 11_025 });
    expect(previewOf(sound, 'full', true)).toMatchObject({ channelCount: 2, sampleRate: 11_025 });
    expect(previewOf(mono(ring([300], RATE)), 'full', true)).toMatchObject({
      channelCount: 1,
      sampleRate: RATE,
    });
  });

  it('of shortest sounds is one, too', () => {
    for (const frames of [1, 2, 17]) {
      const { samples } = heard(mono(new Float32Array(frames).fill(0.5)), true);
      expect(samples.every((value) => Math.abs(value - 0.5) < 0.05)).toBe(true);
    }
  });
});
