/** A target that nobody but this test knows: one object, and a line that adds it to the list, take it the whole way. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { addChoosing } from '../../src/cli/usage/choosing.ts';
import { INSTRUMENT_FORMATS, writeInstruments } from '../../src/palette/instrument.ts';
import { makeKit, previewKit } from '../../src/palette/kit.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { planForDevice } from '../../src/targets/device-plan.ts';
import { TARGETS } from '../../src/targets/index.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { wantedShape } from '../../src/targets/shape.ts';
import type { DeviceTarget, FittedSample, PlayerTarget } from '../../src/targets/target.ts';
import { xmlDocument, xmlElement } from '../../src/targets/xml.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { readXml } from './readers.ts';

const FORM = { sampleEnding: '.box', bitDepths: [16] } as const;

/** Headerless 16-bit sound, one channel after the other. */
function raw({ sound }: FittedSample): Buffer {
  const samples = sound.channels.flatMap((channel) => [...channel]);
  return Buffer.from(Int16Array.from(samples, (x) => Math.round(x * 32767)).buffer);
}

/**
 * A box that plays chains: two samples in each file, with a sidecar that says where each begins, where it loops and on
 * which note; and one file that lists the kit.
 */
const box: DeviceTarget = {
  kind: 'device',
  id: 'box',
  ...FORM,
  samples: 'files',
  contradictions: ({ loops }) => (loops.value === 'file' ? [['loops', 'must be points']] : []),
  plan(textures, options, leftOut) {
    const plan = planForDevice(textures, options, leftOut, FORM);
    const slots = plan.slots.map((slot, i) => ({ ...slot, file: plan.slots[i - (i % 2)].file }));
    return { ...plan, slots };
  },
  encode(samples) {
    const [{ slot }] = samples;
    let start = 0;
    const slices = samples.map(({ slot: { texture }, sound }) => {
      const frames = sound.channels[0].length;
      const slice = xmlElement('slice', {
        start,
        frames,
        loops: String(texture.loops),
        note: texture.root?.note,
      });
      start += frames;
      return slice;
    });
    return [
      { path: slot.file, bytes: Buffer.concat(samples.map(raw)) },
      {
        path: slot.file.replace(FORM.sampleEnding, '.xml'),
        bytes: new TextEncoder().encode(xmlDocument(xmlElement('chain', {}, slices))),
      },
    ];
  },
  index: (samples, { profile }) => [
    {
      path: 'BOX/kit.xml',
      plays: null,
      contents: xmlDocument(
        xmlElement(
          'kit',
          { device: profile.device },
          samples.map(({ slot, frameCount }) =>
            xmlElement('sample', { file: slot.file, frames: frameCount }),
          ),
        ),
      ),
    },
  ],
};

/** One file that holds all samples, made for it at 22.05 kHz. */
const bank: PlayerTarget = {
  kind: 'player',
  id: 'bank',
  sampler: 'Banker',
  isPartOfBatch: false,
  usualScopes: ['palette'],
  samples: 'inside',
  plan: (textures, leftOut) => ({
    slots: textures
      .filter(({ path }) => !leftOut.has(path))
      .map((texture, i) => ({
        texture,
        shape: wantedShape(profileOf({ sample_rates_hz: [22_050], channels: [1] }), texture, [16]),
        file: `${i}`,
      })),
    leftOut: [],
  }),
  encode: ([sample]) => [{ path: sample.slot.file, bytes: raw(sample) }],
  index: (samples, { name }, read) => [
    {
      path: `${name}.bank`,
      plays: null,
      contents: (async function* () {
        yield Uint8Array.of(samples.length);
        for (const { slot } of samples) yield await read(slot.file);
      })(),
    },
  ],
};

const targets = [...TARGETS, box, bank];

const profileOf = (figures: object) =>
  parseProfile(
    JSON.stringify({ version: 1, id: 'mine', device: 'The Box', target: 'box', ...figures }),
    './mine.json',
    targets,
  );
const profile = profileOf({
  sample_rates_hz: [48_000],
  bit_depths: [16, 24],
  channels: [1],
  loops: 'points',
  folder: 'BOX/{kit}',
  longest_path: 24,
});

const pad: MadeTexture = {
  family: 'pad',
  source: 'a',
  sampleRate: 44_100,
  bitDepth: 24,
  channelCount: 2,
  seconds: 0.2,
  loops: true,
};
const three = () => madeExport([pad, { ...pad, source: 'b' }, { ...pad, family: 'hiss', source: 'c' }]);

