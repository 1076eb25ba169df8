import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { makeKit, previewKit } from '../../src/palette/kit.ts';
import { profileNames, readProfile } from '../../src/palette/profiles.ts';
import { selectionText } from '../../src/palette/selection.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { leftOutText } from '../../src/wording/kits.ts';
import { readZip } from '../zip-reader.ts';
import { kitFaults, loopStep, readWav, wavsIn } from './kit-checker.ts';
import { madeExport } from './made-export.ts';
import { MIXED } from './mixed-export.ts';

const PROFILES = join(import.meta.dirname, '../../profiles');
const SHORT = { sampleRate: 44_100, bitDepth: 24, channelCount: 2, seconds: 0.2, loops: true } as const;

let mixed: ReturnType<typeof madeExport> | null = null;
const mixedExport = () => {
  mixed ??= madeExport(MIXED);
  return mixed;
};

async function profileOf(name: string, changes: Record<string, unknown> = {}) {
  const file = JSON.parse(await readFile(join(PROFILES, `${name}.json`), 'utf8'));
  for (const [key, value] of Object.entries(changes)) file[key] = { value, confidence: 'own' };
  return { file, profile: parseProfile(JSON.stringify(file), name) };
}

const places: string[] = [];
afterAll(() => Promise.all(places.map((into) => rm(into, { recursive: true, force: true }))));

/** A folder for kits that is gone afterwards. */
async function place() {
  const into = await mkdtemp(join(tmpdir(), 'afterglow-kits-'));
  places.push(into);
  return into;
}

