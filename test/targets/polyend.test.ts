/** Instruments for a Polyend Tracker, read back by places in a file that are written down here once more. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeKit } from '../../src/palette/kit.ts';
import { USUAL_WISHES } from '../../src/palette/wishes.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { mostAroundLoop, ptiLoop, ptiSlices } from '../../src/targets/polyend/positions.ts';
import { tuning } from '../../src/targets/polyend/tuning.ts';
import type { TargetTexture } from '../../src/targets/target.ts';
import { readWav } from '../palette/kit-checker.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { ownProfile } from './own-profile.ts';

const AS_THEY_ARE = { ...USUAL_WISHES, level: 'off' } as const;

const END = 65_535;
/** How a device may come from a position to a frame. */
const ROUNDINGS = [Math.floor, Math.round];

const PAD = { sampleRate: 44_100, bitDepth: 16, channelCount: 1, seconds: 0.51, loops: true } as const;
const HIT = { ...PAD, seconds: 0.1, loops: false } as const;
const TEXTURES: MadeTexture[] = [
  { ...PAD, family: 'pad', source: 'a', noise: 0.05 },
  { ...PAD, family: 'pad', source: 'b', seconds: 1.7 },
  { ...HIT, family: 'drum', source: 'c' },
  { ...HIT, family: 'drum', source: 'd', seconds: 0.0513 },
  { ...HIT, family: 'drum', source: 'e', seconds: 0.2 },
];

function readInstrument(bytes: Buffer) {
  const word = (at: number) => bytes.readUInt16LE(at);
  const samples = new Int16Array((bytes.length - 392) / 2).map((_, i) => bytes.readInt16LE(392 + 2 * i));
  expect(bytes.toString('latin1', 0, 2)).toBe('TI');
  expect(bytes.readUInt32LE(388)).toBe(crc32(bytes.subarray(0, 388)));
  expect([bytes.readUInt32LE(60), bytes[386], bytes[272]]).toEqual([samples.length, 16, 50]);
  return {
    ...{
      playback: bytes[76],
      start: word(78),
      loopStart: word(80),
      loopEnd: word(82),
      end: word(84),
      samples,
    },
    ...{ name: bytes.toString('latin1', 21, bytes.indexOf(0, 21)), tune: bytes.readInt8(270) },
    ...{
      finetune: bytes.readInt8(271),
      slices: Array.from({ length: bytes[376] }, (_, i) => word(280 + 2 * i)),
    },
  };
}

type Read = Record<string, ReturnType<typeof readInstrument>>;

describe('a kit for a Polyend Tracker', () => {
  let single: Read;
  let chained: Read;
  let own: Float32Array[];
  beforeAll(async () => {
    const site = await madeExport(TEXTURES);
    own = site.paths.map((path) => readWav(readFileSync(join(site.exportFolder, path))).channels[0]);
    const profile = await ownProfile('polyend-tracker', { folder: 'X' });
    const read = async (chains: boolean): Promise<Read> => {
      const name = `K${Number(chains)}`;
      const { folder } = await makeKit(nodePlatform, {
        ...site,
        profile,
        chains,
        name,
        wishes: AS_THEY_ARE,
        force: false,
      });
      const files = readdirSync(join(folder, 'X')).filter((file) => file.endsWith('.pti'));
      return Object.fromEntries(
        files.map((file) => {
          const instrument = readInstrument(readFileSync(join(folder, 'X', file)));
          expect(`${instrument.name}.pti`).toBe(file);
          return [file.replace(/_dark|^.*?_(?=[a-z])|_3|\.pti$/g, ''), instrument];
        }),
      );
    };
    [single, chained] = [await read(false), await read(true)];
  });

  it('loops over exactly the loop, however positions are rounded, and goes on round about it', () => {
    for (const [i, source] of ['a', 'b'].entries()) {
      const { playback, start, loopStart, loopEnd, end, samples } = single[source];
      expect([playback, start, end]).toEqual([1, 0, END]);
      for (const rounded of ROUNDINGS) {
        const [from, to] = [loopStart, loopEnd].map((point) => rounded((point * samples.length) / END));
        expect(to - from).toBe(own[i].length);
        expect(from).toBeGreaterThanOrEqual(16);
        expect(samples.length - to).toBeGreaterThanOrEqual(16);
      }
      // Any frame of the file is that of the loop, to the dither.
      const off = samples.map((x, n) => Math.abs(x - 32_768 * own[i][n % own[i].length]));
      expect(Math.max(...off)).toBeLessThan(1.6);
    }
  });

  it('plays hits once, and has them as slices of one instrument where chains are wanted', () => {
    expect(single.c).toMatchObject({
      playback: 0,
      start: 0,
      loopStart: 1,
      loopEnd: END - 1,
      end: END,
      slices: [],
    });
    expect(single.c.samples).toHaveLength(own[2].length);
    expect(Object.keys(chained).sort()).toEqual(['a', 'b', 'chain']);
    const { playback, slices, samples } = chained.chain;
    expect([playback, slices.length]).toEqual([4, 3]);
    for (const [i, position] of slices.entries()) {
      const at = (position * samples.length) / END;
      expect(at).toBe(Math.round(at));
      const hit = own[2 + i];
      const behind = i < 2 ? (slices[i + 1] * samples.length) / END : samples.length;
      expect(behind - at - hit.length).toBeGreaterThanOrEqual(64);
      const off = samples.slice(at, behind).map((x, n) => Math.abs(x - 32_768 * (hit[n] ?? 0)));
      expect(Math.max(...off)).toBeLessThan(1.6);
    }
  });

  it('moves what has a clear root to the nearest C', () => {
    // F sharp 2, 12.5 cents above; the other has no root.
    expect([single.a.tune, single.a.finetune]).toEqual([6, -12]);
    expect([single.b.tune, single.b.finetune]).toEqual([0, 0]);
  });
});

