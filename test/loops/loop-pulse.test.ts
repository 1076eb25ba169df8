import { describe, expect, it } from 'vitest';
import { closeLoop } from '../../src/loops/close.ts';
import { isWholePulse } from '../../src/loops/loop-pulse.ts';
import { chord, mixed, noise, RATE } from '../signals.ts';

/** Gain over one period, 0 to 1. */
const SHAPES = {
  sine: (place: number) => 0.5 - 0.5 * Math.cos(2 * Math.PI * place),
  triangle: (place: number) => 1 - Math.abs(2 * place - 1),
  sidechain: (place: number) => 1 - Math.exp(-4 * place),
};

const pulsing = (shape: keyof typeof SHAPES, hz: number, depthDb: number) => {
  const low = 10 ** (-depthDb / 20);
  return mixed(chord([45, 52, 57], 6 * RATE, 0.2), noise(6 * RATE, 0.005)).map(
    (x, n) => x * (low + (1 - low) * SHAPES[shape](((n * hz) / RATE) % 1)),
  );
};

const closed = (music: Float32Array, lengthSlack = 0.2 * RATE) =>
  closeLoop(
    { sampleRate: RATE, channels: [music] },
    {
      start: 2 * RATE,
      length: 2 * RATE,
      startSlack: 8000,
      lengthSlack,
      pulseSlack: 0.9 * RATE,
      fade: 4410,
    },
  )!;

describe('a loop over a steady pulse', () => {
  it.each([
    ['sine', 0.7, 10],
    ['sidechain', 1.5, 12],
    ['triangle', 2.13, 6],
    ['sine', 5.1, 8],
  ] as const)('holds whole periods of a %s at %d Hz, %d dB deep', (shape, hz, depthDb) => {
    const { length, pulse } = closed(pulsing(shape, hz, depthDb));
    const periods = (length * hz) / RATE;
    const offMs = (1000 * Math.abs(periods - Math.round(periods))) / hz;
    expect(offMs).toBeLessThan(Math.max(20, 30 / hz));
    expect(pulse!.hz).toBeCloseTo(hz, 1);
    expect(isWholePulse(pulse!)).toBe(true);
  });

  it('keeps an exact length, and says by how much its pulse is off', () => {
    const { length, pulse } = closed(pulsing('sine', 1.7, 10), 0);
    expect(length).toBe(2 * RATE);
    // Three periods last 1.765 s, four 2.353 s.
    expect(pulse!.errorMs).toBeGreaterThan(200);
    expect(isWholePulse(pulse!)).toBe(false);
  });

  it('finds no pulse in a held chord, nor in noise', () => {
    expect(closed(mixed(chord([45, 52, 57], 6 * RATE, 0.2), noise(6 * RATE, 0.005))).pulse).toBeNull();
    expect(closed(noise(6 * RATE, 0.2)).pulse).toBeNull();
  });
});
