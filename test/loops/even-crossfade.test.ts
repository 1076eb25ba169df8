/** A crossfade that stands out of its loop is brought among the other stretches of it. */
import { describe, expect, it } from 'vitest';
import type { Sound } from '../../src/dsp/sound.ts';
import { evenCrossfade } from '../../src/loops/even-crossfade.ts';
import { fadeRank } from '../../src/loops/fade-rank.ts';
import { noise, RATE, sine } from '../signals.ts';

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

  it('changes nothing outside of it', () => {
    const loop = loopOf((x) => 1.12 * x);
    for (const [c, channel] of evenCrossfade(loop, CROSSFADE).channels.entries()) {
      const differs = (x: number, n: number) => x !== loop.channels[c][n];
      expect(channel.findIndex(differs)).toBeGreaterThan(CROSSFADE.start);
      expect(channel.findLastIndex(differs)).toBeLessThan(CROSSFADE.start + CROSSFADE.length);
    }
  });

  it('changes nothing suddenly', () => {
    const hold = new Float32Array(LENGTH).fill(0.5);
    const { start, length } = CROSSFADE;
    for (let n = start; n < start + length; n++) hold[n] = 0.56;
    const [even] = evenCrossfade({ sampleRate: RATE, channels: [hold] }, CROSSFADE).channels;
    const gains = even.map((x, n) => x / hold[n]);
    const steps = gains.subarray(1).map((gain, n) => Math.abs(gain - gains[n]));
    expect(gains.reduce((least, gain) => Math.min(least, gain), 1)).toBeLessThan(0.95);
    expect(steps.reduce((most, step) => Math.max(most, step), 0)).toBeLessThan(1e-4);
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

  it('keeps an inverted image, and changes by 3 dB at most', () => {
    const { sampleRate, channels } = loopOf((x) => 2 * x);
    const inverted = { sampleRate, channels: [channels[0], channels[0].map((x) => -x)] };
    const [left, right] = evenCrossfade(inverted, CROSSFADE).channels;
    expect(Math.max(...left.map((x, n) => Math.abs(x + right[n])))).toBeLessThan(1e-6);
    const change = left.map((x, n) => Math.abs(20 * Math.log10(x / channels[0][n])));
    expect(change.reduce((most, x) => Math.max(most, x), 0)).toBeLessThan(3.01);
  });

  it.each([0.02, 0.03])(
    'leaves a crossfade of %f s as it is: nothing could come and go slowly',
    (seconds) => {
      const short = { start: CROSSFADE.start, length: Math.round(seconds * RATE) };
      const loop = loopOf((x) => 1.4 * x);
      expect(evenCrossfade(loop, short) === loop).toBe(true);
    },
  );

  it('leaves the image of a short crossfade: two tones have nothing in common, though for a moment they seem to', () => {
    const channels = [sine(220, LENGTH), sine(223, LENGTH)];
    const loop = { sampleRate: RATE, channels };
    for (let start = 0; start < LENGTH - RATE / 10; start += 997) {
      const [left] = evenCrossfade(loop, { start, length: RATE / 10 }).channels;
      expect(leaked(left, channels)).toBeLessThan(-60);
    }
  });
});

/** How much of the other side there is in one that was changed, against it, dB. */
function leaked(side: Float32Array, [own, other]: readonly Float32Array[]): number {
  let [sum, power] = [0, 0];
  for (const [n, x] of side.entries()) {
    sum += (x - own[n]) * other[n];
    power += other[n] * other[n];
  }
  return 20 * Math.log10(Math.max(1e-9, Math.abs(sum) / power));
}
