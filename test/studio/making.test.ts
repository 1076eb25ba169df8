/** Sources, runs and renderings from the studio, on an export that the engine made. */
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lockExport } from '../../src/archive/export-lock.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { REDUCED_BYTES } from '../../src/report/page/overview.ts';
import type {
  JobAnswer,
  PhasesAnswer,
  SourceAnswer,
  Texture,
  VersionOffer,
} from '../../src/studio/protocol.ts';
import { afterglow } from '../end-to-end/afterglow.ts';
import { demoExport } from '../palette/demo-export.ts';
import { studioOn } from './studio.ts';

const demo = await demoExport();
const projectFolder = await mkdtemp(join(tmpdir(), 'afterglow-studio-'));
afterAll(() => rm(projectFolder, { recursive: true, force: true }));
await cp(demo.projectFolder, projectFolder, { recursive: true, preserveTimestamps: true });
const exportFolder = join(projectFolder, relative(demo.projectFolder, demo.exportFolder));
const studio = await studioOn([exportFolder], projectFolder);
const { get, post, palette } = studio;
const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T;
const errorOf = async (response: Response) =>
  (await json<{ error: { code: string; message: string } }>(response)).error;
const { textures, columns } = await palette();
const figure = (texture: Texture, column: string) => texture.figures[columns.indexOf(column)];
const pad = textures.find(({ family }) => family === 'pad')!;
const cloud = textures.find(({ family }) => family === 'cloud')!;

const { phases } = await json<PhasesAnswer>(get('/api/phases?export=e1'));
const clouds = phases.find(({ phase }) => phase === 'make-clouds')!;
const [source] = clouds.sources;

describe('a find in its song', () => {
  it('is told with the song and what else was found there', async () => {
    const answer = await json<SourceAnswer>(get(`/api/sources/${pad.id}`));
    expect(answer).toMatchObject({ source: figure(pad, 'source_path'), problem: null });
    expect(answer.durationSec).toBeGreaterThan(1);
    expect(answer.peaks).toHaveLength(800);
    expect(Math.max(...answer.peaks)).toBeGreaterThan(0.05);
    expect(Math.max(...answer.peaks)).toBeLessThanOrEqual(1);
    const own = answer.finds.find(({ id }) => id === pad.id)!;
    expect(own.startSec).toBeCloseTo(Number(figure(pad, 'source_start_sec')), 6);
    const others = textures.filter((one) => figure(one, 'source_path') === figure(pad, 'source_path'));
    expect(answer.finds.map(({ id }) => id).toSorted()).toEqual(others.map(({ id }) => id).toSorted());
  });

  it('is heard with what is around it', async () => {
    const response = await get(`/api/context/${pad.id}?before=2&after=1.5`);
    expect(response.headers.get('content-type')).toBe('audio/wav');
    const sec = (name: string) => Number(response.headers.get(`afterglow-${name}-sec`));
    expect(sec('find-start')).toBeCloseTo(Number(figure(pad, 'source_start_sec')), 6);
    expect(sec('start')).toBeCloseTo(Math.max(0, sec('find-start') - 2), 3);
    const end = Math.min(sec('source'), sec('find-end') + 1.5);
    const bytes = Buffer.from(await response.arrayBuffer());
    const [channels, rate] = [bytes.readUInt16LE(22), bytes.readUInt32LE(24)];
    expect((bytes.length - 44) / (3 * channels * rate)).toBeCloseTo(end - sec('start'), 3);
    const part = await get(`/api/context/${pad.id}?before=2&after=1.5`, { range: 'bytes=0-3' });
    expect([part.status, await part.text()]).toEqual([206, 'RIFF']);
    expect((await get(`/api/context/${pad.id}?before=61`)).status).toBe(400);
  });

  it('is heard with all of its song, piece by piece', async () => {
    const response = await get(`/api/song/${pad.id}?from=1.5`);
    const sec = (name: string) => Number(response.headers.get(`afterglow-${name}-sec`));
    expect(sec('start')).toBe(1.5);
    const bytes = Buffer.from(await response.arrayBuffer());
    const [channels, rate] = [bytes.readUInt16LE(22), bytes.readUInt32LE(24)];
    const length = Math.min(30, sec('source') - 1.5);
    expect((bytes.length - 44) / (3 * channels * rate)).toBeCloseTo(length, 2);
    expect((await get(`/api/song/${pad.id}?from=-1`)).status).toBe(400);
  });

  it('has a picture, as a report packs them', async () => {
    const response = await get(`/api/picture/${pad.id}`);
    expect(new Uint8Array(await response.arrayBuffer())).toHaveLength(REDUCED_BYTES);
    expect((await get('/api/picture/e1-0123456789abcdef')).status).toBe(404);
  });

  it('says it plainly where the song is gone or no sound', async () => {
    const path = join(projectFolder, figure(pad, 'source_path'));
    await rename(path, `${path}.away`);
    const gone = await json<SourceAnswer>(get(`/api/sources/${pad.id}`));
    expect(gone).toMatchObject({ durationSec: null, peaks: [] });
    expect(gone.problem).toMatch(/^Its source, “.*”, is not there any more; bring it back, /);
    const context = await get(`/api/context/${pad.id}`);
    expect(context.status).toBe(404);
    expect((await errorOf(context)).message).toBe(gone.problem);
    await cp(join(exportFolder, 'manifest.csv'), path);
    expect((await get(`/api/context/${pad.id}`)).status).toBe(422);
    await rm(path);
    await rename(`${path}.away`, path);
    expect((await get(`/api/context/${pad.id}`)).status).toBe(200);
  });
});

