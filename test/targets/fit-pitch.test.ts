import { expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import { frameCount } from '../../src/dsp/sound.ts';
import { fitPitch } from '../../src/targets/fit-pitch.ts';
import { fitSound } from '../../src/targets/fit-sound.ts';
import { errorDb, mono, RATE, sine, toneAndRest } from '../signals.ts';

/** Frames of 200 periods of 441 Hz, so that they go round. */
const FRAMES = 20_000;
const HZ = (200 * RATE) / FRAMES;

it.each([-700, -37, 12.5, 200])('plays a loop on the note %f cents away, and closed', (cents) => {
  const loop = fitPitch(mono(sine(HZ, FRAMES, 0.5, RATE, 1)), true, { semitones: 0, cents }, RATE);
  const frames = frameCount(loop);
  expect(frames / (FRAMES / 2 ** (cents / 1200))).toBeCloseTo(1, 4);
  // Still 200 whole periods, round its end too, where it is no zero.
  const [samples] = loop.channels;
  const ideal = sine((200 * RATE) / frames, frames, 0.5, RATE, 1);
  expect(errorDb(samples, ideal)).toBeLessThan(-80);
  const heardCents = 1200 * Math.log2((200 * RATE) / frames / HZ);
  expect(Math.abs(heardCents - cents)).toBeLessThan(0.05);
});

it('plays what sounds once at another pitch and rate in one go', () => {
  const shot = fitPitch(mono(sine(HZ, FRAMES, 0.5)), false, { semitones: 12, cents: 0 }, 48_000);
  expect(frameCount(shot)).toBe(Math.round((FRAMES / 2) * (48_000 / RATE)));
  const middle = shot.channels[0].subarray(1000, 9000);
  // So much faster that it is a whole number of frames: 0.06 cents off the octave.
  const faster = (FRAMES * 48_000) / (frameCount(shot) * RATE);
  const { toneDb, restDb } = toneAndRest(middle, faster * HZ, 48_000);
  expect(toneDb).toBeCloseTo(-6.02, 1);
  expect(restDb).toBeLessThan(-80);
});

it('is a part of fitting, and told', () => {
  const shape = { sampleRate: RATE, bitDepth: 16, channelCount: 1, longestFrames: null } as const;
  const fitted = fitSound(mono(sine(HZ, FRAMES, 0.5)), true, shape, new Random(1), {
    semitones: -2,
    cents: 8,
  });
  expect('adaptations' in fitted && fitted.adaptations.slice(0, 2)).toEqual([
    { code: 'transposed', semitones: -2 },
    { code: 'tuned', cents: 8 },
  ]);
});
