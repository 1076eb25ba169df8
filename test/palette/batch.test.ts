import { readFileSync } from 'node:fs';
import { appendFile, cp, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { batch } from '../../src/palette/batch.ts';
import { kitName } from '../../src/palette/batch-products.ts';
import type { BatchListener, BatchRequest } from '../../src/palette/batch-request.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { render } from '../../src/palette/render.ts';
import { readSelection } from '../../src/palette/selection.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { demoArchive } from './demo-export.ts';

const folder = await mkdtemp(join(tmpdir(), 'afterglow-batch-'));
afterAll(() => rm(folder, { recursive: true }));
const input = join(folder, 'archive');
const exportFolder = join(folder, 'export/DIG1');

/** Few and short textures, at half the rate of a CD. */
const CONFIG = `
global: { sample_rate: 22050 }
drones: { pitch_shift_semitones: [0], time_stretch_factors: [1], swell_duration_sec: 2, drone_duration_sec: 4 }
clouds: { cloud_duration_sec: 2, grains_per_cloud: 60, clouds_per_source: 1 }
beds: { duration_sec: 6 }
curation: { per_family: 3 }
`;

const request: BatchRequest = {
  ...{ input, exportFolder, exportRoot: exportFolder, project: 'DIG1', profiles: ['tr8s'] },
  ...{ settings: parseConfig(CONFIG, 'config.yaml').settings, seed: 7, anySeed: false },
  ...{ run: { jobs: 0 }, force: false },
};
const quiet: BatchListener = {
  expects() {},
  planned: () => () => {},
  stepStarted() {},
  progress() {},
  stepEnded() {},
};

beforeAll(async () => {
  await cp(await demoArchive(), input, { recursive: true });
  await writeFile(join(input, 'source_audio/torn.wav'), 'RIFF');
  // Told while there is no export folder yet.
  await symlink('gone', join(input, 'source_audio/dead.wav'));
});

const outcomes = ({ steps }: Awaited<ReturnType<typeof batch>>) =>
  Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome]));

it('says of a strict one that it stopped, not how many failed', async () => {
  const site = join(folder, 'export/STRICT');
  const { steps } = await batch(
    nodePlatform,
    { ...request, exportFolder: site, exportRoot: site, run: { jobs: 0, strict: true } },
    quiet,
  );
  expect(steps.map(({ step, reason }) => [step, reason?.code])).toEqual([['excavate', 'stopped-at-failure']]);
});

it('goes from an archive to kit, instruments and report, past a source that fails', async () => {
  let impressed = 0;
  const result = await batch(nodePlatform, request, {
    ...quiet,
    stepStarted(step) {
      const kept = () => readFileSync(join(exportFolder, '.afterglow-impressions'), 'utf8');
      if (step === 'curate') impressed = kept().match(/^picture /gm)?.length ?? 0;
    },
  });
  expect(impressed).toBe(result.run!.textures.length + result.dust!.textures.length);
  expect(outcomes(result)).toEqual({
    ...{ excavate: 'failed', dust: 'done', curate: 'done', kit: 'done', instruments: 'done', report: 'done' },
  });
  // The torn file counts for nothing.
  expect(result.steps[0].reason).toEqual({ code: 'sources-failed', sources: 1 });
  expect(result.run?.failed.map(({ source }) => source)).toEqual([
    'source_audio/dead.wav',
    'source_audio/torn.wav',
  ]);

  const { textures } = await openPalette(nodePlatform, exportFolder);
  // Songs give drum hits too.
  const hits = textures.filter(({ family }) => family === 'drum');
  expect(hits.some(({ row }) => row.source_path.includes('source_audio'))).toBe(true);
  const { textures: chosen } = await readSelection(
    nodePlatform,
    join(exportFolder, '_curated/selection.json'),
  );
  expect(chosen.length).toBeGreaterThan(5);
  const files = await readdir(join(exportFolder, '_kits'), { recursive: true });
  expect(
    files.filter((file) => /DIG1_TR8S\/ROLAND\/TR-8S\/SAMPLE\/DIG1_TR8S\/.*\.wav$/i.test(file)),
  ).not.toEqual([]);
  expect(files).toContain('DIG1/DIG1_pads.sfz');
  // Each instrument that holds its samples is there once, as a palette.
  expect(files.some((file) => /^DIG1\/textures\/pads\/.*\.sfz$/.test(file))).toBe(true);
  const holders = files.filter((file) => /\.(multisample|sf2)$/.test(file));
  expect(holders).toContain('DIG1/DIG1_pads.multisample');
  for (const file of holders) expect(file).toMatch(/^DIG1\/DIG1_[a-z_]+\.multisample$/);
  expect(await readdir(exportFolder)).toContain('report.html');
});

