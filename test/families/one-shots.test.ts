import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { removeDrift } from '../../src/analysis/remove-drift.ts';
import { resampled } from '../../src/archive/resampled.ts';
import { defaultSettings } from '../../src/config/defaults.ts';
import { type Sound, type SoundReader, soundReader } from '../../src/dsp/sound.ts';
import { mineDrums } from '../../src/families/drums/make.ts';
import { isTexture, type Texture } from '../../src/families/texture.ts';
import { noise } from '../signals.ts';
import { randomFor } from './making.ts';

type Drum = (frames: number, rate: number) => Float32Array;
const wave = (frames: number, at: (n: number) => number) =>
  Float32Array.from({ length: frames }, (_, n) => at(n));
const tau = 2 * Math.PI;

/** A skin that falls to 50 Hz and ends where it is cut. */
const skin = (frames: number, rate: number) => {
  let phase = 0;
  return wave(frames, (n) => {
    phase += (tau * (50 + 110 * Math.exp((-40 * n) / rate))) / rate;
    return 0.8 * Math.sin(phase) * Math.exp((-12 * n) / rate);
  });
};
const DRUMS: Record<string, Drum> = {
  click: (frames, rate) =>
    wave(frames, (n) => 0.9 * Math.exp((-2000 * n) / rate) * Math.cos((tau * 3000 * n) / rate)),
  hat: (frames) => {
    const hiss = noise(frames + 2, 1, `hat ${frames}`);
    return wave(frames, (n) => ((hiss[n] - 2 * hiss[n + 1] + hiss[n + 2]) / 4) * Math.exp((-4 * n) / frames));
  },
  kick: (frames, rate) => skin(frames, rate).map((value, n) => value * (1 - n / frames)),
  rim: (frames, rate) =>
    wave(
      frames,
      (n) =>
        0.5 *
        Math.exp((-150 * n) / rate) *
        (Math.sin((tau * 480 * n) / rate) + 0.6 * Math.sin((tau * 1730 * n) / rate)),
    ),
};
/** These end at full level, and so with the file. */
const CUT: Record<string, Drum> = { skin, noise: (frames) => noise(frames, 0.5, `cut ${frames}`) };

/** A drum with so much silence around it, s. */
function shot(drum: Drum, seconds: number, rate: number, silence: readonly [before: number, after: number]) {
  const hit = drum(Math.round(seconds * rate), rate);
  const [before, after] = silence.map((each) => Math.round(each * rate));
  const samples = new Float32Array(before + hit.length + after);
  samples.set(hit, before);
  return samples;
}

async function mined(sound: Sound): Promise<{ hits: Texture[]; source: SoundReader }> {
  const settings = defaultSettings();
  const source = resampled(soundReader(sound), settings.global.sample_rate);
  const analysis = await analyse(source);
  const material = { name: 'shot', reader: removeDrift(source, analysis), analysis };
  const hits: Texture[] = [];
  for await (const made of mineDrums(material, settings, randomFor(1))) if (isTexture(made)) hits.push(made);
  return { hits, source };
}

/** Error of a hit against its source, dB: everything that is missing from it, changed in it or added to it. */
async function errorOf({ sound, origin }: Texture, source: SoundReader): Promise<number> {
  const [wanted] = (await source.read(0, source.frameCount)).channels;
  const [samples] = sound.channels;
  const end = Math.round(origin.endSec * source.sampleRate);
  const offset = samples.length - end;
  let [error, energy] = [0, 0];
  for (let n = 0; n < wanted.length; n++) {
    energy += wanted[n] ** 2;
    error += (wanted[n] - (n < end ? (samples[n + offset] ?? 0) : 0)) ** 2;
  }
  return 10 * Math.log10(error / energy + 1e-12);
}

const LENGTHS = [0.01, 0.015, 0.025, 0.05, 0.1];
const RATES = [22_050, 44_100, 48_000, 96_000];

describe('a file that is one hit', () => {
  it.each(Object.entries({ ...DRUMS, ...CUT }))('is one hit, whole: %s', async (name, drum) => {
    const isCut = name in CUT;
    const silences = [0, 0.005].flatMap((before) =>
      (isCut ? [0] : [0, 0.03, 0.4]).map((after) => [before, after]),
    );
    for (const seconds of LENGTHS) {
      for (const rate of RATES) {
        for (const [before, after] of silences) {
          const samples = shot(drum, seconds, rate, [before, after]);
          for (const channels of [[samples], [samples, samples.map((value) => 0.4 * value)]]) {
            const what = `${1000 * seconds} ms, ${rate} Hz, silence ${before} and ${after} s, ${channels.length} ch`;
            const { hits, source } = await mined({ sampleRate: rate, channels });
            expect([what, hits.length]).toEqual([what, 1]);
            const [kept] = hits[0].sound.channels;
            // The last quarter, at most 20 ms, is faded: of what does not die away by itself, a tenth of its energy.
            const error = await errorOf(hits[0], source);
            expect(error, what).toBeLessThan(isCut ? -8 : -15);
            expect([kept[0], kept[kept.length - 1]].map(Math.abs)).toEqual([0, 0]);
            // Silence behind it is kept up to min_length_sec at most, and what is before it for the fade-in.
            expect(kept.length / 44_100, what).toBeLessThan(Math.max(0.052, seconds + before + 0.005));
          }
        }
      }
    }
  });

  it('fades without a click where it is cut off', async () => {
    for (const seconds of LENGTHS) {
      const { hits } = await mined({ sampleRate: 44_100, channels: [shot(skin, seconds, 44_100, [0, 0])] });
      const [kept] = hits[0].sound.channels;
      const peak = kept.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      for (const [n, value] of kept.subarray(-100).entries()) {
        const before = kept[kept.length - 101 + n];
        expect(Math.abs(value - before)).toBeLessThan(0.05 * peak);
      }
    }
  });

  it('is what a hit cut off at the end of a loop is not', async () => {
    const samples = new Float32Array(44_100);
    samples.set(DRUMS.kick(8000, 44_100));
    samples.set(CUT.noise(1800, 44_100), 42_300);
    const { hits } = await mined({ sampleRate: 44_100, channels: [samples] });
    expect(hits.map(({ origin }) => origin.startSec)).toEqual([0]);
  });
});