describe('a kit of 100 mixed textures', () => {
  it.each([
    ['seconds in all', { total_sec: 3 }],
    ['bytes in all', { total_bytes: 500_000 }],
    ['samples', { most_samples: 17 }],
    ['files a folder', { folder: 'X/{kit}', most_files_per_folder: 9 }],
    ['files in the one folder', { folder: 'ROLAND', most_files_per_folder: 9 }],
    ['short names of capitals', { longest_name: 8, alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789' }],
    ['short paths', { folder: 'SAMPLES/{kit}', longest_path: 32 }],
    ['short stereo samples', { longest_sample_sec: 0.1, channels: [2], sample_rates_hz: [22_050] }],
    ['24 bits', { bit_depths: [24], sample_rates_hz: { least: 44_000, most: 50_000 } }],
  ])('obeys a device with few %s', async (_, changes) => {
    const site = await mixedExport();
    const { file, profile } = await profileOf('generic', changes);
    const into = await place();
    const kit = await makeKit(nodePlatform, {
      ...site,
      exportRoot: null,
      profile,
      name: 'KIT',
      into,
      force: false,
    });
    expect(kitFaults(kit.folder, file)).toEqual([]);
    expect(kit.files.length).toBeGreaterThan(5);
    for (const { reason } of kit.leftOut)
      expect(leftOutText(reason)).toMatch(/^(there is room|needs|it is \d+\.\d s long) /);
    for (const { file: path, texture } of kit.files) {
      if (texture.loops)
        expect(loopStep(readWav(await readFile(join(kit.folder, path)))), path).toBeLessThan(1.2);
    }
  });

  it('is judged by something that can find fault', async () => {
    const site = await madeExport(['a', 'b'].map((source) => ({ ...SHORT, family: 'pad' as const, source })));
    const { profile } = await profileOf('generic');
    const { folder } = await makeKit(nodePlatform, { ...site, profile, name: 'K', force: false });
    const strict = {
      ...{
        sample_rates_hz: [1],
        preferred_sample_rate_hz: 1,
        bit_depths: [8],
        channels: [3],
        longest_sample_sec: 0.01,
      },
      ...{
        total_sec: 0.1,
        total_bytes: 1,
        most_samples: 1,
        folder: 'X',
        longest_name: 1,
        alphabet: 'é',
        longest_path: 1,
      },
      ...{ most_files_per_folder: 1, chunks: [] },
    };
    for (const [key, value] of Object.entries(strict)) {
      expect(kitFaults(folder, { [key]: { value } }).length, key).toBeGreaterThan(0);
    }
  });
});

describe('a kit', () => {
  it('says in KIT.csv where everything is from and what was done to it', async () => {
    const site = await madeExport([
      { ...SHORT, family: 'pad', source: 'a', variant: 'warm' },
      { ...SHORT, family: 'swell', source: '=b', loops: false, seconds: 0.9 },
      { ...SHORT, family: 'drum', source: 'c', loops: false },
    ]);
    const { profile } = await profileOf('digitakt', { longest_sample_sec: 0.4 });
    const kit = await makeKit(nodePlatform, { ...site, profile, name: 'AG', force: false });
    expect(kit.folder).toBe(join(site.exportFolder, '_kits/AG'));
    const rows = parse(await readFile(join(kit.folder, 'KIT.csv')), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows).toMatchObject([
      {
        file: 'AG/PD01_Fs2_a_warm.wav',
        texture: site.paths[0],
        family: 'pad',
        loop: 'true',
        channels: '1',
        bytes: '19200',
      },
      { file: 'AG/DM01_c_dark.wav', texture: site.paths[2], loop: 'false', left_out: '' },
      {
        file: '',
        texture: `'${site.paths[1]}`,
        left_out: expect.stringMatching(/^it is 0.9 s long and no loop/),
      },
    ]);
    expect(rows[0].adapted).toBe(
      'right channel alone, since both cancel each other; 44100 to 48000 Hz; 24 to 16 bits'.replace(
        'right',
        'left',
      ),
    );
  });

  it('comes to the same bytes again, and replaces only by force', async () => {
    const site = await madeExport([
      { ...SHORT, family: 'pad', source: 'a' },
      { ...SHORT, family: 'hiss', source: 'b', noise: 0.1 },
    ]);
    const profile = await readProfile(nodePlatform, 'tr8s');
    const request = { ...site, profile, name: 'AG_KIT', force: false };
    const { folder } = await makeKit(nodePlatform, request);
    const bytes = async () =>
      Promise.all([...wavsIn(folder), 'KIT.csv'].map((path) => readFile(join(folder, path))));
    const before = await bytes();
    expect(before).toHaveLength(3);
    await expect(makeKit(nodePlatform, request)).rejects.toThrow(/--force/);
    await makeKit(nodePlatform, { ...request, force: true });
    expect(await bytes()).toEqual(before);
    // Another device under the same name: nothing of the first is left.
    await makeKit(nodePlatform, { ...request, profile: await readProfile(nodePlatform, 'm8'), force: true });
    expect((await readdir(folder)).sort()).toEqual([
      '.afterglow-folder.json',
      'KIT.csv',
      'README.txt',
      'Samples',
    ]);
    // What somebody put there stays.
    await writeFile(join(folder, 'Samples/AG_KIT/mine.wav'), '');
    await expect(makeKit(nodePlatform, request)).rejects.toThrow(/is there already/);
    await makeKit(nodePlatform, { ...request, force: true });
    expect(wavsIn(folder)).toContain('Samples/AG_KIT/mine.wav');
    expect(wavsIn(folder)).toHaveLength(3);
    await rm(join(folder, 'Samples/AG_KIT/mine.wav'));
    await writeFile(join(folder, 'Samples/.DS_Store'), '');
    await makeKit(nodePlatform, { ...request, force: true });
    expect(await readdir(join(site.exportFolder, '_kits'))).toEqual(['AG_KIT']);
  });

  it('is one ZIP on request, with all that its folder would hold, and comes to the same bytes again', async () => {
    const site = await madeExport([
      { ...SHORT, family: 'pad', source: 'a' },
      { ...SHORT, family: 'hiss', source: 'b' },
    ]);
    const profile = await readProfile(nodePlatform, 'tr8s');
    const request = { ...site, profile, name: 'AG', force: true };
    const plain = await makeKit(nodePlatform, request);
    const names = ['KIT.csv', ...wavsIn(plain.folder)];
    const wanted = await Promise.all(names.map((name) => readFile(join(plain.folder, name))));

    const { folder, zip, files } = await makeKit(nodePlatform, { ...request, isZipped: true });
    expect(zip).toBe(join(folder, 'AG.zip'));
    // What was there before is gone: it was a kit of ours.
    expect((await readdir(folder)).sort()).toEqual([
      ...['.afterglow-folder.json', 'AG.zip', 'KIT.csv', 'README.txt'],
    ]);
    const held = readZip(await readFile(zip!));
    expect([...held.keys()]).toEqual(['KIT.csv', 'README.txt', ...files.map(({ file }) => file).sort()]);
    expect(names.map((name) => held.get(name)!.equals(wanted[names.indexOf(name)]))).not.toContain(false);
    expect(held.get('README.txt')!.toString()).toMatch(/^- Unpack the ZIP: .*Copy the folder ROLAND/m);
    expect(plain.zip).toBe(null);

    const before = await readFile(zip!);
    await makeKit(nodePlatform, { ...request, isZipped: true });
    expect((await readFile(zip!)).equals(before)).toBe(true);
    // An interrupted one leaves it as it was.
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(makeKit(nodePlatform, { ...request, isZipped: true, signal })).rejects.toThrow('enough');
    expect((await readFile(zip!)).equals(before)).toBe(true);
  });

  it('leaves everything as it was where it is interrupted or fails', async () => {
    const site = await madeExport([
      { ...SHORT, family: 'pad', source: 'a' },
      { ...SHORT, family: 'hiss', source: 'b' },
    ]);
    const profile = await readProfile(nodePlatform, 'tr8s');
    const { folder } = await makeKit(nodePlatform, { ...site, profile, name: 'AG', force: false });
    const before = wavsIn(folder);
    const controller = new AbortController();
    const abort = () => controller.abort(new Error('enough'));
    await expect(
      makeKit(nodePlatform, { ...site, profile, name: 'AG', force: true, signal: controller.signal }, abort),
    ).rejects.toThrow('enough');
    expect(wavsIn(folder)).toEqual(before);
    expect(await readdir(join(site.exportFolder, '_kits'))).toEqual(['AG']);
    await expect(
      makeKit(nodePlatform, { ...site, profile, name: 'B', force: false, into: tmpdir() }),
    ).rejects.toThrow(/outside/);
  });

  it('takes what was selected, best of each family first, under the names that were given', async () => {
    const site = await madeExport([
      { ...SHORT, family: 'pad', source: 'a' },
      { ...SHORT, family: 'pad', source: 'b', grade: 'B' },
      { ...SHORT, family: 'cloud', source: 'c' },
      { ...SHORT, family: 'pad', source: 'd' },
    ]);
    const [a, b, c] = site.paths;
    const entry = { quality: 0.5, novelty: null };
    const selectionPath = join(site.exportFolder, 'mine.json');
    const textures = [
      { ...entry, path: b, family: 'pad' as const, rank: 1, name: 'Night Ferry!' },
      { ...entry, path: a, family: 'pad' as const, rank: 2 },
      { ...entry, path: 'gone.wav', family: 'pad' as const, rank: 3 },
      { ...entry, path: c, family: 'cloud' as const, rank: 1 },
    ];
    await writeFile(selectionPath, selectionText({ version: 1, engine_version: '0', textures }));
    const { profile } = await profileOf('generic', { most_samples: 2 });
    const kit = await previewKit(nodePlatform, { ...site, profile, name: 'K', selectionPath });
    expect(kit.slots.map(({ file }) => file)).toEqual(['K/PD01_Night_Ferry.wav', 'K/CL01_c_dark.wav']);
    expect(kit.leftOut.map(({ texture }) => texture.path)).toEqual([a]);
    expect(kit.missing).toEqual(['gone.wav']);
  });

  it('gives the room of what cannot be read to the next', async () => {
    const site = await madeExport(
      ['a', 'b', 'c'].map((source) => ({ ...SHORT, family: 'pad' as const, source })),
    );
    await writeFile(join(site.exportFolder, site.paths[0]), 'no sound');
    const { profile } = await profileOf('generic', { most_samples: 2 });
    const kit = await makeKit(nodePlatform, { ...site, profile, name: 'K', force: false });
    expect(kit.files.map(({ texture }) => texture.source)).toEqual(['b', 'c']);
    expect(kit.files.map(({ file }) => file)).toEqual(['K/PD01_b_dark.wav', 'K/PD02_c_dark.wav']);
    expect(kit.leftOut).toMatchObject([
      {
        texture: { source: 'a' },
        reason: { code: 'unreadable', message: expect.stringContaining('pad0.wav') },
      },
    ]);
  });

  it('takes no sound that has grown since it was listed', async () => {
    const site = await madeExport([
      { ...SHORT, family: 'pad', source: 'a' },
      { ...SHORT, family: 'pad', source: 'b', seconds: 0.9 },
    ]);
    const [grown, other] = site.paths.map((path) => join(site.exportFolder, path));
    await cp(other, grown);
    const kit = await makeKit(nodePlatform, {
      ...site,
      profile: await readProfile(nodePlatform, 'generic'),
      name: 'K',
      force: false,
    });
    expect(kit.files.map(({ texture }) => texture.source)).toEqual(['b']);
    expect(kit.leftOut[0].reason).toEqual({ code: 'longer-than-listed' });
  });

  it('is refused where nothing fits', async () => {
    const site = await madeExport([{ ...SHORT, family: 'pad', source: 'a', grade: 'F' }]);
    const profile = await readProfile(nodePlatform, 'generic');
    await expect(makeKit(nodePlatform, { ...site, profile, name: 'K', force: false })).rejects.toThrow(
      /Nothing fits .*nothing to choose/,
    );
    expect(await readdir(join(site.exportFolder, '_kits')).catch(() => [])).toEqual([]);
  });

  it('is made of an export that is only read where it goes elsewhere', async () => {
    const { exportFolder } = await madeExport([{ ...SHORT, family: 'pad', source: 'a' }]);
    const before = await readdir(exportFolder);
    const into = await place();
    await makeKit(nodePlatform, {
      ...{ exportFolder, exportRoot: into, into },
      profile: await readProfile(nodePlatform, 'm8'),
      name: 'K',
      force: false,
    });
    expect(await readdir(exportFolder)).toEqual(before);
    await cp(join(into, 'K'), join(into, 'copy'), { recursive: true });
    expect(wavsIn(join(into, 'copy'))).toEqual(['Samples/K/PD01_Fs2_a_dark.wav']);
  });
});

describe('profiles', () => {
  it('are of devices that say where each figure is from', async () => {
    const names = profileNames(nodePlatform);
    for (const wanted of [
      'tr8s',
      'digitakt',
      'digitakt2',
      'octatrack',
      'm8',
      'mpc',
      'blackbox',
      'sp404mk2',
      'ep133',
    ]) {
      expect(names).toContain(wanted);
    }
    expect(names).toEqual(expect.arrayContaining(['op-xy', 'polyend-tracker', 'generic']));
    for (const name of names) expect((await readProfile(nodePlatform, name)).id).toBe(name);
  });

  it('are suggested where a name is mistyped', async () => {
    await expect(readProfile(nodePlatform, 'digitack')).rejects.toThrow(/did you mean digitakt\? Your own/);
    await expect(readProfile(nodePlatform, 'quite-else')).rejects.toThrow(
      /kit --list" lists them\. Your own is named/,
    );
    await expect(readProfile(nodePlatform, './none.json')).rejects.toThrow(/none\.json/);
  });
});
