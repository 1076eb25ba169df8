/** Presets of the OP-XY, as `afterglow kit --profile op-xy` writes them, against what presets that devices wrote hold. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { makeKit } from '../../src/palette/kit.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { readWav } from '../palette/kit-checker.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';

const TOP = ['engine', 'envelope', 'fx', 'lfo', 'octave', 'platform', 'regions', 'type', 'version'];
const LOOP = ['loop.crossfade', 'loop.enabled', 'loop.end', 'loop.onrelease', 'loop.start'];
const BOTH = ['framecount', 'hikey', 'lokey', 'pitch.keycenter', 'reverse', 'sample', 'sample.end', 'tune'];
const DRUM = ['fade.in', 'fade.out', 'pan', 'playmode', 'transpose'];

const pad: MadeTexture = {
  ...{ family: 'pad', source: 'a', sampleRate: 48_000, bitDepth: 24, channelCount: 1 },
  ...{ seconds: 0.21, loops: true },
};
const swell: MadeTexture = { ...pad, family: 'swell', loops: false };
const hit: MadeTexture = { ...pad, family: 'drum', seconds: 0.02, loops: false };

const profile = parseProfile(
  JSON.stringify({
    ...{ version: 1, id: 'mine', device: 'Mine', target: 'op-xy', folder: 'presets/{kit}' },
    ...{ sample_rates_hz: [44_100], bit_depths: [16], longest_sample_sec: 0.2, chunks: ['smpl'] },
    ...{ longest_path: 52, alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-# ' },
  }),
  'mine.json',
);

// biome-ignore lint/suspicious/noExplicitAny: what a patch.json holds is what is judged
type Patch = any;

it('are one a texture, and one for 24 hits', async () => {
  // The first has a root, A2 and 8 cents once it is looped again, the second and third none.
  const site = await madeExport([pad, pad, swell, ...Array.from({ length: 25 }, () => hit)]);
  const kit = await makeKit(nodePlatform, { ...site, profile, name: 'My_kit', force: false });
  const presets = new Map<string, Patch>();
  for (const { file } of kit.files) {
    const wav = readWav(await readFile(join(kit.folder, file)));
    const folder = dirname(file);
    const text = await readFile(join(kit.folder, folder, 'patch.json'), 'utf8');
    const patch: Patch = JSON.parse(text);
    presets.set(folder, patch);
    expect(Object.keys(patch).sort()).toEqual(TOP);
    expect([patch.octave, patch.platform, patch.version]).toEqual([0, 'OP-XY', 4]);
    const name = file.slice(folder.length + 1);
    const region: Patch = patch.regions.find((one: Patch) => one.sample === name);
    expect(wav.sampleRate).toBe(44_100);
    expect([region.framecount, region['sample.end']]).toEqual([wav.frames, wav.frames]);
    expect(file).toMatch(/^presets\/My-kit\/[A-Za-z0-9 #-]+\.preset\/[A-Za-z0-9 #-]+\.wav$/);
    expect(file.length).toBeLessThanOrEqual(52);
    if (patch.type === 'drum') {
      expect(Object.keys(region).sort()).toEqual([...BOTH, ...DRUM].sort());
      expect([region.lokey, region['pitch.keycenter'], region.playmode]).toEqual([
        region.hikey,
        60,
        'oneshot',
      ]);
      continue;
    }
    expect(Object.keys(region).sort()).toEqual([...BOTH, ...LOOP].sort());
    expect([patch.type, patch.regions.length]).toEqual(['sampler', 1]);
    expect([region['loop.start'], region['loop.crossfade'], region.lokey]).toEqual([0, 0, 0]);
    if (!file.includes('PD')) {
      expect([region['loop.enabled'], region['loop.onrelease']]).toEqual([false, false]);
      continue;
    }
    // Also of a root that is flat, which the file alone would count from the note below.
    expect(wav.unityNote).toBe(region['pitch.keycenter']);
    // A loop of 0.21 s is closed anew within 0.2 s, guard frames included, which are its start again.
    expect([region['loop.enabled'], region['loop.onrelease']]).toEqual([true, true]);
    const end = region['loop.end'];
    expect(wav.frames - end).toBe(8);
    expect(wav.frames).toBeLessThanOrEqual(0.2 * 44_100);
    expect(wav.loop).toEqual({ start: 0, end: end - 1 });
    for (let i = 0; i < 8; i++) expect(wav.channels[0][end + i]).toBeCloseTo(wav.channels[0][i], 3);
  }
  const types = [...presets.values()].map(({ type, regions }) => `${type} ${regions.length}`);
  expect(types).toEqual(['sampler 1', 'sampler 1', 'sampler 1', 'drum 24', 'drum 1']);
  const [rooted, unrooted] = [...presets.values()].map(({ regions }) => regions[0]);
  expect([rooted['pitch.keycenter'], rooted.hikey, rooted.tune]).toEqual([45, 45, 8]);
  expect([unrooted['pitch.keycenter'], unrooted.hikey, unrooted.tune]).toEqual([60, 60, 0]);
  const keys = [...presets.values()][3].regions.map(({ hikey }: Patch) => hikey);
  expect(keys).toEqual(Array.from({ length: 24 }, (_, i) => 53 + i));
});
