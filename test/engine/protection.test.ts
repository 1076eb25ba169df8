/** What somebody kept, starred, noted, named or changed is not replaced; another engine's work is told of. */
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { previewRun } from '../../src/engine/preview-run.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { noticeWords } from '../../src/wording/notices.ts';
import { beat, digests, wav } from '../end-to-end/afterglow.ts';
import {
  bytesOf,
  copyBeforeEach,
  decide,
  FLICKERS,
  folder,
  go,
  HISS,
  inExport,
  manifestRows,
  planned,
} from './old-export.ts';

copyBeforeEach();

/** The cache of this engine's run, as another one would have left it. */
async function asOfEngine(engine: string): Promise<void> {
  const path = inExport('.afterglow-cache.jsonl');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/"engine":"[^"]*"/g, `"engine":"${engine}"`));
}

describe("another engine's work", () => {
  it('is told of before anything is made, in a dry run too, and made again with its seeds', async () => {
    const otherEngine = { versions: [], sources: 1, textures: 4 };
    const foreseen = await previewRun(nodePlatform, await planned(), {
      force: false,
      beside: false,
      prune: false,
    });
    expect(foreseen.otherEngine).toEqual(otherEngine);
    const { looked, made } = await go();
    expect(looked).toMatchObject({ otherEngine });
    expect(made).toEqual([...FLICKERS, HISS]);
    const rows = await manifestRows();
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
    const rows = await manifestRows();
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
    [
      'lost',
      (text: string) =>
        text
          .split('\r\n')
          .filter((line) => !line.includes(HISS))
          .join('\r\n'),
    ],
    ['lost with the whole table', () => 'PK a spreadsheet'],
    ['damaged', (text: string) => text.replace(/\b0\.\d{6},/, 'NaN,')],
  ])('that is kept has its row again, whole, once that was %s', async (_, spoil) => {
    await go();
    await decide({ [HISS]: { decision: 'keep' } });
    const before = await readFile(inExport('manifest.csv'), 'utf8');
    const sound = await bytesOf(HISS);
    await writeFile(inExport('manifest.csv'), spoil(before));
    expect(spoil(before)).not.toBe(before);
    await go();
    expect(await readFile(inExport('manifest.csv'), 'utf8')).toBe(before);
    expect(await bytesOf(HISS)).toEqual(sound);
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

  it('that a killed run listed and had no time to note is replaced', async () => {
    await go();
    const cache = inExport('.afterglow-cache.jsonl');
    const lines = (await readFile(cache, 'utf8')).split('\n');
    const left = lines.filter((line) => !/^..(unit|known|left)"/.test(line));
    expect(left.length).toBeLessThan(lines.length - 4);
    await writeFile(cache, left.join('\n'));
    expect(await go(other)).toMatchObject({ protected: [], replaced: 4 });
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
    const rows = await manifestRows();
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
    const foreseen = await previewRun(nodePlatform, await planned(), {
      force: false,
      beside: false,
      prune: true,
    });
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
    expect(noticeWords(result.warnings[0].notice)).toMatch(/curation\.json” is not what the studio writes/);
  });
});

/** The sound of a WAV, without what is written about it. */
function samples(file: Buffer): Buffer {
  const at = file.indexOf('data');
  return file.subarray(at, at + 8 + file.readUInt32LE(at + 4));
}
