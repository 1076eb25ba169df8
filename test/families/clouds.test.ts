import { describe, expect, it } from 'vitest';
import { realFft } from '../../src/dsp/fft.ts';
import { frameCount, type Sound } from '../../src/dsp/sound.ts';
import { hann } from '../../src/dsp/windows.ts';
import { makeClouds } from '../../src/families/clouds/make.ts';
import { chord, correlation, faded, joined, mixed, mono, noise, RATE, rms, sine, sines } from '../signals.ts';
import { allOf, settingsWith } from './making.ts';

const SECONDS = 8 * RATE;
const short = { cloud_duration_sec: 2, clouds_per_source: 1, pitch_shift_range: { min: -7, max: 7 } };
const unshifted = { ...short, pitch_shift_range: { min: 0, max: 0 } };

/** Furthest level of any 100 ms (or another time) of a ring from its mean, dB. */
function unevenness({ channels, sampleRate }: Sound, seconds = 0.1): number {
  const window = Math.round(seconds * sampleRate);
  const whole = rms(channels[0]);
  const tiled = joined(channels[0], channels[0].subarray(0, window));
  let worst = 0;
  for (let n = 0; n + window <= tiled.length; n += 441) {
    worst = Math.max(worst, Math.abs(20 * Math.log10(rms(tiled, n, n + window) / whole)));
  }
  return worst;
}

/** Mean power spectrum in dB re its largest bin, frames of 8192 round a ring. */
function spectrumDb(ring: Float32Array): Float32Array {
  const size = 8192;
  const fft = realFft(size);
  const power = new Float32Array(size / 2 + 1);
  const tiled = joined(ring, ring.subarray(0, size));
  for (let start = 0; start + size <= tiled.length; start += size / 2) {
    const frame = tiled.slice(start, start + size).map((x, n) => x * hann(size)[n]);
    const spectrum = fft.forward(frame);
    for (let bin = 0; bin < power.length; bin++)
      power[bin] += spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2;
  }
  const largest = Math.max(...power);
  return power.map((x) => 10 * Math.log10(x / largest + 1e-20));
}

function levelAt(spectrum: Float32Array, hertz: number): number {
  const bin = Math.round((hertz * 8192) / RATE);
  return Math.max(spectrum[bin - 1], spectrum[bin], spectrum[bin + 1]);
}

describe('level', () => {
  it.each([
    ['a sine', sines([220], SECONDS)],
    ['a chord', sines([220, 261.63, 329.63], SECONDS, 0.1)],
  ])('stays within 1 dB on %s, at any pitch', async (_, samples) => {
    for (const clouds of [short, unshifted]) {
      const { textures } = await allOf(makeClouds, mono(samples), settingsWith({ clouds }));
      expect(unevenness(textures[0].sound)).toBeLessThan(1);
    }
  });

  it('has no dip where like grains meet: none is set against what sounds already', async () => {
    // With grains of random sign the worst 20 ms lie at -6 to -14 dB.
    const settings = settingsWith({ clouds: { ...unshifted, clouds_per_source: 2 } });
    const { textures } = await allOf(makeClouds, mono(sines([351], SECONDS)), settings);
    for (const { sound } of textures) expect(unevenness(sound, 0.02)).toBeLessThan(5);
  });

  it('has no hole, however few and short the grains are asked', async () => {
    const sparse = { ...unshifted, grains_per_cloud: 1, grain_length_min_ms: 20, grain_length_max_ms: 200 };
    for (const overlap_ratio of [0.05, 0.5, 0.9]) {
      const settings = settingsWith({ clouds: { ...sparse, overlap_ratio } });
      const { textures } = await allOf(makeClouds, mono(noise(SECONDS, 0.2)), settings);
      const ring = textures[0].sound.channels[0];
      for (let n = 0; n + 441 <= ring.length; n += 441) {
        expect(rms(ring, n, n + 441) / rms(ring)).toBeGreaterThan(0.3);
      }
    }
  });
});

