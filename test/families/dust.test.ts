import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amplify, peak } from '../../src/dsp/levels.ts';
import { loudness } from '../../src/dsp/loudness.ts';
import { Random } from '../../src/dsp/random.ts';
import { frameCount, type Sound } from '../../src/dsp/sound.ts';
import { layDust, meetingOf } from '../../src/families/dust/mix.ts';

const RATE = 44_100;

/** Whole cycles of a chord, so that it loops. */
function pad(frames: number, channelCount: number, sampleRate = RATE): Sound {
  const channels = Array.from({ length: channelCount }, (_, c) =>
    Float32Array.from({ length: frames }, (_, n) =>
      [220, 277, 330].reduce(
        (sum, hertz) =>
          sum + 0.1 * Math.sin((2 * Math.PI * Math.round((hertz * frames) / sampleRate) * n) / frames + c),
        0,
      ),
    ),
  );
  return { sampleRate, channels };
}

/** Noise is a loop wherever it is cut. */
function bed(frames: number, channelCount: number, sampleRate = RATE): Sound {
  const random = new Random(1, 'bed');
  const channels = Array.from({ length: channelCount }, () =>
    Float32Array.from({ length: frames }, () => 0.2 * (random.uniform() - 0.5)),
  );
  return { sampleRate, channels };
}

/** What was laid under the pad. */
function difference(dust: Sound, above: Sound): Sound {
  const { channels } = above;
  return {
    sampleRate: dust.sampleRate,
    channels: dust.channels.map((channel, c) =>
      channel.map((sample, n) => sample - (channels[c] ?? channels[0])[n % channels[0].length]),
    ),
  };
}

/** Loudness of a loop that plays so long that it does not count where it begins and ends. */
function heard(loop: Sound): number {
  const rounds = Math.ceil((60 * RATE) / frameCount(loop));
  const channels = loop.channels.map((channel) =>
    Float32Array.from({ length: rounds * channel.length }, (_, n) => channel[n % channel.length]),
  );
  return loudness({ sampleRate: RATE, channels });
}

const largest = (samples: Float32Array) => peak({ sampleRate: RATE, channels: [samples] });

describe('dust', () => {
  it.each([
    [-18, 2, 2],
    [-6, 1, 2],
    [-30, 2, 1],
    [0, 1, 1],
  ])('has its bed %d LU from its pad, of %d and %d channels', (levelDb, padChannels, bedChannels) => {
    const above = pad(80_000, padChannels);
    const dust = layDust(above, bed(70_000, bedChannels), levelDb)!;
    const count = Math.max(padChannels, bedChannels);
    expect(dust.channels).toHaveLength(count);
    const spread = {
      ...above,
      channels: Array.from({ length: count }, (_, c) => above.channels[c] ?? above.channels[0]),
    };
    expect(loudness(difference(dust, above), true) - loudness(spread, true)).toBeCloseTo(levelDb, 1);
  });

  it('has it as both are heard going round, however short and uneven a round of the pad', () => {
    // 30 dB louder for 30 ms at either end: the few blocks of 400 ms of a single round miss that by 0.9 LU, and those of
    // five rounds that end, by 0.1.
    const frames = Math.round(0.53 * RATE);
    const tone = Float32Array.from({ length: frames }, (_, n) => {
      const isLoud = Math.min(n, frames - n) < 0.03 * RATE;
      return (isLoud ? 0.3 : 0.009) * Math.sin((2 * Math.PI * 233 * n) / frames);
    });
    const above = { sampleRate: RATE, channels: [tone, tone] };
    const dust = layDust(above, bed(Math.round(2.6 * RATE), 2), -12)!;
    expect(frameCount(dust)).toBe(5 * frameCount(above));
    expect(Math.abs(heard(difference(dust, above)) - heard(above) + 12)).toBeLessThan(0.05);
  });

  it('is whole rounds of its pad, unchanged, at the pad’s rate', () => {
    const above = pad(96_000, 2, 48_000);
    const dust = layDust(above, bed(66_150, 2), -60)!;
    expect(dust.sampleRate).toBe(48_000);
    expect(frameCount(dust)).toBe(3 * 96_000);
    const under = difference(dust, above);
    expect(largest(under.channels[0])).toBeLessThan(0.01);
  });

  it('keeps the image of its bed: what is in one channel alone stays there', () => {
    const above = pad(50_000, 2);
    const left = bed(50_000, 2);
    amplify(left.channels[1], 0);
    const under = difference(layDust(above, left, -12)!, above);
    expect(largest(under.channels[1])).toBe(0);
    expect(largest(under.channels[0])).toBeGreaterThan(0.01);
  });

  it('goes round without a seam, though its bed is read at another speed', () => {
    // A tone as bed: a step at its wrap would show, which noise could hide.
    const dust = layDust(pad(80_000, 2), pad(77_777, 2), -3)!;
    for (const channel of dust.channels) {
      const steps = channel.map((sample, n) => Math.abs(sample - channel.at(n - 1)!));
      expect(steps[0]).toBeLessThanOrEqual(1.01 * largest(steps.subarray(1)));
    }
  });

  it('plays its bed as fast as it is, as often as it fits', () => {
    const above = pad(88_200, 1);
    const tone = Float32Array.from({ length: 66_150 }, (_, n) => Math.sin((2 * Math.PI * 1500 * n) / 66_150));
    const [under] = difference(layDust(above, { sampleRate: RATE, channels: [tone] }, -12)!, above).channels;
    const rises = under.reduce(
      (count, sample, n) => count + (sample >= 0 && under.at(n - 1)! < 0 ? 1 : 0),
      0,
    );
    expect(under).toHaveLength(3 * 88_200);
    expect(rises).toBe(4 * 1500);
  });

  it('is none of silence', () => {
    expect(layDust(pad(50_000, 1), { sampleRate: RATE, channels: [new Float32Array(9000)] }, -18)).toBeNull();
  });

  it('has its bed within a semitone of its own speed, after no more rounds than that takes', () => {
    const seconds = fc.double({ min: 0.1, max: 600, noNaN: true });
    const semitones = (rounds: { pad: number; bed: number }, padSec: number, bedSec: number) =>
      Math.abs(12 * Math.log2((rounds.bed * bedSec) / (rounds.pad * padSec)));
    fc.assert(
      fc.property(seconds, seconds, (padSec, bedSec) => {
        const rounds = meetingOf(padSec, bedSec);
        expect(semitones(rounds, padSec, bedSec)).toBeLessThanOrEqual(1 + 1e-9);
        expect(rounds.pad).toBeLessThanOrEqual(Math.max(9 + bedSec / padSec, 1));
      }),
    );
    expect(meetingOf(2, 1.5)).toEqual({ pad: 3, bed: 4 });
    expect(meetingOf(6, 1.5)).toEqual({ pad: 1, bed: 4 });
    expect(meetingOf(2, 4)).toEqual({ pad: 2, bed: 1 });
  });
});