it('lets any texture be made again, wherever one stands', async () => {
  const palette = await openPalette(nodePlatform, exportFolder);
  const pad = palette.textures.find(({ family }) => family === 'pad')!;
  const request = { own: { folder: tmpdir() }, changes: {}, onProgress: () => {} };
  for await (const one of render(nodePlatform, palette, [pad], request))
    expect(one).toMatchObject({ isIdentical: true });
  expect.assertions(1);
});

it('logs each texture and step', async () => {
  const lines = (await readFile(join(exportFolder, 'run.jsonl'), 'utf8')).trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line));
  expect(entries[0]).toMatchObject({ kind: 'batch', seed: 7, project: 'DIG1', input: '../../archive' });
  const { textures } = await openPalette(nodePlatform, exportFolder);
  const made = entries.filter(({ kind }) => kind === 'texture-made').map(({ texture }) => texture.path);
  expect(made.sort()).toEqual(textures.map(({ path }) => path));
  expect(entries.filter(({ kind }) => kind === 'step').map(({ step }) => step)).toEqual([
    ...['excavate', 'dust', 'curate', 'kit', 'instruments', 'report'],
  ]);
});

it('replaces what it made, and leaves alone what somebody changed', async () => {
  const samples = join(exportFolder, '_kits/DIG1_TR8S/ROLAND/TR-8S/SAMPLE/DIG1_TR8S');
  const sample = join(samples, (await readdir(samples))[0]);
  const before = await readFile(sample);
  // Neither a new time, nor what a system leaves, nor a log that is gone is a change by hand.
  await utimes(sample, 1, 2);
  await writeFile(join(samples, '.DS_Store'), 'seen');
  await rm(join(exportFolder, 'run.jsonl'));
  expect(outcomes(await batch(nodePlatform, request, quiet))).toMatchObject({
    kit: 'up-to-date',
    curate: 'up-to-date',
    instruments: 'up-to-date',
    report: 'up-to-date',
  });
  expect((await readFile(sample)).equals(before)).toBe(true);

  await appendFile(sample, 'mine');
  await writeFile(join(samples, 'foreign.wav'), 'foreign');
  const again = await batch(nodePlatform, request, quiet);
  expect(outcomes(again)).toMatchObject({
    kit: 'kept',
    curate: 'up-to-date',
    instruments: 'up-to-date',
  });
  expect(await readFile(sample)).toHaveLength(before.length + 4);
  expect(again.steps.find(({ step }) => step === 'kit')?.reason).toEqual({
    ...{ code: 'changed-by-hand', path: expect.stringMatching(/DIG1_TR8S$/) },
  });

  expect(outcomes(await batch(nodePlatform, { ...request, force: true }, quiet))).toMatchObject({
    kit: 'done',
  });
  expect((await readFile(sample)).equals(before)).toBe(true);
  expect(await readFile(join(samples, 'foreign.wav'), 'utf8')).toBe('foreign');
});

