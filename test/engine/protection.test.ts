/** What somebody kept, starred, noted, named or changed is not replaced; names stay; another engine's work is told of. */
import { access, copyFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manifestFromCsv } from '../../src/archive/manifest-csv.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { RunEvent } from '../../src/engine/events.ts';
import { foresee } from '../../src/engine/foresee.ts';
import { plan } from '../../src/engine/plan.ts';
import { type RunOptions, run } from '../../src/engine/run.ts';
import type { PlanRequest } from '../../src/engine/task.ts';
import { beat, digests, wav } from '../end-to-end/afterglow.ts';

/** What 0.1.0 left of one beat: see fixtures/README.md. */
const FIXTURE = new URL('fixtures/export-0.1.0/', import.meta.url);
const HISS = 'take/hiss/hiss_loop_take_01.wav';
const FLICKERS = [1, 2, 3].map((n) => `take/hiss/hiss_flicker_take_0${n}.wav`);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-kept-'));
  await cp(FIXTURE, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const inExport = (path: string) => join(folder, 'export/tr8s', path);
const bytesOf = (path: string) => readFile(inExport(path));
const decide = (textures: Record<string, object>) =>
  writeFile(inExport('curation.json'), JSON.stringify({ version: 1, textures }));

async function planned(request: Partial<PlanRequest> = {}) {
  const { settings } = parseConfig(await readFile(join(folder, 'config.yaml'), 'utf8'), 'config.yaml');
  return plan({
    ...{ projectFolder: folder, settings, seed: 99, anySeed: true, phases: ['make-hiss'] },
    ...request,
  });
}

async function go(request: Partial<PlanRequest> = {}, options: RunOptions = {}) {
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent) => void events.push(event);
  const result = await run(await planned(request), { jobs: 0, ...options, onEvent });
  expect(result.failed).toEqual([]);
  const looked = events.find((event) => event.kind === 'looked');
  return { ...result, looked, made: result.textures.map(({ path }) => path) };
}

/** The cache of this engine's run, as another one would have left it. */
async function asOfEngine(engine: string): Promise<void> {
  const path = inExport('.afterglow-cache.jsonl');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/"engine":"[^"]*"/g, `"engine":"${engine}"`));
}

describe("another engine's work", () => {
  it('is told of before anything is made, in a dry run too, and made again with its seeds', async () => {
    const otherEngine = { versions: [], sources: 1, textures: 4 };
    const foreseen = await foresee(await planned(), { force: false, beside: false, prune: false });
    expect(foreseen.otherEngine).toEqual(otherEngine);
    const { looked, made } = await go();
    expect(looked).toMatchObject({ otherEngine });
    expect(made).toEqual([...FLICKERS, HISS]);
    const rows = manifestFromCsv(await readFile(inExport('manifest.csv'), 'utf8'));
    expect(rows.map(({ seed }) => seed)).toEqual(['41', '41', '41', '41']);
    expect((await go()).looked).toMatchObject({ otherEngine: null, upToDate: 1 });
  });

  it('is told of with its version, where that is known', async () => {
    await go();
    await asOfEngine('0.1.9 0123456789abcdef');
    expect((await go()).looked).toMatchObject({ otherEngine: { versions: ['0.1.9'], textures: 4 } });
  });

  it('is no reason to replace what somebody decided on or changed', async () => {
    const [first, second, third] = FLICKERS;
    await decide({
      [HISS]: { decision: 'keep', stars: 5 },
      [first]: { stars: 1 },
      [second]: { note: 'for the bridge' },
    });
    const edited = wav(beat(0.3, 8000), 16);
    await writeFile(inExport(third), edited);
    // Another seed makes other hiss, whatever the versions share.
    const before = await Promise.all([HISS, ...FLICKERS].map(bytesOf));
    const { looked, made, ...result } = await go({ seed: 7, anySeed: false });
    expect(looked).toMatchObject({ otherEngine: { textures: 4 } });
    expect(made.filter((path) => path === HISS || path === third)).toEqual([]);
    expect(await Promise.all([HISS, ...FLICKERS].map(bytesOf))).toEqual(before);
    expect(result.protected).toContainEqual({
      source: 'drums/take.wav',
      path: HISS,
      why: 'kept',
      beside: null,
    });
    expect(result.protected).toContainEqual({
      ...{ source: 'drums/take.wav', path: third, why: 'changed', beside: null },
    });
    const rows = manifestFromCsv(await readFile(inExport('manifest.csv'), 'utf8'));
    expect(rows.find(({ path }) => path === HISS)).toMatchObject({ seed: '41', engine_version: '0.1.0' });
  });
});

