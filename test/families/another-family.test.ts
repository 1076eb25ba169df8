/** A family that no file of the program knows, in a list of its own, goes all the way from a plan to a page. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestFromCsv } from '../../src/archive/manifest-csv.ts';
import { runDocument } from '../../src/cli/documents.ts';
import { summary } from '../../src/cli/summary.ts';
import { addExcavating } from '../../src/cli/usage/excavating.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { Families, Settings } from '../../src/config/settings.ts';
import { sin } from '../../src/dsp/maths.ts';
import { emptyCache, unitId } from '../../src/engine/cache.ts';
import { earlierNames } from '../../src/engine/earlier-names.ts';
import { expectedFiles } from '../../src/engine/expected-files.ts';
import { mergeMemory } from '../../src/engine/merge-memory.ts';
import { plan } from '../../src/engine/plan.ts';
import { type RunResult, run } from '../../src/engine/run.ts';
import type { Plan } from '../../src/engine/task.ts';
import { dust } from '../../src/families/dust/family.ts';
import type { FamilyDefinition } from '../../src/families/family.ts';
import { FAMILIES } from '../../src/families/index.ts';
import type { Maker } from '../../src/families/texture.ts';
import { curate } from '../../src/palette/curate.ts';
import { writeInstruments } from '../../src/palette/instrument.ts';
import { makeKit } from '../../src/palette/kit.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { render } from '../../src/palette/render.ts';
import { writeReport } from '../../src/palette/report.ts';
import { chosenTextures } from '../../src/palette/texture-choice.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import type { PackedSheet } from '../../src/report/page/contract.ts';
import { unpackSheet } from '../../src/report/page/sheet.ts';
import { flag, whole } from '../../src/settings/fields.ts';
import { renamedKey } from '../../src/settings/old-keys.ts';
import { section, type ValuesOf } from '../../src/settings/section.ts';
import type { SharedSettings } from '../../src/settings/shared.ts';
import { wav } from '../end-to-end/afterglow.ts';
import { chord, mono, RATE } from '../signals.ts';

const bellSection = section('Bells over chosen material.', {
  bells_per_source: whole('How many are made of each source.', 2, { min: 0, max: 20 }),
});
type BellSettings = SharedSettings & ValuesOf<{ bells: typeof bellSection }>;

/** Asked for so many, it makes five. */
const MOST = 5;
interface TooManyBells {
  readonly code: 'too-many-bells';
  readonly wanted: number;
}

/** A partial for each bell that dies away over a second, at random pitches. */
const ringBells: Maker<BellSettings, TooManyBells> = async function* ({ reader }, settings, randomFor) {
  const { sampleRate } = reader;
  const wanted = settings.bells.bells_per_source;
  if (wanted > MOST) yield { family: 'bell', reason: { code: 'too-many-bells', wanted } };
  for (let index = 1; index <= Math.min(wanted, MOST); index++) {
    const hertz = 300 + 500 * randomFor('bell', index).uniform();
    const samples = Float32Array.from({ length: sampleRate }, (_, n) => {
      return 0.5 * (1 - n / sampleRate) * sin((2 * Math.PI * hertz * n) / sampleRate);
    });
    yield {
      ...{ family: 'bell', naming: 'bell', index, variant: '', loop: null, stability: null },
      sound: { sampleRate, channels: [samples, samples.slice()] },
      origin: { startSec: 0, endSec: 1 },
      targetPeakDb: settings.global.target_peak_dbfs,
    };
  }
};

const bells = {
  id: 'bell',
  folder: 'bells',
  singular: 'bell',
  plural: 'bells',
  colour: { dark: '#c0ffee', light: '#0c0ffe' },
  loops: false,
  pitch: 'tones',
  sections: { bells: bellSection },
  oldKeys: [renamedKey('bells', 'count', 'bells_per_source')],
  retiredKeys: { 'bells.tuning': 'bells ring as they like' },
  naming: { bell: { of: 'a bell', pattern: '{source}_bell{index:02}' } },
  channels: { key: 'bells_stereo', setting: flag('Bells stay stereo.', true) },
  kitPrefix: 'BE',
  instrument: { part: { id: 'bells', layout: 'roots', attackSec: 0, releaseSec: 1, category: 'Bell' } },
  skipWords: {
    'too-many-bells': ({ wanted }) => `${wanted} bells are a noise; lower bells.bells_per_source`,
  },
  makers: [
    {
      id: 'bells',
      input: 'source',
      phase: {
        id: 'ring-bells',
        title: 'bells',
        help: 'bells over pad_sources/',
        folders: () => ['pad_sources_dir'],
        isPartOfAll: true,
        suits: ['tonal'],
      },
      reads: ['global', 'brightness_tags', 'bells', 'naming.bell', 'export.bells_stereo'],
      expected: (settings) =>
        Array.from({ length: settings.bells.bells_per_source }, (_, i) => {
          return { naming: 'bell', index: i + 1, variant: '', certain: true };
        }),
      longestSec: () => 1,
      load: async () => ringBells,
    },
  ],
} as const satisfies FamilyDefinition<BellSettings, TooManyBells>;

