/** Kits for OP-Z and OP-1 field, read by a reader of our own, against what files that devices wrote hold. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKit } from '../../src/palette/kit.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { USUAL_WISHES } from '../../src/palette/wishes.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import type { Candidate } from '../../src/targets/candidate.ts';
import { drumPatch, samplerPatch } from '../../src/targets/op-1/patch.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { planKit } from '../../src/targets/plan-kit.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';

const RATE = 44_100;
const pad: MadeTexture = {
  ...{ family: 'pad', source: 'a', sampleRate: RATE, bitDepth: 16, channelCount: 1 },
  ...{ seconds: 0.21, loops: true },
};
const swell: MadeTexture = { ...pad, family: 'swell', loops: false };
const hit: MadeTexture = { ...pad, family: 'drum', seconds: 0.02, loops: false };
const site = await madeExport([
  pad,
  swell,
  { ...pad, seconds: 6.5 },
  ...Array.from({ length: 25 }, () => hit),
]);

interface Aiff {
  readonly channels: number[][];
  readonly rate: number;
  // biome-ignore lint/suspicious/noExplicitAny: what the JSON holds is what is judged
  readonly patch: any;
}

/** An AIFF-C of little-endian 16 bits with a patch in it. */
function readAiff(bytes: Buffer): Aiff {
  expect([bytes.toString('latin1', 0, 4), bytes.toString('latin1', 8, 12)]).toEqual(['FORM', 'AIFC']);
  expect(bytes.readUInt32BE(4) + 8).toBe(bytes.length);
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at + 4);
    chunks.set(bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  expect([...chunks.keys()]).toEqual(['FVER', 'COMM', 'APPL', 'SSND']);
  const [common, application, data] = ['COMM', 'APPL', 'SSND'].map((id) => chunks.get(id)!);
  const [count, frames] = [common.readUInt16BE(0), common.readUInt32BE(2)];
  expect([common.readUInt16BE(6), common.toString('latin1', 18, 22)]).toEqual([16, 'sowt']);
  expect(data.length).toBe(8 + 2 * count * frames);
  expect([application.toString('latin1', 0, 4), application.length]).toEqual(['op-1', 4100]);
  const channels = Array.from({ length: count }, (_, c) =>
    Array.from({ length: frames }, (_, i) => data.readInt16LE(8 + 2 * (i * count + c))),
  );
  const rate = common.readUInt32BE(10) / 2 ** (16414 - common.readUInt16BE(8));
  return { channels, rate, patch: JSON.parse(application.toString('utf8', 4)) };
}

async function kitFor(device: string) {
  const profile = await readProfile(nodePlatform, device);
  const wishes = { ...USUAL_WISHES, level: 'off' } as const;
  const request = { ...site, profile, name: 'NIGHT', force: true, wishes };
  const kit = await makeKit(nodePlatform, request);
  const files = [...new Set(kit.files.map(({ file }) => file))];
  const read = await Promise.all(
    files.map(async (file) => [file, readAiff(await readFile(join(kit.folder, file)))] as const),
  );
  return { kit, aiffs: new Map(read) };
}

const opZ = await readProfile(nodePlatform, 'op-z');
const kits = { 'op-z': await kitFor('op-z'), 'op1-field': await kitFor('op1-field') };

it('positions are those that an OP-1 wrote', () => {
  // Frames of the kit boombap1 and what the device made of them (teoperator, src/op1/drum.go).
  const told = [24_062, 97_643_143, 40_701, 165_163_892, 143_428, 582_028_126, 500_891, 2_032_606_256];
  for (let i = 0; i < told.length; i += 2) {
    const format = { channelCount: 1, kitFrames: 529_200, longestSec: 6, leastFrames: 264_600 } as const;
    expect(drumPatch('k', [{ start: told[i], end: told[i] + 1 }], format)).toMatchObject({
      start: Array(24).fill(told[i + 1]),
      end: Array(24).fill(told[i + 1]),
    });
  }
});

it('a sample has the pitch at which it sounds: A4, and 8 cents above', () => {
  const format = { channelCount: 1, kitFrames: 529_200, longestSec: 6, leastFrames: 264_600 } as const;
  const patch = samplerPatch('s', { rootKey: 69, tuneCents: -8 }, format) as { readonly base_freq: number };
  expect(patch.base_freq).toBeCloseTo(442.038, 3);
});

