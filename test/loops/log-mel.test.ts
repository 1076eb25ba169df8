import { describe, expect, it } from 'vitest';
import { logMelFrames } from '../../src/loops/log-mel.ts';
import { noise, RATE } from '../signals.ts';

describe('logMelFrames', () => {
  /** 101 frames, more than are measured at a time, and some of them over either end. */
  const channels = [noise(51_500, 0.5, 1), noise(51_500, 0.5, 2)];

  it.each([true, false])('measures each frame as if it were alone, circular: %s', (circular) => {
    const frames = logMelFrames(channels, RATE, { circular });
    expect(frames.count).toBe(101);
    for (let i = 0; i < frames.count; i++) {
      const level = frames.levels.subarray(40 * i, 40 * (i + 1));
      expect(frames.frameAt(Math.round(i * frames.hop))).toEqual(level);
    }
  });

  it.each([true, false])('has a frame of silence where there is no sample, circular: %s', (circular) => {
    const { count, levels, frameAt } = logMelFrames([new Float32Array(0)], RATE, { circular });
    expect(count).toBe(1);
    expect(frameAt(0)).toEqual(levels);
  });

  it('sees the beginning of a loop after its end, and silence after that of a one-shot', () => {
    const click = new Float32Array(RATE);
    click[0] = 1;
    const loudest = (circular: boolean) => {
      const frames = logMelFrames([click], RATE, { circular });
      return Math.max(...frames.levels.subarray(-40)) - Math.max(...frames.levels.subarray(0, 40));
    };
    expect(loudest(true)).toBeCloseTo(-6, 0);
    expect(loudest(false)).toBeLessThan(-59);
  });
});
