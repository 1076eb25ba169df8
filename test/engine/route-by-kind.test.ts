import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listedRows } from '../../src/archive/manifest.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { plan } from '../../src/engine/plan.ts';
import { previewRun } from '../../src/engine/preview-run.ts';
import { routeByKind } from '../../src/engine/route-by-kind.ts';
import { run } from '../../src/engine/run.ts';
import { sourceRoutes } from '../../src/engine/source-routes.ts';
import { phaseIds } from '../../src/families/lookup.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { put, wav } from '../end-to-end/afterglow.ts';
import { kick } from '../families/drumming.ts';
import { drumLoop, heldChord, rain, speech } from '../kinds.ts';
import { mono, RATE } from '../signals.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-ear-'));
  await put(folder, 'in/loops/beat.wav', wav(mono(drumLoop()), 16));
  await put(folder, 'in/chord.wav', wav(mono(heldChord(4)), 16));
  await put(folder, 'in/kick.wav', wav(mono(kick()), 16));
  await put(folder, 'in/rain.wav', wav(mono(rain(4)), 16));
  await put(folder, 'in/memo.wav', wav(mono(speech()), 16));
  await put(folder, 'in/silent.wav', wav(mono(new Float32Array(RATE)), 16));
  await put(folder, 'in/torn.wav', Buffer.from('RIFF'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Few and short textures. */
const CONFIG = `
drones: { pitch_shift_semitones: [0], time_stretch_factors: [1], pad_variants: [dark], swell_duration_sec: 1, drone_duration_sec: 0 }
clouds: { cloud_duration_sec: 1, grains_per_cloud: 30, clouds_per_source: 1 }
beds: { duration_sec: 4 }
hiss: { hiss_loops_per_source: 1, flicker_count: 0 }
`;

async function routed(routes = '', name = 'out') {
  const { settings } = parseConfig(`${CONFIG}${routes}\npaths: { export_dir: '../${name}' }`, 'config.yaml');
  const input = join(folder, 'in');
  const whole = await plan(nodePlatform, {
    projectFolder: input,
    from: input,
    settings,
    seed: 7,
    phases: phaseIds(),
  });
  const heard: number[] = [];
  const result = await routeByKind(nodePlatform, whole, { jobs: 0, onProgress: (done) => heard.push(done) });
  const kinds = Object.fromEntries(sourceRoutes(result).map(({ source, kind }) => [source, kind]));
  return { plan: result, kinds, listened: Math.max(0, heard.length - 1) };
}

const KINDS = {
  'chord.wav': 'tonal',
  'kick.wav': 'hit',
  'loops/beat.wav': 'drum_loop',
  'memo.wav': 'speech',
  'rain.wav': 'noise',
  'silent.wav': 'unknown',
  'torn.wav': 'unknown',
};

it('sends each source through the phases that suit it, and what cannot be heard through all', async () => {
  const { plan, kinds } = await routed();
  expect(kinds).toEqual(KINDS);
  const makers = Object.fromEntries(plan.tasks.map((task) => [task.source, task.makers.join()]));
  const all = 'pads,pad-loops,drones,beds,swells,clouds,hiss,drums,silences';
  expect(makers).toEqual({
    'chord.wav': 'pad-loops,drones,beds,swells,clouds',
    'kick.wav': 'drums',
    'loops/beat.wav': 'hiss,drums',
    'memo.wav': 'silences',
    'rain.wav': 'beds,clouds,hiss,silences',
    'silent.wav': all,
    'torn.wav': all,
  });
  expect(sourceRoutes(plan)[1]).toMatchObject({
    ...{
      by: 'ear',
      reason: { code: 'died-down', onsets: 1, decaySec: expect.any(Number) },
      phases: ['mine-drums'],
    },
    confidence: expect.closeTo(1, 0),
  });
});

it('remembers by content what it heard, and says it in the manifest', async () => {
  const { plan } = await routed();
  const { failed } = await run(nodePlatform, plan, { jobs: 0 });
  expect(failed.map(({ source }) => source)).toEqual(['torn.wav']);
  const rows = [...(await listedRows(nodePlatform, plan.exportFolder))!.values()];
  expect(rows.map(({ type, source_kind }) => `${type} of ${source_kind}`)).toEqual(
    expect.arrayContaining(['pad of tonal', 'hiss of drum_loop', 'drum of hit', 'cloud of noise']),
  );
  expect(rows.filter(({ type }) => type === 'pad').map(({ source }) => source)).toEqual(
    rows.filter(({ type }) => type === 'pad').map(() => 'chord'),
  );
  expect(rows.find(({ type }) => type === 'hiss')).toMatchObject({
    source_kind_confidence: expect.stringMatching(/^(0|1)\.\d{3}$/),
    source_kind_reason: expect.stringContaining('attacks a second'),
  });
  // What cannot be read may be read another time.
  expect(await routed()).toMatchObject({ kinds: KINDS, listened: 1 });
  await rename(join(folder, 'in/rain.wav'), join(folder, 'in/moved.wav'));
  expect(await routed()).toMatchObject({ kinds: { 'moved.wav': 'noise' }, listened: 1 });
  await rename(join(folder, 'in/moved.wav'), join(folder, 'in/rain.wav'));
  const { upToDate } = await run(nodePlatform, (await routed()).plan, { jobs: 0 });
  expect(upToDate).toHaveLength(rows.length);
});

it('takes the word of the config, and names what that leaves behind', async () => {
  const { plan, kinds } = await routed('routes: { skip: "mem*", hit: ["loops/**", "memo*"] }');
  expect(kinds).toEqual({ ...KINDS, 'memo.wav': 'skip', 'loops/beat.wav': 'hit' });
  expect(plan.tasks.map(({ source }) => source)).not.toContain('memo.wav');
  const beat = plan.tasks.find(({ source }) => source === 'loops/beat.wav')!;
  expect(beat).toMatchObject({
    makers: ['drums'],
    route: { by: 'config', confidence: null, reason: { code: 'configured', kind: 'hit', glob: 'loops/**' } },
  });
  const { stale, upToDate } = await previewRun(nodePlatform, plan, {
    force: false,
    beside: false,
    prune: false,
  });
  expect(stale.map(({ path, why }) => [path.split('/')[1], why])).toEqual([['hiss', 'not-asked']]);
  // What it was taken for stands in the manifest, so its hits are made anew, and nothing else is.
  const standing = upToDate.map(({ source, making }) => `${making} of ${source}`);
  expect(standing).toEqual(
    expect.arrayContaining(['clouds of chord.wav', 'drums of kick.wav', 'hiss of rain.wav']),
  );
  expect(standing).not.toContain('drums of loops/beat.wav');

  const skipped = await routed('routes: { skip: ["**"] }');
  expect(skipped.plan.tasks).toEqual([]);
  const left = await previewRun(nodePlatform, skipped.plan, { force: false, beside: false, prune: false });
  const rows = await listedRows(nodePlatform, plan.exportFolder);
  expect(left.stale).toHaveLength(rows!.size);
});

it('ends early where that is asked, and keeps what it heard', async () => {
  const { settings } = parseConfig("paths: { export_dir: '../early' }", 'config.yaml');
  const input = join(folder, 'in');
  const whole = await plan(nodePlatform, {
    projectFolder: input,
    from: input,
    settings,
    seed: 7,
    phases: phaseIds(),
  });
  const stopping = new AbortController();
  const first = await routeByKind(nodePlatform, whole, {
    ...{ jobs: 0, signal: stopping.signal },
    onProgress: (done) => done === 3 && stopping.abort(),
  });
  expect(sourceRoutes(first)).toHaveLength(3);
  await run(nodePlatform, first, { jobs: 0, signal: stopping.signal });
  const { listened } = await routed('', 'early');
  expect(listened).toBeLessThanOrEqual(7 - 2);
});

it('hashes a source once, while it is listened to, and not again to make something of it', async () => {
  const { settings } = parseConfig(`${CONFIG}\npaths: { export_dir: '../once' }`, 'config.yaml');
  const projectFolder = join(folder, 'in');
  const whole = await plan(nodePlatform, {
    ...{ projectFolder, from: projectFolder, settings, seed: 7 },
    phases: phaseIds(),
    only: ['kick'],
  });
  const kick = join(projectFolder, 'kick.wav');
  let opened = 0;
  const order: string[] = [];
  const platform = {
    ...nodePlatform,
    // A file that was just written is hashed each time, since it could change once more within its stamp.
    clock: { ...nodePlatform.clock, now: () => Date.now() + 60_000 },
    sha256Of: (bytes: Uint8Array) => {
      order.push('hashed');
      return nodePlatform.sha256Of(bytes);
    },
    files: {
      ...nodePlatform.files,
      open: (path: string) => {
        if (path === kick) opened++;
        return nodePlatform.files.open(path);
      },
    },
  };
  const onProgress = (done: number) => order.push(done === 0 ? 'listening' : 'heard');
  const routed = await routeByKind(platform, whole, { jobs: 0, onProgress });
  expect([order[0], order.filter((what) => what === 'hashed')]).toEqual(['listening', ['hashed']]);
  // To listen, and to hash.
  expect(opened).toBe(2);
  const made = await run(platform, routed, { jobs: 0 });
  expect(made.textures.length).toBeGreaterThan(0);
  expect(opened).toBe(3);
});
