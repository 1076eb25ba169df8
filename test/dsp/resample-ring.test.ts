import { describe, expect, it } from 'vitest';
import { resampleRing } from '../../src/dsp/resample-ring.ts';
import { errorDb, mono, rotated, sine } from '../signals.ts';

describe('resampleRing', () => {
  it.each([
    [44_100, 48_000, 20_000],
    [48_000, 44_100, 20_000],
    [96_000, 44_100, 31_337],
    [44_100, 46_875, 9973],
    [8000, 48_000, 801],
    [44_100, 22_050, 4001],
  ])('brings a ring from %i to %i Hz (%i frames), round its end', (from, to, frames) => {
    const cycles = Math.round(frames / 40);
    const ring = mono(sine(cycles, frames, 0.5, frames, 0.4), from);
    const { channels, sampleRate } = resampleRing(ring, to);
    const length = Math.round((frames * to) / from);
    expect(sampleRate).toBe(to);
    expect(channels[0]).toHaveLength(length);
    // The same whole cycles on a ring of another length: no place knows where the file ends.
    expect(errorDb(channels[0], sine(cycles, length, 0.5, length, 0.4))).toBeLessThan(-75);
  });

  it('knows no beginning: a turned ring comes out turned', () => {
    const frames = 8820;
    const ring = sine(31, frames, 0.3, frames).map((x, n) => x + (n % 441 === 0 ? 0.4 : 0));
    const whole = resampleRing(mono(ring), 48_000);
    const turned = resampleRing(mono(rotated(ring, 4410)), 48_000);
    expect(errorDb(turned.channels[0], rotated(whole.channels[0], 4800))).toBeLessThan(-100);
  });

  it('leaves a ring of that rate as it is, and takes the shortest', () => {
    const ring = mono(new Float32Array([0.5, -0.5]));
    expect(resampleRing(ring, 44_100)).toBe(ring);
    expect(resampleRing(mono(new Float32Array([0.25])), 48_000).channels[0]).toEqual(
      new Float32Array([0.25]),
    );
  });

  it('keeps channels apart', () => {
    const frames = 4410;
    const sound = { sampleRate: 44_100, channels: [sine(40, frames, 0.5, frames), new Float32Array(frames)] };
    const { channels } = resampleRing(sound, 48_000);
    expect(Math.max(...channels[1])).toBe(0);
    expect(errorDb(channels[0], sine(40, 4800, 0.5, 4800))).toBeLessThan(-75);
  });
});