it('says of steps that it passes by what it said of them when it made them', async () => {
  const ofProducts = ({ curated, kits, instruments, report }: Awaited<ReturnType<typeof batch>>) =>
    JSON.stringify({ curated, kits, instruments, report });
  await rm(join(exportFolder, '.afterglow-steps.json'));
  const made = await batch(nodePlatform, request, quiet);
  expect(outcomes(made)).toMatchObject({ curate: 'done', kit: 'done', instruments: 'done', report: 'done' });
  const passed = await batch(nodePlatform, request, quiet);
  expect(outcomes(passed)).toMatchObject({ curate: 'up-to-date', report: 'up-to-date' });
  expect(ofProducts(passed)).toBe(ofProducts(made));
});

it('makes again what depends on a decision or a setting, and what is gone', async () => {
  const { textures } = await openPalette(nodePlatform, exportFolder);
  const decisions = join(exportFolder, 'curation.json');
  await writeFile(decisions, JSON.stringify({ version: 1, textures: { [textures[0].path]: { stars: 5 } } }));
  expect(outcomes(await batch(nodePlatform, request, quiet))).toMatchObject({
    curate: 'done',
    report: 'done',
  });
  await rm(join(exportFolder, 'report.html'));
  expect(outcomes(await batch(nodePlatform, request, quiet))).toMatchObject({
    curate: 'up-to-date',
    report: 'done',
  });
  const slower = await batch(nodePlatform, { ...request, instrumentRate: 32_000 }, quiet);
  expect(outcomes(slower)).toMatchObject({ kit: 'up-to-date', instruments: 'done' });
  await rm(decisions);
});

it.each([
  ['DIG1', 'DIG1_TR8S'],
  ['Ä', 'A_TR8S'],
  ['Übergröße – live', 'UBERGROSSE_LIVE_TR8S'],
  ['.smørrebrød!', 'SMORREBROD_TR8S'],
  // A name that loses its letters keeps a number of its own, so that two such kits are two.
  ['ночь', 'TR8S_3985'],
])('calls the kit of “%s” %s', (project, expected) => {
  expect(kitName(project, { id: 'tr8s' })).toBe(expected);
});

it('refuses an unknown device before anything is made', async () => {
  const elsewhere = join(folder, 'other');
  const wrong = { ...request, exportFolder: elsewhere, exportRoot: elsewhere, profiles: ['tr9'] };
  await expect(batch(nodePlatform, wrong, quiet)).rejects.toThrow(/tr9/);
  expect(await readdir(folder)).not.toContain('other');
});

it('sorts a folder of no order by ear, and tells and logs what it takes each sound for', async () => {
  const elsewhere = join(folder, 'flat');
  const pads = join(input, 'pad_sources');
  const planned: string[] = [];
  const told: unknown[] = [];
  const listened: number[] = [];
  const stopping = new AbortController();
  const result = await batch(
    nodePlatform,
    {
      ...request,
      ...{ input: pads, exportFolder: elsewhere, exportRoot: elsewhere },
      run: { jobs: 0, signal: stopping.signal },
    },
    {
      ...quiet,
      analysing: (done) => listened.push(done),
      routed: (routes) => told.push(...routes),
      planned: (_, { tasks }) => {
        for (const { makers } of tasks) planned.push(...makers);
        return () => stopping.abort();
      },
    },
  );
  expect(new Set(planned)).toEqual(new Set(['pad-loops', 'swells', 'beds', 'drones', 'clouds']));
  expect(listened).toEqual([0, 1, 2]);
  expect(result.routes).toMatchObject([
    {
      source: 'glass_choir.aiff',
      kind: 'tonal',
      by: 'ear',
      phases: ['make-drones', 'make-beds', 'make-clouds'],
    },
    { source: 'warm_chord.wav', kind: 'tonal' },
  ]);
  expect(told).toEqual(result.routes);
  const log = (await readFile(join(elsewhere, 'run.jsonl'), 'utf8')).trim().split('\n');
  const routed = log.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'routed');
  expect(routed).toMatchObject([
    { source: 'glass_choir.aiff', source_kind: 'tonal', reason: expect.stringContaining('pitch that holds') },
    { source: 'warm_chord.wav', source_kind: 'tonal' },
  ]);
  expect(result.isInterrupted).toBe(true);
  expect(result.steps.map(({ step }) => step)).toEqual(['excavate']);
});
