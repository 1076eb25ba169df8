import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { levelTexture } from '../../src/curation/level.ts';
import { amplitudeToDb, levelsOf, peak, rms } from '../../src/dsp/levels.ts';
import { loudness } from '../../src/dsp/loudness.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { truePeak } from '../../src/dsp/true-peak.ts';
import { ProcessingError } from '../../src/errors.ts';
import { mono, noise, RATE, sine } from '../signals.ts';
import { chord, texture } from './textures.ts';

const MATCHED = defaultSettings().global;
const PEAK = { ...MATCHED, normalization: 'peak' as const };
const LOUDNESS = { ...MATCHED, normalization: 'loudness' as const };

describe('levelTexture', () => {
  it('brings any texture to its true peak, and no sample to full scale', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4000 }),
        fc.double({ min: 0.001, max: 50, noNaN: true }),
        fc.double({ min: -30, max: 0, noNaN: true }),
        fc.boolean(),
        (length, amplitude, targetPeakDb, loops) => {
          const sound = mono(noise(length, amplitude, length));
          const loop = loops ? ({ kind: 'ring' } as const) : null;
          const levelled = levelTexture(texture(sound, { targetPeakDb, loop }), PEAK);
          const measured = amplitudeToDb(truePeak(levelled.sound, loops));
          expect(peak(levelled.sound)).toBeLessThan(1);
          // Two or three samples are hardly more than their mean, and silence stays silence.
          if (length > 15) expect(measured).toBeCloseTo(Math.min(targetPeakDb, -0.0005), 3);
          expect(amplitudeToDb(levelled.truePeak)).toBeCloseTo(measured, 3);
        },
      ),
    );
  });

  it('takes DC out of loops, below -100 dBFS, and keeps the balance of the channels', () => {
    const { sampleRate, channels } = chord();
    const offset = { sampleRate, channels: channels.map((channel) => channel.map((x) => x + 0.2)) };
    const { sound } = levelTexture(texture(offset), PEAK);
    for (const dc of levelsOf(sound).means) expect(Math.abs(dc)).toBeLessThan(1e-5);
    const sides = sound.channels.map((channel) => rms(mono(channel)));
    expect(amplitudeToDb(sides[0] / sides[1])).toBeCloseTo(6.02, 2);
  });

  it('takes DC out of one-shots without moving ends that are at zero', () => {
    const hump = sine(100, 8000, 0.3).map((x, n) => (x + 0.3) * Math.sin((Math.PI * n) / 8000) ** 2);
    hump[7999] = 0;
    const { sound } = levelTexture(texture(mono(hump), { loop: null }), PEAK);
    expect(Math.abs(levelsOf(sound).means[0])).toBeLessThan(1e-4);
    expect(sound.channels[0][0]).toBeCloseTo(0, 12);
    expect(sound.channels[0][7999]).toBeCloseTo(0, 12);
    expect(Math.abs(sound.channels[0][1])).toBeLessThan(1e-5);
  });

  it('aims at a loudness, under the same ceiling', () => {
    const quiet = levelTexture(texture(chord()), { ...LOUDNESS, target_lufs: -23 });
    expect(loudness(quiet.sound, true)).toBeCloseTo(-23, 1);
    const loud = levelTexture(texture(chord()), { ...LOUDNESS, target_lufs: -3 });
    expect(amplitudeToDb(loud.truePeak)).toBeCloseTo(-1, 3);
    expect(loudness(loud.sound, true)).toBeLessThan(-4);
  });

  it('matches loops of one source, however high their crest, and passes no ceiling', () => {
    const smooth = mono(noise(2 * RATE, 0.3).map((x) => Math.tanh(4 * x)));
    const struck = mono(noise(2 * RATE, 0.05).map((x, n) => (n % 22_050 < 300 ? 4 * x : x)));
    const loudest = (sounds: readonly Sound[], settings: typeof PEAK | typeof MATCHED, targetPeakDb = -1) =>
      sounds.map((sound) => {
        const levelled = levelTexture(texture(sound, { targetPeakDb }), settings);
        expect(amplitudeToDb(levelled.truePeak)).toBeLessThan(targetPeakDb + 0.001);
        return loudness(levelled.sound, true);
      });
    const [soft, hard] = loudest([smooth, struck], MATCHED);
    expect(soft).toBeCloseTo(-18, 1);
    expect(Math.abs(soft - hard)).toBeLessThan(2);
    const [softPeak, hardPeak] = loudest([smooth, struck], PEAK);
    expect(softPeak - hardPeak).toBeGreaterThan(6);
    // A family with a ceiling 11 dB lower is as much softer.
    expect(loudest([smooth], MATCHED, -12)[0]).toBeCloseTo(-29, 1);
  });

  it('brings what plays once to its peak, unless loudness is asked of everything', () => {
    const once = texture(chord(), { loop: null });
    expect(amplitudeToDb(levelTexture(once, MATCHED).truePeak)).toBeCloseTo(-1, 3);
    expect(loudness(levelTexture(once, LOUDNESS).sound)).toBeCloseTo(-18, 1);
  });

  it('leaves silence alone', () => {
    for (const settings of [PEAK, LOUDNESS]) {
      const { sound, truePeak: level } = levelTexture(texture(mono(noise(5000, 1e-6))), settings);
      expect(peak(sound)).toBeLessThan(2e-6);
      expect(level).toBeLessThan(1e-5);
      expect(levelTexture(texture(mono(new Float32Array(0))), settings).truePeak).toBe(0);
    }
  });

  it('refuses samples that are no numbers', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const samples = noise(1000);
      samples[500] = bad;
      expect(() => levelTexture(texture(mono(samples)), PEAK)).toThrow(ProcessingError);
    }
  });

  it('does not touch what it is given', () => {
    const sound = chord();
    const before = sound.channels[0].slice();
    levelTexture(texture(sound), PEAK);
    expect(sound.channels[0]).toEqual(before);
  });

  it('is the same in place', () => {
    const [sound, other] = [chord(), chord()];
    const inPlace = levelTexture(texture(other), PEAK, true);
    expect(inPlace).toEqual(levelTexture(texture(sound), PEAK));
    expect(inPlace.sound.channels[0]).toBe(other.channels[0]);
  });
});
