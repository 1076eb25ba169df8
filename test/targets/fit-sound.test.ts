import { describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import { frameCount, type Sound } from '../../src/dsp/sound.ts';
import { truePeak } from '../../src/dsp/true-peak.ts';
import { SEAM_LIMITS, seamSeverity } from '../../src/loops/seam.ts';
import { measureSeam } from '../../src/loops/seam-meter.ts';
import { fitChannels } from '../../src/targets/fit-channels.ts';
import { type Fitted, fitSound } from '../../src/targets/fit-sound.ts';
import type { WantedShape } from '../../src/targets/shape.ts';
import { decibels, errorDb, mixed, mono, noise, RATE, rms, sine } from '../signals.ts';

const shape = (changes: Partial<WantedShape> = {}): WantedShape => ({
  ...{ sampleRate: RATE, bitDepth: 16, channelCount: 1, longestFrames: null },
  ...changes,
});
const fitTo = (sound: Sound, loops: boolean, wanted: WantedShape) =>
  fitSound(sound, loops, wanted, new Random(1));

function soundOf(fitted: Fitted): Sound {
  if ('leftOut' in fitted) throw new Error(fitted.leftOut.code);
  return fitted.sound;
}

function stereo(left: Float32Array, right: Float32Array): Sound {
  return { sampleRate: RATE, channels: [left, right] };
}

describe('fitSound', () => {
  it('leaves what fits as it is', () => {
    const sound = mono(sine(440, 1000, 0.5));
    expect(fitTo(sound, true, shape({ longestFrames: 1000 }))).toEqual({ sound, adaptations: [] });
    expect(fitTo(mono(new Float32Array(0)), true, shape())).toEqual({ leftOut: { code: 'empty' } });
  });

  it('raises no true peak, whatever the rate', () => {
    // Noise that is clipped hard: band-limiting it anew overshoots.
    const square = mono(noise(20_000, 9).map((x) => Math.max(-0.5, Math.min(0.5, x))));
    for (const loops of [true, false]) {
      for (const sampleRate of [22_050, 48_000, 96_000]) {
        const fitted = soundOf(fitTo(square, loops, shape({ sampleRate })));
        expect(decibels(truePeak(fitted, loops) / truePeak(square, loops))).toBeLessThan(0.001);
      }
    }
  });

  it('keeps the level of a tone at another rate', () => {
    const tone = mono(sine(440, RATE, 0.5));
    const fitted = soundOf(fitTo(tone, false, shape({ sampleRate: 48_000 })));
    expect(decibels(rms(fitted.channels[0], 100, 47_900) / rms(tone.channels[0]))).toBeCloseTo(0, 2);
  });

  it('loops anew what is too long, unheard and not cut', () => {
    // Odd numbers of cycles: half way round every tone is upside down.
    const frames = 4 * RATE;
    const tones = [441, 661, 883].map((cycles, i) => sine(cycles / 4, frames, 0.2, RATE, 1 + i));
    const long = mono(mixed(...tones, noise(frames, 0.002)));
    const fitted = fitTo(long, true, shape({ longestFrames: 2 * RATE, sampleRate: 48_000 }));
    const sound = soundOf(fitted);
    expect(frameCount(sound)).toBeLessThanOrEqual(2 * RATE);
    expect(frameCount(sound)).toBeGreaterThan(1.6 * RATE);
    expect(seamSeverity(measureSeam(sound, null))).toBeLessThan(1.3);
    // It may be rotated too, which changes nothing but where it begins.
    expect('adaptations' in fitted && fitted.adaptations.slice(0, 2)).toEqual([
      { code: 'looped-anew', sec: expect.closeTo(1.8, 0), ofSec: 4 },
      { code: 'resampled', fromHz: 44_100, toHz: 48_000 },
    ]);
  });

  it('turns a loop whose wrap has come to lie badly, and none that fits', () => {
    const rough = mono(noise(RATE, 0.5));
    expect(seamSeverity(measureSeam(rough, null))).toBeGreaterThan(1);
    const fitted = fitTo(rough, true, shape({ sampleRate: 48_000 }));
    expect(fitted).toMatchObject({
      adaptations: [{ code: 'resampled', fromHz: 44_100, toHz: 48_000 }, { code: 'rotated' }],
    });
    expect(seamSeverity(measureSeam(soundOf(fitted), null))).toBeLessThan(1);
    expect(fitTo(rough, true, shape())).toEqual({ sound: rough, adaptations: [] });
  });

  it('randomises the phases of a loop that no splice closes', () => {
    // A rise of 60 dB: no two places are as loud.
    const frames = 2 * RATE;
    const rising = mono(noise(frames, 0.5).map((x, n) => x * 10 ** ((3 * n) / frames - 3)));
    const fitted = fitTo(rising, true, shape({ longestFrames: RATE }));
    expect('adaptations' in fitted && fitted.adaptations[0]).toEqual({
      code: 'phases-randomised',
      sec: 1,
      ofSec: 2,
    });
    expect(frameCount(soundOf(fitted))).toBe(RATE);
    // It swells as before, so only the wrap itself can be judged.
    expect(measureSeam(soundOf(fitted), null).step).toBeLessThan(SEAM_LIMITS.step);
    expect(decibels(rms(soundOf(fitted).channels[0]) / rms(rising.channels[0]))).toBeCloseTo(0, 2);
  });

  it('fades a one-shot out where it ends, and refuses to keep less than half', () => {
    const shot = mono(sine(440, RATE, 0.5));
    const fitted = fitTo(shot, false, shape({ longestFrames: 0.6 * RATE }));
    const [channel] = soundOf(fitted).channels;
    expect(channel).toHaveLength(0.6 * RATE);
    expect(Math.abs(channel.at(-1)!)).toBe(0);
    // A quarter of what is left fades; as it was until then.
    expect(rms(channel, 0.52 * RATE, 0.53 * RATE) / rms(shot.channels[0])).toBeCloseTo(0.5, 1);
    expect(channel.subarray(0, 0.44 * RATE)).toEqual(shot.channels[0].subarray(0, 0.44 * RATE));
    expect(fitted).toMatchObject({ adaptations: [{ code: 'faded-out', sec: 0.6, ofSec: 1 }] });
    expect(fitTo(shot, false, shape({ longestFrames: 0.49 * RATE }))).toMatchObject({
      leftOut: { code: 'too-little-left' },
    });
  });
});

describe('fitChannels', () => {
  const tone = sine(440, RATE, 0.4);

  it.each<[string, Float32Array]>([
    ['the same', tone],
    ['a quarter of a cycle apart', sine(440, RATE, 0.4, RATE, Math.PI / 2)],
    ['nothing in common', noise(RATE, 0.4 * Math.sqrt(1.5))],
    ['one side only', new Float32Array(RATE)],
  ])('keeps the level of channels with %s', (_, right) => {
    const { sound, adaptation } = fitChannels(stereo(tone, right), 1);
    expect(sound.channels).toHaveLength(1);
    expect(adaptation).toEqual({ code: 'mixed-to-mono' });
    const level = Math.sqrt((rms(tone) ** 2 + rms(right) ** 2) / 2);
    expect(decibels(rms(sound.channels[0]) / level)).toBeCloseTo(0, 1);
  });

  it('takes the louder of two that cancel each other', () => {
    const { sound, adaptation } = fitChannels(
      stereo(
        tone.map((x) => -0.9 * x),
        tone,
      ),
      1,
    );
    expect(adaptation).toEqual({ code: 'one-channel', channel: 'right' });
    expect(errorDb(sound.channels[0], tone)).toBe(-Infinity);
  });

  it('puts mono on both sides', () => {
    const { sound } = fitChannels(mono(tone), 2);
    expect(sound.channels[1]).toEqual(tone);
    expect(sound.channels[1]).not.toBe(sound.channels[0]);
  });
});