/** A second family whose textures are laid of others. */
const glow = {
  ...dust,
  ...{ id: 'glow', folder: 'glows' },
  makers: [{ ...dust.makers[0], id: 'glow', above: 'bell' }],
} as unknown as FamilyDefinition<Settings>;

// Its settings are no part of the type of the program's own; at run time they are there.
const LIST = [...FAMILIES, bells as unknown as Families[number]] as Families;

const CONFIG =
  'bells: { count: 3 }\nexport: { bells_stereo: false }\nnaming: { bell: "{source}_ding{index}" }';
const NAMES = ['ding1', 'ding2', 'ding3'].map((name) => `choir/bells/choir_${name}.wav`);

let folder: string;
let exportFolder: string;
let planned: Plan;
let result: RunResult;
const parsed = parseConfig(CONFIG, 'config.yaml', { families: LIST });

const planBells = (settings = parsed.settings) =>
  plan(nodePlatform, {
    ...{ projectFolder: folder, settings, seed: 7, phases: ['ring-bells'] },
    families: LIST,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-bells-'));
  await mkdir(join(folder, 'pad_sources'));
  await writeFile(join(folder, 'pad_sources/choir.wav'), wav(mono(chord([57, 60, 64], 2 * RATE))));
  planned = await planBells();
  ({ exportFolder } = planned);
  result = await run(nodePlatform, planned, { jobs: 2 });
});
afterAll(() => rm(folder, { recursive: true }));

