import { describe, expect, it } from 'vitest';
import { withWorkspace } from '../../src/dsp/kernel-memory.ts';
import { addBlend, type BandSides, blendRoom, sideSums } from '../../src/loops/blend-band.ts';
import { closeLoop } from '../../src/loops/close.ts';
import { risingCurve } from '../../src/loops/crossfade.ts';
import { type BlendFigures, isRejected } from '../../src/loops/measure-crossfade.ts';
import { correlation, noise, RATE, rms } from '../signals.ts';

describe('a blend of one band', () => {
  const frames = RATE;
  const rising = risingCurve(frames);
  /** Linear in amplitude, but for what keeps level and image. */
  const keptBlend = (sides: BandSides) => {
    const channels = sides.incoming.map(() => new Float32Array(frames));
    withWorkspace((workspace) => {
      const room = blendRoom(workspace, frames, channels.length);
      addBlend(sides, rising, 1, sideSums(sides), channels, room);
    });
    return channels;
  };
  const middle = (samples: Float32Array) => samples.subarray(0.4 * frames, 0.6 * frames);

  it('keeps wide what a common middle in phase would narrow', () => {
    const centre = noise(frames, 0.2, 'centre');
    const side = (seed: string) => noise(frames, 0.2, seed);
    const sides = (one: Float32Array) => [centre.map((x, n) => x + one[n]), centre.map((x, n) => x - one[n])];
    const [incoming, outgoing] = [sides(side('in')), sides(side('out'))];
    const plain = incoming.map((one, c) =>
      one.map((x, n) => rising[n] * x + (1 - rising[n]) * outgoing[c][n]),
    );
    const kept = keptBlend({ incoming, outgoing });
    const wide = correlation(incoming[0], incoming[1]);
    expect(correlation(middle(plain[0]), middle(plain[1]))).toBeGreaterThan(wide + 0.2);
    expect(correlation(middle(kept[0]), middle(kept[1]))).toBeCloseTo(wide, 1);
    expect(rms(middle(kept[0])) / rms(incoming[0])).toBeCloseTo(1, 1);
  });

  it('leaves a silent channel silent, and an inverted one inverted', () => {
    const [one, other] = [noise(frames, 0.2, 'one'), noise(frames, 0.2, 'other')];
    const none = new Float32Array(frames);
    const silent = keptBlend({ incoming: [one, none], outgoing: [other, none] });
    expect(rms(silent[1])).toBe(0);
    const minus = (samples: Float32Array) => samples.map((x) => -x);
    const inverted = keptBlend({ incoming: [one, minus(one)], outgoing: [other, minus(other)] });
    expect(correlation(inverted[0], inverted[1])).toBeCloseTo(-1, 4);
  });

  it('closes inverted stereo as it is', () => {
    const one = noise(4 * RATE, 0.2);
    const channels = [one, one.map((x) => -x)];
    const request = { start: RATE, length: RATE, startSlack: 8000, lengthSlack: 4410, fade: 4410 };
    const { sound } = closeLoop({ sampleRate: RATE, channels }, request)!;
    expect(correlation(sound.channels[0], sound.channels[1])).toBeCloseTo(-1, 4);
  });
});

describe('isRejected', () => {
  it('refuses a crossfade in which a band stands out by more than 3 dB', () => {
    const figures = (bandDb: number) => ({ standing: { most: 1, sum: 0, bandDb } }) as BlendFigures;
    expect(isRejected(figures(2.9))).toBe(false);
    expect(isRejected(figures(3.1))).toBe(true);
  });
});