describe('a texture', () => {
  const other = { seed: 7, anySeed: false };

  it.each([
    ['kept', { decision: 'keep' }],
    ['starred', { stars: 2 }],
    ['noted', { note: 'good' }],
    ['named', { name: 'rain' }],
  ])('that was %s stays, and the run after that has nothing to do', async (why, decision) => {
    await go();
    await decide({ [HISS]: decision });
    const before = await bytesOf(HISS);
    const first = await go(other);
    expect(first.made).not.toContain(HISS);
    expect(first.protected).toMatchObject([{ path: HISS, why, beside: null }]);
    const second = await go(other);
    expect(second).toMatchObject({ made: [], stale: [], sourcesUpToDate: 1 });
    expect(second.protected).toEqual(first.protected);
    expect(await bytesOf(HISS)).toEqual(before);
  });

  it.each([
    ['rejected', { decision: 'reject' }],
    ['given no stars', { stars: 0, note: ' ' }],
  ])('that was %s is replaced', async (_, decision) => {
    await go();
    await decide({ [HISS]: decision });
    expect(await go(other)).toMatchObject({ protected: [], replaced: 4 });
  });

  it('is made once nobody keeps it any more', async () => {
    await go();
    await decide({ [HISS]: { decision: 'keep' } });
    await go(other);
    await decide({});
    expect((await go(other)).made).toContain(HISS);
  });

  it('that somebody changed stays, also in a run that has nothing to make', async () => {
    await go();
    await writeFile(inExport(HISS), wav(beat(0.2, 8000), 16));
    const before = await bytesOf(HISS);
    const result = await go();
    expect(result).toMatchObject({ made: [], sourcesUpToDate: 1 });
    expect(result.protected).toMatchObject([{ path: HISS, why: 'changed' }]);
    expect(await bytesOf(HISS)).toEqual(before);
  });

  it('that somebody put where one is to be made stays', async () => {
    await rm(inExport('.'), { recursive: true });
    await mkdir(dirname(inExport(HISS)), { recursive: true });
    await writeFile(inExport(HISS), 'mine');
    const result = await go();
    expect(result.protected).toMatchObject([{ path: HISS, why: 'changed' }]);
    expect(result.made).toEqual(FLICKERS);
    expect(await readFile(inExport(HISS), 'utf8')).toBe('mine');
  });

  it('that somebody changed stays, also where the cache is lost, and what nobody changed does not', async () => {
    await go();
    await rm(inExport('.afterglow-cache.jsonl'));
    await writeFile(inExport(HISS), wav(beat(0.2, 8000), 16));
    const before = await bytesOf(HISS);
    const result = await go(other);
    expect(result.protected).toMatchObject([{ path: HISS, why: 'changed' }]);
    expect(result.replaced).toBe(3);
    expect(await bytesOf(HISS)).toEqual(before);
  });

  it('is put beside a protected one where that is asked for, whole and listed', async () => {
    await go(other);
    const fresh = await bytesOf(HISS);
    await go({}, { force: true });
    await decide({ [HISS]: { stars: 3 } });
    const beside = HISS.replace('.wav', '_new.wav');
    const result = await go(other, { beside: true });
    expect(result.protected).toMatchObject([{ path: HISS, beside }]);
    expect(result.made).toContain(beside);
    const rows = manifestFromCsv(await readFile(inExport('manifest.csv'), 'utf8'));
    const numbers = rows.filter(({ seed }) => seed === '7').map((row) => row.making_index);
    expect(numbers.toSorted()).toEqual(['1', '2', '3', '4']);
    expect(samples(await bytesOf(beside))).toEqual(samples(fresh));
    expect(await go(other, { beside: true })).toMatchObject({ made: [], stale: [], sourcesUpToDate: 1 });
    // Left out at first, it can be asked for later.
    await go({ seed: 8, anySeed: false });
    expect((await go({ seed: 8, anySeed: false }, { beside: true })).made).toContain(beside);
  });

  it('is replaced where that is forced', async () => {
    await go();
    await decide({ [HISS]: { decision: 'keep' } });
    expect(await go(other, { force: true })).toMatchObject({ protected: [], replaced: 4 });
  });

  it('that nothing asks for any more is not pruned while somebody keeps it', async () => {
    await go();
    await decide({ [FLICKERS[2]]: { note: 'the good one' } });
    const config = await readFile(join(folder, 'config.yaml'), 'utf8');
    await writeFile(join(folder, 'config.yaml'), config.replace('flicker_count: 3', 'flicker_count: 1'));
    const left = (await go()).stale.map(({ path, outcome }) => [path, outcome]);
    expect(left).toEqual([
      [FLICKERS[1], 'left'],
      [FLICKERS[2], 'noted'],
    ]);
    const foreseen = await foresee(await planned(), { force: false, beside: false, prune: true });
    const result = await go({}, { prune: true });
    expect(result.stale.map(({ path, outcome }) => [path, outcome])).toEqual([
      [FLICKERS[1], 'removed'],
      [FLICKERS[2], 'noted'],
    ]);
    expect(foreseen.stale).toEqual(result.stale);
    await access(inExport(FLICKERS[2]));
  });

  it('is never replaced while curation.json cannot be read', async () => {
    await writeFile(inExport('curation.json'), '{ "version": 1, "textures": ');
    const before = await digests(inExport('take'));
    const result = await go(other);
    expect(await digests(inExport('take'))).toEqual(before);
    expect(new Set(result.protected.map(({ why }) => why))).toEqual(new Set(['unknown']));
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0].message).toMatch(/curation\.json” is not what the studio writes/);
  });
});

