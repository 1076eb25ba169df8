/** What the studio answers to its own page, over real HTTP. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestFromCsv, manifestToCsv } from '../../src/archive/manifest-csv.ts';
import { readDecisions } from '../../src/engine/decisions.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import type {
  DecisionsAnswer,
  KitAnswer,
  KitPlanAnswer,
  MapAnswer,
  NeighboursAnswer,
  ProfilesAnswer,
} from '../../src/studio/protocol.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { studioOn } from './studio.ts';

const pad: MadeTexture = {
  ...{ family: 'pad', source: 'night_choir', sampleRate: 44_100, bitDepth: 24, channelCount: 1 },
  ...{ seconds: 0.5, loops: true },
};
const hiss: MadeTexture = { ...pad, family: 'hiss', source: 'tape', noise: 0.3, channelCount: 2 };
const hit: MadeTexture = { ...pad, family: 'drum', source: 'kit', loops: false, seconds: 0.25, grade: 'B' };

const first = await madeExport([pad, pad, hiss, hit, { ...pad, grade: 'F' }]);
const second = await madeExport([hiss, pad]);
const { exportFolder, paths } = first;
const studio = await studioOn([exportFolder, second.exportFolder]);
const { get, post, palette, texture } = studio;
const whole = await readFile(join(exportFolder, paths[0]));
const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T;
/** As a whole, as the engine writes: no half of it is ever seen. */
const put = async (path: string, text: string) => {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
};
const decide = (changes: readonly object[]) => json<DecisionsAnswer>(post('/api/decisions', { changes }));

it('serves its page and what this needs, as what they are, and nothing else of it', async () => {
  const page = await get('/');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const addresses = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(
    ([, address]) => address,
  );
  expect(addresses.toSorted()).toEqual(['/icon.svg', '/studio.css', '/studio.js']);
  const types = await Promise.all(
    addresses.map(async (address) => {
      const file = await get(address);
      return [address, file.status, file.headers.get('content-type')];
    }),
  );
  expect(types.toSorted()).toEqual([
    ['/icon.svg', 200, 'image/svg+xml'],
    ['/studio.css', 200, 'text/css; charset=utf-8'],
    ['/studio.js', 200, 'text/javascript; charset=utf-8'],
  ]);
});

describe('the palette', () => {
  it('holds all textures of all exports, with names as one reads them', async () => {
    const { exports, textures, columns } = await palette();
    expect(exports.map(({ id, problem, warning }) => ({ id, problem, warning }))).toEqual([
      { id: 'e1', problem: null, warning: null },
      { id: 'e2', problem: null, warning: null },
    ]);
    expect(textures.map(({ path }) => path)).toEqual([...paths.toSorted(), ...second.paths.toSorted()]);
    expect(new Set(textures.map(({ id }) => id)).size).toBe(7);
    const one = textures.find(({ path }) => path === paths[0])!;
    expect(one).toMatchObject({
      ...{
        export: 'e1',
        family: 'pad',
        title: 'night choir, pad 0',
        part: 'pad 0',
        sourceTitle: 'night choir',
      },
      ...{ durationSec: 0.5, loop: { start: 0, end: 22_050 }, grade: 'A', rank: null, decision: {} },
    });
    expect(one.figures[columns.indexOf('path')]).toBe(paths[0]);
    expect(textures.find(({ path }) => path === paths[3])!.loop).toBeNull();
  });

  it('gives the same ids to another studio, and another revision only to what changed', async () => {
    const ids = async (from: typeof studio) => (await from.palette()).textures.map(({ id }) => id);
    const other = await studioOn([exportFolder, second.exportFolder]);
    expect(await ids(other)).toEqual(await ids(studio));
    const { revision } = await palette();
    expect((await palette()).revision).toBe(revision);
    await decide([{ id: (await texture(paths[0])).id, stars: 1 }]);
    expect((await palette()).revision).not.toBe(revision);
    await decide([{ id: (await texture(paths[0])).id, stars: null }]);
    await other.close();
  });

  it('of an export that is none says what to do, and shows the others', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'afterglow-empty-'));
    afterAll(() => rm(empty, { recursive: true }));
    const other = await studioOn([empty, second.exportFolder]);
    const { exports, textures } = await other.palette();
    expect(exports[0].problem).toBeNull();
    expect(exports[1].problem).toBeNull();
    expect(textures).toHaveLength(2);
    await other.close();
  });
});

