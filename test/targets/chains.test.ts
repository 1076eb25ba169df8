import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { makeKit, previewKit } from '../../src/palette/kit.ts';
import { USUAL_WISHES } from '../../src/palette/wishes.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import type { Candidate } from '../../src/targets/candidate.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { planKit } from '../../src/targets/plan-kit.ts';
import { equalLayout, SILENT_FRAMES } from '../../src/targets/sample-layout.ts';
import { readWav } from '../palette/kit-checker.ts';
import { madeExport } from '../palette/made-export.ts';
import { ownProfile } from './own-profile.ts';

const AS_THEY_ARE = { ...USUAL_WISHES, level: 'off' } as const;

const RATE = 44_100;
const device = (figures: Record<string, unknown> = {}) =>
  parseProfile(
    JSON.stringify({
      ...{ version: 1, id: 'mine', device: 'Mine', slices: 4, channels: [1, 2] },
      ...figures,
    }),
    'mine.json',
  );

const sound = (path: string, facts: Partial<Candidate> = {}): Candidate => ({
  ...{ path, family: 'drum', source: path, variant: '', brightness: '', kind: '', key: '', rootName: '' },
  ...{ grade: 'A', loops: false, durationSec: 0.5, sampleRate: RATE, bitDepth: 16, channelCount: 1 },
  ...facts,
});

const plan = (textures: readonly Candidate[], figures: Record<string, unknown> = {}, chains = true) =>
  planKit(textures, device(figures), 'K', { chains });

/** What lies in each file of a plan. */
function filesOf({ slots }: ReturnType<typeof plan>): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  for (const { file, texture } of slots) files[file] = [...(files[file] ?? []), texture.path];
  return files;
}

const hits = (count: number) => Array.from({ length: count }, (_, i) => sound(`h${i}`));

describe('chains', () => {
  it('hold the short one-shots of a family, as many as the device has slices, and only where they are wanted', () => {
    const textures = [
      ...hits(5),
      sound('flicker', { family: 'hiss' }),
      sound('hiss', { family: 'hiss', loops: true }),
      sound('flicker2', { family: 'hiss' }),
      sound('long', { durationSec: 2.1 }),
    ];
    expect(filesOf(plan(textures))).toEqual({
      'K/DM01_chain_4.wav': ['h0', 'h1', 'h2', 'h3'],
      'K/DM02_h4.wav': ['h4'],
      'K/DM03_long.wav': ['long'],
      'K/HS01_chain_2.wav': ['flicker', 'flicker2'],
      'K/HS02_hiss.wav': ['hiss'],
    });
    expect(Object.keys(filesOf(plan(textures, {}, false)))).toHaveLength(9);
  });

  it('have slices in the order of their kinds, and never mono and stereo in one', () => {
    const kinds = ['kick', 'snare', 'kick', 'snare'].map((kind, i) => sound(`${kind}${i}`, { kind }));
    const wide = ['w0', 'w1'].map((path) => sound(path, { channelCount: 2 }));
    expect(Object.values(filesOf(plan([...kinds, ...wide])))).toEqual([
      ['kick0', 'kick2', 'snare1', 'snare3'],
      ['w0', 'w1'],
    ]);
  });

  it('are one sample of the device, of their whole length', () => {
    const { used, slots } = plan(hits(4));
    expect(used.samples).toBe(1);
    // A frame is planned for what rounds up, and silence stands behind each.
    expect(used.seconds * RATE).toBeCloseTo(4 * (RATE / 2 + 1 + SILENT_FRAMES), -1);
    expect(slots.map(({ size }) => size.samples)).toEqual([1, 0, 0, 0]);
    expect(filesOf(plan(hits(9), { most_samples: 2 }))).toEqual({
      'K/DM01_chain_4.wav': ['h0', 'h1', 'h2', 'h3'],
      'K/DM02_chain_4.wav': ['h4', 'h5', 'h6', 'h7'],
    });
  });

  it('are shorter where the device has less room, and lose their last', () => {
    const short = plan([sound('pad', { family: 'pad', loops: true, durationSec: 8.8 }), ...hits(4)], {
      total_sec: 10,
    });
    expect(filesOf(short)).toEqual({ 'K/PD01_pad.wav': ['pad'], 'K/DM01_chain_2.wav': ['h0', 'h1'] });
    expect(short.used.seconds).toBeLessThanOrEqual(10);
    expect(short.leftOut.map(({ texture, reason }) => [texture.path, reason.code])).toEqual([
      ['h2', 'seconds-full'],
      ['h3', 'seconds-full'],
    ]);
    const bytes = plan(hits(4), { total_bytes: 2 * (RATE / 2 + 100) });
    expect(filesOf(bytes)).toEqual({ 'K/DM01_h0.wav': ['h0'] });
    // A chain is no longer than any other sample.
    expect(Object.values(filesOf(plan(hits(3), { longest_sample_sec: 1.1 })))).toEqual([
      ['h0', 'h1'],
      ['h2'],
    ]);
  });

  it('lie on equal steps where a device can only begin at those', () => {
    for (const [count, parts] of [
      [2, 2],
      [7, 8],
      [13, 15],
      [61, 120],
    ]) {
      const { starts, frames } = equalLayout(
        Array.from({ length: count }, (_, i) => 1000 + i),
        120,
      );
      const distance = 1000 + count - 1 + SILENT_FRAMES;
      expect(frames).toBe(parts * distance);
      for (const [i, start] of starts.entries()) expect((120 * start) / frames).toBe((120 / parts) * i);
    }
  });
});

