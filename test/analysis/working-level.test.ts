import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { songLevelDb } from '../../src/analysis/song-level.ts';
import { amplified, workingGain } from '../../src/analysis/working-level.ts';
import { type SoundReader, soundReader } from '../../src/dsp/sound.ts';
import { chord, decibels, joined, mixed, mono, noise, RATE, rms } from '../signals.ts';

const gainOf = (samples: Float32Array) => workingGain(soundReader(mono(samples)));
const times = (samples: Float32Array, gain: number) => samples.map((x) => x * gain);
const MUSIC = mixed(chord([45, 52, 57], 2 * RATE, 0.3), noise(2 * RATE, 0.01));

describe('the working gain', () => {
  it('brings a source to -18 dBFS RMS, whatever its own gain', async () => {
    for (const own of [1, 0.3, 0.01, 5]) {
      const samples = times(MUSIC, own);
      expect(decibels(rms(samples) * (await gainOf(samples)))).toBeCloseTo(-18.06, 1);
    }
  });

  it('follows a gain that is a power of two to the last bit', async () => {
    expect(await gainOf(times(MUSIC, 2 ** -4))).toBe(2 ** 4 * (await gainOf(MUSIC)));
  });

  it('is not raised by pauses and tails, nor lowered by an offset', async () => {
    const usual = await gainOf(MUSIC);
    const paused = joined(MUSIC, times(MUSIC, 0.01), new Float32Array(2 * RATE));
    expect(Math.abs(decibels((await gainOf(paused)) / usual))).toBeLessThan(0.1);
    expect(Math.abs(decibels((await gainOf(MUSIC.map((x) => x + 0.4))) / usual))).toBeLessThan(0.1);
  });

  it('makes no sound of silence, nor of nothing', async () => {
    expect(await gainOf(new Float32Array(RATE))).toBe(1);
    expect(await gainOf(noise(RATE, 1e-6))).toBe(1);
    expect(await gainOf(new Float32Array(0))).toBe(1);
    expect(await gainOf(new Float32Array([0.5]))).toBe(1);
  });

  it('reads half a minute of a long source, from all over it', async () => {
    let frames = 0;
    let last = 0;
    const long: SoundReader = {
      sampleRate: RATE,
      channelCount: 1,
      frameCount: 3600 * RATE,
      async read(start, count) {
        frames += count;
        last = start;
        return mono(new Float32Array(count).fill(0.25).map((x, n) => (n % 2 ? x : -x)));
      },
    };
    expect(decibels(0.25 * (await workingGain(long)))).toBeCloseTo(-18.06, 1);
    expect(frames / RATE).toBeLessThan(31);
    expect(last / RATE).toBeGreaterThan(3500);
  });
});

it('an amplified reader gives the same sound louder, and leaves the other as it is', async () => {
  const reader = soundReader(mono(MUSIC));
  const { channels } = await amplified(reader, 4).read(100, 50);
  expect(channels[0]).toEqual(times(MUSIC.subarray(100, 150), 4));
  expect((await reader.read(100, 50)).channels[0]).toEqual(MUSIC.slice(100, 150));
});

it('the level of a song is that of its music, not of its pauses', async () => {
  const level = async (samples: Float32Array) => songLevelDb(await analyse(soundReader(mono(samples))));
  expect(await level(MUSIC)).toBeCloseTo(decibels(rms(MUSIC)), 1);
  const paused = joined(MUSIC, new Float32Array(4 * RATE), times(MUSIC, 0.02));
  expect(await level(paused)).toBeCloseTo(decibels(rms(MUSIC)), 0);
  expect(await level(new Float32Array(RATE))).toBe(-Infinity);
});
