import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readJournal } from '../../src/archive/journal.ts';
import { manifestFromCsv, manifestToCsv } from '../../src/archive/manifest-csv.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { RunEvent } from '../../src/engine/events.ts';
import { plan } from '../../src/engine/plan.ts';
import { type RunOptions, run } from '../../src/engine/run.ts';
import { BusyError, ConfigError, DiskFullError, NotAllowedError } from '../../src/errors.ts';
import type { PhaseId } from '../../src/families/family.ts';
import { phasesOfAll } from '../../src/families/lookup.ts';
import type { Material, RandomFor } from '../../src/families/texture.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { beat, chords, SMALL_CONFIG, wav } from '../end-to-end/afterglow.ts';

/** Everything runs in this thread, so that makers and the disk can be made to fail, and be watched. */
const fault = vi.hoisted(() => ({ atWrite: 0, atMaking: '', writes: 0, isFull: false }));
const watch = vi.hoisted(() => ({
  /** Called before a texture is in place, or after. */
  onWrite: async (_when: 'before' | 'after', _path: string): Promise<void> => {},
  onMake: async (_material: Material | null, _randomFor: RandomFor): Promise<void> => {},
}));
vi.mock('../../src/archive/write.ts', async (original) => {
  const real = await original<typeof import('../../src/archive/write.ts')>();
  return {
    async writeAtomic(...given: Parameters<typeof real.writeAtomic>) {
      const [platform, path, bytes, root, meanwhile] = given;
      if (path.endsWith('.wav') ? ++fault.writes === fault.atWrite : fault.isFull)
        throw new DiskFullError('The disk is full.');
      await real.writeAtomic(platform, path, bytes, root, async () => {
        await meanwhile?.();
        if (path.endsWith('.wav')) await watch.onWrite('before', path);
      });
      if (path.endsWith('.wav')) await watch.onWrite('after', path);
    },
  };
});
vi.mock('../../src/engine/makers.ts', async (original) => {
  const real = await original<typeof import('../../src/engine/makers.ts')>();
  const make: typeof real.make = async function* (making, material, settings, randomFor, families) {
    if (making === fault.atMaking) throw new Error('a bug');
    await watch.onMake(material, randomFor);
    yield* real.make(making, material, settings, randomFor, families);
  };
  return { make };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-run-'));
  Object.assign(fault, { atWrite: 0, atMaking: '', writes: 0, isFull: false });
  Object.assign(watch, { onWrite: async () => {}, onMake: async () => {} });
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), bytes);
}

/** Plans and runs in this thread. */
async function excavate(config = '', options: RunOptions = {}, phases: readonly PhaseId[] = phasesOfAll()) {
  // A section may stand there once.
  const base = config.startsWith('global:') ? SMALL_CONFIG.replace(/^global:.*$/m, '') : SMALL_CONFIG;
  const { settings } = parseConfig(`${base}\n${config}`, 'config.yaml');
  const planned = await plan(nodePlatform, { projectFolder: folder, settings, seed: 3, phases });
  const events: RunEvent[] = [];
  const result = await run(nodePlatform, planned, {
    jobs: 0,
    ...options,
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
  });
  const rows = manifestFromCsv(await readFile(result.manifest, 'utf8').catch(() => manifestToCsv([]))).rows;
  return { result, events, rows };
}

const CHOIR = wav(chords([60], 2.5, 44_100));
/** The phases that work on `pad_sources/`. */
const TONAL = ['make-drones', 'make-clouds'] as const;
const BEAT = wav(beat(1, 22_050), 16);
const SILENCE = wav({ sampleRate: 22_050, channels: [new Float32Array(22_050)] });