describe('a kit with chains', () => {
  const HIT = { sampleRate: 48_000, bitDepth: 24, channelCount: 1, seconds: 0.1, loops: false } as const;
  const three = () =>
    madeExport([0.1, 0.05, 0.2].map((seconds, i) => ({ ...HIT, family: 'drum', source: `s${i}`, seconds })));

  it('has slice points in its WAVs where the device reads them, and names each slice in KIT.csv', async () => {
    const site = await three();
    const profile = await ownProfile('m8', { chunks: ['cue'], bit_depths: [24], sample_rates_hz: [48_000] });
    const kit = await makeKit(nodePlatform, {
      ...site,
      profile,
      name: 'K',
      chains: true,
      wishes: AS_THEY_ARE,
      force: false,
    });
    const bytes = readFileSync(join(kit.folder, 'Samples/K/DM01_chain_3.wav'));
    const cue = bytes.indexOf('cue ');
    const points = Array.from({ length: bytes.readUInt32LE(cue + 8) }, (_, i) =>
      bytes.readUInt32LE(cue + 12 + 24 * i + 20),
    );
    expect(points).toEqual([0, 4864, 7328]);
    const { channels, frames } = readWav(bytes);
    for (const [i, path] of site.paths.entries()) {
      const own = readWav(readFileSync(join(site.exportFolder, path))).channels[0];
      expect(channels[0].slice(points[i], points[i] + own.length)).toEqual(own);
    }
    expect(kit.used).toMatchObject({ samples: 1, seconds: frames / 48_000, bytes: frames * 3 });
    const rows = parse(readFileSync(join(kit.folder, 'KIT.csv')), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows.map(({ file, slice, texture }) => [file, slice, texture])).toEqual(
      site.paths.map((path, i) => ['Samples/K/DM01_chain_3.wav', String(i + 1), path]),
    );
  });

  it('is laid out for a Digitakt by its start of 0 to 120', async () => {
    const site = await three();
    const profile = await ownProfile('digitakt');
    const kit = await makeKit(nodePlatform, {
      ...site,
      profile,
      name: 'K',
      chains: true,
      wishes: AS_THEY_ARE,
      force: false,
    });
    const { channels, frames } = readWav(readFileSync(join(kit.folder, 'K/DM01_chain_3.wav')));
    for (const [i, path] of site.paths.entries()) {
      const own = readWav(readFileSync(join(site.exportFolder, path))).channels[0];
      // A start of 0, 40 and 80.
      const slice = channels[0].slice((i * frames) / 3, (i * frames) / 3 + own.length);
      const off = slice.map((x, n) => Math.abs(x - own[n]));
      expect(Math.max(...off)).toBeLessThan(1.6 / 32_768);
    }
  });

  it('makes a chain again without what cannot be read', async () => {
    const site = await three();
    const { exportFolder, paths } = site;
    writeFileSync(join(exportFolder, paths[1]), 'no sound');
    const profile = await ownProfile('octatrack');
    const kit = await makeKit(nodePlatform, {
      ...site,
      profile,
      name: 'K',
      chains: true,
      wishes: AS_THEY_ARE,
      force: false,
    });
    expect(kit.files.map(({ texture, slice }) => [texture.path, slice])).toEqual([
      [paths[0], 1],
      [paths[2], 2],
    ]);
    expect(kit.leftOut.map(({ texture }) => texture.path)).toEqual([paths[1]]);
  });

  it('is refused for a device without slices', async () => {
    const request = { ...(await three()), profile: await ownProfile('tr8s'), name: 'K', chains: true };
    const sentence = /^Nothing is known of slices that Roland TR-8S plays, so .*; leave --chains out\.$/;
    await expect(previewKit(nodePlatform, request)).rejects.toThrow(sentence);
    await expect(makeKit(nodePlatform, { ...request, wishes: AS_THEY_ARE, force: false })).rejects.toThrow(
      sentence,
    );
  });
});
