import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { defaultSettings } from '../../src/config/defaults.ts';
import { textureColumns } from '../../src/curation/columns.ts';
import { finishTexture } from '../../src/curation/finish.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import type { Texture } from '../../src/families/texture.ts';
import type { Crossfade } from '../../src/loops/crossfade.ts';
import { measureSeam } from '../../src/loops/seam-meter.ts';
import { mono, noise, RATE, sine, sines } from '../signals.ts';
import { chord, texture } from './textures.ts';

const settings = defaultSettings();

/** As much of an analysis as finishing reads. */
function heard(key: Analysis['key'], tempo: Analysis['tempo']): Analysis {
  const quiet = {
    sampleRate: RATE,
    channelCount: 2,
    hop: 512,
    cellCount: 1000,
    clipped: new Uint16Array(1000),
  };
  return { ...quiet, key, tempo } as unknown as Analysis;
}

const tempoOf = (confidence: number) => ({
  bpm: 120,
  alternativeBpm: null,
  confidence,
  steadiness: confidence,
});
const A_MINOR = { tonic: 9, mode: 'min', confidence: 0.8 } as const;
const context = { name: 'song', settings, analysis: heard(A_MINOR, tempoOf(0.9)) };

function finish(sound: Sound, other: Parameters<typeof texture>[1] = {}) {
  return finishTexture(texture(sound, other), context);
}

describe('finishTexture', () => {
  it('levels, measures, grades, tags and names', () => {
    const finished = finish(chord(), { index: 2 });
    expect(finished.grade).toBe('A');
    expect(finished.gradeReasons).toEqual([]);
    expect(finished.baseName).toBe('song_pad02_dark');
    expect(finished.brightness).toBe('dark');
    expect(finished.figures.lufs).toBeCloseTo(-18, 1);
    expect(finished.key).toMatchObject({ tonic: 9, mode: 'min' });
    expect(finished.root!.note % 12).toBe(9);
  });

  it('says what is heard in the texture, whatever its source is', () => {
    const song = { ...context, analysis: heard({ tonic: 2, mode: 'maj', confidence: 1 }, tempoOf(0.9)) };
    const other = mono(sines([261.5, 329.5, 392, 523], 2 * RATE, 0.1));
    const finished = finishTexture(texture(other, { stretch: 1.5 }), song);
    expect(textureColumns(finished, '')).toMatchObject({
      detected_key: 'C maj',
      root_note: 'C4',
      detected_bpm: 80,
    });
    expect(finishTexture(texture(other), { ...context, analysis: null }).root!.note).toBe(60);
  });

  it('says the root of its moment in that one’s octave, moved with it, or none', () => {
    const moment = (note: number, cents = 0) => ({ note, cents, confidence: 0 });
    const rootOf = (momentRoot: Texture['momentRoot'], transposition = 0) => {
      const { root, key } = finish(chord(), { momentRoot, transposition });
      return [root?.note ?? null, key === null];
    };
    expect(rootOf(null)).toEqual([57, false]);
    expect(rootOf(moment(45))).toEqual([45, false]);
    expect(rootOf(moment(62), 7)).toEqual([69, false]);
    expect(rootOf(moment(56, 60))).toEqual([57, false]);
    expect(rootOf(moment(60))).toEqual([null, true]);
  });

  it('invents nothing musical', () => {
    const unsure = heard(A_MINOR, tempoOf(0.1));
    const finished = finishTexture(texture(mono(noise(2 * RATE))), { ...context, analysis: unsure });
    expect([finished.key, finished.tempo, finished.root]).toEqual([null, null, null]);
    const hiss = finish(chord(), { family: 'hiss' });
    expect([hiss.key, hiss.root]).toEqual([null, null]);
  });

  it('fails a loop that clicks and one that fades out', () => {
    const splice = (sound: Sound, crossfade: Crossfade) =>
      finish(sound, {
        loop: {
          kind: 'splice',
          crossfade,
          seam: measureSeam(sound, crossfade),
          course: { landmark: { times: 1, db: 0 }, swellDb: 0 },
          pulse: null,
        },
      });
    const clicks = splice(mono(sine(100.25, 2 * RATE)), { start: 0, length: 0 });
    expect(clicks.grade).toBe('F');
    expect(clicks.gradeReasons.map(({ code }) => code).join()).toMatch(/seam/);
    const { channels } = chord();
    const faded = channels[0].map((x, n) => x * Math.min(1, (2 * RATE - n) / 4410));
    expect(splice(mono(faded), { start: faded.length - 4410, length: 4410 }).grade).toBe('F');
  });

  it('fails silence, without a tag and without a number that is none', () => {
    for (const length of [0, 1, 50000]) {
      const finished = finish(mono(new Float32Array(length)));
      expect(finished.grade).toBe('F');
      expect(finished.brightness).toBeNull();
      expect(finished.baseName).toBe('song_pad01');
      expect(finished.gradeReasons[0]).toMatchObject({ code: 'silent', rmsDb: null });
    }
  });

  it('leaves tags out where they are off', () => {
    const off = { ...settings, brightness_tags: { ...settings.brightness_tags, enabled: false } };
    const finished = finishTexture(texture(chord()), { ...context, settings: off });
    expect(finished.brightness).toBeNull();
    expect(finished.baseName).toBe('song_pad01');
  });

  it('gives every figure of the manifest', () => {
    expect(textureColumns(finish(chord()), '')).toMatchObject({
      type: 'pad',
      duration_sec: 2,
      brightness: 'dark',
      grade: 'A',
      channels: 2,
      sample_rate: RATE,
      loop_start: 0,
      loop_end: 2 * RATE - 1,
      root_note: expect.stringMatching(/^A\d$/),
      stability: 0.9,
      grade_reasons: '',
    });
    const once = textureColumns(finish(chord(), { loop: null, family: 'swell', naming: 'swell' }), '');
    expect(once.loop_start).toBeNull();
    expect(once.seam_step ?? null).toBeNull();
    expect(once.loop_error_db).toBeNull();
  });
});
