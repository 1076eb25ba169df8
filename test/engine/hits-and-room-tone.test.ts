/** What holds for all phases holds for `mine-drums` and `mine-silences`: plans, forecasts, caching, shards. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { expectedFiles } from '../../src/engine/expected-files.ts';
import { plan } from '../../src/engine/plan.ts';
import { run } from '../../src/engine/run.ts';
import type { PlanRequest } from '../../src/engine/task.ts';
import type { PhaseId } from '../../src/families/family.ts';
import { phasesOfAll } from '../../src/families/lookup.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { wav } from '../end-to-end/afterglow.ts';
import { kick, played, snare } from '../families/drumming.ts';
import { joined, mono, noise, RATE } from '../signals.ts';

const BOTH: readonly PhaseId[] = ['mine-drums', 'mine-silences'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-hits-'));
  const beat = played([...[0.1, 0.9].map((time) => [time, snare(time)] as const), [0.5, kick()]], 1.5);
  await put('drums/beat.wav', beat);
  await put('drums/other.wav', played([[0.2, snare('other')]], 0.8));
  await put('source_audio/song.wav', joined(beat, noise(RATE, 0.002)));
});
afterAll(() => rm(folder, { recursive: true }));

async function put(path: string, samples: Float32Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), wav(mono(samples)));
}

function planned(config = '', request: Partial<PlanRequest> = {}) {
  const { settings } = parseConfig(`room_tone: { loop_duration_sec: 1 }\n${config}`, 'config.yaml');
  return plan(nodePlatform, { projectFolder: folder, settings, seed: 1, phases: BOTH, ...request });
}

async function made(config = '', request: Partial<PlanRequest> = {}): Promise<string[]> {
  const paths: string[] = [];
  await run(nodePlatform, await planned(config, request), {
    jobs: 0,
    onEvent: (event) => {
      if (event.kind === 'texture-made') paths.push(event.texture.path);
    },
  });
  return paths.sort();
}

describe('hits and room tone', () => {
  it('are mined from drums and from songs; hits from songs too where that is asked', async () => {
    const makers = async (config: string) =>
      Object.fromEntries((await planned(config)).tasks.map(({ source, makers }) => [source, makers]));
    const drums = { 'drums/beat.wav': ['drums'], 'drums/other.wav': ['drums'] };
    expect(await makers('')).toEqual({ ...drums, 'source_audio/song.wav': ['silences'] });
    const fromSongs = await makers('drum_miner: { from_songs: true }');
    expect(fromSongs).toEqual({ ...drums, 'source_audio/song.wav': ['drums', 'silences'] });
  });

  it('are not part of all', () => {
    for (const phase of BOTH) expect(phasesOfAll()).not.toContain(phase);
  });

  it('are taken from sources down to 10 ms, of which nothing else is made', async () => {
    await put('shots/click.wav', snare('click', 0.015 * RATE));
    await put('shots/tiny.wav', snare('tiny', 0.008 * RATE));
    const { textures, skipped } = await run(
      nodePlatform,
      await planned('', { from: join(folder, 'shots') }),
      {
        jobs: 0,
      },
    );
    expect(textures.map(({ path }) => path)).toEqual(['click/drums/click_drum001.wav']);
    expect(skipped.map(({ source, family, reason }) => [source, family, reason])).toEqual([
      ['shots/click.wav', 'silence', { code: 'too-short', milliseconds: expect.closeTo(15, 1), leastMs: 50 }],
      [
        'shots/tiny.wav',
        null,
        { code: 'too-short', milliseconds: expect.closeTo(8, 1), leastMs: expect.any(Number) },
      ],
    ]);
    await rm(join(folder, 'shots'), { recursive: true });
  });

  it('are foretold by one name a source, with their number open, and come under it', async () => {
    const files = [...expectedFiles(await planned('export: { metadata: none }'))];
    expect(files.map(({ path, most, certain }) => [path, most, certain])).toEqual([
      ['beat/drums/beat_drum*.wav', 32, false],
      ['other/drums/other_drum*.wav', 32, false],
      ['song/silences/song_silence*.wav', 50, false],
    ]);
    const paths = await made('paths: { export_dir: foretold }');
    expect(paths).toEqual([
      ...['beat/drums/beat_drum001.wav', 'beat/drums/beat_drum002.wav', 'beat/drums/beat_drum003.wav'],
      ...['other/drums/other_drum001.wav', 'song/silences/song_silence001.wav'],
    ]);
  });

  it('are made once, and again where one of their settings changes', async () => {
    const at = 'paths: { export_dir: again }';
    expect(await made(at)).toHaveLength(5);
    expect(await made(at)).toEqual([]);
    expect(await made(`${at}\nhiss: { flicker_count: 1 }`)).toEqual([]);
    const faded = await made(`${at}\ndrum_miner: { fade_out_ms: 30 }`);
    expect(faded.every((path) => path.includes('/drums/'))).toBe(true);
    expect(faded).toHaveLength(4);
    // Songs are sources more; what is made of drums stays.
    const more = await made(`${at}\ndrum_miner: { fade_out_ms: 30, from_songs: true }`);
    expect(more.length).toBeGreaterThan(0);
    expect(more.every((path) => path.startsWith('song/drums/'))).toBe(true);
  });

  it('fall into shards, and heed --only', async () => {
    const shards = await Promise.all(
      [1, 2].map((index) =>
        made(`paths: { export_dir: shard${index} }`, { shard: { index, count: 2 }, anySeed: false }),
      ),
    );
    expect(shards.flat().sort()).toEqual(await made('paths: { export_dir: whole }'));
    expect(await made('paths: { export_dir: only }', { only: 'other*' })).toEqual([
      'other/drums/other_drum001.wav',
    ]);
  });

  it('carry kind and confidence in the manifest, and the kind in a name that asks for it', async () => {
    const paths = await made('paths: { export_dir: named }\nnaming: { drum: "{kind}_{source}_{index}" }');
    expect(paths).toContain('beat/drums/kick_beat_2.wav');
    expect(await readdir(join(folder, 'named'))).toContain('manifest.csv');
  });
});