describe('sound', () => {
  const soundOf = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    get(`/api/sound/${(await texture(path)).id}`, headers, method);
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  it('comes whole, as it lies on the disk', async () => {
    const response = await soundOf(paths[0]);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('etag')).toBe(`"${(await texture(paths[0])).stamp}"`);
    expect(await bytesOf(response)).toEqual(whole);
  });

  const size = whole.length;
  it.each([
    ['bytes=0-43', 0, 43],
    ['bytes=100-', 100, size - 1],
    ['bytes=-16', size - 16, size - 1],
    [`bytes=${size - 1}-${size - 1}`, size - 1, size - 1],
    [`bytes=10-${size + 500}`, 10, size - 1],
    [`bytes=-${size + 500}`, 0, size - 1],
  ])('comes in parts: %s', async (range, start, end) => {
    const response = await soundOf(paths[0], { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${size}`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect(await bytesOf(response)).toEqual(whole.subarray(start, end + 1));
  });

  it.each([`bytes=${size}-`, `bytes=${size + 9}-${size + 10}`, 'bytes=-0'])(
    'has no part behind its end: %s',
    async (range) => {
      const response = await soundOf(paths[0], { range });
      expect(response.status).toBe(416);
      expect(response.headers.get('content-range')).toBe(`bytes */${size}`);
    },
  );

  it.each(['bytes=5-2', 'bytes=a-b', 'bytes=-', 'lines=0-1', 'bytes=0-1,4-5', 'bytes=1e2-'])(
    'comes whole where the range is none, or several: %s',
    async (range) => {
      const response = await soundOf(paths[0], { range });
      expect(response.status).toBe(200);
      expect(await bytesOf(response)).toEqual(whole);
    },
  );

  it('is asked for by HEAD, without its bytes', async () => {
    const response = await soundOf(paths[0], {}, 'HEAD');
    expect(response.headers.get('content-length')).toBe(String(size));
    expect(await bytesOf(response)).toHaveLength(0);
    const part = await soundOf(paths[0], { range: 'bytes=0-9' }, 'HEAD');
    expect([part.status, part.headers.get('content-length')]).toEqual([206, '10']);
  });

  it('is not sent again while it is the same; a part of another one is the whole', async () => {
    const etag = (await soundOf(paths[0])).headers.get('etag')!;
    for (const known of [etag, `"x", ${etag}`, `W/${etag}`, '*']) {
      expect((await soundOf(paths[0], { 'if-none-match': known })).status).toBe(304);
    }
    expect((await soundOf(paths[0], { 'if-none-match': '"x"' })).status).toBe(200);
    expect((await soundOf(paths[0], { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await soundOf(paths[0], { range: 'bytes=0-9', 'if-range': '"x"' })).status).toBe(200);
    const file = join(exportFolder, paths[0]);
    await utimes(file, new Date(), new Date((await stat(file)).mtimeMs + 5000));
    expect((await soundOf(paths[0], { 'if-none-match': etag })).status).toBe(200);
  });
});

describe('the map', () => {
  const map = () => json<MapAnswer>(get('/api/map'));

  it('is there at once, and better when all are heard', async () => {
    const events = await studio.events();
    const { places } = await map();
    expect(places.map(({ id }) => id)).toEqual((await palette()).textures.map(({ id }) => id));
    for (const { x, y } of places) expect(Math.min(x, y, 1 - x, 1 - y)).toBeGreaterThanOrEqual(0);
    if (!(await map()).isRefined) await events.next('map-changed');
    const refined = await map();
    expect(refined.isRefined).toBe(true);
    const other = await studioOn([exportFolder, second.exportFolder]);
    const otherEvents = await other.events();
    if (!(await json<MapAnswer>(other.get('/api/map'))).isRefined) await otherEvents.next('map-changed');
    expect(await json(other.get('/api/map'))).toEqual(refined);
    for (const each of [events, otherEvents]) each.close();
    await other.close();
  });

  it('knows who sounds like whom, in all exports', async () => {
    const { id } = await texture(paths[2]);
    const { neighbours, isRefined } = await json<NeighboursAnswer>(get(`/api/neighbours/${id}?count=6`));
    expect(isRefined).toBe(true);
    expect(neighbours).toHaveLength(6);
    const families = new Map((await palette()).textures.map((one) => [one.id, one]));
    expect(families.get(neighbours[0].id)).toMatchObject({ family: 'hiss', export: 'e2' });
    expect(neighbours.map(({ distance }) => distance)).toEqual(
      neighbours.map(({ distance }) => distance).toSorted((a, b) => a - b),
    );
    for (const count of ['0', '101', 'x', '']) {
      expect((await get(`/api/neighbours/${id}?count=${count}`)).status).toBe(400);
    }
  });
});

describe('decisions', () => {
  it('are saved at once, told to every page, and undone by what was before', async () => {
    const events = await studio.events();
    const before = await readFile(join(exportFolder, 'manifest.csv'));
    const { id } = await texture(paths[1]);
    const { saved, revision } = await decide([{ id, decision: 'reject', note: 'too bright' }]);
    const decision = { decision: 'reject', note: 'too bright' };
    expect(saved).toEqual([{ id, decision, before: {} }]);
    expect(Object.fromEntries(await readDecisions(nodePlatform, exportFolder))).toEqual({
      [paths[1]]: decision,
    });
    expect(await events.next('decisions-changed')).toEqual({
      ...{ kind: 'decisions-changed', revision },
      changes: [{ id, decision }],
    });
    expect((await texture(paths[1])).decision).toEqual(decision);
    expect(await readFile(join(exportFolder, 'manifest.csv'))).toEqual(before);
    expect((await stat(join(exportFolder, paths[1]))).isFile()).toBe(true);
    await decide([{ id, decision: null, note: '' }]);
    expect((await texture(paths[1])).decision).toEqual({});
    events.close();
  });

  it('on textures of several exports go each to its own', async () => {
    const ids = [await texture(paths[0]), await texture(second.paths[0], 'e2')].map(({ id }) => id);
    const { saved } = await decide(ids.map((id) => ({ id, stars: 3 })));
    expect(saved.map(({ id }) => id)).toEqual(ids);
    expect([...(await readDecisions(nodePlatform, second.exportFolder)).keys()]).toEqual([second.paths[0]]);
    await decide(ids.map((id) => ({ id, stars: null })));
  });

  it('on what is not there save nothing of the rest', async () => {
    const { id } = await texture(paths[0]);
    const changes = [
      { id, stars: 5 },
      { id: 'e1-0000000000000000', stars: 5 },
    ];
    expect((await post('/api/decisions', { changes })).status).toBe(404);
    expect((await texture(paths[0])).decision).toEqual({});
  });

  it.each([
    { stars: 6 },
    { stars: 1.5 },
    { decision: 'maybe' },
    { name: ' ' },
    { name: 'a\nb' },
    { note: 'x'.repeat(2001) },
  ])('of no sense are refused: %j', async (change) => {
    const { id } = await texture(paths[0]);
    const response = await post('/api/decisions', { changes: [{ id, ...change }] });
    expect(response.status).toBe(400);
    expect((await json<{ error: { message: string } }>(response)).error.message).toMatch(/^changes\.0\./);
  });

  it('that somebody else wrote are noticed, and those that cannot be understood are told of and kept', async () => {
    const events = await studio.events();
    const at = join(exportFolder, 'curation.json');
    await put(at, JSON.stringify({ version: 1, textures: { [paths[3]]: { stars: 2 } } }));
    const { id } = await texture(paths[3]);
    expect((await events.next('decisions-changed')).changes).toContainEqual({ id, decision: { stars: 2 } });
    await put(at, '{"version": 1, "te');
    await events.next('palette-changed');
    expect((await palette()).exports[0].warning).toMatch(/is not what the studio writes/);
    expect(await readFile(at, 'utf8')).toBe('{"version": 1, "te');
    const { warning } = await decide([{ id, decision: 'keep' }]);
    expect(warning).toMatch(/was kept as curation\.json\.bak/);
    expect(await readFile(`${at}.bak`, 'utf8')).toBe('{"version": 1, "te');
    events.close();
  });
});

describe('an export that changes', () => {
  it('is noticed and told', async () => {
    const { exportFolder, paths } = await madeExport([pad, hiss, hit]);
    const studio = await studioOn([exportFolder]);
    const events = await studio.events();
    const { revision } = await studio.palette();
    const manifest = join(exportFolder, 'manifest.csv');
    const rows = manifestFromCsv(await readFile(manifest, 'utf8')).rows;
    await put(manifest, manifestToCsv(rows.filter(({ path }) => path !== paths[0])));
    const told = await events.next('palette-changed');
    expect(told.export).toBe('e1');
    expect(told.revision).not.toBe(revision);
    const after = await studio.palette();
    expect(after.revision).toBe(told.revision);
    expect(after.textures.map(({ path }) => path)).not.toContain(paths[0]);
    const torn = 'no manifest at all';
    await put(manifest, torn);
    await events.next('palette-changed');
    expect((await studio.palette()).exports[0].problem).toMatch(/could not be read as a manifest/);
    events.close();
    await studio.close();
  });

  it('to what curate chose shows ranks', async () => {
    await mkdir(join(second.exportFolder, '_curated'));
    const chosen = { path: second.paths[1], family: 'pad', rank: 1, quality: 0.5, novelty: null };
    await writeFile(
      join(second.exportFolder, '_curated', 'selection.json'),
      JSON.stringify({ version: 1, engine_version: 'x', textures: [chosen] }),
    );
    expect((await texture(second.paths[1], 'e2')).rank).toBe(1);
    expect((await texture(second.paths[0], 'e2')).rank).toBeNull();
  });
});

describe('kits', () => {
  const wish = async (name: string, ...wanted: string[]) => ({
    name,
    ids: await Promise.all(wanted.map(async (path) => (await texture(path)).id)),
  });

  it('are for the devices that the engine knows', async () => {
    const { profiles } = await json<ProfilesAnswer>(get('/api/profiles'));
    expect(profiles.length).toBeGreaterThan(2);
    for (const { id, device, limits } of profiles) {
      expect(id).toMatch(/^[a-z0-9-]+$/);
      expect(device).not.toBe('');
      expect(Object.keys(limits)).toEqual(['samples', 'seconds', 'bytes']);
    }
  });

  it('are planned without a file, then made as they were planned, once unless forced', async () => {
    const [{ id: profile }] = (await json<ProfilesAnswer>(get('/api/profiles'))).profiles;
    const request = { ...(await wish('NIGHT', paths[3], paths[0], paths[1])), profile };
    await decide([{ id: request.ids[1], name: 'deep bed' }]);
    const plan = await json<KitPlanAnswer>(post('/api/kit/plan', request));
    expect(plan.slots.map(({ id }) => id).toSorted()).toEqual(request.ids.toSorted());
    expect(plan.used.samples).toBe(3);
    expect(plan.isThere).toBe(false);
    const named = plan.slots.find(({ id }) => id === request.ids[1])!;
    expect(named.file.toLowerCase()).toMatch(/deep/);
    expect(await readdir(exportFolder)).not.toContain('_kits');

    const events = await studio.events();
    const made = await json<KitAnswer>(post('/api/kit', request));
    expect(made.files.map(({ id, file }) => ({ id, file }))).toEqual(
      plan.slots.map(({ id, file }) => ({ id, file })),
    );
    for (const { file } of made.files) await stat(join(exportFolder, '_kits', 'NIGHT', file));
    expect(await events.next('job-done')).toMatchObject({ outcome: 'done', job: { kind: 'kit' } });
    events.close();

    const again = await post('/api/kit', request);
    expect(again.status).toBe(409);
    expect((await json<{ error: { code: string } }>(again)).error.code).toBe('needs-force');
    expect((await json<KitPlanAnswer>(post('/api/kit/plan', request))).isThere).toBe(true);
    expect((await post('/api/kit', { ...request, force: true })).status).toBe(200);
  });

  it('hold textures of one export, and something', async () => {
    const [{ id: profile }] = (await json<ProfilesAnswer>(get('/api/profiles'))).profiles;
    const ids = [await texture(paths[0]), await texture(second.paths[0], 'e2')].map(({ id }) => id);
    const both = { profile, name: 'BOTH', ids };
    expect((await post('/api/kit/plan', both)).status).toBe(400);
    const none = { profile, name: 'NONE', ids: [] };
    expect((await json<KitPlanAnswer>(post('/api/kit/plan', none))).slots).toEqual([]);
    expect((await post('/api/kit', none)).status).toBe(400);
  });
});

it('says farewell to every page when it closes, and is gone', async () => {
  const studio = await studioOn([second.exportFolder]);
  const events = await studio.events();
  const started = performance.now();
  await studio.close();
  await events.next('closing');
  await events.end();
  expect(performance.now() - started).toBeLessThan(2000);
  await expect(fetch(studio.origin)).rejects.toThrow();
});

it('met nothing unexpected', () => {
  expect(studio.unexpected).toEqual([]);
});
