import { describe, expect, it } from 'vitest';
import { sourceDistance } from '../../src/analysis/source-texture.ts';
import { butterworthHighPass, butterworthLowPass } from '../../src/dsp/butterworth.ts';
import { filterCircular } from '../../src/dsp/filter.ts';
import { frameCount, type Sound } from '../../src/dsp/sound.ts';
import { makeHiss, makeSyntheticHiss } from '../../src/families/hiss/make.ts';
import { isTexture } from '../../src/families/texture.ts';
import { correlation, joined, mixed, mono, noise, RATE, rms, rotated, sine, sines } from '../signals.ts';
import { allOf, randomFor, settingsWith } from './making.ts';

const steady = { tremolo_depth: 0, use_synthetic_noise: false };

/** Hits of decaying noise, two a second, over a tuned drum. */
function beat(frames: number, seed: string, level = 0.5): Float32Array {
  const hits = noise(frames, level, seed).map((x, n) => x * Math.exp(-(n % (RATE / 2)) / (0.04 * RATE)));
  const drum = sine(180, frames, 0.3).map((x, n) => x * Math.exp(-(n % (RATE / 2)) / (0.1 * RATE)));
  return mixed(hits, drum);
}

const drums = mono(beat(4 * RATE, 'hits'));

function levels(ring: Float32Array, window: number): number[] {
  const tiled = joined(ring, ring.subarray(0, window));
  const whole = rms(ring);
  const result: number[] = [];
  for (let n = 0; n < ring.length; n += window >> 1) {
    result.push(20 * Math.log10(rms(tiled, n, Math.min(tiled.length, n + window)) / whole));
  }
  return result;
}

