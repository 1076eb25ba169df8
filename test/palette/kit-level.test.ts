/** Kits at one level: measured in their files by arithmetic that the engine has no part in. */
import { describe, expect, it } from 'vitest';
import { makeKit } from '../../src/palette/kit.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { type KitWishes, USUAL_WISHES } from '../../src/palette/wishes.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { decibels, noise, RATE, sine } from '../signals.ts';
import { judged, rowsOf, spread } from './level-checker.ts';
import { type MadeTexture, madeExport } from './made-export.ts';

const SHORT = { sampleRate: RATE, bitDepth: 24, channelCount: 1, seconds: 0.5, loops: true } as const;
const FRAMES = RATE / 2;

/** A tone with a click of full scale in it, which no gain can raise. */
function spiky(toneAmplitude: number): Float32Array {
  const tone = sine(440, FRAMES, toneAmplitude);
  tone[FRAMES >> 1] = 0.89;
  return tone;
}

/** Twenty of four families: soft and loud, tones and noise, one with peaks that forbid what the others do. */
const TEXTURES: MadeTexture[] = [
  ...Array.from({ length: 16 }, (_, i) => ({
    ...SHORT,
    family: (['pad', 'cloud', 'hiss', 'drone'] as const)[i % 4],
    source: `s${i}`,
    channelCount: i % 3 === 0 ? (2 as const) : (1 as const),
    sampleRate: i % 5 === 0 ? 48_000 : RATE,
    amplitude: 0.02 + 0.05 * i,
    noise: i % 4 === 2 ? 0.1 : 0,
  })),
  { ...SHORT, family: 'drum', source: 'hit', loops: false, seconds: 0.05, amplitude: 0.8 },
  { ...SHORT, family: 'swell', source: 'click', loops: false, sound: spiky(0.16) },
  { ...SHORT, family: 'pad', source: 'long', seconds: 1, sound: noise(RATE, 0.05) },
  { ...SHORT, family: 'swell', source: 'once', loops: false, sound: noise(FRAMES, 0.3) },
];

const site = await madeExport(TEXTURES);
let count = 0;

async function kitWith(wishes: Partial<KitWishes>, device = 'generic') {
  return makeKit(nodePlatform, {
    ...site,
    profile: await readProfile(nodePlatform, device),
    name: `K${count++}`,
    force: false,
    wishes: { ...USUAL_WISHES, ...wishes },
  });
}

describe('a kit', () => {
  it.each(['generic', 'digitakt'])(
    'for %s is as loud within each family and nearly so over all',
    async (device) => {
      const { folder, levels, files } = await kitWith({}, device);
      const samples = judged(folder);
      expect(samples).toHaveLength(20);
      expect(spread(samples.filter(({ family }) => family !== 'drum'))).toBeLessThanOrEqual(4);
      for (const { truePeakDb } of samples.filter(({ family }) => family === 'drum')) {
        expect(truePeakDb).toBeCloseTo(-1, 1);
      }
      for (const { family, lufs } of levels) {
        if (lufs === null) continue;
        const own = samples.filter((sample) => sample.family === family);
        expect(spread(own), family).toBeLessThanOrEqual(2);
        for (const sample of own) expect(sample.lufs).toBeLessThan(lufs + 0.1);
      }
      for (const { truePeakDb } of samples) expect(truePeakDb).toBeLessThan(-0.95);
      // What is said of each is what it measures.
      for (const { lufs, row } of samples) {
        expect(Math.abs(Number(row.lufs) - lufs), row.file).toBeLessThan(0.1);
        expect(files.find(({ file }) => file === row.file)?.lufs).toBeCloseTo(lufs, 0);
      }
    },
  );

  it('is lowered for a sound whose peaks allow no more, and says which', async () => {
    const { folder, levels } = await kitWith({ level: -16 });
    const swells = levels.find(({ family }) => family === 'swell')!;
    expect(swells.lufs).toBeLessThan(-16);
    expect(swells.heldBy).toMatch(/click/);
    const rows = rowsOf(folder);
    const adapted = (source: string) => rows.find((row) => row.source === source)!.adapted;
    expect(adapted('click')).toMatch(/all that its peaks allow: 1\.5 LU under its family/);
    expect(adapted('once')).toMatch(
      /^level -\d+\.\d dB, its family \d\.\d LU softer than wanted, held down by the peak of .*click/,
    );
    expect(adapted('hit')).toMatch(/^level \S+ dB, to a peak of -\d\.\d dBTP$/);
    expect(judged(folder).map(({ truePeakDb }) => truePeakDb < -0.95)).not.toContain(false);
  });

  it('is at the loudness that was asked for, where peaks allow that', async () => {
    const samples = judged((await kitWith({ level: -30 })).folder);
    for (const { lufs, row, family } of samples) {
      if (family !== 'drum') expect(lufs, row.file).toBeCloseTo(-30, 0);
    }
  });

  it('keeps the levels of its textures where none is wanted', async () => {
    const { folder, levels } = await kitWith({ level: 'off' });
    expect(levels).toEqual([]);
    const samples = judged(folder);
    expect(spread(samples)).toBeGreaterThan(20);
    const [soft, loud] = [1, 13].map((i) => samples.find(({ row }) => row.source === `s${i}`)!);
    // They are tones of other pitches, which loudness weighs a little.
    const louder = decibels((0.02 + 0.05 * 13) / (0.02 + 0.05));
    expect(Math.abs(loud.lufs - soft.lufs - louder)).toBeLessThan(1);
  });
});
