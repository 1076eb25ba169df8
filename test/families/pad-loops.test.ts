import { describe, expect, it } from 'vitest';
import { frameCount } from '../../src/dsp/sound.ts';
import { makePadLoops } from '../../src/families/pads/pad-loops.ts';
import { softened } from '../../src/families/pads/soften-loop.ts';
import type { Texture } from '../../src/families/texture.ts';
import { LANDMARK_LIMITS, landmarkSeverity } from '../../src/loops/landmark.ts';
import type { LoopPulse } from '../../src/loops/loop-pulse.ts';
import { placeWrap } from '../../src/loops/place-wrap.ts';
import { seamSeverity } from '../../src/loops/seam.ts';
import { measureSeam } from '../../src/loops/seam-meter.ts';
import {
  chord,
  correlation,
  joined,
  mixed,
  mono,
  noise,
  noteHz,
  plucks,
  RATE,
  rms,
  rotated,
} from '../signals.ts';
import { allOf, settingsWith } from './making.ts';
import { A_MINOR, wideSound } from './tonal.ts';

const originalOnly = settingsWith({ drones: { pitch_shift_semitones: [0], time_stretch_factors: [1] } });

describe('makePadLoops', () => {
  const sound = wideSound(8);
  const everything = allOf(makePadLoops, sound);

  it('makes every colour of every transform and each backwards; all close unheard', async () => {
    const { textures, skipped } = await everything;
    expect(skipped).toEqual([]);
    const changes = ['', '_pitch+7', '_pitch+12', '_stretch1.5x', '_stretch2.0x'];
    const wanted = changes.flatMap((change) =>
      ['warm', 'airy', 'dark', 'reversed'].map((colour) => colour + change),
    );
    expect(textures.map(({ variant }) => variant)).toEqual(wanted);
    expect(textures.map(({ index }) => index)).toEqual(wanted.map((_, i) => i + 1));
    expect(textures.some(({ loop }) => loop?.kind === 'splice')).toBe(true);
    for (const { sound, loop, family, naming } of textures) {
      expect([family, naming]).toEqual(['pad', 'pad_loop']);
      // As it ships: a splice as it was turned, a ring turned at the end.
      const seam = loop?.kind === 'splice' ? loop.seam : placeWrap(sound, null).seam;
      expect(seamSeverity(seam)).toBeLessThanOrEqual(1);
      // Flux depends on where frames lie: measured anew, now from the turned wrap on, it differs by some percent.
      if (loop?.kind !== 'splice') continue;
      const anew = measureSeam(sound, loop.crossfade);
      // From another first frame the flux is taken in other frames: of what a filter leaves, up to a fifth more.
      expect(seamSeverity(anew)).toBeLessThanOrEqual(1.2);
      expect(anew.levelDb).toBeCloseTo(seam.levelDb, 1);
    }
  });

  it('softens what stands out of the only moment that it has, on one side as well', async () => {
    const frames = 6 * RATE;
    const held = mixed(chord([45, 57, 60, 64], frames), noise(frames, 0.002));
    const struck = plucks([0.5, 1.5, 2.5, 3.5, 4.5, 5.5], 880, frames, 0.15);
    const sound = { sampleRate: RATE, channels: [held, mixed(held, struck)] };
    const { textures } = await allOf(makePadLoops, sound, originalOnly);
    const splices = textures.flatMap(({ loop }) => (loop?.kind === 'splice' ? [loop] : []));
    expect(splices.length).toBeGreaterThan(0);
    for (const { course, seam } of splices) {
      expect(landmarkSeverity(course.landmark, LANDMARK_LIMITS)).toBeLessThan(1);
      expect(seamSeverity(seam)).toBeLessThanOrEqual(1);
    }
  });

  it('leaves the beats of a steady pulse alone', () => {
    const loop = (pulse: LoopPulse | null) => ({
      sound: mono(mixed(noise(2 * RATE, 0.1), plucks([0.5], 880, 2 * RATE, 0.9))),
      origin: { startSec: 0, endSec: 2 },
      loop: {
        kind: 'splice' as const,
        crossfade: { start: 0, length: RATE >> 1 },
        seam: { step: 0, stepOfPeak: 0, levelDb: 0, flux: 0 },
        course: { landmark: { times: 9, db: 9 }, swellDb: 0 },
        pulse,
      },
    });
    const pulsing = loop({ hz: 2, errorMs: 0, depthDb: 6 });
    expect(softened(pulsing)).toBe(pulsing);
  });

  it('says where the crossfade of a backward loop lies: there, and nowhere else, it is no copy of the source', async () => {
    const backwards = settingsWith({
      drones: { pitch_shift_semitones: [0], time_stretch_factors: [1], pad_variants: [] },
    });
    const { textures } = await allOf(makePadLoops, sound, backwards);
    const { sound: loop, loop: closing } = byVariant(textures, 'reversed');
    if (closing?.kind !== 'splice') throw new Error('The source should close by a splice.');
    const { start, length } = closing.crossfade;
    const source = new Set(sound.channels[0]);
    const blended = rotated(loop.channels[0], start).map((value) => Number(!source.has(value)));
    const share = (part: Float32Array) => part.reduce((sum, one) => sum + one, 0) / part.length;
    expect(share(blended.subarray(0, length))).toBeGreaterThan(0.7);
    expect(share(blended.subarray(length))).toBe(0);
  });

  it('makes stretched loops longer, and shifted ones as long as they were', async () => {
    const { textures } = await everything;
    const seconds = (variant: string) => frameCount(byVariant(textures, variant).sound) / RATE;
    for (const [variant, wanted] of [
      ['warm', 2],
      ['warm_pitch+12', 2],
      ['warm_stretch1.5x', 3],
      ['warm_stretch2.0x', 4],
    ] as const) {
      expect(seconds(variant)).toBeGreaterThanOrEqual(0.9 * wanted - 0.001);
      expect(seconds(variant)).toBeLessThanOrEqual(1.1 * wanted + 0.001);
    }
  });

  it('colours: dark and warm lose the top, airy the rest', async () => {
    const { textures } = await everything;
    const balance = (variant: string) => brightness(byVariant(textures, variant).sound.channels[0]);
    expect(balance('dark')).toBeLessThan(balance('warm'));
    expect(balance('warm')).toBeLessThan(balance('reversed'));
    expect(balance('reversed')).toBeLessThan(balance('airy'));
  });

  it('keeps pitch, tells where it comes from, and keeps the image', async () => {
    const { textures } = await everything;
    for (const { variant, transposition, stretch, sound: loop, origin, stability } of textures) {
      expect(transposition).toBe(Number(/pitch([+-]\d+)/.exec(variant)?.[1] ?? 0));
      expect(stretch).toBe(Number(/stretch([\d.]+)x/.exec(variant)?.[1] ?? 1));
      const played = frameCount(loop) / RATE / (stretch ?? 1);
      expect(origin.endSec - origin.startSec).toBeGreaterThan(0.9 * played);
      expect(origin.endSec - origin.startSec).toBeLessThan(played + 0.001);
      expect(origin.startSec).toBeGreaterThanOrEqual(0);
      expect(origin.endSec).toBeLessThanOrEqual(8);
      expect(stability).toBeGreaterThan(0.3);
    }
    const { channels } = byVariant(textures, 'warm_stretch1.5x').sound;
    const image = correlation(sound.channels[0], sound.channels[1]);
    expect(Math.abs(correlation(channels[0], channels[1]) - image)).toBeLessThan(0.1);
    const root = noteHz(57 + 7);
    expect(powerAt(byVariant(textures, 'dark_pitch+7').sound.channels[0], root)).toBeGreaterThan(
      100 * powerAt(byVariant(textures, 'dark_pitch+7').sound.channels[0], root * 2 ** (0.5 / 12)),
    );
  });

  it('smears a source shorter than the loop on a ring of the asked length', async () => {
    const { textures } = await allOf(makePadLoops, wideSound(1.2), originalOnly);
    const warm = byVariant(textures, 'warm');
    expect(warm.loop).toEqual({ kind: 'ring' });
    expect(frameCount(warm.sound)).toBe(2 * RATE);
  });

  it('smears what is stretched beyond 3×, from no more source than that takes', async () => {
    const settings = settingsWith({
      drones: { pitch_shift_semitones: [0], time_stretch_factors: [8], pad_variants: ['warm'] },
    });
    const { textures } = await allOf(makePadLoops, wideSound(6), settings);
    const warm = byVariant(textures, 'warm_stretch8.0x');
    expect(warm.loop).toEqual({ kind: 'ring' });
    expect(frameCount(warm.sound)).toBe(16 * RATE);
    expect(warm.origin.endSec - warm.origin.startSec).toBeCloseTo(2, 2);
  });

  it('passes over a colour of which the source has nothing, and says which setting to change', async () => {
    const { textures, skipped } = await allOf(makePadLoops, mono(chord(A_MINOR, 6 * RATE)), originalOnly);
    expect(textures.some(({ variant }) => variant.startsWith('airy'))).toBe(false);
    expect(skipped[0]).toMatchObject({
      variant: 'airy',
      reason: { code: 'colour-empty', setting: 'airy_highpass_hz', hz: 6000 },
    });
  });

  it('keeps to the grid to the sample, every bar length', async () => {
    const settings = settingsWith({
      musicality: { snap_to_grid: true, reference_bpm: 133, bar_lengths: [1, 2] },
      drones: { pitch_shift_semitones: [0], time_stretch_factors: [1], enable_reversal: false },
    });
    const { textures } = await allOf(makePadLoops, wideSound(7), settings);
    const bar = (4 * 60 * RATE) / 133;
    expect(frameCount(byVariant(textures, 'warm_1bar').sound)).toBe(Math.round(bar));
    expect(frameCount(byVariant(textures, 'dark_2bar').sound)).toBe(Math.round(2 * bar));
  });

  it('moves everything to the target key', async () => {
    const settings = settingsWith({
      musicality: { target_key: 'C min' },
      drones: { pitch_shift_semitones: [0], time_stretch_factors: [1] },
    });
    const scale = joined(
      ...[0, 5, 7, 0].map((step) =>
        chord(
          A_MINOR.map((note) => note + step),
          2 * RATE,
        ),
      ),
    );
    const { textures } = await allOf(makePadLoops, mono(scale), settings);
    expect(textures.map(({ transposition }) => transposition)).toEqual(textures.map(() => 3));
  });

  it('passes over what would be too long to hold, and says which settings ask for it', async () => {
    const drones = { pad_loop_duration_sec: 30, time_stretch_factors: [100], pitch_shift_semitones: [7] };
    const short = mono(chord([57, 60], 2 * RATE));
    const { textures, skipped } = await allOf(makePadLoops, short, settingsWith({ drones }));
    expect(textures.every(({ stretch }) => stretch === 1)).toBe(true);
    expect(skipped.map(({ words: _, ...one }) => one)).toContainEqual({
      family: 'pad',
      variant: 'reversed_stretch100.0x',
      reason: { code: 'loop-too-long', seconds: 3000, mostSec: 600 },
    });
  });
});

function byVariant(textures: readonly Texture[], variant: string): Texture {
  const found = textures.find((texture) => texture.variant === variant);
  if (!found) throw new Error(`No texture is called ${variant}.`);
  return found;
}

/** Power of the signal's slope over its own: rises with frequency. */
function brightness(samples: Float32Array): number {
  const slope = samples.map((x, n) => x - (samples[n - 1] ?? x));
  return rms(slope) / rms(samples);
}

function powerAt(samples: Float32Array, frequency: number): number {
  let [re, im] = [0, 0];
  for (let n = 0; n < samples.length; n++) {
    const window = Math.sin((Math.PI * n) / samples.length) ** 2;
    re += window * samples[n] * Math.cos((2 * Math.PI * frequency * n) / RATE);
    im += window * samples[n] * Math.sin((2 * Math.PI * frequency * n) / RATE);
  }
  return re * re + im * im;
}