describe('runs', () => {
  const start = (request: object) =>
    post('/api/run', { export: 'e1', source: null, settings: {}, ...request });

  it('are offered with their sources and their settings', async () => {
    expect(phases.map(({ phase }) => phase)).toEqual([
      ...['mine-pads', 'make-drones', 'make-beds', 'make-clouds', 'make-hiss', 'mine-drums', 'mine-silences'],
    ]);
    expect(clouds.sources.map(({ name }) => name)).toContain(figure(cloud, 'source'));
    expect(clouds.settings[0]).toMatchObject({ section: 'clouds' });
    expect(clouds.settings.find(({ key }) => key === 'cloud_duration_sec')).toMatchObject({
      accepts: expect.stringMatching(/^a number /),
      value: expect.any(Number),
    });
    expect(clouds.settings.map(({ section }) => section)).not.toContain('paths');
    expect((await get('/api/phases?export=e9')).status).toBe(404);
  });

  it.each([
    [{ clouds: { cloud_duration_sec: -1 } }, /^clouds\.cloud_duration_sec is -1; it must be a number /],
    [{ clouds: { nonsense: 1 } }, /there is no setting “clouds\.nonsense”/],
    [{ paths: { export_dir: '/tmp' } }, /there is no setting “paths\.export_dir”/],
    [{ pad_miner: { min_rms_db: -40 } }, /there is no setting “pad_miner\.min_rms_db”/],
    [{ clouds: { cloud_duration_sec: 'long' } }, /^clouds\.cloud_duration_sec is "long"; /],
  ])('refuse settings that are none: %j', async (settings, message) => {
    const response = await start({ phase: 'make-clouds', settings });
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).toMatch(message);
    expect((await palette()).job).toBeNull();
  });

  it('refuse what there is not', async () => {
    for (const request of [
      { phase: 'x' },
      { phase: 'make-clouds', source: '*' },
      { phase: 'make-clouds', source: '../x' },
    ]) {
      expect((await start(request)).status).toBe(400);
    }
  });

  it('make one source anew with other settings, and tell how far they are', async () => {
    const events = await studio.events();
    const settings = { clouds: { cloud_duration_sec: 1.5, grains_per_cloud: 40, clouds_per_source: 1 } };
    const request = { phase: 'make-clouds', source: source.name, settings, seed: 5 };
    const started = await json<JobAnswer>(start(request));
    expect(started.job).toMatchObject({ kind: 'run', export: 'e1', title: `clouds from ${source.title}` });
    const second = await start(request);
    expect([second.status, (await errorOf(second)).code]).toEqual([409, 'at-work']);
    const done = await events.next('job-done');
    expect(done).toMatchObject({ outcome: 'done', message: 'Made 1 texture.', problems: [] });
    expect(done.job.made).toBe(1);
    const after = (await palette()).textures.filter((one) => one.family === 'cloud');
    const made = after.filter((one) => figure(one, 'seed') === '5');
    expect(made.map((one) => [one.source, one.durationSec])).toEqual([[source.name, 1.5]]);
    events.close();
  });

  it('leave what was kept, and put the new one beside it', async () => {
    const ofSource = async () => {
      const { textures: all } = await palette();
      return all.filter((one) => one.family === 'cloud' && one.source === source.name);
    };
    const kept = (await ofSource()).find((one) => figure(one, 'seed') === '5')!;
    const path = join(exportFolder, figure(kept, 'path'));
    const before = await readFile(path);
    await post('/api/decisions', { changes: [{ id: kept.id, decision: 'keep' }] });
    const events = await studio.events();
    const settings = { clouds: { cloud_duration_sec: 1.6, clouds_per_source: 1 } };
    const request = { phase: 'make-clouds', source: source.name, settings, seed: 5 };
    expect((await start(request)).status).toBe(200);
    const { message } = await events.next('job-done');
    expect(message).toBe('Made 1 texture, beside one that you kept or changed.');
    expect(await readFile(path)).toEqual(before);
    const beside = figure(kept, 'path').replace('.wav', '_new.wav');
    expect((await ofSource()).map((one) => figure(one, 'path'))).toContain(beside);
    events.close();
    await post('/api/decisions', { changes: [{ id: kept.id, decision: null }] });
  });

  it('say that a damaged manifest was kept as it was, naming no folder', async () => {
    const manifest = join(exportFolder, 'manifest.csv');
    const whole = await readFile(manifest);
    const events = await studio.events();
    try {
      await writeFile(manifest, whole.subarray(0, whole.length - 40));
      const settings = { clouds: { cloud_duration_sec: 1.7, clouds_per_source: 1 } };
      await start({ phase: 'make-clouds', source: source.name, settings, seed: 5 });
      const { outcome, problems } = await events.next('job-done');
      expect(outcome).toBe('done');
      expect(problems).toEqual([
        expect.stringMatching(
          /^“?manifest\.csv”? could be read only in part .*it was kept as “?manifest\.csv\.bak/,
        ),
      ]);
    } finally {
      events.close();
      await writeFile(manifest, whole);
      await rm(`${manifest}.bak`, { force: true });
    }
  });

  it('stop when they are asked to', async () => {
    const events = await studio.events();
    const { job } = await json<JobAnswer>(start({ phase: 'mine-pads', seed: 9 }));
    expect(job!.kind).toBe('run');
    await post('/api/stop', {});
    expect((await events.next('job-done')).outcome).toBe('stopped');
    expect((await palette()).job).toBeNull();
    expect((await json<JobAnswer>(post('/api/stop', {}))).job).toBeNull();
    events.close();
  });

  it('say so where another program works in the export', async () => {
    const unlock = await lockExport(nodePlatform, exportFolder);
    const events = await studio.events();
    await start({ phase: 'make-clouds', source: source.name, seed: 6 });
    const { outcome, message } = await events.next('job-done');
    expect(outcome).toBe('failed');
    expect(message).toMatch(/is working|at work|in use|another run/i);
    await unlock();
    events.close();
  });
});

