import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { centred } from '../../src/analysis/centred.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { errorDb, RATE, sine } from '../signals.ts';

const frames = 4 * RATE;
const tone = sine(220, frames, 0.3);
const read = async (samples: Float32Array, start: number, count: number) => {
  const reader = soundReader({ sampleRate: RATE, channels: [samples] });
  return (await centred(reader, await analyse(reader)).read(start, count)).channels[0];
};

describe('centred', () => {
  it('takes a steady offset away and nothing else', async () => {
    const result = await read(
      tone.map((x) => x - 0.13),
      RATE,
      RATE,
    );
    expect(errorDb(result, tone.subarray(RATE, 2 * RATE))).toBeLessThan(-70);
  });

  it('follows an offset that moves with the music', async () => {
    const wandering = tone.map((x, n) => x + 0.2 * Math.sin((2 * Math.PI * n) / frames));
    const result = await read(wandering, RATE, 2 * RATE);
    const mean = result.reduce((sum, x) => sum + x, 0) / result.length;
    expect(Math.abs(mean)).toBeLessThan(0.001);
    expect(errorDb(result, tone.subarray(RATE, 3 * RATE))).toBeLessThan(-20);
  });

  it('reads a range as part of the whole', async () => {
    const wandering = tone.map((x, n) => x + 0.2 * Math.sin((2 * Math.PI * n) / frames));
    const whole = await read(wandering, 0, frames);
    const part = await read(wandering, 2 * RATE + 17, 5000);
    expect(errorDb(part, whole.subarray(2 * RATE + 17, 2 * RATE + 5017))).toBeLessThan(-110);
  });
});