describe('run', () => {
  it('tells of a source from start to end, and of every texture in between', async () => {
    await put('drums/beat.wav', BEAT);
    const { result, events } = await excavate();
    const kinds = events.filter(({ kind }) => kind !== 'analysing').map(({ kind }) => kind);
    expect(kinds).toEqual([
      ...['looked', 'source-started', 'analysed', 'texture-made', 'texture-made', 'texture-made'],
      ...['making-done', 'source-done'],
    ]);
    expect(result.textures.map(({ path }) => path)).toEqual([
      'beat/hiss/hiss_flicker_beat_01.wav',
      'beat/hiss/hiss_flicker_beat_02.wav',
      'beat/hiss/hiss_loop_beat_01.wav',
    ]);
    expect(result).toMatchObject({ stoppedEarly: null, failed: [], manifestRows: 3 });
  });

  it('goes on with the other families when one breaks down', async () => {
    await put('pad_sources/choir.wav', CHOIR);
    fault.atMaking = 'swells';
    const { result, rows } = await excavate('', {}, TONAL);
    expect(result.failed).toEqual([
      { source: 'pad_sources/choir.wav', code: 'unexpected', message: expect.stringContaining('a bug') },
    ]);
    expect(new Set(rows.map(({ type }) => type))).toEqual(new Set(['pad', 'drone', 'cloud']));
  });

  it('stops writing when the disk is full, and lists what there is', async () => {
    await put('pad_sources/choir.wav', CHOIR);
    await put('drums/beat.wav', BEAT);
    fault.atWrite = 3;
    const { result, rows, events } = await excavate();
    expect(result).toMatchObject({ stoppedEarly: 'export-failed', failed: [{ code: 'disk-full' }] });
    expect(rows).toHaveLength(2);
    expect(fault.writes).toBe(3);
    expect(events.at(-1)).toEqual({ kind: 'source-done', source: 'pad_sources/choir.wav' });
  });

  it('keeps the rows for the next run where not even the manifest can be written', async () => {
    await put('drums/beat.wav', BEAT);
    fault.atWrite = 3;
    const onEvent = (event: RunEvent) => {
      fault.isFull ||= event.kind === 'export-failed';
    };
    expect((await excavate('', { onEvent })).rows).toEqual([]);
    fault.isFull = false;
    expect((await excavate('', {}, ['mine-pads'])).rows).toHaveLength(2);
  });

  it('stops at the first failure when strict', async () => {
    await put('pad_sources/broken.wav', new Uint8Array(500_000));
    await put('drums/beat.wav', BEAT);
    const { result } = await excavate('', { strict: true });
    expect(result).toMatchObject({
      stoppedEarly: 'strict',
      textures: [],
      failed: [{ source: 'pad_sources/broken.wav' }],
    });
  });

  it('ends between two textures when asked to, with the manifest true', async () => {
    await put('pad_sources/choir.wav', CHOIR);
    const stopping = new AbortController();
    let made = 0;
    const onEvent = (event: RunEvent) => {
      if (event.kind === 'texture-made' && ++made === 2) stopping.abort();
    };
    const { result, rows } = await excavate('', { signal: stopping.signal, onEvent });
    expect(result.stoppedEarly).toBe('interrupted');
    expect(rows.map(({ path }) => path)).toEqual(result.textures.map(({ path }) => path));
    expect(rows).toHaveLength(2);
  });

  it('remembers a unit whose last texture it ended behind, and does not make that again', async () => {
    await put('pad_sources/choir.wav', CHOIR);
    let exported = '';
    const ended = async (last: string) => {
      const stopping = new AbortController();
      const made: string[] = [];
      const onEvent = (event: RunEvent) => {
        if (event.kind !== 'texture-made') return;
        made.push(event.texture.path);
        if (event.texture.path === last) stopping.abort();
      };
      const { result } = await excavate('', { signal: stopping.signal, onEvent }, TONAL);
      exported = dirname(result.manifest);
      return made;
    };
    const all = await ended('');
    const swells = all.findLastIndex((path) => path.includes('/swells/')) + 1;
    for (const count of [swells, all.length]) {
      await rm(exported, { recursive: true });
      expect(await ended(all[count - 1])).toEqual(all.slice(0, count));
      expect(await ended('')).toEqual(all.slice(count));
    }
  });

  it('does nothing under a signal that has gone off already', async () => {
    await put('drums/beat.wav', BEAT);
    const { result, events } = await excavate('', { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ stoppedEarly: 'interrupted', textures: [] });
    expect(events).toEqual([]);
  });

  it('ends in order when its caller’s listener throws, and throws the same', async () => {
    await put('pad_sources/choir.wav', CHOIR);
    await put('drums/beat.wav', BEAT);
    const told: string[] = [];
    const onEvent = ({ kind }: RunEvent) => {
      told.push(kind);
      if (kind === 'texture-made') throw new Error('no room on the screen');
    };
    await expect(excavate('', { onEvent })).rejects.toThrow('no room on the screen');
    expect(told.at(-1)).toBe('texture-made');
    const manifest = manifestFromCsv(await readFile(join(folder, 'export/tr8s/manifest.csv'), 'utf8')).rows;
    expect(manifest.length).toBeGreaterThan(0);
    expect(manifest.length).toBeLessThan(8);
  });

  it.each([
    ['no sources', {}],
    ['a silent source', { 'drums/silence.wav': SILENCE }],
  ])('leaves no export folder behind where %s gave nothing to write', async (_, sources) => {
    for (const [path, bytes] of Object.entries(sources)) await put(path, bytes);
    await excavate();
    await expect(access(join(folder, 'export'))).rejects.toThrow();
  });

  it('takes in what a killed run left in its journal, even when there is nothing to do', async () => {
    await put('drums/beat.wav', BEAT);
    const { rows } = await excavate();
    const before = await readFile(join(folder, 'export/tr8s/manifest.csv'));
    const journal = rows.map(
      (row) => `${JSON.stringify({ row, sha256: '' })}\n${JSON.stringify({ kept: row.path })}\n`,
    );
    await writeFile(join(folder, 'export/tr8s/.manifest-journal.jsonl'), journal.join(''));
    await rm(join(folder, 'export/tr8s/manifest.csv'));
    await excavate('', {}, ['mine-pads']);
    expect(await readFile(join(folder, 'export/tr8s/manifest.csv'))).toEqual(before);
    expect(await readdir(join(folder, 'export/tr8s'))).toEqual([
      ...['.afterglow-cache.jsonl', '.afterglow-settings.json', 'beat', 'manifest.csv'],
    ]);
  });
});