describe('renderings', () => {
  it('make one texture again with another length, beside the others', async () => {
    const events = await studio.events();
    const before = await readFile(join(exportFolder, 'manifest.csv'));
    const drone = textures.find(({ family }) => family === 'drone')!;
    const { job } = await json<JobAnswer>(post('/api/render', { id: drone.id, lengthSec: 3, seed: 8 }));
    expect(job).toMatchObject({ kind: 'render', title: drone.title });
    const { outcome, rendering, message } = await events.next('job-done');
    expect([outcome, message]).toEqual(['done', expect.stringContaining('under “versions”')]);
    expect(rendering).toMatchObject({ of: drone.id, what: 'seed 8, 3 s', isSame: false });
    const version = rendering!.texture;
    expect([version.durationSec, version.loop]).toEqual([3, { start: 0, end: 3 * version.sampleRate }]);
    expect(version.lufs).toBeCloseTo(drone.lufs!, 0);
    const sound = Buffer.from(await (await get(`/api/sound/${version.id}`)).arrayBuffer());
    expect(sound.toString('latin1', 0, 4)).toBe('RIFF');
    expect(sound).toEqual(await readFile(join(exportFolder, '_rendered', `${drone.name}_seed8_3s.wav`)));
    expect((await palette()).renderings).toEqual([rendering]);
    expect(await readFile(join(exportFolder, 'manifest.csv'))).toEqual(before);
    // The same again is the same file.
    await post('/api/render', { id: drone.id, lengthSec: 3, seed: 8 });
    expect((await events.next('job-done')).rendering).toEqual(rendering);

    const keep = () => post('/api/versions/keep', { id: version.id });
    expect(await json(keep())).toEqual({ id: version.id, isNew: true });
    expect(await json(keep())).toEqual({ id: version.id, isNew: false });
    const kept = (await palette()).textures.find(({ id }) => id === version.id)!;
    expect(kept).toMatchObject({ loop: version.loop, lufs: version.lufs });
    expect(figure(kept, 'path')).toBe(figure(drone, 'path').replace('.wav', '_seed8_3s.wav'));
    expect(await readFile(join(exportFolder, figure(kept, 'path')))).toEqual(sound);
    const again = join(projectFolder, 'again.wav');
    const render = ['render', figure(kept, 'path'), '--export', exportFolder, '--out', again];
    expect(await afterglow(render, { folder: projectFolder })).toMatchObject({ status: 0 });
    expect(await readFile(again)).toEqual(sound);

    // Taken out again, it is a version as before; but not where somebody changed its file.
    const file = join(exportFolder, figure(kept, 'path'));
    const release = () => post('/api/versions/release', { id: version.id });
    await writeFile(file, sound.subarray(0, -1));
    expect((await errorOf(await release())).message).toMatch(
      /was changed since .* so it stays; remove it by hand/,
    );
    await writeFile(file, sound);
    // Nor where somebody decided on it; among the renderings it need not be any more.
    const starred = (stars: number | null) =>
      post('/api/decisions', { changes: [{ id: version.id, stars }] }).then(({ status }) => status);
    expect(await starred(2)).toBe(200);
    expect((await errorOf(await release())).message).toMatch(
      /stays in the export \(starred\); take that back first/,
    );
    expect(await starred(null)).toBe(200);
    const rendered = join(exportFolder, '_rendered', `${drone.name}_seed8_3s.wav`);
    await rm(rendered);
    expect(await json(release())).toEqual({ id: version.id });
    expect((await errorOf(await keep())).message).toMatch(
      /^“.*_rendered.*” was removed since it was made; make that version again\.$/,
    );
    await writeFile(rendered, sound.subarray(0, -1));
    expect((await errorOf(await keep())).message).toContain('was changed since it was made');
    await writeFile(rendered, sound);
    // What somebody put in its place meanwhile stays.
    await writeFile(file, 'mine');
    expect((await errorOf(await keep())).message).toMatch(
      /is another file by now, which stays; move it away/,
    );
    expect(await readFile(file, 'utf8')).toBe('mine');
    await rm(file);
    expect(await readFile(join(exportFolder, 'manifest.csv'))).toEqual(before);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    const { textures: left, renderings } = await palette();
    expect(left.some(({ id }) => id === version.id)).toBe(false);
    expect(renderings).toEqual([rendering]);
    expect((await release()).status).toBe(200);
    expect((await post('/api/versions/release', { id: 'e1-0123456789abcdef' })).status).toBe(404);
    events.close();
  });

  it('are offered where something comes of them', async () => {
    const offer = (family: string) => {
      const texture = textures.find((one) => one.family === family)!;
      return json<VersionOffer>(get(`/api/versions/${texture.id}`));
    };
    expect(await offer('pad')).toMatchObject({ seed: expect.stringMatching(/never|sometimes/) });
    const ofDrone = await offer('drone');
    expect(ofDrone).toMatchObject({ seed: 'always', hasLength: true });
    expect(ofDrone.settings).toContainEqual(
      expect.objectContaining({ section: 'drones', key: 'drone_duration_sec', value: 4 }),
    );
    const refused = await post('/api/render', {
      id: textures.find(({ family }) => family === 'drone')!.id,
      settings: { clouds: { grains_per_cloud: 9 } },
    });
    expect([refused.status, (await errorOf(refused)).message]).toEqual([
      400,
      'It was made without a setting “clouds.grains_per_cloud”.',
    ]);
  });

  it('stand beside each other where each was made with another setting', async () => {
    const events = await studio.events();
    const { id } = textures.find(({ family }) => family === 'drone')!;
    const versions = new Set<string>();
    for (const seconds of [2, 3, 2]) {
      const settings = { drones: { drone_duration_sec: seconds } };
      expect((await post('/api/render', { id, settings })).status).toBe(200);
      versions.add((await events.next('job-done')).rendering!.texture.id);
    }
    const shown = (await palette()).renderings.map(({ texture }) => texture.id);
    expect([versions.size, shown.filter((one) => versions.has(one)).length]).toEqual([2, 2]);
    events.close();
  });

  it('say where what was changed plays no part', async () => {
    const events = await studio.events();
    const mined = textures.find((one) => figure(one, 'making') === 'pads')!;
    expect((await json<VersionOffer>(get(`/api/versions/${mined.id}`))).seed).toBe('never');
    await post('/api/render', { id: mined.id, seed: 8 });
    const { rendering, message } = await events.next('job-done');
    expect(rendering!.isSame).toBe(true);
    expect(message).toMatch(/^It came out as it was, to the sample/);
    events.close();
  });

  it('say why something cannot be made so', async () => {
    const events = await studio.events();
    const flicker = textures.find((one) => one.family === 'hiss' && one.loop === null)!;
    await post('/api/render', { id: flicker.id, lengthSec: 3 });
    const { outcome, message } = await events.next('job-done');
    expect([outcome, message]).toEqual(['failed', expect.stringMatching(/as every flicker/)]);
    expect((await post('/api/render', { id: flicker.id })).status).toBe(400);
    expect((await post('/api/render', { id: flicker.id, seed: -1 })).status).toBe(400);
    events.close();
  });
});

it('met nothing unexpected', () => {
  expect(studio.unexpected).toEqual([]);
});