const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('a device that chains samples, with a sidecar a file and a list a kit', () => {
  it('is planned, made, listed, and replaced as a whole', async () => {
    const site = await three();
    const request = { ...site, profile, name: 'K', force: false, targets };
    const plan = await previewKit(nodePlatform, request);
    const kit = await makeKit(nodePlatform, request);
    expect(kit.files.map(({ file }) => file)).toEqual(plan.slots.map(({ file }) => file));
    expect(await filesIn(kit.folder)).toEqual([
      '.afterglow-folder.json',
      'BOX/K/HS01_c_dark.box',
      'BOX/K/HS01_c_dark.xml',
      'BOX/K/PD01_Fs2_a.box',
      'BOX/K/PD01_Fs2_a.xml',
      'BOX/kit.xml',
      'KIT.csv',
      'README.txt',
    ]);
    // Loops of 0.2 s, mono, at 48 kHz.
    const pads = await readFile(join(kit.folder, 'BOX/K/PD01_Fs2_a.box'));
    expect(pads.length).toBe(2 * 9600 * 2);
    const sidecar = readXml(await readFile(join(kit.folder, 'BOX/K/PD01_Fs2_a.xml'), 'utf8'));
    expect(sidecar.children.map(({ attributes }) => attributes)).toEqual([
      { start: '0', frames: '9600', loops: 'true', note: '42' },
      { start: '9600', frames: '9600', loops: 'true' },
    ]);
    const rows = parse(await readFile(join(kit.folder, 'KIT.csv')), { columns: true }) as object[];
    expect(rows).toMatchObject([
      { file: 'BOX/K/PD01_Fs2_a.box', texture: site.paths[0], bit_depth: '16', sample_rate: '48000' },
      { file: 'BOX/K/PD01_Fs2_a.box', texture: site.paths[1] },
      { file: 'BOX/K/HS01_c_dark.box', texture: site.paths[2] },
    ]);
    // Of another target, nothing of this one is left; what somebody put there is.
    await writeFile(join(kit.folder, 'BOX/mine.xml'), 'mine');
    const generic = parseProfile(JSON.stringify({ version: 1, id: 'g', device: 'G' }), 'g.json');
    await makeKit(nodePlatform, { ...request, profile: generic, force: true });
    expect(await filesIn(kit.folder)).toEqual([
      '.afterglow-folder.json',
      'BOX/mine.xml',
      'K/HS01_c_dark.wav',
      'K/PD01_Fs2_a_dark.wav',
      'K/PD02_b_dark.wav',
      'KIT.csv',
      'README.txt',
    ]);
  });

  it('is planned anew, sidecars and all, where one of a chain cannot be read', async () => {
    const site = await three();
    await writeFile(join(site.exportFolder, site.paths[0]), 'no sound');
    const kit = await makeKit(nodePlatform, { ...site, profile, name: 'K', force: false, targets });
    expect(kit.leftOut).toMatchObject([{ reason: { code: 'unreadable' } }]);
    expect(await filesIn(kit.folder)).toEqual([
      '.afterglow-folder.json',
      'BOX/K/PD01_b_dark.box',
      'BOX/K/PD01_b_dark.xml',
      'BOX/kit.xml',
      'KIT.csv',
      'README.txt',
    ]);
    const sidecar = readXml(await readFile(join(kit.folder, 'BOX/K/PD01_b_dark.xml'), 'utf8'));
    expect(sidecar.children).toHaveLength(2);
  });

  it('judges its profiles', () => {
    expect(() => profileOf({ loops: 'file' })).toThrow(/loops: must be points/);
    expect(() => profileOf({ bit_depths: [24] })).toThrow(
      /bit_depths: must hold 16, which is what is written/,
    );
    expect(() => profileOf({ target: 'bank' })).toThrow(/target: must be one of wav-folder, .*box\)/);
  });
});

describe('a software sampler whose one file holds all samples, made for it', () => {
  it('is written among the others', async () => {
    const site = await three();
    const request = {
      exportFolder: site.exportFolder,
      root: site.exportFolder,
      name: 'N',
      out: null,
      force: false,
    };
    const { folder } = await writeInstruments(nodePlatform, {
      ...request,
      formats: ['sfz', 'bank'],
      scopes: ['palette'],
      targets,
    });
    const files = await filesIn(folder);
    expect(files.filter((file) => !file.startsWith('samples/'))).toEqual([
      '.afterglow-folder.json',
      'N.bank',
      'N_layers.sfz',
      'N_pads.sfz',
      'N_pads_root_unknown.sfz',
    ]);
    // 0.2 s each, mono, 16 bits, at 22.05 kHz.
    expect((await readFile(join(folder, 'N.bank'))).length).toBe(1 + 3 * 4410 * 2);
  });

  it('is offered and named by the command line', () => {
    const program = new Command();
    addChoosing(program, targets);
    const instrument = program.commands.find((command) => command.name() === 'instrument')!;
    const format = instrument.options.find(({ long }) => long === '--format')!;
    expect(format.argChoices).toEqual([...INSTRUMENT_FORMATS, 'bank', 'all']);
    expect(instrument.description()).toMatch(/^write SFZ, DecentSampler, Bitwig, .*and Banker instruments,/);
  });

  it('is no format where it is not listed', async () => {
    const { exportFolder } = await three();
    const request = { exportFolder, root: exportFolder, name: 'N', out: null, force: false };
    await expect(writeInstruments(nodePlatform, { ...request, formats: ['bank'] })).rejects.toThrow(
      /no instrument format "bank"; it must be one of sfz, .*\./,
    );
    await mkdir(join(exportFolder, '_kits'), { recursive: true });
    expect(await readdir(join(exportFolder, '_kits'))).toEqual([]);
    expect(INSTRUMENT_FORMATS).not.toContain('bank');
  });
});
