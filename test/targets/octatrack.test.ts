/** Kits for an Octatrack, read back by places in a file that are written down here once more. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeKit } from '../../src/palette/kit.ts';
import { USUAL_WISHES } from '../../src/palette/wishes.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { otTempo } from '../../src/targets/octatrack/tempo.ts';
import type { TargetTexture } from '../../src/targets/target.ts';
import { fileTempo } from '../../src/targets/wav-facts.ts';
import { readWav } from '../palette/kit-checker.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { ownProfile } from './own-profile.ts';

const AS_THEY_ARE = { ...USUAL_WISHES, level: 'off' } as const;

const PAD = { sampleRate: 44_100, bitDepth: 24, channelCount: 2, seconds: 0.5, loops: true } as const;
const HIT = { ...PAD, channelCount: 1, seconds: 0.1, loops: false } as const;
const TEXTURES: MadeTexture[] = [
  { ...PAD, family: 'pad', source: 'a' },
  { ...HIT, family: 'drum', source: 'b' },
  { ...HIT, family: 'drum', source: 'c', seconds: 0.0513 },
  { ...HIT, family: 'drum', source: 'd', seconds: 0.2 },
  { ...HIT, family: 'swell', source: 'e', seconds: 2.5 },
];

function readSettings(bytes: Buffer) {
  const sum = bytes.subarray(16, 830).reduce((total, byte) => total + byte, 0) % 65_536;
  expect([bytes.length, bytes.readUInt16BE(830)]).toEqual([832, sum]);
  expect(bytes.toString('latin1', 0, 23)).toBe('FORM\0\0\0\0DPS1SMPA\0\0\0\0\0\x02\0');
  const slices = Array.from({ length: bytes.readUInt32BE(826) }, (_, i) =>
    [0, 4, 8].map((at) => bytes.readUInt32BE(58 + 12 * i + at)),
  );
  return {
    ...{
      bpm: bytes.readUInt32BE(23) / 24,
      trimBars: bytes.readUInt32BE(27),
      loopBars: bytes.readUInt32BE(31),
    },
    ...{ stretch: bytes.readUInt32BE(35), loop: bytes.readUInt32BE(39), gain: bytes.readUInt16BE(43) },
    ...{ quantize: bytes[45], start: bytes.readUInt32BE(46), end: bytes.readUInt32BE(50) },
    ...{ loopPoint: bytes.readUInt32BE(54), slices },
  };
}

type Read = Record<string, { settings: ReturnType<typeof readSettings>; wav: ReturnType<typeof readWav> }>;

/** All samples of a kit, by the name of the texture's source or of the chain. */
async function kitOf(chains: boolean): Promise<Read> {
  const site = await madeExport(TEXTURES);
  const profile = await ownProfile('octatrack', { bit_depths: [24] });
  const { folder } = await makeKit(nodePlatform, {
    ...site,
    profile,
    chains,
    name: 'K',
    wishes: AS_THEY_ARE,
    force: false,
  });
  const at = join(folder, 'AFTERGLOW/AUDIO/K');
  const names = readdirSync(at);
  const wavs = names.filter((name) => name.endsWith('.wav'));
  expect(names.sort()).toEqual(wavs.flatMap((name) => [name.replace('.wav', '.ot'), name]).sort());
  return Object.fromEntries(
    wavs.map((name) => [
      name.replace(/_dark|^.*?_(?=[a-z])|_3|\.wav$/g, ''),
      {
        settings: readSettings(readFileSync(join(at, name.replace('.wav', '.ot')))),
        wav: readWav(readFileSync(join(at, name))),
      },
    ]),
  );
}

let single: Read;
let chained: Read;
beforeAll(async () => {
  [single, chained] = [await kitOf(false), await kitOf(true)];
});

describe('a kit for an Octatrack', () => {
  it('says beside each sample how it is played', () => {
    expect(Object.keys(single).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    for (const [source, { settings, wav }] of Object.entries(single)) {
      expect(settings).toMatchObject({
        ...{ stretch: 0, gain: 48, quantize: 255, start: 0, end: wav.frames, loopPoint: 0, slices: [] },
        loop: source === 'a' ? 1 : 0,
      });
      const bars = (wav.frames * settings.bpm) / (44_100 * 240);
      expect(settings.trimBars).toBe(Math.max(1, Math.round(100 * bars)));
      expect(settings.loopBars).toBe(settings.trimBars);
      expect(Math.log2(bars)).toBeCloseTo(Math.round(Math.log2(bars)), 2);
      expect(settings.bpm).toBeGreaterThan(84);
      expect(settings.bpm).toBeLessThan(170);
    }
  });

  it('has hits as slices of one file where chains are wanted, each to the bit what it is alone', () => {
    // A swell of 2.5 s is no hit.
    expect(Object.keys(chained).sort()).toEqual(['a', 'chain', 'e']);
    const { settings, wav } = chained.chain;
    expect(settings).toMatchObject({ loop: 0, stretch: 0, end: wav.frames });
    expect(settings.slices).toHaveLength(3);
    const covered = new Uint8Array(wav.frames);
    for (const [i, [start, end, loopPoint]] of settings.slices.entries()) {
      expect(loopPoint).toBe(0xffffffff);
      expect(wav.channels[0].slice(start, end)).toEqual(single[['b', 'c', 'd'][i]].wav.channels[0]);
      covered.fill(1, start, end);
      expect(covered[end]).toBe(0);
    }
    expect(wav.channels[0].filter((x, n) => covered[n] === 0 && x !== 0)).toHaveLength(0);
  });
});

describe('the tempo of a sample', () => {
  const texture = (facts: Partial<TargetTexture>) => facts as TargetTexture;

  it('is the one that the device itself chose, with its length', () => {
    // Saved by a device that was given 890,839 frames at 44.1 kHz and nothing else.
    expect(otTempo(texture({ loops: true, tempo: null }), 890_839, 44_100)).toEqual({
      tempo: 2281,
      length: 800,
    });
  });

  it('is that of the music where it is known, else one of whole bars', () => {
    const [tempo, unsure] = [0.9, 0.1].map((confidence) => ({ bpm: 97.02, confidence }));
    const sixBeats = Math.round((44_100 * 60 * 6) / 97);
    const own = { tempo: 97 * 24, length: 150 };
    const twoBars = { tempo: Math.round(((97 * 8) / 6) * 24), length: 200 };
    expect(otTempo(texture({ loops: true, tempo }), sixBeats, 44_100)).toEqual(own);
    expect(otTempo(texture({ loops: true, tempo: unsure }), sixBeats, 44_100)).toEqual(twoBars);
    // What KIT.csv says: 97.02 beats a minute, in the device's unit.
    const said = { tempo: Math.round(97.02 * 24), length: 150 };
    expect(otTempo(texture({ loops: false, tempo }), sixBeats, 44_100)).toEqual(said);
    expect(otTempo(texture({ loops: true, tempo }), sixBeats + 9000, 44_100)).toEqual({
      ...said,
      length: 158,
    });
    expect(fileTempo(texture({ loops: true, tempo }), sixBeats / 44_100)).toBeCloseTo(97, 3);
    expect(fileTempo(texture({ loops: true, tempo: unsure }), sixBeats / 44_100)).toBeNull();
  });
});