describe('pitch', () => {
  it('moves grains by whole semitones within the range, and only within it', async () => {
    const tone = mono(sines([1760], SECONDS));
    const clouds = {
      ...short,
      lowpass_hz: 0,
      cloud_duration_sec: 6,
      grains_per_cloud: 200,
      grain_length_max_ms: 150,
    };
    const still = await allOf(
      makeClouds,
      tone,
      settingsWith({ clouds: { ...clouds, pitch_shift_range: { min: 0, max: 0 } } }),
    );
    const moved = await allOf(
      makeClouds,
      tone,
      settingsWith({ clouds: { ...clouds, pitch_shift_range: { min: -12, max: 12 } } }),
    );
    const [before, after] = [still, moved].map(({ textures }) => spectrumDb(textures[0].sound.channels[0]));
    const level = (spectrum: Float32Array, semitones: number) =>
      levelAt(spectrum, 1760 * 2 ** (semitones / 12));
    for (const semitones of [-12, -5, 7, 12]) {
      expect(level(before, semitones)).toBeLessThan(-50);
      expect(level(after, semitones)).toBeGreaterThan(-26);
    }
    for (const outside of [-17, 17]) expect(level(after, outside)).toBeLessThan(-45);
  });

  it('folds nothing back: a tone that would pass the Nyquist frequency is gone', async () => {
    // 15 kHz up a fifth would be 22.5 kHz, folded to 21.6 kHz.
    const tone = mixed(sine(15_000, SECONDS, 0.2), sine(500, SECONDS, 0.2));
    const clouds = { ...short, lowpass_hz: 0, pitch_shift_range: { min: 7, max: 8 } };
    const { textures } = await allOf(makeClouds, mono(tone), settingsWith({ clouds }));
    const spectrum = spectrumDb(textures[0].sound.channels[0]);
    for (let hertz = 2000; hertz < 22_000; hertz += 50) expect(levelAt(spectrum, hertz)).toBeLessThan(-75);
  });

  it('moves to the target key', async () => {
    const samples = joined(
      ...[
        [60, 64, 67],
        [65, 69, 72],
        [67, 71, 74],
        [60, 64, 67],
      ].map((triad) => chord(triad, 2 * RATE)),
    );
    const { textures } = await allOf(
      makeClouds,
      mono(samples),
      settingsWith({ clouds: unshifted, musicality: { target_key: 'D maj' } }),
    );
    expect(textures[0].transposition).toBe(2);
  });
});

describe('image', () => {
  const shared = noise(SECONDS, 0.1, 'shared');
  const wide: Sound = {
    sampleRate: RATE,
    channels: [mixed(shared, noise(SECONDS, 0.1, 'left')), mixed(shared, noise(SECONDS, 0.1, 'right'))],
  };

  it.each([0, 0.7, 1])('keeps the correlation of a stereo source at spread %s', async (stereo_spread) => {
    const { textures } = await allOf(makeClouds, wide, settingsWith({ clouds: { ...short, stereo_spread } }));
    const [left, right] = textures[0].sound.channels;
    expect(Math.abs(correlation(left, right) - correlation(wide.channels[0], wide.channels[1]))).toBeLessThan(
      0.1,
    );
    expect(left).not.toEqual(right);
  });

  it('brings a width that the spread has moved back to within 0.05', async () => {
    const close: Sound = {
      sampleRate: RATE,
      channels: ['left', 'right'].map((side) => mixed(shared, noise(SECONDS, 0.02, side))),
    };
    const { textures } = await allOf(
      makeClouds,
      close,
      settingsWith({ clouds: { ...short, stereo_spread: 1 } }),
    );
    const [left, right] = textures[0].sound.channels;
    // The turning alone lowers it by a tenth.
    expect(
      Math.abs(correlation(left, right) - correlation(close.channels[0], close.channels[1])),
    ).toBeLessThan(0.06);
  });

  it('spreads the grains of a stereo source that is really mono, a little', async () => {
    const centred = { sampleRate: RATE, channels: [shared, shared] };
    const narrow = await allOf(makeClouds, centred, settingsWith({ clouds: { ...short, stereo_spread: 0 } }));
    const spread = await allOf(makeClouds, centred, settingsWith({ clouds: { ...short, stereo_spread: 1 } }));
    const [still, moved] = [narrow, spread].map(({ textures }) => textures[0].sound.channels);
    expect(correlation(still[0], still[1])).toBeGreaterThan(0.9999);
    expect(correlation(moved[0], moved[1])).toBeLessThan(0.99);
    expect(correlation(moved[0], moved[1])).toBeGreaterThan(0.9);
  });

  it('leaves mono mono', async () => {
    const { textures } = await allOf(makeClouds, mono(shared), settingsWith({ clouds: short }));
    expect(textures[0].sound.channels.length).toBe(1);
  });
});

