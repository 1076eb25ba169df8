import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { removeDrift } from '../../src/analysis/remove-drift.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { errorDb, RATE, sine } from '../signals.ts';

const frames = 4 * RATE;
const tone = sine(220, frames, 0.3);
const read = async (samples: Float32Array, start: number, count: number) => {
  const reader = soundReader({ sampleRate: RATE, channels: [samples] });
  return (await removeDrift(reader, await analyse(reader)).read(start, count)).channels[0];
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

  describe('in a short source', () => {
    /** A kick of 0.1 s, all on one side of zero, in silence. */
    const lopsided = new Float32Array(0.4 * RATE);
    for (let n = 0; n < 0.1 * RATE; n++)
      lopsided[441 + n] = 0.7 * Math.sin((Math.PI * n) / (0.1 * RATE)) ** 2;

    it('leaves silence about a lopsided wave at zero', async () => {
      expect(errorDb(await read(lopsided, 0, lopsided.length), lopsided)).toBeLessThan(-100);
    });

    it('takes away what it rests at', async () => {
      const raised = lopsided.map((value) => value + 0.05);
      expect(errorDb(await read(raised, 0, raised.length), lopsided)).toBeLessThan(-100);
    });

    it('takes the mean away where a tone never rests', async () => {
      const held = tone.subarray(0, 0.5 * RATE);
      const result = await read(
        held.map((value) => value + 0.1),
        0,
        held.length,
      );
      expect(errorDb(result, held)).toBeLessThan(-40);
    });
  });

  it('makes no step at the start of a source that begins with a hit', async () => {
    const struck = new Float32Array(2 * RATE);
    for (let n = 0; n < 0.2 * RATE; n++) struck[n] = 0.8 * Math.exp((-30 * n) / RATE);
    const [first] = await read(struck, 0, 100);
    // All of it on one side, so its mean over half a second is 0.05.
    expect(first).toBeGreaterThan(0.7);
  });
});
