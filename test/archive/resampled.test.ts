import { describe, expect, it } from 'vitest';
import { resampled } from '../../src/archive/resampled.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { sines } from '../signals.ts';

describe('a reader at another rate', () => {
  const frames = 20_000;
  const source = soundReader({
    sampleRate: 48_000,
    channels: [sines([440], frames, 0.3, 48_000), sines([997], frames, 0.3, 48_000)],
  });

  it('is the reader itself where the rate is right', () => {
    expect(resampled(source, 48_000)).toBe(source);
  });

  it.each([44_100, 22_050, 96_000])('%i Hz: ranges equal the whole bit for bit', async (rate) => {
    const reader = resampled(source, rate);
    expect(reader.frameCount).toBeCloseTo((frames * rate) / 48_000, -1);
    const whole = await reader.read(0, reader.frameCount);
    for (const [start, count] of [
      [0, 10],
      [1234, 777],
      [reader.frameCount - 5, 5],
      [reader.frameCount, 0],
    ]) {
      const part = await reader.read(start, count);
      expect(part.sampleRate).toBe(rate);
      expect(part.channels).toEqual(whole.channels.map((channel) => channel.slice(start, start + count)));
    }
    await expect(reader.read(reader.frameCount, 1)).rejects.toThrow(RangeError);
  });

  it('keeps pitch and level', async () => {
    const reader = resampled(source, 44_100);
    const { channels } = await reader.read(2000, 10_000);
    const wanted = sines([440], 12_000, 0.3, 44_100).slice(2000);
    const error = Math.max(...channels[0].map((sample, n) => Math.abs(sample - wanted[n])));
    expect(error).toBeLessThan(1e-4);
  });
});