describe('makers', () => {
  it('are given a source without its offset', async () => {
    const { sampleRate, channels } = chords([60], 2.5, 44_100);
    await put(
      'pad_sources/choir.wav',
      wav({ sampleRate, channels: channels.map((x) => x.map((s) => s + 0.1)) }),
    );
    const means: number[] = [];
    watch.onMake = async (material) => {
      const { reader } = material!;
      const sound = await reader.read(0, reader.frameCount);
      for (const channel of sound.channels)
        means.push(channel.reduce((sum, s) => sum + s, 0) / channel.length);
    };
    await excavate('', {}, ['make-clouds']);
    expect(means).toHaveLength(2);
    for (const mean of means) expect(Math.abs(mean)).toBeLessThan(1e-4);
  });

  it('have the chance of the bytes that they work from, whatever those are called', async () => {
    await put('drums/a.wav', BEAT);
    await put('drums/c.wav', wav(beat(1.01, 22_050), 16));
    const chances: Record<string, number> = {};
    watch.onMake = async (material, random) => {
      chances[material!.name] = random('any word').uniform();
    };
    await excavate();
    // An export folder that knows the source goes on calling it as it did.
    await rm(join(folder, 'export'), { recursive: true });
    await rename(join(folder, 'drums/a.wav'), join(folder, 'drums/b.wav'));
    await excavate();
    expect(chances.a).toBe(chances.b);
    expect(chances.c).not.toBe(chances.a);
  });
});

describe('textures on their way to the disk', () => {
  it('are promised in the journal before their file is there, and kept only after', async () => {
    await put('drums/beat.wav', BEAT);
    const exportFolder = join(folder, 'export/tr8s');
    const seen: string[] = [];
    watch.onWrite = async (when, file) => {
      const path = file.slice(exportFolder.length + 1);
      const journal = await readJournal(nodePlatform, exportFolder);
      seen.push(
        `${when}: ${journal?.promised.has(path) ? 'promised' : journal?.kept.has(path) ? 'kept' : ''}`,
      );
    };
    await excavate();
    expect(seen).toEqual(Array(3).fill(['before: promised', 'after: promised']).flat());
  });

  it('stay in the export folder: a link that leads out fails its source alone', async () => {
    await put('drums/beat.wav', BEAT);
    await put('drums/other.wav', wav(beat(1.01, 22_050), 16));
    await mkdir(join(folder, 'elsewhere'));
    await mkdir(join(folder, 'export/tr8s'), { recursive: true });
    await symlink(join(folder, 'elsewhere'), join(folder, 'export/tr8s/beat'));
    const { result, rows } = await excavate();
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
    expect(result.stoppedEarly).toBeNull();
    expect(result.failed).toEqual([
      { source: 'drums/beat.wav', code: 'not-allowed', message: expect.stringContaining('lies outside') },
    ]);
    expect(rows.map(({ source }) => source)).toEqual(['other', 'other', 'other']);
  });

  it('never overwrite each other, whatever the naming pattern', async () => {
    await put('drums/beat.wav', BEAT);
    const { rows } = await excavate('naming: { hiss_loop: "x{index}", hiss_flicker: "X{index}" }');
    expect(rows.map(({ filename }) => filename).sort()).toEqual(['X1_2.wav', 'X2.wav', 'x1.wav']);
  });

  it.each([
    ['clouds_stereo', 'cloud'],
    ['pads_stereo', 'pad'],
    ['swells_stereo', 'swell'],
    ['swells_stereo', 'drone'],
  ])('are mixed down where %s is false: %s', async (key, family) => {
    await put('pad_sources/choir.wav', CHOIR);
    const { rows } = await excavate(`export: { ${key}: false }`, {}, TONAL);
    const channels = rows.filter(({ type }) => type === family).map((row) => row.channels);
    expect(new Set(channels)).toEqual(new Set(['1']));
    expect(new Set(rows.map((row) => row.channels))).toEqual(new Set(['1', '2']));
  });

  it('are counted where they take the place of an earlier file', async () => {
    await put('drums/beat.wav', BEAT);
    expect((await excavate()).result).toMatchObject({ replaced: 0 });
    await rm(join(folder, 'export/tr8s/beat/hiss/hiss_flicker_beat_01.wav'));
    // What comes out as it was took no other's place.
    expect((await excavate()).result).toMatchObject({ replaced: 0, textures: { length: 3 } });
    await rm(join(folder, 'export/tr8s/beat/hiss/hiss_flicker_beat_01.wav'));
    const { result, events } = await excavate('global: { output_bit_depth: 16 }');
    expect(result).toMatchObject({ replaced: 2, textures: { length: 3 } });
    const anew = events.filter((event) => event.kind === 'texture-made' && !event.replaced);
    expect(anew).toMatchObject([{ texture: { path: 'beat/hiss/hiss_flicker_beat_01.wav' } }]);
  });

  it('are not kept with grade F where the config says so', async () => {
    await put('drums/beat.wav', BEAT);
    const strict = 'curation: { auto_delete_grade_f: true, thresholds: { max_crest_factor: 1.01 } }';
    const { result, rows } = await excavate(strict);
    expect(result.dropped).toHaveLength(3);
    expect(result.textures).toEqual([]);
    expect(rows).toEqual([]);
    await expect(access(join(folder, 'export/tr8s/beat'))).rejects.toThrow();
  });

  it('come of no source where there are no drums', async () => {
    const { rows } = await excavate('', {}, ['make-hiss']);
    expect(rows).toMatchObject([{ source: 'synthetic', source_path: '', type: 'hiss', channels: '2' }]);
  });
});

