import { access, cp, mkdir, mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { manifestFromCsv } from '../../src/archive/manifest-csv.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { RunEvent } from '../../src/engine/events.ts';
import { plan } from '../../src/engine/plan.ts';
import { previewRun } from '../../src/engine/preview-run.ts';
import { type RunOptions, type RunResult, run } from '../../src/engine/run.ts';
import type { PlanRequest } from '../../src/engine/task.ts';
import type { PhaseId } from '../../src/families/family.ts';
import { phasesOfAll } from '../../src/families/lookup.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { beat, chords, digests, wav } from '../end-to-end/afterglow.ts';

const RATE = 8000;
/** Of hiss at that rate. */
const BAND = 'bandpass_low_hz: 300, bandpass_high_hz: 3800';
const SONG = wav(chords([57, 55], 1.2, RATE), 16);
const CHOIR = wav(chords([60], 2, RATE), 16);
const BEAT = wav(beat(1, RATE), 16);
const SILENCE = wav({ sampleRate: RATE, channels: [new Float32Array(RATE)] });

/** A texture or two of each making, short and mono. */
const BASE = `
global: { sample_rate: ${RATE}, output_bit_depth: 16 }
pad_miner: { target_durations_sec: [0.5], max_candidates_per_file: 2 }
drones: { pad_loop_duration_sec: 0.5, pad_variants: [warm], swell_duration_sec: 0.8, fade_in_sec: 0.1, fade_out_sec: 0.2, pitch_shift_semitones: [0], time_stretch_factors: [1.0], drone_duration_sec: 1 }
clouds: { clouds_per_source: 1, cloud_duration_sec: 0.6, grains_per_cloud: 10 }
beds: { duration_sec: 4 }
hiss: { ${BAND}, loop_duration_sec: 0.4, hiss_loops_per_source: 1, flicker_count: 2 }
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-again-'));
});
afterAll(async () => {
  for (const each of [folder, `${folder}-begun`]) await rm(each, { recursive: true, force: true });
});
beforeEach(async () => {
  await rm(folder, { recursive: true });
  await put('source_audio/song.wav', SONG);
  await put('pad_sources/choir.wav', CHOIR);
  await put('drums/beat.wav', BEAT);
});

async function put(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), bytes);
}

interface Going
  extends RunOptions,
    Partial<Pick<PlanRequest, 'seed' | 'anySeed' | 'only' | 'shard' | 'projectFolder'>> {
  readonly phases?: readonly PhaseId[];
}

interface Gone extends RunResult {
  readonly events: readonly RunEvent[];
  /** Paths of what was made. */
  readonly made: readonly string[];
}

/** Plans and runs in this thread. @param config on top of BASE; a section that stands in both is replaced */
async function go(config = '', going: Going = {}): Promise<Gone> {
  const sections = config.match(/^\w+(?=:)/gm) ?? [];
  const base = BASE.split('\n').filter((line) => !sections.some((name) => line.startsWith(`${name}:`)));
  const { settings } = parseConfig(`${base.join('\n')}\n${config}`, 'config.yaml');
  const {
    phases = phasesOfAll(),
    seed = 3,
    anySeed = false,
    only,
    shard,
    projectFolder = folder,
    ...options
  } = going;
  const planned = await plan(nodePlatform, {
    ...{ projectFolder, settings, seed, anySeed, phases },
    ...(only === undefined ? {} : { only }),
    ...(shard === undefined ? {} : { shard }),
  });
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent) => void events.push(event);
  const result = await run(nodePlatform, planned, { jobs: 0, ...options, onEvent });
  expect(result.failed).toEqual([]);
  return { ...result, events, made: result.textures.map(({ path }) => path) };
}

const EXPORT = 'export/tr8s';
const inExport = (path: string) => join(folder, EXPORT, path);
/** Empty where nothing was written at all. */
const exported = () => digests(join(folder, EXPORT)).catch(() => ({}) as Record<string, string>);

/** What `go()` gave where nothing was made yet. */
let fresh: Gone | null = null;

/** `go()` where nothing was made yet, which most tests begin with: it is gone once, and copied with its times for the others. */
async function begun(): Promise<Gone> {
  if (fresh !== null) {
    await rm(folder, { recursive: true });
    await cp(`${folder}-begun`, folder, { recursive: true, preserveTimestamps: true });
    return fresh;
  }
  fresh = await go();
  await cp(folder, `${folder}-begun`, { recursive: true, preserveTimestamps: true });
  return fresh;
}

const known = new Map<string, Promise<Record<string, string>>>();

/** What the same request gives from nothing; the same of the same sources, so it is made once. */
async function fromNothing(config = '', going: Going = {}): Promise<Record<string, string>> {
  const sources = Object.entries(await digests(folder)).filter(([path]) => !path.startsWith('export/'));
  const id = JSON.stringify([config, going, sources]);
  const made = known.get(id) ?? makeFromNothing(config, going);
  known.set(id, made);
  return made;
}

async function makeFromNothing(config: string, going: Going): Promise<Record<string, string>> {
  await mkdir(join(folder, 'export'), { recursive: true });
  await rename(join(folder, 'export'), join(folder, 'export-aside'));
  await go(config, going);
  const fresh = await exported();
  await rm(join(folder, 'export'), { recursive: true, force: true });
  await rename(join(folder, 'export-aside'), join(folder, 'export'));
  return fresh;
}

describe('a second run', () => {
  it('opens nothing, makes nothing, writes nothing, and says the same of what was not made', async () => {
    await put('pad_sources/silence.wav', SILENCE);
    const config = 'pad_miner: { target_durations_sec: [0.5], max_candidates_per_file: 9 }';
    const first = await go(config);
    // Sources younger than two seconds are looked into once more; on a busy machine that is the run after this.
    await wait(2100);
    await go(config);
    const before = await exported();
    const written = await Promise.all(
      ['manifest.csv', '.afterglow-cache.jsonl'].map((name) => stat(inExport(name))),
    );
    const second = await go(config);
    expect(second.events.filter(({ kind }) => kind === 'source-started')).toEqual([]);
    expect(second.events).toContainEqual({
      kind: 'looked',
      source: null,
      upToDate: 4,
      sources: 4,
      otherEngine: null,
    });
    expect(second.textures).toEqual([]);
    expect(second.upToDate).toEqual(first.textures);
    expect(first.skipped.length).toBeGreaterThan(1);
    expect(second.skipped).toEqual(first.skipped);
    expect(second).toMatchObject({ manifestRows: first.manifestRows, stale: [], sourcesUpToDate: 4 });
    expect(await exported()).toEqual(before);
    const third = await Promise.all(
      ['manifest.csv', '.afterglow-cache.jsonl'].map((name) => stat(inExport(name))),
    );
    expect(third.map(({ mtimeMs }) => mtimeMs)).toEqual(written.map(({ mtimeMs }) => mtimeMs));
  });

  it('makes everything when forced', async () => {
    const first = await begun();
    expect((await go('', { force: true })).textures).toEqual(first.textures);
  });

  it('accepts any seed where none is asked for, and no other where one is', async () => {
    const first = await go('', { seed: 11, anySeed: true });
    expect((await go('', { seed: 12, anySeed: true })).made).toEqual([]);
    expect((await go('', { seed: 11 })).made).toEqual([]);
    expect((await go('', { seed: 12 })).made).toEqual(first.made);
    expect(await exported()).toEqual(await fromNothing('', { seed: 12 }));
  });

  it('is gone on with by its own seed where it was stopped, whatever the seed of the day, but by none that is asked for', async () => {
    const stopped = async () => {
      await rm(join(folder, 'export'), { recursive: true, force: true });
      const stopping = new AbortController();
      const { settings } = parseConfig(BASE, 'config.yaml');
      const planned = await plan(nodePlatform, {
        ...{ projectFolder: folder, settings, seed: 5, anySeed: true, phases: phasesOfAll() },
      });
      // What it is at is finished, so the first source is left half made.
      const onEvent = ({ kind }: RunEvent) => kind === 'texture-made' && stopping.abort();
      await run(nodePlatform, planned, { jobs: 0, signal: stopping.signal, onEvent });
      return exported();
    };
    const half = await stopped();
    expect(Object.keys(half).filter((path) => path.endsWith('.wav'))).not.toEqual([]);
    const { events } = await go('', { seed: 6, anySeed: true });
    expect(events.filter((event) => event.kind === 'texture-made' && event.replaced)).toEqual([]);
    expect(await exported()).toEqual(await fromNothing('', { seed: 5 }));
    await stopped();
    await go('', { seed: 6 });
    expect(await exported()).toEqual(await fromNothing('', { seed: 6 }));
    await stopped();
    await go('', { seed: 6, anySeed: true, force: true });
    expect(await exported()).toEqual(await fromNothing('', { seed: 6 }));
  });

  it('takes no phase for another, and no source for another', async () => {
    const clouds = await go('', { phases: ['make-clouds'] });
    expect(clouds.made).toHaveLength(1);
    const others = await go('', { only: '*choir*' });
    expect(others.made.every((path) => path.startsWith('choir/') && !path.includes('cloud'))).toBe(true);
    expect(others.upToDate).toEqual(clouds.textures);
    await go();
    expect(await exported()).toEqual(await fromNothing());
  });

  it('of a shard finds its share up to date, and nothing of the others stale', async () => {
    await rm(join(folder, 'drums/beat.wav'));
    const { made } = await go();
    expect(made.some((path) => path.startsWith('synthetic/'))).toBe(true);
    for (const index of [1, 2, 3]) {
      const { made, stale } = await go('', { shard: { index, count: 3 }, prune: true });
      expect({ made, stale }).toEqual({ made: [], stale: [] });
    }
  });

  it('takes up where an earlier one failed', async () => {
    await put('drums/broken.wav', 'no sound');
    const failing = go().catch(() => undefined);
    await failing;
    await put('drums/broken.wav', BEAT);
    expect((await go()).made.every((path) => path.startsWith('broken/'))).toBe(true);
    expect(await exported()).toEqual(await fromNothing());
  });
});

describe('a changed setting', () => {
  it.each([
    ['clouds: { clouds_per_source: 1, cloud_duration_sec: 0.7, grains_per_cloud: 10 }', /\/clouds\//, 1],
    ['naming: { swell: "{source}_rise{index}" }', /\/swells\//, 1],
    ['export: { hiss_stereo: false }', /\/hiss\//, 1],
    ['pre_analysis: { separate: harmonic }', /\/pads\/song/, 1],
    ['pre_analysis: { grain_quality_threshold: 0.1 }', /\/clouds\//, 1],
    ['drum_miner: { min_length_sec: 0.06 }', /^nothing$/, 0],
  ])('%s', async (config, affected, least) => {
    await begun();
    const { made } = await go(config);
    expect(made.filter((path) => !affected.test(path))).toEqual([]);
    expect(made.length).toBeGreaterThanOrEqual(least);
    await go(config, { prune: true });
    expect(await exported()).toEqual(await fromNothing(config));
  });

  it('ends as if made from nothing, step by step and back again', async () => {
    const steps = [
      '',
      'pad_miner: { target_durations_sec: [0.5, 0.4], max_candidates_per_file: 1 }',
      'pad_miner: { target_durations_sec: [0.5], max_candidates_per_file: 1 }\nbrightness_tags: { enabled: false }',
      'curation: { auto_delete_grade_f: true, thresholds: { max_crest_factor: 5 } }',
      `hiss: { ${BAND}, hiss_loops_per_source: 2, flicker_count: 1 }\nnaming: { hiss_loop: "x{index}", hiss_flicker: "X{index}" }`,
      '',
    ];
    for (const config of steps) {
      await go(config, { prune: true });
      expect(await exported()).toEqual(await fromNothing(config));
    }
  });

  it('gives names that are taken the numbers that a run from nothing gives', async () => {
    const both =
      'paths: { pad_sources_dir: source_audio }\nnaming: { pad: "x{index}", pad_loop: "{source}{index}" }\n';
    const alike = both.replace('{source}{index}', 'X{index}');
    const fewer = `${alike}pad_miner: { target_durations_sec: [0.5], max_candidates_per_file: 1 }`;
    for (const config of [both, alike, fewer, alike, both]) {
      await go(config, { prune: true });
      expect(await exported()).toEqual(await fromNothing(config));
    }
  });
});

it('a name that was taken and is free by now is given as from nothing, though nothing else changed', async () => {
  const both = (pad: string) =>
    `paths: { pad_sources_dir: source_audio }\nnaming: { pad: "${pad}{index}", pad_loop: "X{index}" }`;
  await go(both('x'));
  await go(both('y'), { phases: ['mine-pads'] });
  await go(both('y'), { prune: true });
  expect(await exported()).toEqual(await fromNothing(both('y')));
});

describe('an output', () => {
  it('that is deleted is made again as it was, whatever the seed of the day', async () => {
    await go('', { seed: 5, anySeed: true });
    const before = await exported();
    await rm(inExport('beat/hiss/hiss_flicker_beat_01.wav'));
    const { made } = await go('', { seed: 6, anySeed: true });
    expect(made.every((path) => path.startsWith('beat/hiss/'))).toBe(true);
    expect(await exported()).toEqual(before);
  });

  it.each([
    ['all of a source', ['beat/hiss']],
    ['a making of one file', ['choir/clouds']],
    ['everything', ['beat', 'choir']],
  ])('that is deleted with %s comes back as it was, also after a run of another phase', async (_, paths) => {
    await go('', { seed: 5, anySeed: true });
    const before = await exported();
    for (const path of paths) await rm(inExport(path), { recursive: true });
    await go('', { seed: 6, anySeed: true, phases: ['mine-pads'] });
    await go('', { seed: 7, anySeed: true });
    expect(await exported()).toEqual(before);
  });

  it('that was deleted is made of another chance where that is asked for', async () => {
    await go('', { seed: 5, anySeed: true });
    await rm(inExport('beat/hiss'), { recursive: true });
    await go('', { seed: 6, anySeed: true, force: true });
    expect(await exported()).toEqual(await fromNothing('', { seed: 6 }));
  });

  it('that was only touched is looked into once', async () => {
    await go();
    const path = inExport('beat/hiss/hiss_flicker_beat_01.wav');
    await utimes(path, 1, 1);
    expect((await go()).made).toEqual([]);
    expect(await readFile(inExport('.afterglow-cache.jsonl'), 'utf8')).toContain(' 1000000000 ');
  });

  it('that the manifest no longer lists is made again', async () => {
    await begun();
    const before = await exported();
    await rm(inExport('manifest.csv'));
    // Beside the textures there are the manifest and the settings that made them.
    expect((await go()).made).toHaveLength(Object.keys(before).length - 2);
    expect(await exported()).toEqual(before);
  });
});

describe('a source', () => {
  it('that is edited is made again, also where its size stays', async () => {
    await go();
    await put(
      'drums/beat.wav',
      BEAT.map((byte, i) => (i > 1000 && i % 2 === 0 ? byte ^ 1 : byte)),
    );
    const { made } = await go();
    expect(made.length).toBeGreaterThan(0);
    expect(made.every((path) => path.startsWith('beat/'))).toBe(true);
    expect(await exported()).toEqual(await fromNothing());
  });

  it('that is only touched is up to date', async () => {
    await go();
    await utimes(join(folder, 'drums/beat.wav'), 1, 1);
    expect((await go()).made).toEqual([]);
  });

  it('that is gone leaves textures, which are told of', async () => {
    const first = await begun();
    await rm(join(folder, 'drums/beat.wav'));
    await put('drums/pulse.wav', wav(beat(1.2, RATE), 16));
    const second = await go();
    expect(second.made.every((path) => path.startsWith('pulse/'))).toBe(true);
    const old = first.made.filter((path) => path.startsWith('beat/'));
    expect(second.stale).toEqual(
      old.map((path) => ({ path, source: 'drums/beat.wav', why: 'source-gone', outcome: 'left' })),
    );
    expect((await go()).stale).toEqual(second.stale);
    const pruned = await go('', { prune: true });
    expect(pruned.stale.map(({ outcome }) => outcome)).toEqual(old.map(() => 'removed'));
    expect(await exported()).toEqual(await fromNothing());
    await expect(access(inExport('beat'))).rejects.toThrow();
  });

  it('moves with its project', async () => {
    await begun();
    const moved = `${folder}-moved`;
    await rename(folder, moved);
    expect((await go('', { projectFolder: moved })).made).toEqual([]);
    await rename(moved, folder);
  });
});

describe('stale textures', () => {
  const FEWER = `hiss: { ${BAND}, loop_duration_sec: 0.4, hiss_loops_per_source: 1, flicker_count: 1 }`;

  it('of settings that no longer ask for them are told of, and removed only when that is wished', async () => {
    await begun();
    const { stale } = await go(FEWER);
    expect(stale).toEqual([
      {
        path: 'beat/hiss/hiss_flicker_beat_02.wav',
        source: 'drums/beat.wav',
        why: 'not-asked',
        outcome: 'left',
      },
    ]);
    await access(inExport(stale[0].path));
    await go(FEWER, { prune: true });
    expect(await exported()).toEqual(await fromNothing(FEWER));
  });

  it('are foretold before the rest is made, with what becomes of them', async () => {
    await begun();
    const { settings } = parseConfig(`${BASE.replace(/^hiss:.*$/m, FEWER)}`, 'config.yaml');
    const planned = await plan(nodePlatform, {
      projectFolder: folder,
      settings,
      seed: 3,
      phases: phasesOfAll(),
    });
    const expected = (prune: boolean) =>
      previewRun(nodePlatform, planned, { force: false, beside: false, prune });
    const path = 'beat/hiss/hiss_flicker_beat_02.wav';
    expect((await expected(false)).stale).toMatchObject([{ path, outcome: 'left' }]);
    expect((await expected(true)).stale).toMatchObject([{ path, outcome: 'removed' }]);
    await writeFile(inExport(path), BEAT);
    expect((await expected(true)).stale).toMatchObject([{ path, outcome: 'changed' }]);
  });

  it('stay where somebody changed them, or the manifest does not list them', async () => {
    await begun();
    const [{ path }] = (await go(FEWER)).stale;
    await writeFile(inExport(path), BEAT);
    await put(`${EXPORT}/beat/hiss/mine.wav`, BEAT);
    expect((await go(FEWER, { prune: true })).stale).toMatchObject([{ path, outcome: 'changed' }]);
    await access(inExport(path));
    await access(inExport('beat/hiss/mine.wav'));
  });

  it('are none of another phase, of what --only leaves out, or of a folder that is empty', async () => {
    await begun();
    await rm(join(folder, 'drums/beat.wav'));
    await put('drums/other.wav', BEAT);
    expect((await go('', { phases: ['make-clouds'] })).stale).toEqual([]);
    expect((await go('', { only: '*song*' })).stale).toEqual([]);
    await rm(join(folder, 'drums/other.wav'));
    expect((await go(`hiss: { ${BAND}, use_synthetic_noise: false }`)).stale).toEqual([]);
  });

  it('are none of another project that shares the export folder', async () => {
    await put('other/source_audio/hymn.wav', SONG);
    const shared = `paths: { export_dir: ${JSON.stringify(join(folder, EXPORT))} }`;
    await go(shared, { projectFolder: join(folder, 'other') });
    expect((await go(shared)).stale).toEqual([]);
    const again = await go(shared, { projectFolder: join(folder, 'other') });
    expect([again.stale, again.made]).toEqual([[], []]);
  });
});

describe('the cache', () => {
  it.each([
    ['is gone', () => ''],
    ['is torn', (text: string) => text.slice(0, text.length / 2)],
    [
      'is noise',
      () =>
        '{"shape":1}\n\u0000{"unit":5}\n[]\n{"known":{}}\nnull\n{"unit":{"name":"beat","making":"hiss"}}\n"',
    ],
    ['is of another shape', (text: string) => text.replace('{"shape":1}', '{"shape":2}')],
  ])('that %s costs time, and nothing else', async (_, damage) => {
    await begun();
    const before = await exported();
    const path = inExport('.afterglow-cache.jsonl');
    await writeFile(path, damage(await readFile(path, 'utf8')));
    expect((await go()).made.length).toBeGreaterThan(0);
    expect(await exported()).toEqual(before);
    expect((await go()).made).toEqual([]);
  });

  it('knows nothing of textures from before it, and their rows stay', async () => {
    const { manifestRows } = await begun();
    await rm(inExport('.afterglow-cache.jsonl'));
    await go('', { phases: ['make-clouds'] });
    expect((await go('', { phases: ['make-clouds'] })).manifestRows).toBe(manifestRows);
    await rm(inExport('beat/hiss/hiss_loop_beat_01.wav'));
    expect((await go('', { phases: ['make-clouds'] })).manifestRows).toBe(manifestRows - 1);
  });

  it('that cannot be written is a warning', async () => {
    await mkdir(inExport('.afterglow-cache.jsonl/in the way'), { recursive: true });
    const { made, warnings } = await go();
    expect(made.length).toBeGreaterThan(0);
    expect(warnings).toMatchObject([{ source: null, notice: { code: 'cache-not-written' } }]);
    const rows = manifestFromCsv(await readFile(inExport('manifest.csv'), 'utf8')).rows;
    expect(rows).toHaveLength(made.length);
  });
});