describe('positions of a .pti', () => {
  it('lie as far apart as any loop is long, in little more than its length', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 140_000 }), fc.integer({ min: 1, max: 6_000_000 })),
        (length) => {
          const { frames, start, loopStart, loopEnd } = ptiLoop(length);
          expect(frames - length).toBeLessThanOrEqual(mostAroundLoop(length));
          expect([0 < loopStart, loopStart < loopEnd, loopEnd < END]).toEqual([true, true, true]);
          for (const rounded of ROUNDINGS) {
            // A device that computes in single precision comes to the same, up to lengths of half a minute.
            for (const exact of length < 1_400_000 ? [Number, Math.fround] : [Number]) {
              const frame = (point: number) => rounded(exact(exact(point / END) * frames));
              expect([frame(loopStart), frame(loopEnd)]).toEqual([start, start + length]);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are whole frames where slices begin, in little more than their length', () => {
    const lengths = fc.array(fc.integer({ min: 500, max: 88_200 }), { minLength: 2, maxLength: 48 });
    fc.assert(
      fc.property(lengths, (all) => {
        const { starts, frames } = ptiSlices(all);
        expect(starts).toHaveLength(all.length);
        for (const [i, start] of starts.entries()) {
          expect(((start * END) / frames) % 1).toBe(0);
          expect((starts[i + 1] ?? frames) - start).toBeGreaterThanOrEqual(all[i] + 64);
        }
        const sum = all.reduce((total, length) => total + length, 0);
        expect(frames).toBeLessThan(1.05 * sum + 64 * all.length + 1500);
        // Shorter ones never take more, so a plan that counts with more holds.
        expect(ptiSlices(all.map((length) => length - 7)).frames).toBeLessThanOrEqual(frames);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the tuning of an instrument', () => {
  const moved = (note: number, cents: number, facts: Partial<TargetTexture> = {}) =>
    tuning({ kind: '', root: { note, cents, confidence: 0.9 }, ...facts } as TargetTexture);

  it('makes a C sound as a C, half an octave away at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 108 }), fc.integer({ min: -50, max: 50 }), (note, cents) => {
        const { tune, finetune } = moved(note, cents);
        expect(Math.abs((100 * note + cents + 100 * tune + finetune) % 1200) % 1200).toBe(0);
        expect(Math.abs(100 * tune + finetune)).toBeLessThanOrEqual(600);
      }),
    );
  });

  it('is none for drum hits, and for what has no clear root', () => {
    expect(moved(57, 0, { kind: 'kick' })).toEqual({ tune: 0, finetune: 0 });
    expect(moved(57, 0, { root: { note: 57, cents: 0, confidence: 0.1 } })).toEqual({ tune: 0, finetune: 0 });
    expect(moved(57, 0)).toEqual({ tune: 3, finetune: 0 });
  });
});
