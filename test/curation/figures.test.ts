import { describe, expect, it } from 'vitest';
import { measureTexture } from '../../src/curation/figures.ts';
import { spectralFigures } from '../../src/curation/spectral-figures.ts';
import { levelsOf } from '../../src/dsp/levels.ts';
import { loudness } from '../../src/dsp/loudness.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { truePeak } from '../../src/dsp/true-peak.ts';
import { placeWrap } from '../../src/loops/place-wrap.ts';
import { joined, mono, noise, RATE, sine, sines } from '../signals.ts';
import { texture } from './textures.ts';

function measure(
  sound: Sound,
  other: Parameters<typeof texture>[1] = {},
  source: Parameters<typeof measureTexture>[3] = null,
) {
  const made = texture(sound, other);
  return measureTexture(
    made,
    {
      sound,
      levels: levelsOf(sound),
      truePeak: truePeak(sound, made.loop !== null),
      lufs: loudness(sound, made.loop !== null),
    },
    made.loop ? placeWrap(sound, null) : null,
    source,
  );
}

describe('measureTexture', () => {
  it('measures a sine', () => {
    const figures = measure(mono(sine(441, 2 * RATE, 0.5)));
    expect(figures.durationSec).toBe(2);
    expect(figures.rmsDb).toBeCloseTo(-9.03, 2);
    expect(figures.crestFactor).toBeCloseTo(Math.SQRT2, 2);
    expect(figures.truePeakDb).toBeCloseTo(-6.02, 2);
    expect(figures.dcOffset).toBeLessThan(1e-6);
    expect(Math.abs(figures.centroidHz - 441)).toBeLessThan(5);
    expect(Math.abs(figures.estimatedHz! - 441)).toBeLessThan(0.5);
    expect(figures.seam!.step).toBeLessThan(4);
    expect(figures.clippedShare).toBe(0);
  });

  it('takes the loudness of a loop as it goes round, that of a one-shot as it ends', () => {
    // Loud for 0.2 s at either end: only a block of 400 ms around the wrap is loud throughout. The means of the
    // blocks that pass the gate are then 0.571 and 0.375 of the loud part's, 1.8 dB apart.
    const loud = sine(1000, 0.2 * RATE, 0.5);
    const sound = mono(joined(loud, sine(1000, 0.8 * RATE, 0.005), loud));
    const once = measure(sound, { loop: null }).lufs;
    const round = measure(sound, { loop: { kind: 'ring' } }).lufs;
    expect(Math.abs(round - once - 1.8)).toBeLessThan(0.3);
  });

  it('has no seam for what plays once and no pitch for hiss', () => {
    const figures = measure(mono(noise(RATE)), { family: 'hiss', loop: null });
    expect(figures.seam).toBeNull();
    expect(figures.estimatedHz).toBeNull();
    expect(figures.centroidHz).toBeGreaterThan(9000);
  });

  it('counts what clips in the source, only where the texture comes from', () => {
    const clipped = new Uint16Array(100);
    clipped.fill(50, 40, 60);
    const source = { sampleRate: 1000, channelCount: 2, hop: 100, cellCount: 100, clipped };
    const sound = mono(sine(441, 4410));
    const at = (startSec: number, endSec: number) =>
      measure(sound, { origin: { startSec, endSec } }, source).clippedShare;
    expect(at(4, 6)).toBeCloseTo(0.25, 6);
    expect(at(3, 5)).toBeCloseTo(0.125, 6);
    expect(at(0, 4)).toBe(0);
    expect(at(20, 30)).toBe(0);
  });

  it('survives silence, one frame and nothing', () => {
    for (const length of [0, 1, 100, 10000]) {
      for (const loop of [null, { kind: 'ring' } as const]) {
        const figures = measure(mono(new Float32Array(length)), { loop });
        expect(figures.crestFactor).toBe(0);
        expect(figures.centroidHz).toBe(0);
        expect(figures.estimatedHz).toBeNull();
      }
    }
  });
});

describe('spectralFigures', () => {
  it.each([8000, 44100, 96000])('places centroid and strongest partial at %i Hz', (rate) => {
    const sound = mono(sines([300, 1500], rate, 0.2, rate), rate);
    const { centroidHz, strongestHz } = spectralFigures(sound);
    expect(Math.abs(centroidHz - 900)).toBeLessThan(20);
    expect(Math.min(Math.abs(strongestHz! - 300), Math.abs(strongestHz! - 1500))).toBeLessThan(1);
  });

  it('lets a silent tail say nothing', () => {
    const samples = sine(1000, RATE);
    samples.fill(0, RATE / 2);
    for (let n = RATE / 2; n < RATE; n++) samples[n] = n % 2 === 0 ? 1e-5 : -1e-5;
    expect(Math.abs(spectralFigures(mono(samples)).centroidHz - 1000)).toBeLessThan(150);
  });

  it('hears channels that would cancel each other', () => {
    const left = sine(1000, RATE);
    const sound = { sampleRate: RATE, channels: [left, left.map((x) => -x)] };
    expect(Math.abs(spectralFigures(sound).strongestHz! - 1000)).toBeLessThan(0.5);
  });

  it('measures sounds shorter than a window', () => {
    const { centroidHz } = spectralFigures(mono(sine(2000, 200)));
    expect(Math.abs(centroidHz - 2000)).toBeLessThan(1000);
  });
});
