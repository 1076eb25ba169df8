import { describe, expect, it } from 'vitest';
import { cutResponse } from '../../src/loops/cut-response.ts';
import { noise, RATE, rotated, sines } from '../signals.ts';

const FRAMES = 2000;
const loop = {
  sampleRate: RATE,
  channels: [noise(FRAMES, 0.3, 'left'), sines([300, 1100], FRAMES, 0.2)],
};
const cuts = cutResponse(loop);
const stepAt = (channel: Float32Array, frame: number) =>
  Math.abs(channel[frame] - channel[(frame + FRAMES - 1) % FRAMES]);

describe('cutResponse', () => {
  it('goes round: a turned loop costs the same at the same place', () => {
    const turned = cutResponse({ ...loop, channels: loop.channels.map((channel) => rotated(channel, 700)) });
    // What is usual is taken of every so many steps: of a loop as short as this one of all.
    for (const frame of [0, 3, 700, 1995]) {
      expect(turned.at((frame + FRAMES - 700) % FRAMES)).toBeCloseTo(cuts.at(frame), 2);
    }
  });

  it('costs little at the foot of a slow wave and much at its top', () => {
    const wave = cutResponse({ sampleRate: RATE, channels: [sines([RATE / 400], FRAMES, 0.5)] });
    expect(wave.at(400)).toBeLessThan(0.2 * wave.at(500));
  });

  it.each([
    [0.6, 0.05],
    [Infinity, 0.01],
    [1e-9, 1e-9],
  ])(
    'finds the nearest calm cut, round the end too, with cuts up to %d and steps to %d',
    (smallCut, smallStep) => {
      const small = [smallStep, 2 * smallStep];
      for (const [place, reach] of [
        [1000, 50],
        [3, 64],
        [1998, 20],
      ]) {
        let [best, least] = [place, Infinity];
        for (let k = 0; k <= 2 * reach && least > 1; k++) {
          const frame = (place + (k % 2 === 0 ? k / 2 : -(k + 1) / 2) + FRAMES) % FRAMES;
          const steps = loop.channels.map((channel, c) => stepAt(channel, frame) / small[c]);
          const most = Math.max(...steps, cuts.at(frame) / smallCut);
          if (most < least) [best, least] = [frame, most];
        }
        expect(cuts.calmest(place, reach, small, smallCut)).toBe(best);
      }
    },
  );
});