describe('a name', () => {
  it('stays with its source when another of that stem comes before it', async () => {
    await go();
    const before = await digests(inExport('take'));
    await mkdir(join(folder, 'drums/a'));
    await writeFile(join(folder, 'drums/a/take.wav'), wav(beat(1.1, 8000), 16));
    const { made } = await go();
    expect(made.length).toBeGreaterThan(0);
    for (const path of made) expect(path).toMatch(/^take_[0-9a-f]{4}\//);
    expect(await digests(inExport('take'))).toEqual(before);
    expect(await go()).toMatchObject({ made: [], sourcesUpToDate: 2 });
  });

  it('goes with its source where that is moved or renamed, known by content', async () => {
    await go();
    await mkdir(join(folder, 'drums/b'));
    await rename(join(folder, 'drums/take.wav'), join(folder, 'drums/b/night.wav'));
    await writeFile(join(folder, 'drums/take.wav'), wav(beat(1.1, 8000), 16));
    const { made, stale } = await go();
    const rows = manifestFromCsv(await readFile(inExport('manifest.csv'), 'utf8'));
    const sourceOf = (path: string) => rows.find((row) => row.path === path)?.source_path;
    for (const path of [HISS, ...FLICKERS]) expect(sourceOf(path)).toBe('drums/b/night.wav');
    expect(made.some((path) => /^take_[0-9a-f]{4}\//.test(path))).toBe(true);
    expect(stale).toEqual([]);
  });

  it('is not given to another source while textures of the one that is gone are left', async () => {
    await go();
    await rm(join(folder, 'drums/take.wav'));
    await mkdir(join(folder, 'drums/b'));
    await writeFile(join(folder, 'drums/b/take.wav'), wav(beat(1.1, 8000), 16));
    const { made, stale } = await go();
    for (const path of made) expect(path).toMatch(/^take_[0-9a-f]{4}\//);
    expect(stale.map(({ path }) => path).toSorted()).toEqual([...FLICKERS, HISS]);
  });

  it('is known by the manifest where the cache is lost', async () => {
    await go();
    await rm(inExport('.afterglow-cache.jsonl'));
    await mkdir(join(folder, 'drums/a'));
    await copyFile(join(folder, 'drums/take.wav'), join(folder, 'drums/a/take.wav'));
    await writeFile(join(folder, 'drums/a/take.wav'), wav(beat(1.1, 8000), 16));
    const { tasks } = await planned();
    const nameOf = (source: string) => tasks.find((task) => task.source === source)?.name;
    expect(nameOf('drums/take.wav')).toBe('take');
    expect(nameOf('drums/a/take.wav')).toMatch(/^take_/);
  });
});

/** The sound of a WAV, without what is written about it. */
function samples(file: Buffer): Buffer {
  const at = file.indexOf('data');
  return file.subarray(at, at + 8 + file.readUInt32LE(at + 4));
}