describe('a hiss loop', () => {
  it('is continuous although the hits are not: no silence, even level', async () => {
    const { textures } = await allOf(makeHiss, drums, settingsWith({ hiss: steady }));
    const ring = textures[0].sound.channels[0];
    expect(frameCount(textures[0].sound)).toBe(1.5 * RATE);
    expect(Math.max(...levels(ring, 4410).map(Math.abs))).toBeLessThan(0.7);
    expect(Math.max(...levels(ring, 882).map(Math.abs))).toBeLessThan(2.5);
    // The hits themselves fall by 50 dB between each other.
    expect(Math.min(...levels(drums.channels[0], 882))).toBeLessThan(-15);
  });

  it('is held against its source, unless nothing of that is in it', async () => {
    const { textures } = await allOf(
      makeHiss,
      drums,
      settingsWith({ hiss: { ...steady, hiss_loops_per_source: 2 } }),
    );
    const [one, other] = textures.filter(({ loop }) => loop !== null);
    expect(one.madeLike).toBe(other.madeLike);
    // It has lost the rhythm of its hits.
    expect(sourceDistance(one.sound, one.madeLike!)).toBeGreaterThan(2);
    const silent = await allOf(makeHiss, mono(sine(180, 4 * RATE, 0.3)), settingsWith({}));
    expect(silent.textures[0].variant).toBe('synthetic');
    expect(silent.textures[0].madeLike).toBeUndefined();
  });

  it('never plays a hit twice', async () => {
    const { textures } = await allOf(makeHiss, drums, settingsWith({ hiss: steady }));
    const ring = textures[0].sound.channels[0];
    for (let lag = 100; lag < ring.length / 2; lag += 1) {
      const part = ring.subarray(0, 2048);
      if (lag % 7 === 0)
        expect(Math.abs(correlation(part, ring.subarray(lag, lag + 2048)))).toBeLessThan(0.3);
    }
  });

  it('breathes in whole cycles of tremolo, as deep as asked', async () => {
    const hiss = {
      use_synthetic_noise: false,
      tremolo_rate_hz: 3.2,
      tremolo_depth: 0.6,
      loop_duration_sec: 2,
    };
    const { textures } = await allOf(makeHiss, drums, settingsWith({ hiss }));
    const ring = textures[0].sound.channels[0];
    const level = levels(ring, 882);
    expect(Math.max(...level) - Math.min(...level)).toBeGreaterThan(6.5);
    expect(Math.max(...level) - Math.min(...level)).toBeLessThan(10.5);
    // 6.4 cycles asked, 6 made: a sixth of the loop on, the level is the same.
    const sixth = Math.round(ring.length / 6);
    const envelope = levels(ring, 2940);
    const shifted = levels(rotated(ring, sixth), 2940);
    envelope.forEach((value, i) => {
      expect(Math.abs(value - shifted[i])).toBeLessThan(1.5);
    });
  });

  it('stays within its band', async () => {
    const { textures } = await allOf(makeHiss, drums, settingsWith({ hiss: steady }));
    const ring = textures[0].sound.channels[0];
    const below = filterCircular([ring], butterworthLowPass(4, 2000, RATE))[0];
    const above = filterCircular([ring], butterworthHighPass(4, 20_000, RATE))[0];
    expect(20 * Math.log10(rms(below) / rms(ring))).toBeLessThan(-30);
    expect(20 * Math.log10(rms(above) / rms(ring))).toBeLessThan(-30);
  });

  it('takes the colour of the hits', async () => {
    const dark = mono(movingMean(drums.channels[0], 5));
    const centroids: number[] = [];
    for (const sound of [drums, dark]) {
      const { textures } = await allOf(makeHiss, sound, settingsWith({ hiss: steady }));
      centroids.push(slopeRatio(textures[0].sound.channels[0]));
    }
    expect(centroids[1]).toBeLessThan(0.85 * centroids[0]);
  });

  it.each([0, 0.5, 1])('keeps the image of a stereo source, shared part %s', async (share) => {
    const left = beat(4 * RATE, 'left');
    const right = mixed(
      left.map((x) => share * x),
      beat(4 * RATE, 'right').map((x) => (1 - share) * x),
    );
    const stereo: Sound = { sampleRate: RATE, channels: [left, right] };
    const hiss = { ...steady, loop_duration_sec: 4, use_synthetic_noise: true };
    const { textures } = await allOf(makeHiss, stereo, settingsWith({ hiss }));
    const loops = textures.filter(({ naming }) => naming === 'hiss_loop');
    // Of the noise alone: the tuned drum lies under the band.
    const wanted = share / Math.sqrt(share ** 2 + (1 - share) ** 2);
    for (const { sound } of loops) {
      expect(Math.abs(correlation(sound.channels[0], sound.channels[1]) - wanted)).toBeLessThan(0.05);
    }
  });

  it('keeps the image of hits of which some are narrow, some wide and some aside', async () => {
    // 4 ms at odd places: frames that do not overlap would see one and miss another.
    const hits = Array.from({ length: 12 }, (_, i) => {
      const burst = (seed: string) => noise(0.004 * RATE, 0.5, `${seed} ${i}`);
      const middle = burst('middle');
      const right = i % 3 === 0 ? middle : i % 3 === 1 ? burst('right') : middle.map((x) => -0.2 * x);
      const rest = new Float32Array(Math.round((0.1 + 0.0137 * i) * RATE));
      return [joined(middle, rest), joined(right, rest)];
    });
    const channels = [0, 1].map((side) => joined(...hits.map((hit) => hit[side])));
    const high = channels.map((channel) => filterCircular([channel], butterworthHighPass(2, 4000, RATE))[0]);
    const wanted = correlation(high[0], high[1]);
    const { textures } = await allOf(
      makeHiss,
      { sampleRate: RATE, channels },
      settingsWith({ hiss: steady }),
    );
    for (const { sound } of textures.filter(({ naming }) => naming === 'hiss_loop')) {
      expect(Math.abs(correlation(sound.channels[0], sound.channels[1]) - wanted)).toBeLessThan(0.03);
    }
  });

  it('differs from its sibling, and not from itself', async () => {
    const once = await allOf(makeHiss, drums);
    const again = await allOf(makeHiss, drums);
    expect(once.textures.length).toBeGreaterThan(2);
    expect(once.textures).toEqual(again.textures);
    expect(
      Math.abs(correlation(once.textures[0].sound.channels[0], once.textures[1].sound.channels[0])),
    ).toBeLessThan(0.1);
    expect(once.textures.map(({ index, naming }) => `${naming} ${index}`).slice(0, 3)).toEqual([
      'hiss_loop 1',
      'hiss_loop 2',
      'hiss_flicker 1',
    ]);
  });
});