describe.each([
  ['op-z', 1, 12],
  ['op1-field', 2, 20],
] as const)('a kit for %s', (device, channelCount, kitSec) => {
  it('has 24 hits in a file, a key each, and the rest in the next', () => {
    const { kit, aiffs } = kits[device];
    const drums = [...aiffs].filter(([file]) => file.startsWith('drum/'));
    expect(drums.map(([file]) => file)).toEqual(['drum/NIGHT/DRUMS1_24.aif', 'drum/NIGHT/DRUMS2_1.aif']);
    const [, { channels, rate, patch }] = drums[0];
    expect([rate, channels.length, patch.type, patch.name]).toEqual([
      RATE,
      channelCount,
      'drum',
      'DRUMS1_24',
    ]);
    const frame = (position: number) => Math.ceil((position * kitSec * RATE) / 2_147_483_646);
    for (const key of ['start', 'end', 'pitch', 'playmode', 'reverse', 'volume']) {
      expect(patch[key]).toHaveLength(24);
    }
    const length = hit.seconds * RATE;
    patch.start.forEach((position: number, i: number) => {
      const [start, end] = [frame(position), frame(patch.end[i])];
      expect([start, end]).toEqual([i * (length + 64), i * (length + 64) + length - 1]);
      // It sounds to its end, and nothing does behind it.
      expect(channels[0].slice(start, end + 1).some((value) => Math.abs(value) > 100)).toBe(true);
      const behind = channels[0].slice(end + 1, end + 65);
      expect(Math.max(...behind.map(Math.abs))).toBeLessThanOrEqual(1);
    });
    expect(new Set(drums[1][1].patch.start)).toEqual(new Set([0]));
    expect(kit.files.filter(({ texture }) => texture.family === 'drum')).toHaveLength(25);
  });

  it('has a synth sample for any other texture', () => {
    const { kit, aiffs } = kits[device];
    for (const { file } of kit.files.filter((one) => one.file.startsWith('synth/'))) {
      const { channels, rate, patch } = aiffs.get(file)!;
      expect([rate, channels.length, patch.type]).toEqual([RATE, channelCount, 'sampler']);
    }
    expect(kit.files.filter(({ file }) => file.startsWith('synth/'))).toHaveLength(3);
  });
});

it('an OP-Z gets samples of 6 s, loops going round in them and silence behind the rest', () => {
  const { kit, aiffs } = kits['op-z'];
  for (const { file, texture, durationSec } of kit.files.filter((one) => one.file.startsWith('synth/'))) {
    const [samples] = aiffs.get(file)!.channels;
    expect(samples).toHaveLength(6 * RATE);
    const length = Math.round(durationSec * RATE);
    const next = samples.slice(length, length + 500);
    const away = next.map((value, i) => Math.abs(value - (texture.loops ? samples[i] : 0)));
    expect(Math.max(0, ...away)).toBeLessThanOrEqual(3);
  }
});

it('an OP-Z has no more than it holds, kits in half of it', () => {
  const many = (family: string, count: number, durationSec: number): Candidate[] =>
    Array.from({ length: count }, (_, i) => ({
      ...{ path: `${family}${i}`, family, source: 'a', variant: '', brightness: '', kind: '', key: '' },
      ...{ rootName: '', grade: 'A', loops: family === 'pad', durationSec },
      ...{ sampleRate: RATE, bitDepth: 16, channelCount: 1 },
    }));
  const textures = [...many('drum', 300, 0.8), ...many('pad', 60, 9)];
  const plan = planKit(textures, opZ, 'NIGHT', {});
  const files = [...new Set(plan.slots.map(({ file }) => file))];
  // 14 hits of 0.8 s, 64 frames apart, are 11.2 s; 12 MB hold 12 such kits, 11.9 MB, and what is left 22 samples of 6 s.
  const count = (folder: string) => files.filter((file) => file.startsWith(folder)).length;
  expect([count('drum/'), count('synth/')]).toEqual([12, 22]);
  expect(plan.used.bytes).toBeLessThanOrEqual(24e6);
  expect(plan.slots.length + plan.leftOut.length).toBe(360);
});

it('a field keeps the length of a loop', () => {
  const { aiffs } = kits['op1-field'];
  const lengths = [...aiffs]
    .filter(([file]) => file.startsWith('synth/'))
    .map(([, one]) => one.channels[0].length);
  expect(lengths.sort()).toEqual([0.21 * RATE, 0.21 * RATE, 6.5 * RATE].sort());
});

it.each([
  ['channels', [1, 2], 'must be [1]'],
  ['preferred_sample_rate_hz', 48_000, 'must be 44100'],
  ['longest_sample_sec', 20, 'must be at most 6'],
  ['slices', 25, 'must be at most 24'],
])('a profile of another %s is refused', (key, value, why) => {
  const figures = { channels: [1], preferred_sample_rate_hz: RATE, longest_sample_sec: 6, slices: 24 };
  const text = { version: 1, id: 'mine', device: 'Mine', target: 'op-1', bit_depths: [16], ...figures };
  expect(() => parseProfile(JSON.stringify({ ...text, [key]: value }), 'mine.json')).toThrow(why);
  expect(() => parseProfile(JSON.stringify(text), 'mine.json')).not.toThrow();
});