describe('the export folder', () => {
  const inExport = (name: string) => join(folder, 'export/tr8s', name);

  it('belongs to one run at a time, and is free again after each, however it ends', async () => {
    await put('drums/beat.wav', BEAT);
    const others: Promise<unknown>[] = [];
    const onEvent = (event: RunEvent) => {
      // Caught at once: it may be refused before anybody waits for it.
      if (event.kind === 'source-started') others.push(excavate().catch((error: unknown) => error));
    };
    const first = excavate('', { onEvent });
    await vi.waitFor(() => expect(others).toHaveLength(1));
    expect(await others[0]).toBeInstanceOf(BusyError);
    expect((await first).result.textures).toHaveLength(3);
    expect((await readdir(inExport(''))).sort()).toEqual([
      ...['.afterglow-cache.jsonl', '.afterglow-settings.json', 'beat', 'manifest.csv'],
    ]);

    await rm(inExport('manifest.csv'));
    fault.isFull = true;
    await expect(excavate()).rejects.toThrow(DiskFullError);
    fault.isFull = false;
    expect(await readdir(inExport(''))).not.toContain('.afterglow.lock');
    expect((await excavate('', { force: true })).result.textures).toHaveLength(3);
  });

  it.each([
    ['', 'export/tr8s'],
    [' or lies in one', 'export'],
  ])('is no file%s', async (_, path) => {
    await put(path, new Uint8Array(1));
    await put('drums/beat.wav', BEAT);
    const failure = await excavate().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect((failure as Error).message).toBe(
      `The export folder is “${join(folder, 'export/tr8s')}”, and “${join(folder, path)}” is a file; name a folder.`,
    );
  });

  it('is rid of what a killed run left half written', async () => {
    await put('drums/beat.wav', BEAT);
    await put('export/tr8s/beat/hiss/.afterglow-1-2-3.tmp', BEAT);
    await excavate('', {}, ['mine-pads']);
    await expect(access(inExport('beat/hiss/.afterglow-1-2-3.tmp'))).rejects.toThrow();
  });

  it.skipIf(process.platform === 'win32').each(['manifest.csv', '.manifest-journal.jsonl'])(
    'is not written where its %s leads out of it',
    async (name) => {
      await put('drums/beat.wav', BEAT);
      await put('elsewhere', new Uint8Array(0));
      for (const target of ['elsewhere', 'nowhere']) {
        await mkdir(inExport(''), { recursive: true });
        await symlink(join(folder, target), inExport(name));
        await expect(excavate()).rejects.toThrow(NotAllowedError);
        expect(await readdir(inExport(''))).toEqual([name]);
        await rm(inExport(name));
      }
      expect(await readFile(join(folder, 'elsewhere'), 'utf8')).toBe('');
      await expect(access(join(folder, 'nowhere'))).rejects.toThrow();
    },
  );
});
