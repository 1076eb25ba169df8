import { describe, expect, it } from 'vitest';
import { resample } from '../../src/dsp/resample.ts';
import { placeWrap } from '../../src/loops/place-wrap.ts';
import { seamSeverity } from '../../src/loops/seam.ts';
import { measureSeam } from '../../src/loops/seam-meter.ts';
import { mixed, noise, RATE, rotated, sines } from '../signals.ts';

describe('placeWrap', () => {
  const bright = { sampleRate: RATE, channels: [noise(RATE, 0.8, 'left'), noise(RATE, 0.8, 'right')] };

  it('turns a ring of noise to a place where its wrap passes, which a random place seldom does', () => {
    const random = measureSeam(bright, null);
    expect(random.stepOfPeak).toBeGreaterThan(0.02);
    expect(seamSeverity(measureSeam(placeWrap(bright, null).sound, null))).toBeLessThanOrEqual(1);
  });

  it('changes nothing but where the ring begins, in all channels alike', () => {
    const settled = placeWrap(bright, null).sound;
    const turn = bright.channels[0].indexOf(settled.channels[0][0]);
    expect(settled.channels[0]).toEqual(rotated(bright.channels[0], turn));
    expect(settled.channels[1]).toEqual(rotated(bright.channels[1], turn));
  });

  it('tells where the crossfade lies once the loop is turned', () => {
    const crossfade = { start: RATE - 4410, length: 4410 };
    const settled = placeWrap(bright, crossfade);
    expect(settled.rotation).toBeGreaterThan(0);
    const { start, length } = settled.crossfade!;
    const before = rotated(bright.channels[0], crossfade.start).subarray(0, length);
    expect(rotated(settled.sound.channels[0], start).subarray(0, length)).toEqual(before);
  });

  it('wraps where the level is the body’s, though it sways by 6 dB', () => {
    const swaying = bright.channels.map((channel) =>
      channel.map((sample, n) => sample * 0.3 * (1.5 + Math.sin((2 * Math.PI * 3 * n) / RATE + 1))),
    );
    const loop = { sampleRate: RATE, channels: swaying };
    expect(Math.abs(measureSeam(loop, null).levelDb)).toBeGreaterThan(2);
    expect(Math.abs(placeWrap(loop, null).seam.levelDb)).toBeLessThanOrEqual(0.6);
  });

  it('wraps where the timbre changes less than it usually does at its liveliest', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const ring = { sampleRate: RATE, channels: [noise(2 * RATE, 0.5, seed)] };
      expect(placeWrap(ring, null).seam.flux).toBeLessThanOrEqual(0.95);
    }
  });

  it('keeps the wrap away from the changes of timbre of an otherwise even ring', () => {
    // From the first sound to the second at a quarter, and back at the end; level and noise as they were.
    const first = sines([300, 500, 700], 2 * RATE, 0.1);
    const second = sines([1300, 2100, 3700], 2 * RATE, 0.1);
    const at = 0.5 * RATE;
    const music = mixed(
      noise(2 * RATE, 0.002),
      first.map((x, n) => (n < at ? x : second[n])),
    );
    for (const turn of [0, at]) {
      const settled = placeWrap({ sampleRate: RATE, channels: [rotated(music, turn)] }, null);
      const place = (settled.rotation + turn) % (2 * RATE);
      const toChange = Math.min(place, Math.abs(place - at), 2 * RATE - place);
      expect(toChange / RATE).toBeGreaterThan(0.2);
    }
  });

  it('tells the seam as whoever measures the turned loop finds it', () => {
    const settled = placeWrap(bright, { start: RATE - 4410, length: 4410 });
    for (const { sound, crossfade, seam } of [settled, placeWrap(bright, null)]) {
      const measured = measureSeam(sound, crossfade);
      expect(Math.abs(seam.flux - measured.flux)).toBeLessThan(0.05);
      expect(seam.levelDb).toBeCloseTo(measured.levelDb, 6);
      expect(seam.stepOfPeak).toBeCloseTo(measured.stepOfPeak, 6);
    }
  });

  it('wraps where a resampler that takes silence to lie round a file leaves no step', () => {
    // About whole cycles in 30 ms, so that the level is even wherever it is taken.
    const deep = sines([100, 200, 300], 2 * RATE, 0.2);
    const wide = sines([100.5, 300.5], 2 * RATE, 0.2);
    const pad = { sampleRate: RATE, channels: [mixed(deep, noise(2 * RATE, 0.001)), wide] };
    const loudest = wide.indexOf(Math.max(...wide));
    const atItsWorst = { ...pad, channels: pad.channels.map((channel) => rotated(channel, loudest)) };
    for (const rate of [48_000, 96_000]) {
      expect(wrapStep(resample(atItsWorst, rate).channels)).toBeGreaterThan(2);
      expect(wrapStep(resample(placeWrap(atItsWorst, null).sound, rate).channels)).toBeLessThan(1.2);
    }
  });

  it('leaves very short and silent rings alone', () => {
    for (const frames of [1, 3, 100]) {
      const ring = { sampleRate: RATE, channels: [new Float32Array(frames)] };
      expect(placeWrap(ring, null).sound.channels[0].length).toBe(frames);
    }
  });
});

/** The step at the wrap over the 99.9th percentile of a channel's own steps, of the worst channel. */
function wrapStep(channels: readonly Float32Array[]): number {
  return Math.max(
    ...channels.map((channel) => {
      const steps = channel.slice(1).map((x, n) => Math.abs(x - channel[n]));
      return Math.abs(channel[0] - channel.at(-1)!) / steps.sort()[Math.floor(0.999 * steps.length)];
    }),
  );
}
