import { describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import type { Grain } from '../../src/families/clouds/grain.ts';
import { renderCloud } from '../../src/families/clouds/ring.ts';
import { chord, errorDb, noise, RATE, rotated } from '../signals.ts';

const FRAMES = 40_000;

/** Grains of a few pitches, pans and levels, some past the end of the ring. */
function grainsAt(offset: number): Grain[] {
  const random = new Random('grains');
  return Array.from({ length: 40 }, (_, i) => ({
    place: (i * 1000 + offset) % FRAMES,
    length: 3000 + random.below(2000),
    stretch: 0,
    start: random.below(RATE),
    semitones: random.below(15) - 7,
    amplitude: 1,
    gain: random.between(0.7, 1.4),
    pan: random.between(-1, 1),
  }));
}

describe('renderCloud', () => {
  it.each([0, 8000])('does not know where the ring begins, low-pass %i Hz', (lowPassHz) => {
    const channels = [chord([45, 52, 60], 2 * RATE), noise(2 * RATE, 0.1, 'right')];
    const sources = [{ start: 0, sound: { sampleRate: RATE, channels } }];
    const cloud = renderCloud(grainsAt(0), sources, FRAMES, 0.7, lowPassHz, 0);
    for (const turn of [1, 777, 23_456]) {
      const turned = renderCloud(grainsAt(turn), sources, FRAMES, 0.7, lowPassHz, 0);
      for (const side of [0, 1]) {
        // Bands are ridden and softened in frames of 23 and 46 ms, which do know: what differs are gains, by less than half a dB.
        expect(errorDb(rotated(turned.channels[side], turn), cloud.channels[side])).toBeLessThan(-28);
      }
    }
  });

  it('keeps the side of what sounds on one side only', () => {
    const channels = [chord([45, 52, 60], 2 * RATE), new Float32Array(2 * RATE)];
    const sources = [{ start: 0, sound: { sampleRate: RATE, channels } }];
    const { channels: sides } = renderCloud(grainsAt(0), sources, FRAMES, 0, 0, 0);
    expect(sides[1].every((x) => x === 0)).toBe(true);
    expect(sides[0].some((x) => Math.abs(x) > 0.01)).toBe(true);
  });
});
