import { describe, expect, it } from 'vitest';
import { measureSeam, seamSeverity } from '../../src/loops/seam.ts';
import { settleLoop } from '../../src/loops/settle.ts';
import { noise, RATE, rotated } from '../signals.ts';

describe('settleLoop', () => {
  const bright = { sampleRate: RATE, channels: [noise(RATE, 0.8, 'left'), noise(RATE, 0.8, 'right')] };

  it('turns a ring of noise to a place where its wrap passes, which a random place seldom does', () => {
    const random = measureSeam(bright, null);
    expect(random.stepOfPeak).toBeGreaterThan(0.02);
    expect(seamSeverity(measureSeam(settleLoop(bright, null).sound, null))).toBeLessThanOrEqual(1);
  });

  it('changes nothing but where the ring begins, in all channels alike', () => {
    const settled = settleLoop(bright, null).sound;
    const turn = bright.channels[0].indexOf(settled.channels[0][0]);
    expect(settled.channels[0]).toEqual(rotated(bright.channels[0], turn));
    expect(settled.channels[1]).toEqual(rotated(bright.channels[1], turn));
  });

  it('tells where the crossfade lies once the loop is turned', () => {
    const crossfade = { start: RATE - 4410, length: 4410 };
    const settled = settleLoop(bright, crossfade);
    expect(settled.turn).toBeGreaterThan(0);
    const { start, length } = settled.crossfade!;
    const before = rotated(bright.channels[0], crossfade.start).subarray(0, length);
    expect(rotated(settled.sound.channels[0], start).subarray(0, length)).toEqual(before);
  });

  it('leaves very short and silent rings alone', () => {
    for (const frames of [1, 3, 100]) {
      const ring = { sampleRate: RATE, channels: [new Float32Array(frames)] };
      expect(settleLoop(ring, null).sound.channels[0].length).toBe(frames);
    }
  });
});