describe('the ring', () => {
  it('never repeats itself: no lag correlates', async () => {
    const { textures } = await allOf(
      makeClouds,
      mono(noise(SECONDS, 0.2)),
      settingsWith({ clouds: unshifted }),
    );
    const ring = textures[0].sound.channels[0];
    expect(largestRepeat(ring, Math.round(0.16 * RATE))).toBeLessThan(0.25);
    // The same measure does hear a loop of half the length played twice.
    const half = ring.subarray(0, RATE);
    expect(largestRepeat(joined(half, half), Math.round(0.16 * RATE))).toBeGreaterThan(0.9);
  });

  it('is as long as asked, to the sample, on and off the grid', async () => {
    const source = mono(chord([57, 60, 64], SECONDS));
    const free = await allOf(
      makeClouds,
      source,
      settingsWith({ clouds: { ...short, cloud_duration_sec: 1.2345 } }),
    );
    expect(frameCount(free.textures[0].sound)).toBe(Math.round(1.2345 * RATE));
    const snapped = settingsWith({
      clouds: short,
      musicality: { snap_to_grid: true, reference_bpm: 97, bar_lengths: [1, 2] },
    });
    const bars = await allOf(makeClouds, source, snapped);
    expect(bars.textures.map(({ sound }) => frameCount(sound))).toEqual(
      [1, 2].map((count) => Math.round((count * 4 * 60 * RATE) / 97)),
    );
    expect(bars.textures.map(({ index }) => index)).toEqual([1, 2]);
  });

  it('is the same for the same seed and another for another, and for another index', async () => {
    const source = mono(chord([57, 60, 64], SECONDS));
    const settings = settingsWith({ clouds: { ...short, clouds_per_source: 2 } });
    const once = await allOf(makeClouds, source, settings, 1);
    const again = await allOf(makeClouds, source, settings, 1);
    const other = await allOf(makeClouds, source, settings, 2);
    expect(once.textures[0].sound).toEqual(again.textures[0].sound);
    expect(once.textures[0].sound).not.toEqual(other.textures[0].sound);
    expect(once.textures[0].sound).not.toEqual(once.textures[1].sound);
  });

  it('says what it is', async () => {
    const { textures } = await allOf(makeClouds, mono(chord([57, 60, 64], SECONDS)));
    expect(textures.map(({ variant }) => variant)).toEqual(['drifting', 'still', 'shimmering']);
    expect(textures[0]).toMatchObject({
      family: 'cloud',
      naming: 'cloud',
      index: 1,
      variant: 'drifting',
      loop: { kind: 'ring' },
      targetPeakDb: -3,
    });
    // One goes all the way through so short a source, one keeps to its stillest windows.
    expect(textures[0].origin.endSec - textures[0].origin.startSec).toBeGreaterThan(6);
    expect(textures[1].origin.endSec - textures[1].origin.startSec).toBeLessThan(8);
    expect(textures[0].stability).toBeGreaterThan(0);
  });

  it('low-passes round the ring', async () => {
    const white = mono(noise(SECONDS, 0.2));
    const { textures } = await allOf(
      makeClouds,
      white,
      settingsWith({ clouds: { ...unshifted, lowpass_hz: 2000 } }),
    );
    const spectrum = spectrumDb(textures[0].sound.channels[0]);
    expect(levelAt(spectrum, 1000)).toBeGreaterThan(-6);
    expect(levelAt(spectrum, 8000)).toBeLessThan(-40);
  });
});

describe('what cannot be used', () => {
  it.each([
    ['silence', new Float32Array(SECONDS), /silent/],
    ['a source shorter than a grain', sines([440], 0.03 * RATE), /shortest grain/],
    ['one sample', new Float32Array([0.5]), /./],
    ['all that is under a stated level', sines([440], SECONDS, 1e-4), /min_rms_db/],
  ])('passes over %s and says why', async (_, samples, reason) => {
    const stated = settingsWith({ pre_analysis: { min_rms_db: -40 } });
    const { textures, skipped } = await allOf(makeClouds, mono(samples), stated);
    expect(textures).toEqual([]);
    expect(skipped.length).toBe(1);
    expect(skipped[0].words).toMatch(reason);
  });

  it('makes do with less than a second', async () => {
    const { textures } = await allOf(makeClouds, mono(sines([440], 0.4 * RATE)));
    expect(textures.length).toBe(3);
    expect(unevenness(textures[0].sound)).toBeLessThan(1.5);
  });

  it('says of all clouds the root of what they are made of', async () => {
    const clouds = { ...unshifted, clouds_per_source: 3 };
    const { textures } = await allOf(
      makeClouds,
      mono(chord([45, 52, 57], SECONDS)),
      settingsWith({ clouds }),
    );
    expect(textures.map(({ momentRoot }) => momentRoot?.note)).toEqual([45, 45, 45]);
  });

  it('lifts no noise floor: grains come from where the music is', async () => {
    const tail = faded(mixed(sines([440], SECONDS), noise(SECONDS, 1e-4)), -60);
    const { textures } = await allOf(
      makeClouds,
      mono(tail),
      settingsWith({ clouds: { ...short, clouds_per_source: 1 }, pre_analysis: { enabled: false } }),
    );
    expect(textures[0].origin.endSec).toBeLessThan(6);
  });
});

/** Largest normalised autocorrelation of a ring at any lag from `least` to half its length. */
function largestRepeat(ring: Float32Array, least: number): number {
  // A repeat of the whole repeats this part as well.
  const part = ring.subarray(0, 8192);
  const energy = part.reduce((sum, x) => sum + x * x, 0);
  let largest = 0;
  for (let lag = least; lag + part.length <= ring.length; lag++) {
    let sum = 0;
    for (let n = 0; n < part.length; n += 4) sum += part[n] * ring[lag + n];
    largest = Math.max(largest, Math.abs(4 * sum) / energy);
  }
  return largest;
}
