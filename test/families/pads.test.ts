import { describe, expect, it } from 'vitest';
import { makePads } from '../../src/families/pads/make.ts';
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
  sines,
  toneAndRest,
} from '../signals.ts';
import { allOf, settingsWith } from './making.ts';

/** Two held chords with something busy between them, and a breath of noise so that no two places are equal. */
const song = (() => {
  const busy = plucks(
    Array.from({ length: 40 }, (_, i) => i / 8),
    500,
    5 * RATE,
    0.3,
  );
  const music = joined(chord([45, 57, 60, 64], 8 * RATE), busy, chord([50, 57, 62, 65], 8 * RATE));
  return mixed(music, noise(music.length, 0.002));
})();
const stereo = {
  sampleRate: RATE,
  channels: [
    song,
    mixed(
      song.map((x) => 0.6 * x),
      noise(song.length, 0.004, 'right'),
    ),
  ],
};

describe('makePads', () => {
  it('makes as many as asked, and each closes unheard', async () => {
    const { textures } = await allOf(makePads, stereo);
    expect(textures).toHaveLength(3);
    expect(textures.map(({ index }) => index)).toEqual([1, 2, 3]);
    for (const { sound, loop } of textures) {
      expect(loop?.kind).toBe('splice');
      if (loop?.kind === 'splice') {
        expect(seamSeverity(measureSeam(sound, loop.crossfade))).toBeLessThanOrEqual(1);
      }
    }
  });

  it('keeps within a tenth of the length asked, and apart from each other', async () => {
    const settings = settingsWith({
      pad_miner: { target_durations_sec: [1.5, 3], max_candidates_per_file: 2 },
    });
    const { textures } = await allOf(makePads, stereo, settings);
    expect(textures).toHaveLength(4);
    for (const [i, { sound }] of textures.entries()) {
      const wanted = (i < 2 ? 1.5 : 3) * RATE;
      expect(Math.abs(sound.channels[0].length - wanted)).toBeLessThanOrEqual(0.1 * wanted + 1);
    }
  });

  it('cuts from the chords, not from what is busy', async () => {
    const { textures } = await allOf(makePads, stereo);
    for (const { origin } of textures) {
      expect(origin.endSec <= 8.6 || origin.startSec >= 12.4).toBe(true);
    }
  });

  it('keeps both channels and how they relate', async () => {
    const { textures } = await allOf(makePads, stereo);
    for (const { sound, origin } of textures) {
      const [from, to] = [origin.startSec, origin.endSec].map((sec) => Math.round(sec * RATE));
      const [left, right] = stereo.channels.map((channel) => channel.subarray(from, to));
      expect(sound.channels).toHaveLength(2);
      expect(
        Math.abs(correlation(sound.channels[0], sound.channels[1]) - correlation(left, right)),
      ).toBeLessThan(0.1);
    }
  });

  it('is exact to the sample on the grid, for every bar length', async () => {
    const musicality = { snap_to_grid: true, reference_bpm: 120, bar_lengths: [1, 2] };
    const { textures } = await allOf(makePads, stereo, settingsWith({ musicality }));
    const lengths = new Set(textures.map(({ sound }) => sound.channels[0].length));
    expect(lengths).toEqual(new Set([2 * RATE, 4 * RATE]));
  });

  it('says what refused everything, and which setting to relax', async () => {
    const { textures, skipped } = await allOf(
      makePads,
      stereo,
      settingsWith({ pad_miner: { min_rms_db: -11 } }),
    );
    expect(textures).toEqual([]);
    expect(skipped).toHaveLength(1);
    expect(skipped[0].words).toMatch(/\d+ too quiet.*a lower level in pad_miner\.min_rms_db/);
  });

  it('says that drums are in the way, and that they can be left out, unless they are', async () => {
    const bursts = noise(8 * RATE, 0.3).map((x, n) => x * Math.exp(-(n % (RATE / 7)) / (0.03 * RATE)));
    const drummed = { sampleRate: RATE, channels: [bursts] };
    const wordsWhere = async (separate: 'off' | 'auto') => {
      const { skipped } = await allOf(makePads, drummed, settingsWith({ pre_analysis: { separate } }));
      return skipped[0].words;
    };
    expect(await wordsWhere('off')).toMatch(/\d+ with too many attacks.*set pre_analysis\.separate to auto/);
    expect(await wordsWhere('auto')).not.toContain('pre_analysis.separate');
  });

  it('takes no melody over a chord for stillness, unless min_stability lets it', async () => {
    const notes = [69, 72, 76, 74, 71, 77, 67, 72, 79, 74, 65, 77].map((note) =>
      chord([note], RATE / 2, 0.6),
    );
    const moving = mono(mixed(joined(...notes), chord([45, 52, 57], 6 * RATE, 0.3)));
    const from = (min_stability: number) =>
      allOf(
        makePads,
        moving,
        settingsWith({
          pad_miner: { min_stability, max_onset_rate_per_second: 10 },
          // What lasts under the melody does hold still.
          pre_analysis: { separate: 'off' },
        }),
      );
    expect((await from(0)).textures.length).toBeGreaterThan(0);
    const { textures, skipped } = await from(0.6);
    expect(textures).toEqual([]);
    expect(skipped[0].words).toMatch(/\d+ not stable enough.*lower pad_miner\.min_stability/);
  });

  describe('where the best loop near a clean moment lies on a fault', () => {
    /** The breath of a held chord repeats after 2 s, up to `startSec`: from there it loops best. Only one moment is clean. */
    const looping = (startSec: number) => {
      const breath = noise(5.5 * RATE, 0.03);
      const start = Math.round(startSec * RATE);
      breath.copyWithin(start + 1.5 * RATE, start - 0.5 * RATE, start + 0.05 * RATE);
      const music = mixed(sines([110, 165, 220, 277], breath.length, 0.1), breath);
      return clipped(music, 1.47);
    };
    const clipped = (music: Float32Array, sec: number) => music.fill(1, sec * RATE, sec * RATE + 3);
    const pads = (music: Float32Array) =>
      allOf(
        makePads,
        mono(music),
        settingsWith({
          pad_miner: { window_hop_sec: 2, min_stability: 0 },
          pre_analysis: { skip_clipped_regions: true },
        }),
      );

    it('would take it, were it none', async () => {
      const [late] = (await pads(looping(2.8))).textures;
      expect(late.origin.endSec).toBeGreaterThan(4.6);
    });

    it('holds no clipping', async () => {
      for (const { origin } of (await pads(clipped(looping(2.8), 4.5))).textures) {
        expect(origin.endSec).toBeLessThan(4.5);
      }
    });
  });

  it('says that a source is too short', async () => {
    const short = { sampleRate: RATE, channels: [chord([60, 64], RATE)] };
    const { skipped } = await allOf(makePads, short);
    expect(skipped[0].words).toMatch(/shorter than a pad/);
  });

  it('ships nothing that can be heard to loop', async () => {
    // Every place has another colour and level: a slow swell of noise bands over a held tone.
    const music = chord([45, 57], 6 * RATE).map(
      (x, n) => x * 10 ** (Math.sin((2 * Math.PI * n) / (0.9 * RATE)) / 2.2),
    );
    const lenient = settingsWith({
      pre_analysis: { enabled: false },
      pad_miner: { max_onset_rate_per_second: 50 },
    });
    const { textures } = await allOf(makePads, { sampleRate: RATE, channels: [music] }, lenient);
    for (const { sound, loop } of textures) {
      expect(loop?.kind === 'splice' && seamSeverity(measureSeam(sound, loop.crossfade))).toBeLessThanOrEqual(
        1,
      );
    }
  });

  it('moves to the target key, and says by how much', async () => {
    // A major, wherever one listens.
    const music = mixed(chord([45, 57, 61, 64, 69], 12 * RATE), noise(12 * RATE, 0.002));
    const settings = settingsWith({ musicality: { target_key: 'B maj' } });
    const { textures } = await allOf(makePads, { sampleRate: RATE, channels: [music] }, settings);
    expect(textures.length).toBeGreaterThan(0);
    for (const { transposition, sound } of textures) {
      expect(transposition).toBe(2);
      // B2 is there now, and A2 no longer.
      const level = (midi: number) => toneAndRest(sound.channels[0], noteHz(midi)).toneDb;
      expect(level(59) - level(57)).toBeGreaterThan(20);
    }
  });

  it.each([
    ['max_rms_db', { pad_miner: { max_rms_db: -30 } }, /too loud/],
    ['spectral_flatness_threshold', { pad_miner: { spectral_flatness_threshold: 0 } }, /noisy/],
    ['max_crest_factor', { pre_analysis: { max_crest_factor: 1 } }, /crest/],
    ['centroid_low_hz', { pre_analysis: { centroid_low_hz: 9000 } }, /centroid/],
    ['centroid_high_hz', { pre_analysis: { centroid_high_hz: 60 } }, /centroid/],
  ])('obeys %s', async (_, changes, limit) => {
    const { pre_analysis, ...others } = settingsWith(changes);
    // Looked at once more in vain, what lasts says the same.
    const settings = { ...others, pre_analysis: { ...pre_analysis, separate: 'off' as const } };
    const { textures, skipped } = await allOf(makePads, stereo, settings);
    expect(textures).toEqual([]);
    expect(skipped[0].words).toMatch(limit);
  });
});