describe('synthetic noise', () => {
  const kick = mono(sines([60], RATE).map((x, n) => x * Math.exp(-n / (0.1 * RATE))));

  it.each([
    ['silence', mono(new Float32Array(RATE))],
    ['a source without hiss', kick],
  ])('stands in for %s', async (_, sound) => {
    const { textures, skipped } = await allOf(makeHiss, sound);
    expect(textures.map(({ naming, variant }) => [naming, variant])).toEqual([
      ['hiss_loop', 'synthetic'],
      ['hiss_loop', 'synthetic'],
    ]);
    expect(rms(textures[0].sound.channels[0])).toBeGreaterThan(0);
    expect(skipped[0].words).toMatch(/flickers/);
  });

  it.each([
    ['silence', mono(new Float32Array(RATE))],
    ['one sample', mono(Float32Array.of(0.1))],
  ])('is not made of %s where the settings forbid it', async (_, sound) => {
    const { textures, skipped } = await allOf(
      makeHiss,
      sound,
      settingsWith({ hiss: { use_synthetic_noise: false } }),
    );
    expect(textures).toEqual([]);
    expect(skipped[0].words).toMatch(/use_synthetic_noise/);
  });

  it('brightens a dark hiss by as much as its level says', async () => {
    const dark = mono(movingMean(drums.channels[0], 5));
    const brightness: number[] = [];
    for (const hiss of [steady, { ...steady, use_synthetic_noise: true, synthetic_noise_level_db: 0 }]) {
      const { textures } = await allOf(makeHiss, dark, settingsWith({ hiss }));
      brightness.push(slopeRatio(textures[0].sound.channels[0]));
    }
    expect(brightness[1]).toBeGreaterThan(1.1 * brightness[0]);
  });

  it('needs no source', () => {
    const settings = settingsWith({});
    const made = [...makeSyntheticHiss(RATE, 2, settings, randomFor(1))].filter(isTexture);
    expect(made.length).toBe(2);
    expect(made[0].sound.channels.length).toBe(2);
    expect(Math.abs(correlation(made[0].sound.channels[0], made[0].sound.channels[1]))).toBeLessThan(0.05);
    const forbidden = settingsWith({ hiss: { use_synthetic_noise: false } });
    expect([...makeSyntheticHiss(RATE, 2, forbidden, randomFor(1))]).toEqual([]);
  });
});

describe('bands', () => {
  it('says which setting is in the way where the rate has no room for the band', async () => {
    const slow = { sampleRate: 8000, channels: [noise(8000, 0.3)] };
    const { textures, skipped } = await allOf(makeHiss, slow);
    expect(textures).toEqual([]);
    expect(skipped[0].words).toMatch(/bandpass_low_hz/);
  });

  it('takes a high-pass and low rates', async () => {
    const slow = { sampleRate: 16_000, channels: [noise(16_000, 0.3)] };
    const settings = settingsWith({ hiss: { use_bandpass: false, highpass_hz: 3000 } });
    const { textures } = await allOf(makeHiss, slow, settings);
    expect(textures[0].sound.channels[0].every(Number.isFinite)).toBe(true);
  });
});

/** A crude low-pass: the mean of neighbouring samples. */
function movingMean(samples: Float32Array, count: number): Float32Array {
  return samples.map((_, n) => {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += samples[(n + k) % samples.length];
    return sum / count;
  });
}

/** How bright: root mean square of the differences over that of the samples. */
function slopeRatio(samples: Float32Array): number {
  return rms(samples.map((x, n) => x - (n > 0 ? samples[n - 1] : 0))) / rms(samples);
}
