import { describe, expect, it } from 'vitest';
import { frameCount, type Sound } from '../../src/dsp/sound.ts';
import { makeHiss } from '../../src/families/hiss/make.ts';
import type { Texture } from '../../src/families/texture.ts';
import { correlation, joined, mono, noise, RATE, rms } from '../signals.ts';
import { allOf, settingsWith, type Yield } from './making.ts';

/** One hit: noise of a colour (1 is white, higher is darker) that decays with a time constant. */
function hit(colour: number, decaySec: number, seed: string): Float32Array {
  const white = noise(Math.round(0.4 * RATE), 0.8, seed);
  let last = 0;
  return white.map((x, n) => {
    last += (x - last) / colour;
    return last * Math.exp(-n / (decaySec * RATE));
  });
}

/** Hits at their times, s, after a quarter of a second of near silence. */
function sequence(hits: readonly Float32Array[], spacingSec = 0.5): Float32Array {
  const samples = noise(Math.round((0.25 + hits.length * spacingSec) * RATE), 1e-5, 'floor');
  hits.forEach((one, i) => {
    const start = Math.round((0.25 + i * spacingSec) * RATE);
    one.forEach((x, n) => {
      if (start + n < samples.length) samples[start + n] += x;
    });
  });
  return samples;
}

const varied = sequence([
  hit(1, 0.02, 'a'),
  hit(1, 0.2, 'b'),
  hit(3, 0.05, 'c'),
  hit(6, 0.1, 'd'),
  hit(2, 0.01, 'e'),
  hit(1, 0.08, 'f'),
]);

async function flickersOf(sound: Sound, hiss = {}): Promise<{ flickers: Texture[]; all: Yield }> {
  const all = await allOf(makeHiss, sound, settingsWith({ hiss }));
  return { flickers: all.textures.filter(({ naming }) => naming === 'hiss_flicker'), all };
}

describe('flickers', () => {
  it('begin and end at zero, with the attack inside and soon', async () => {
    const { flickers } = await flickersOf(mono(varied));
    expect(flickers.length).toBe(4);
    for (const { sound } of flickers) {
      const [samples] = sound.channels;
      expect(samples[0]).toBeCloseTo(0, 6);
      expect(samples[samples.length - 1]).toBeCloseTo(0, 6);
      const head = rms(samples, 0, Math.round(0.015 * RATE));
      const tail = rms(samples, Math.round(0.8 * samples.length));
      expect(head).toBeGreaterThan(2 * tail);
      // Nearly nothing before the attack, a few milliseconds in.
      expect(rms(samples, 0, Math.round(0.001 * RATE))).toBeLessThan(0.5 * head);
    }
  });

  it('are as long as asked and lie apart, each at a hit of its own', async () => {
    const { flickers } = await flickersOf(mono(varied), {
      flicker_min_ms: 60,
      flicker_max_ms: 200,
      flicker_count: 6,
    });
    expect(flickers.length).toBeGreaterThan(4);
    const places = flickers.map(({ origin }) => origin).sort((a, b) => a.startSec - b.startSec);
    places.forEach(({ startSec, endSec }, i) => {
      expect(endSec - startSec).toBeGreaterThanOrEqual(0.0599);
      expect(endSec - startSec).toBeLessThanOrEqual(0.2001);
      if (i > 0) expect(startSec).toBeGreaterThanOrEqual(places[i - 1].endSec);
      const sinceHit = (startSec - 0.25) % 0.5;
      expect(Math.min(Math.abs(sinceHit), Math.abs(0.5 - sinceHit))).toBeLessThan(0.01);
    });
  });

  it('are never alike: one hit repeated eight times gives one', async () => {
    const same = hit(1, 0.05, 'same');
    const { flickers, all } = await flickersOf(mono(sequence(new Array(8).fill(same))), {
      flicker_min_ms: 150,
      flicker_max_ms: 150,
    });
    expect(flickers.length).toBe(1);
    expect(all.skipped[0].words).toMatch(/1 of 4 flickers/);
  });

  it('are never one sample that a sequencer plays again, though something faint is heard beside it', async () => {
    const snare = hit(12, 0.15, 'snare');
    const beside = (seed: string, colour: number) => {
      const faint = hit(colour, 0.01, seed);
      return snare.map((x, n) => x + 0.05 * faint[n]);
    };
    const replayed = sequence([snare, beside('x', 1), beside('y', 1), beside('z', 1)]);
    const { flickers } = await flickersOf(mono(replayed));
    expect(flickers).toHaveLength(1);
  });

  it('are never one sample again, though one of them opens the source and another hit follows the other soon', async () => {
    const snare = hit(2, 0.06, 'snare');
    const source = joined(snare, snare, snare);
    // A different hit, 90 ms after the second snare.
    hit(1, 0.05, 'other').forEach((x, n) => {
      const at = snare.length + Math.round(0.09 * RATE) + n;
      if (at < 2 * snare.length) source[at] += 0.5 * x;
    });
    const { flickers } = await flickersOf(mono(source));
    const opening = flickers.map(({ sound }) => sound.channels[0].subarray(0, Math.round(0.06 * RATE)));
    for (let i = 0; i < opening.length; i++) {
      for (let j = 0; j < i; j++) {
        let likeness = 0;
        for (let lag = -250; lag <= 250; lag++) {
          const [one, other] =
            lag < 0 ? [opening[i], opening[j].subarray(-lag)] : [opening[i].subarray(lag), opening[j]];
          const length = Math.min(one.length, other.length);
          likeness = Math.max(likeness, correlation(one.subarray(0, length), other.subarray(0, length)));
        }
        expect(likeness).toBeLessThan(0.7);
      }
    }
    expect(flickers.length).toBeGreaterThanOrEqual(1);
  });

  it('of one hit do not depend on how many are asked for', async () => {
    const lengths = async (flicker_count: number) =>
      (await flickersOf(mono(varied), { flicker_count })).flickers.map(({ origin }) => origin);
    const [few, many] = [await lengths(2), await lengths(5)];
    expect(many.slice(0, 2)).toEqual(few);
  });

  it('come at zero from a sound that begins at full level', async () => {
    const { flickers } = await flickersOf(mono(hit(1, 0.05, 'shot')));
    expect(flickers.length).toBe(1);
    expect(flickers[0].origin.startSec).toBe(0);
    expect(flickers[0].loop).toBeNull();
  });

  it('are passed over where the source is shorter than the shortest', async () => {
    const { flickers, all } = await flickersOf(mono(noise(0.03 * RATE, 0.5)));
    expect(flickers).toEqual([]);
    expect(all.skipped[0].words).toMatch(/flicker_min_ms/);
  });

  it('keep their image', async () => {
    const [left, right] = [varied, varied.map((x) => -0.5 * x)];
    const { flickers } = await flickersOf({ sampleRate: RATE, channels: [left, right] });
    for (const { sound } of flickers) {
      expect(frameCount(sound)).toBe(sound.channels[1].length);
      expect(correlation(sound.channels[0], sound.channels[1])).toBeLessThan(-0.99);
    }
  });
});
