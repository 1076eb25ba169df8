import { describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { stretch, stretchRange } from '../../src/dsp/stretch.ts';
import { correlation, decibels, mixed, mono, noise, RATE, rms, sines } from '../signals.ts';

const PARTIALS = [220, 329.6, 554.4];

describe('stretch', () => {
  it('gives the sound itself back when there is nothing to do', async () => {
    const sound = mono(sines([440], 5000));
    expect(await stretch(sound, { factor: 1, semitones: 0 })).toBe(sound);
  });

  it.each([
    [2, 0],
    [1.5, 0],
    [0.73, 0],
    [1, 7],
    [1, 12],
    [1, -5],
    [1.5, 0.37],
    [2, -12],
  ])(
    'factor %f, %f semitones: partials within 2 cents and 0.5 dB, length exact',
    async (factor, semitones) => {
      const source = sines(PARTIALS, 60_001);
      const { channels } = await stretch(mono(source), { factor, semitones });
      expect(channels[0].length).toBe(Math.round(60_001 * factor));
      for (const frequency of PARTIALS) {
        const before = partial(source, frequency);
        const after = partial(channels[0], frequency * 2 ** (semitones / 12));
        expect(Math.abs(after.cents)).toBeLessThan(2);
        expect(Math.abs(decibels(after.amplitude / before.amplitude))).toBeLessThan(0.5);
      }
    },
  );

  it.each([
    [2, 0],
    [1, 7],
    [1.5, -5],
  ])('factor %f, %f semitones: level and image of noise and tones stay', async (factor, semitones) => {
    const source = wideSound(80_000);
    const output = await stretch(source, { factor, semitones });
    const [left, right] = source.channels;
    const [leftAfter, rightAfter] = output.channels;
    expect(Math.abs(correlation(leftAfter, rightAfter) - correlation(left, right))).toBeLessThan(0.05);
    for (const [before, after] of [[left, leftAfter] as const, [right, rightAfter] as const]) {
      expect(Math.abs(decibels(rms(after) / rms(before)))).toBeLessThan(0.5);
    }
  });

  it('gives a chord with noise, twice as long, back at its level', async () => {
    const source = mixed(sines(PARTIALS, 60_000, 0.05), noise(60_000, 0.3));
    const { channels } = await stretch(mono(source), { factor: 2, semitones: 0 });
    expect(Math.abs(decibels(rms(channels[0]) / rms(source)))).toBeLessThan(0.1);
  });

  it.each([
    [0.5, 0],
    [1, -12],
    [3, 0],
  ])('factor %f, %f semitones: the sides of wide noise correlate as before', async (factor, semitones) => {
    const shared = noise(90_000, 0.1, 'shared');
    const channels = ['left', 'right'].map((side) => mixed(shared, noise(90_000, 0.1, side)));
    const output = await stretch({ sampleRate: RATE, channels }, { factor, semitones });
    const [before, after] = [channels, output.channels].map(([left, right]) => correlation(left, right));
    expect(Math.abs(after - before)).toBeLessThan(0.01);
  });

  it.each([2, 0.75])('leaves harmonics that peak together together, at factor %f', async (factor) => {
    const voice = harmonics(60_000);
    const [stretched] = (await stretch(mono(voice), { factor, semitones: 0 })).channels;
    // Set adrift they would lose 6 dB and more.
    expect(Math.abs(decibels(crest(stretched) / crest(voice)))).toBeLessThan(1.5);
  });

  it('keeps an attack where it was and steep', async () => {
    const source = new Float32Array(2 * RATE);
    source.set(sines([220, 440, 660], RATE), RATE);
    const [output] = (await stretch(mono(source), { factor: 2, semitones: 0 })).channels;
    const level = (from: number, to: number) =>
      decibels(rms(output, Math.round(from * RATE), Math.round(to * RATE)) / rms(output, 2 * RATE));
    expect(level(1.9, 1.98)).toBeLessThan(-10);
    expect(level(2.005, 2.015)).toBeGreaterThan(-3);
  });

  it('keeps no trace of what it did before', async () => {
    const [one, other] = [wideSound(20_000, 'one'), wideSound(30_000, 'other')];
    const options = { factor: 3.1, semitones: 2 };
    const first = await stretch(one, options);
    await stretch(other, { factor: 1.2, semitones: -3 });
    const [again, , overlapping] = await Promise.all([
      stretch(one, options),
      stretch(other, options),
      stretch(one, options),
    ]);
    expect(largestDifference(again, first)).toBe(0);
    expect(largestDifference(overlapping, first)).toBe(0);
  });

  it('gives a channel said twice what it gives one', async () => {
    const [left] = wideSound(20_000).channels;
    const options = { factor: 3.1, semitones: 0 };
    const one = await stretch(mono(left), options);
    const two = await stretch({ sampleRate: RATE, channels: [left, left] }, options);
    // Sums over one channel or two round differently.
    expect(largestDifference(mono(two.channels[0]), one)).toBeLessThan(1e-5);
    expect(largestDifference(mono(two.channels[1]), one)).toBeLessThan(1e-5);
  });

  it('survives silence, a single frame and more channels than two', async () => {
    const quiet = await stretch(mono(new Float32Array(4000)), { factor: 2, semitones: 5 });
    expect(largestDifference(quiet, mono(new Float32Array(8000)))).toBe(0);
    const one = await stretch(mono(Float32Array.of(0.5)), { factor: 3, semitones: 0 });
    expect(one.channels[0]).toHaveLength(3);
    expect(one.channels[0].every(Number.isFinite)).toBe(true);
    const six = { sampleRate: RATE, channels: Array.from({ length: 6 }, () => sines([300], 3000)) };
    expect((await stretch(six, { factor: 0.5, semitones: 0 })).channels).toHaveLength(6);
  });

  it.each([8000, 192_000])('keeps a chord at %i frames a second', async (sampleRate) => {
    const left = sines(PARTIALS, 3 * sampleRate, 0.2, sampleRate);
    const { channels } = await stretch({ sampleRate, channels: [left, left] }, { factor: 2, semitones: 0 });
    expect(channels[0]).toHaveLength(6 * sampleRate);
    expect(Math.abs(decibels(rms(channels[1]) / rms(left)))).toBeLessThan(0.1);
    const level = (second: number) => rms(channels[0], second * sampleRate, (second + 0.5) * sampleRate);
    expect(Math.abs(decibels(level(2) / level(4)))).toBeLessThan(0.1);
  });

  it.each([
    [2, 0],
    [1.5, 0],
    [1.2, 0],
    [1, 7],
    [1, -5],
  ])('keeps quiet bass beside loud at factor %f, %f semitones', async (factor, semitones) => {
    const low = sines([60], 5 * RATE, 0.014);
    const source = mono(mixed(low, sines([80], 5 * RATE, 0.25)));
    const { channels } = await stretch(source, { factor, semitones });
    const { amplitude } = partial(channels[0], 60 * 2 ** (semitones / 12), 22_050);
    const before = partial(low, 60, 22_050).amplitude;
    expect(Math.abs(decibels(amplitude / before))).toBeLessThan(2.5);
  });

  it('lets no steady tone beat', async () => {
    const { channels } = await stretch(mono(sines([440.3], 3 * RATE)), { factor: 1.5, semitones: 0 });
    for (let at = 0.5; at < 4; at += 0.03) {
      const level = rms(channels[0], Math.round(at * RATE), Math.round((at + 0.025) * RATE));
      expect(Math.abs(decibels(level / (0.2 * Math.SQRT1_2)))).toBeLessThan(0.3);
    }
  });

  it('refuses a factor of 0 or less', async () => {
    await expect(stretch(mono(new Float32Array(10)), { factor: 0, semitones: 0 })).rejects.toThrow(
      RangeError,
    );
  });
});

describe('stretchRange', () => {
  it('neither fades nor shifts at its ends when there is more around', async () => {
    const source = sines([440], 4 * RATE);
    const reader = soundReader(mono(source));
    for (const options of [
      { factor: 2, semitones: 0 },
      { factor: 1, semitones: 7 },
    ]) {
      const { channels } = await stretchRange(reader, RATE, RATE, options);
      const [output] = channels;
      expect(output).toHaveLength(RATE * options.factor);
      const level = rms(source);
      expect(Math.abs(decibels(rms(output, 0, 1000) / level))).toBeLessThan(0.2);
      expect(Math.abs(decibels(rms(output, output.length - 1000) / level))).toBeLessThan(0.2);
    }
  });

  it('puts an event where it belongs', async () => {
    const source = new Float32Array(3 * RATE);
    source.set(sines([700], 0.3 * RATE), 1.6 * RATE);
    const { channels } = await stretchRange(soundReader(mono(source)), RATE, RATE, {
      factor: 2,
      semitones: 7,
    });
    // The burst's middle is 0.75 s after the start of the range.
    expect(centreOfEnergy(channels[0]) / RATE).toBeCloseTo(1.5, 2);
  });

  it('returns the source itself, copied, where there is nothing to do', async () => {
    const source = sines([440], 1000);
    const same = await stretchRange(soundReader(mono(source)), 100, 300, { factor: 1, semitones: 0 });
    expect(largestDifference(same, mono(source.slice(100, 400)))).toBe(0);
  });
});

/** A centred chord, a tone that leads on the right, and noise on the left. */
function wideSound(frames: number, seed = 'wide'): Sound {
  const random = new Random(seed);
  const left = sines(PARTIALS, frames, 0.1);
  const right = left.slice();
  const delayed = sines([412], frames + 20, 0.1);
  for (let n = 0; n < frames; n++) {
    left[n] += 0.5 * delayed[n] + 0.05 * random.gaussian();
    right[n] += delayed[n + 20];
  }
  return { sampleRate: RATE, channels: [left, right] };
}

/** Forty harmonics of 140 Hz, in phase. */
function harmonics(frames: number): Float32Array {
  return sines(
    Array.from({ length: 40 }, (_, k) => 140 * (k + 1)),
    frames,
    0.02,
  );
}

/** Peak over RMS of the middle. */
function crest(samples: Float32Array): number {
  const middle = samples.subarray(10_000, samples.length - 10_000);
  return middle.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / rms(middle);
}

/** Deviation from a frequency and amplitude of a partial, by the phase advance between Hann windows along the middle. */
function partial(
  samples: Float32Array,
  frequency: number,
  size = 8192,
): { cents: number; amplitude: number } {
  const hop = 500;
  const edge = 6000;
  let [turned, steps, last, loudness] = [0, 0, 0, 0];
  for (let at = edge; at + size < samples.length - edge; at += hop) {
    let [re, im] = [0, 0];
    for (let n = 0; n < size; n++) {
      const window = Math.sin((Math.PI * n) / size) ** 2;
      const angle = (2 * Math.PI * frequency * (at + n)) / RATE;
      re += window * samples[at + n] * Math.cos(angle);
      im -= window * samples[at + n] * Math.sin(angle);
    }
    const phase = Math.atan2(im, re);
    const advance = phase - last;
    if (steps > 0) turned += advance - 2 * Math.PI * Math.round(advance / (2 * Math.PI));
    last = phase;
    loudness += (4 * Math.sqrt(re * re + im * im)) / size;
    steps++;
  }
  const deviation = (turned / (2 * Math.PI * (steps - 1) * hop)) * RATE;
  return { cents: 1200 * Math.log2(1 + deviation / frequency), amplitude: loudness / steps };
}

/** Of two sounds of one shape, over all samples; Infinity where the shapes differ. */
function largestDifference(a: Sound, b: Sound): number {
  let largest = a.channels.length === b.channels.length ? 0 : Infinity;
  for (const [index, channel] of a.channels.entries()) {
    if (channel.length !== b.channels[index]?.length) return Infinity;
    for (let n = 0; n < channel.length; n++) {
      largest = Math.max(largest, Math.abs(channel[n] - b.channels[index][n]));
    }
  }
  return largest;
}

function centreOfEnergy(samples: Float32Array): number {
  let [weighted, total] = [0, 0];
  for (let n = 0; n < samples.length; n++) {
    weighted += n * samples[n] ** 2;
    total += samples[n] ** 2;
  }
  return weighted / total;
}
