import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateRoot } from '../../src/analysis/root.ts';
import { findHits } from '../../src/families/drums/hits.ts';
import { estimateKind } from '../../src/families/drums/kind.ts';
import { mineDrums } from '../../src/families/drums/make.ts';
import { attackPrint, isSameHit } from '../../src/families/drums/repeats.ts';
import { decibels, joined, mixed, mono, noise, RATE, rms, sine } from '../signals.ts';
import { hat, kick, played, snare } from './drumming.ts';
import { allOf, materialOf, settingsWith } from './making.ts';

const MINER = settingsWith({}).drum_miner;

async function hitTimes(samples: Float32Array, miner = MINER): Promise<number[]> {
  const { reader, analysis } = await materialOf(mono(samples));
  return (await findHits(reader, analysis, miner)).map((hit) => hit / RATE);
}

/** Two bars at 120: kick, hat, snare, hat, eighths, every hit another. */
const TIMES = Array.from({ length: 16 }, (_, i) => 0.1 + 0.25 * i);
const BEAT = TIMES.map((time, i): [number, Float32Array, number] => {
  const drum = [kick(), hat(i), snare(i), hat(i)][i % 4];
  return [time, drum, i % 4 === 0 ? 0.9 - 0.1 * (i / 4) : 1];
});