describe('another family', () => {
  it('says in words of its own what it did not make', async () => {
    const { settings } = parseConfig('bells: { count: 7 }', 'config.yaml', { families: LIST });
    const exported = { ...settings, paths: { ...settings.paths, export_dir: './too_many' } };
    const planned = await planBells(exported);
    const result = await run(nodePlatform, planned, { jobs: 0 });
    expect(result.textures).toHaveLength(5);
    const said = '7 bells are a noise; lower bells.bells_per_source';
    expect(summary(planned, result)).toContain(`bells: ${said} (pad_sources/choir.wav)`);
    expect(runDocument(planned, result)).toMatchObject({
      passedOver: [{ family: 'bell', reason: said, code: 'too-many-bells', fields: { wanted: 7 } }],
    });
  });

  it('has settings, old names among them, and bounds', () => {
    expect(parsed.settings).toMatchObject({ bells: { bells_per_source: 3 } });
    expect(parsed.warnings).toEqual([
      'config.yaml:1:10: bells.count is now called bells.bells_per_source; the old name still works.',
    ]);
    expect(() => parseConfig('bells: { bells_per_source: 21 }', 'c', { families: LIST })).toThrow(
      /bells\.bells_per_source is 21; it must be a whole number from 0 to 20/,
    );
    expect(parseConfig(CONFIG, 'c').warnings).toHaveLength(3);
    expect(parseConfig('bells: { tuning: 1 }', 'c', { families: LIST }).warnings).toEqual([
      'c:1:10: bells.tuning is no longer used: bells ring as they like.',
    ]);
  });

  it('is a command, and part of all', () => {
    const program = new Command();
    addExcavating(program, LIST);
    const described = new Map(program.commands.map((command) => [command.name(), command.description()]));
    expect(described.get('ring-bells')).toBe('bells over pad_sources/');
    expect(described.get('all')).toMatch(/hiss, bells;/);
  });

  it('is planned, foretold, mined and named', () => {
    expect(planned.tasks.map(({ source, makers }) => [source, makers])).toEqual([
      ['pad_sources/choir.wav', ['bells']],
    ]);
    expect([...expectedFiles(planned)].map(({ path }) => path)).toEqual(NAMES);
    expect(result.failed).toEqual([]);
    expect(result.textures.map(({ path, family, grade }) => [path, family, grade])).toEqual(
      NAMES.map((path) => [path, 'bell', 'A']),
    );
    expect(summary(planned, result)).toMatch(/^bells {10}3 /m);
  });

  it('is listed, mixed down as its setting asks, and up to date when it is run again', async () => {
    const rows = manifestFromCsv(await readFile(join(exportFolder, 'manifest.csv'), 'utf8')).rows;
    expect(rows.map(({ path, type, making, channels }) => [path, type, making, channels])).toEqual(
      NAMES.map((path) => [path, 'bell', 'bells', '1']),
    );
    expect(rows.every(({ est_freq_hz }) => Number(est_freq_hz) > 290)).toBe(true);
    const again = await run(nodePlatform, await planBells(), { jobs: 0 });
    expect([again.textures.length, again.upToDate.length]).toEqual([0, 3]);
  });

  it('is made again from its row', async () => {
    const palette = await openPalette(nodePlatform, exportFolder, LIST);
    const made = [];
    const own = { folder, settings: parsed.settings };
    for await (const one of render(nodePlatform, palette, palette.textures, {
      own,
      changes: {},
      onProgress() {},
    })) {
      made.push(one.bytes !== null && one.isIdentical);
    }
    expect(made).toEqual([true, true, true]);
  });

  it('is curated, and of no family to a list without it', async () => {
    const site = { exportFolder, exportRoot: exportFolder };
    const request = {
      ...site,
      count: 2,
      families: null,
      leastGrade: 'B',
      force: false,
      dryRun: false,
    } as const;
    const curated = await curate(nodePlatform, { ...request, known: LIST });
    expect(curated.families.map(({ family, chosen }) => [family, chosen.length])).toEqual([['bell', 2]]);
    expect(existsSync(join(exportFolder, '_curated/bells'))).toBe(true);
    expect((await openPalette(nodePlatform, exportFolder)).textures).toEqual([]);
  });

  it('is put into a kit, and is an instrument of its own', async () => {
    const site = { exportFolder, exportRoot: exportFolder, families: LIST };
    const profile = await readProfile(nodePlatform, 'tr8s');
    const { files } = await makeKit(nodePlatform, { ...site, profile, name: 'BELLS', force: false });
    expect(files.map(({ file }) => file.split('/').at(-1)?.slice(0, 4))).toEqual(['BE01', 'BE02']);
    const selectionPath = join(exportFolder, '_curated/selection.json');
    const choice = await chosenTextures(nodePlatform, { ...site, selectionPath });
    expect(choice.textures).toHaveLength(2);
    const request = {
      exportFolder,
      name: 'B',
      formats: ['sfz'],
      out: null,
      root: null,
      force: false,
    } as const;
    const { instruments } = await writeInstruments(nodePlatform, { ...request, families: LIST });
    expect(instruments.map(({ scope, part, textures }) => [scope, part, textures])).toEqual([
      ['palette', 'bells', 2],
      ['source', 'bells', 2],
      ['texture', 'bells', 1],
      ['texture', 'bells', 1],
    ]);
  });

  it('has no source whose place could move or name another, where it lays textures over others', async () => {
    const families = [...LIST, glow];
    const cache = emptyCache();
    const unit = {
      ...{ name: 'old', making: 'glow', origin: 'choir', key: '', engine: '', content: '', seed: 7 },
      ...{ textures: [], wanted: [], given: [], dropped: [], protected: [], passedOver: [], warnings: [] },
    };
    cache.units.set(unitId('old', 'glow'), unit);
    const source = { path: join(exportFolder, 'choir'), source: 'choir', origin: 'choir', bytes: 1 };
    const { named } = await earlierNames(nodePlatform, [source], exportFolder, cache, [], families);
    expect([...named]).toEqual([]);
    const merged = emptyCache();
    const shard = { folder: '/elsewhere/export', cache, rows: new Map(), notice: null };
    await mergeMemory(nodePlatform, [shard], merged, exportFolder, folder, families);
    expect([...merged.units.values()].map(({ origin }) => origin)).toEqual(['choir']);
  });

  it('is shown', async () => {
    const path = join(exportFolder, 'report.html');
    await writeReport(nodePlatform, {
      exportFolder,
      path,
      root: exportFolder,
      previews: 'none',
      families: LIST,
    });
    const html = await readFile(path, 'utf8');
    const packed: PackedSheet = JSON.parse(/id="sheet">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
    expect(packed.families.at(-1)).toEqual({
      id: 'bell',
      singular: 'bell',
      plural: 'bells',
      colour: bells.colour,
    });
    expect(unpackSheet(packed).textures.map(({ family }) => family)).toEqual(['bell', 'bell', 'bell']);
  });
});
