/** A crossfade that stands out of its loop is brought among the other stretches of it. */
import { describe, expect, it } from 'vitest';
import type { Sound } from '../../src/dsp/sound.ts';
import { evenCrossfade } from '../../src/loops/even-crossfade.ts';
import { fadeRank } from '../../src/loops/fade-rank.ts';
import { noise, RATE } from '../signals.ts';

const LENGTH = 2 * RATE;
const SIDES = [noise(LENGTH, 0.2, 'left'), noise(LENGTH, 0.2, 'right')];
/** The level of the loop moves by a dB, its image by a little, all the time. */
const MOVING = SIDES.map((side, c) =>
  side.map((x, n) => {
    const turn = (2 * Math.PI * n) / RATE;
    return 10 ** (Math.sin(3 * turn) / 40) * (x + (0.1 + 0.1 * Math.sin(2 * turn)) * SIDES[1 - c][n]);
  }),
);

/** A place where the loop is as it mostly is. */
const CROSSFADE = Array.from({ length: 30 }, (_, n) => ({ start: 2205 * n, length: RATE / 4 })).find(
  (place) => fadeRank({ sampleRate: RATE, channels: MOVING }, place) < 0.7,
)!;

/** A loop whose crossfade is changed. */
function loopOf(change: (x: number, other: number) => number): Sound {
  const isIn = (n: number) => n >= CROSSFADE.start && n < CROSSFADE.start + CROSSFADE.length;
  const channels = MOVING.map((side, c) => side.map((x, n) => (isIn(n) ? change(x, MOVING[1 - c][n]) : x)));
  return { sampleRate: RATE, channels };
}

describe('evenCrossfade', () => {
  it.each([
    ['louder', loopOf((x) => 1.12 * x)],
    ['softer', loopOf((x) => 0.89 * x)],
    ['narrower', loopOf((x, other) => 0.98 * x + 0.2 * other)],
    ['wider', loopOf((x, other) => x - 0.15 * other)],
    ['louder and wider', loopOf((x, other) => 1.1 * x - 0.15 * other)],
  ])('brings one that is %s among the others', (_, loop) => {
    expect(fadeRank(loop, CROSSFADE)).toBeGreaterThan(0.95);
    expect(fadeRank(evenCrossfade(loop, CROSSFADE), CROSSFADE)).toBeLessThan(0.9);
  });

  it('changes nothing outside of it, and nothing suddenly', () => {
    const loop = loopOf((x) => 1.12 * x);
    const even = evenCrossfade(loop, CROSSFADE);
    for (const [c, channel] of even.channels.entries()) {
      expect(channel.findIndex((x, n) => x !== loop.channels[c][n])).toBeGreaterThan(CROSSFADE.start);
      const gains = channel
        .map((x, n) => x / loop.channels[c][n])
        .subarray(CROSSFADE.start, CROSSFADE.start + CROSSFADE.length);
      expect(Math.abs(gains[0] - 1)).toBeLessThan(1e-5);
      expect(Math.abs(gains[gains.length - 1] - 1)).toBeLessThan(1e-5);
    }
  });

  it('returns the same loop where nothing stands out, and a silent one', () => {
    const silent = { sampleRate: RATE, channels: MOVING.map(() => new Float32Array(LENGTH)) };
    for (const loop of [loopOf((x) => x), loopOf((x) => 1.001 * x), silent]) {
      expect(evenCrossfade(loop, CROSSFADE) === loop).toBe(true);
    }
  });

  it('evens out one channel, and leaves silence on a side that has nothing', () => {
    const { sampleRate, channels } = loopOf((x) => 1.12 * x);
    const mono = { sampleRate, channels: [channels[0]] };
    expect(fadeRank(evenCrossfade(mono, CROSSFADE), CROSSFADE)).toBeLessThan(0.9);
    const oneSided = { sampleRate, channels: [channels[0], new Float32Array(LENGTH)] };
    const even = evenCrossfade(oneSided, CROSSFADE);
    expect(fadeRank(even, CROSSFADE)).toBeLessThan(0.9);
    expect(even.channels[1].every((x) => x === 0)).toBe(true);
  });

  it('keeps an inverted image, and changes by a dB or so at most', () => {
    const { sampleRate, channels } = loopOf((x) => 2 * x);
    const inverted = { sampleRate, channels: [channels[0], channels[0].map((x) => -x)] };
    const [left, right] = evenCrossfade(inverted, CROSSFADE).channels;
    expect(Math.max(...left.map((x, n) => Math.abs(x + right[n])))).toBeLessThan(1e-6);
    const change = left.map((x, n) => Math.abs(20 * Math.log10(x / channels[0][n])));
    expect(change.reduce((most, x) => Math.max(most, x), 0)).toBeLessThan(3.5);
  });
});