describe('findHits', () => {
  it('finds every hit of a beat within half a millisecond, and no other', async () => {
    const found = await hitTimes(played(BEAT, 4.5));
    expect(found).toHaveLength(TIMES.length);
    for (const [i, time] of TIMES.entries()) expect(Math.abs(found[i] - time)).toBeLessThan(0.0005);
  });

  it('finds hats on a kick that still rings, and in room noise', async () => {
    const kicks = played(
      [
        [0.2, kick()],
        [0.36, hat('ringing')],
      ],
      1,
    );
    const found = await hitTimes(mixed(kicks, noise(kicks.length, 0.001)));
    // The noise begins at once, and so is struck too.
    expect(found.slice(1).map((time) => time.toFixed(2))).toEqual(['0.20', '0.36']);
  });

  it('never begins after the attack, and at most a millisecond before, wherever that falls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1000, max: 30_000 }),
        fc.constantFrom(kick, snare, hat),
        async (at, drum) => {
          const [found, ...others] = await hitTimes(
            joined(new Float32Array(at), drum(), new Float32Array(2000)),
          );
          expect(others).toEqual([]);
          // Half a step may be lost to where the steps fall; the fade-in's lead covers it.
          expect(found * RATE - at).toBeLessThan(12);
          expect(at - found * RATE).toBeLessThan(0.001 * RATE);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('begins with the first stroke of a hit that rises once more', async () => {
    // A snare's wires, louder than the stick that set them off 20 ms before.
    const flam = played(
      [
        [0.5, snare('stick'), 0.5],
        [0.52, snare('wires')],
      ],
      1,
    );
    const found = await hitTimes(mixed(flam, noise(flam.length, 0.001)));
    expect(found.slice(1).map((time) => time.toFixed(3))).toEqual(['0.500']);
  });

  it('takes a hit that follows sooner than wait for the flutter of the first', async () => {
    const flam = played(
      [
        [0.2, snare(1)],
        [0.28, snare(2)],
      ],
      1,
    );
    expect(await hitTimes(flam)).toHaveLength(2);
    expect(await hitTimes(flam, { ...MINER, wait: 12 })).toHaveLength(1);
  });

  it('leaves out what stands out less than delta asks', async () => {
    const ghosts = played(
      [
        [0.2, snare(1)],
        [0.7, snare(2), 0.02],
      ],
      1.2,
    );
    // The noise begins at once, and so is struck too.
    const all = mixed(ghosts, noise(ghosts.length, 0.004));
    expect(await hitTimes(all, { ...MINER, delta: 0.02 })).toHaveLength(3);
    expect(await hitTimes(all, { ...MINER, delta: 0.3 })).toHaveLength(2);
  });
});

describe('mineDrums', () => {
  it.each([
    ['a held tone', sine(220, 2 * RATE, 0.3)],
    ['steady noise', noise(2 * RATE, 0.3)],
  ])('finds no hits in %s that swells up', async (_, samples) => {
    const swelling = samples.map((value, n) => value * Math.min(1, n / RATE));
    expect((await allOf(mineDrums, mono(swelling))).textures).toHaveLength(0);
  });

  it('cuts a one-shot out whole: nothing before the attack, zero at both ends, the attack untouched', async () => {
    const hit = snare('one', Math.round(0.2 * RATE));
    const { textures } = await allOf(
      mineDrums,
      mono(joined(new Float32Array(5000), hit, new Float32Array(20_000))),
    );
    expect(textures).toHaveLength(1);
    const [samples] = textures[0].sound.channels;
    expect([samples[0], samples[samples.length - 1]].map(Math.abs)).toEqual([0, 0]);
    const start = Math.round(textures[0].origin.startSec * RATE);
    const lead = 5000 - start;
    expect(lead / RATE).toBeGreaterThan(0.0015);
    expect(lead / RATE).toBeLessThan(0.0035);
    // The first 20 ms, sample by sample.
    for (let n = 0; n < 882; n++) expect(samples[lead + n]).toBeCloseTo(hit[n], 3);
    expect(samples.length / RATE).toBeLessThan(0.21);
  });

  it('keeps a hit until it has died away, and fades out what is cut before', async () => {
    // 60 dB in half a second, then on at that pace.
    const ringing = noise(RATE, 0.5).map((value, n) => value * 10 ** ((-6 * n) / RATE));
    const sound = mono(joined(new Float32Array(5000), ringing));
    const whole = await allOf(mineDrums, sound);
    const seconds = whole.textures[0].sound.channels[0].length / RATE;
    expect(seconds).toBeGreaterThan(0.5);
    expect(seconds).toBeLessThan(0.6);
    const short = await allOf(
      mineDrums,
      sound,
      settingsWith({ drum_miner: { max_length_sec: 0.1, fade_out_ms: 20 } }),
    );
    const [cut] = short.textures[0].sound.channels;
    const fade = Math.round(0.02 * RATE);
    const start = 5000 - Math.round(short.textures[0].origin.startSec * RATE);
    const gain = (from: number, to: number) =>
      decibels(rms(cut, from, to) / rms(ringing, from - start, to - start));
    expect(gain(cut.length - fade - 400, cut.length - fade)).toBeCloseTo(0, 1);
    expect(gain(cut.length - fade / 2 - 40, cut.length - fade / 2 + 40)).toBeCloseTo(-6, 0);
    expect(gain(cut.length - 80, cut.length - 1)).toBeLessThan(-30);
  });

  it('tells the kind by how a hit rings on, however short it is cut', async () => {
    const crash = noise(3 * RATE, 0.3).map((value, n) => value * Math.exp((-n / RATE) * 1.5));
    const sound = mono(joined(new Float32Array(5000), crash));
    const settings = settingsWith({ drum_miner: { max_length_sec: 0.06, min_length_sec: 0.02 } });
    const { textures } = await allOf(mineDrums, sound, settings);
    expect(textures[0].kind?.kind).toBe('cymbal');
  });

  it('gives a tuned skin its root, and metal none, though it rings as clearly', async () => {
    const tom = (frames: number) =>
      sine(146.8, frames, 0.8).map((x, n) => x * Math.exp((-n / RATE) * 6) * (1 - n / frames));
    const rootOf = async (samples: Float32Array) => {
      const { textures } = await allOf(mineDrums, mono(joined(new Float32Array(5000), samples)));
      expect(textures).toHaveLength(1);
      return { kind: textures[0].kind!.kind, note: textures[0].root?.note ?? null };
    };
    expect(await rootOf(tom(RATE))).toEqual({ kind: 'perc', note: 50 });
    // A cup's clear tone under the wash: without being metal it would have a root.
    const crash = noise(3 * RATE, 0.3).map(
      (x, n) => (x + 0.12 * Math.sin((2 * Math.PI * 587.3 * n) / RATE)) * Math.exp((-n / RATE) * 1.5),
    );
    expect(estimateRoot(mono(crash))!.confidence).toBeGreaterThan(0.3);
    expect(await rootOf(crash)).toEqual({ kind: 'cymbal', note: null });
    const tick = hat('tick', RATE / 4).map(
      (x, n) => x + 0.05 * Math.sin((2 * Math.PI * 587.3 * n) / RATE) * Math.exp((-n / RATE) * 30),
    );
    expect(estimateRoot(mono(tick))!.confidence).toBeGreaterThan(0.3);
    expect(await rootOf(tick)).toEqual({ kind: 'hat', note: null });
  });

  it('fades in what sounds before the attack', async () => {
    const room = noise(RATE, 0.01);
    const sound = mixed(room, played([[0.5, snare()]], 1));
    const { textures } = await allOf(mineDrums, mono(sound));
    const [samples] = textures[0].sound.channels;
    expect(Math.abs(samples[0])).toBe(0);
    expect(rms(samples, 1, 20)).toBeLessThan(0.3 * rms(room));
  });

  it('keeps the very first sample of a sound that begins with it', async () => {
    const hit = kick();
    const { textures } = await allOf(mineDrums, mono(hit));
    expect(textures).toHaveLength(1);
    const [samples] = textures[0].sound.channels;
    expect(Math.abs(samples[0])).toBe(0);
    expect(samples[1]).toBeCloseTo(hit[0], 2);
  });

  it('takes a hit that is played again once, where it rings longest', async () => {
    const [one, other] = [snare(1), snare(2)];
    const beat = played(
      [
        [0.1, one],
        [0.25, kick(), 0.8],
        [0.6, one, 0.5],
        [1.1, other],
        [1.35, kick(), 0.4],
        [1.9, one, 0.9],
      ],
      2.4,
    );
    const { textures } = await allOf(mineDrums, mono(beat));
    const times = textures.map(({ origin }) => origin.startSec);
    expect(times.map((time) => time.toFixed(1))).toEqual(['0.6', '1.1', '1.3']);
    expect(textures.map(({ index }) => index)).toEqual([1, 2, 3]);
  });

  it('keeps apart what differs: another hit of the same drum, and the same kick with a hat on it', () => {
    const print = (samples: Float32Array) => attackPrint(mono(samples));
    expect(isSameHit(print(snare(1)), print(snare(2)))).toBe(false);
    expect(
      isSameHit(
        print(kick()),
        print(
          played(
            [
              [0, kick()],
              [0, hat()],
            ],
            0.4,
          ),
        ),
      ),
    ).toBe(false);
    const under = (seed: number) =>
      played(
        [
          [0, kick()],
          [0, hat(seed), 0.3],
        ],
        0.4,
      );
    expect(isSameHit(print(under(1)), print(under(2)))).toBe(false);
    expect(isSameHit(print(under(1)), print(under(1)))).toBe(true);
    expect(isSameHit(print(kick()), print(kick().map((value) => 0.3 * value)))).toBe(true);
  });

  it('obeys the settings: length, count, level, slices', async () => {
    const beat = mono(played(BEAT, 4.5));
    const fixed = await allOf(
      mineDrums,
      beat,
      settingsWith({ drum_miner: { slice_mode: 'fixed_length', fixed_length_sec: 0.06 } }),
    );
    for (const { sound } of fixed.textures) expect(sound.channels[0].length / RATE).toBeCloseTo(0.062, 2);
    const few = await allOf(mineDrums, beat, settingsWith({ drum_miner: { max_saved_per_file: 3 } }));
    expect(few.textures).toHaveLength(3);
    const short = await allOf(mineDrums, beat, settingsWith({ drum_miner: { max_length_sec: 0.1 } }));
    for (const { sound } of short.textures) expect(sound.channels[0].length / RATE).toBeLessThan(0.103);
  });

  it('keeps the most different hits of a source, and all of them on request', async () => {
    // Forty snares, no two the same, and among them one kick and one hat, softer than all.
    const snares = Array.from({ length: 40 }, (_, i) => [i * 0.35, snare(`snare ${i}`)] as const);
    const beat = mono(played([...snares, [14.2, kick(), 0.4], [14.7, hat('one'), 0.6]], 15.2));
    const mined = (most: number | 'all') =>
      allOf(mineDrums, beat, settingsWith({ drum_miner: { max_hits_per_source: most } }));
    const all = await mined('all');
    expect(all.textures).toHaveLength(42);
    const few = await mined(4);
    const starts = few.textures.map(({ origin }) => origin.startSec);
    expect(starts).toHaveLength(4);
    expect(starts.at(-2)).toBeCloseTo(14.2, 1);
    expect(starts.at(-1)).toBeCloseTo(14.7, 1);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    // Each is as it is where all are kept.
    const origins = all.textures.map(({ origin }) => origin);
    for (const { origin } of few.textures) expect(origins).toContainEqual(origin);
    expect((await mined(42)).textures).toHaveLength(42);
  });

  it.each([
    [
      'nothing is struck',
      { delta: 0.05 },
      sine(220, RATE, 0.3).map((v, n) => v * Math.min(1, n / RATE)),
      'drum_miner.delta',
    ],
    [
      'all is short',
      { min_length_sec: 0.7, max_length_sec: 0.8 },
      played(BEAT, 4.5),
      'drum_miner.min_length_sec',
    ],
    ['all is quiet', { min_peak_db: -10 }, played(BEAT, 4.5).map((v) => 0.1 * v), 'drum_miner.min_peak_db'],
  ])('says which setting to relax where %s', async (_, changes, samples, setting) => {
    const { textures, skipped } = await allOf(
      mineDrums,
      mono(samples),
      settingsWith({ drum_miner: changes }),
    );
    expect(textures).toHaveLength(0);
    expect(skipped).toHaveLength(1);
    expect(skipped[0].words).toContain(setting);
  });

  it('keeps both channels as they are', async () => {
    const left = joined(new Float32Array(3000), snare(1));
    const right = left.map((value) => 0.25 * value);
    const { textures } = await allOf(mineDrums, { sampleRate: RATE, channels: [left, right] });
    const [one, other] = textures[0].sound.channels;
    expect(rms(other) / rms(one)).toBeCloseTo(0.25, 3);
  });
});

describe('estimateKind', () => {
  it.each([
    ['kick', kick()],
    ['snare', snare()],
    ['hat', hat()],
    ['cymbal', noise(3 * RATE, 0.3).map((value, n) => value * Math.exp((-n / RATE) * 1.5))],
  ] as const)('knows a %s, at any level', (kind, samples) => {
    const loud = estimateKind(mono(samples));
    expect(loud.kind).toBe(kind);
    const soft = estimateKind(mono(samples.map((value) => value / 100)));
    expect(soft.kind).toBe(kind);
    expect(soft.confidence).toBeCloseTo(loud.confidence, 2);
  });

  it('takes a wooden knock for perc', () => {
    const knock = sine(1100, Math.round(0.12 * RATE)).map((value, n) => value * Math.exp((-n / RATE) * 60));
    expect(estimateKind(mono(knock)).kind).toBe('perc');
  });
});
