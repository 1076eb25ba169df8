import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSource } from '../../src/archive/source.ts';
import { writeDemoArchive } from '../../src/engine/demo/archive.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

let folder: string;
let written: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-demo-'));
  written = await writeDemoArchive(nodePlatform, folder);
});
afterAll(() => rm(folder, { recursive: true }));

it.each([
  ['source_audio/night_ferry.wav', 'WAV', 24, 44_100, 2, 67],
  ['pad_sources/warm_chord.wav', 'WAV', 16, 48_000, 2, 12],
  ['pad_sources/glass_choir.aiff', 'AIFF', 24, 96_000, 2, 10],
  ['drums/back_room_beat.wav', 'WAV', 16, 44_100, 1, 5.333],
])(
  'writes %s as %s of %d bit, %d Hz, %d channels',
  async (path, format, bitDepth, rate, channels, seconds) => {
    expect(written).toContain(path);
    const source = await openSource(nodePlatform, join(folder, path));
    expect(source.warnings).toEqual([]);
    expect(source.facts).toEqual({ format, encoding: 'PCM', bitDepth, channelCount: channels });
    expect(source.sampleRate).toBe(rate);
    expect(source.frameCount / rate).toBeCloseTo(seconds, 2);
    const { channels: sound } = await source.read(0, source.frameCount);
    const peak = sound.reduce((most, channel) => channel.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0);
    expect(peak).toBeGreaterThan(0.4);
    expect(peak).toBeLessThan(1);
    await source.close();
  },
);

it('leaves what is there as it is', async () => {
  await rm(join(folder, written[3]));
  expect(await writeDemoArchive(nodePlatform, folder)).toEqual([written[3]]);
});
