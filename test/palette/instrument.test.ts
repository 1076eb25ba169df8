import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readWholeSound } from '../../src/archive/whole-sound.ts';
import { resampleRing } from '../../src/dsp/resample-ring.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import {
  INSTRUMENT_FORMATS,
  type InstrumentRequest,
  writeInstruments,
} from '../../src/palette/instrument.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { selectionText } from '../../src/palette/selection.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { readSfz, readXml, type XmlNode } from '../targets/readers.ts';
import { hasTool } from '../tools.ts';
import { readZip } from '../zip-reader.ts';
import { demoExport } from './demo-export.ts';

const scratch = await mkdtemp(join(tmpdir(), 'afterglow-instrument-'));
afterAll(() => rm(scratch, { recursive: true }));

let copies = 0;

/** A copy of the demo's export, and a request for all formats of it. */
async function request(given: Partial<InstrumentRequest> = {}): Promise<InstrumentRequest> {
  const exportFolder = join(scratch, String(copies++));
  await cp((await demoExport()).exportFolder, exportFolder, { recursive: true });
  return {
    ...{
      exportFolder,
      root: exportFolder,
      name: 'KIT',
      formats: INSTRUMENT_FORMATS,
      out: null,
      force: false,
    },
    ...given,
  };
}

const write = (wanted: InstrumentRequest) => writeInstruments(nodePlatform, wanted, () => undefined);

/** All formats of it, written once; whoever writes there again leaves the same bytes. */
let all: ReturnType<typeof writeAll> | undefined;
async function writeAll() {
  const wanted = await request();
  const before = await digests(wanted.exportFolder);
  return { wanted, before, ...(await write(wanted)) };
}
function allWritten() {
  all ??= writeAll();
  return all;
}

/** Every file below a folder, by path, with the digest of its bytes. */
async function digests(folder: string): Promise<Record<string, string>> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const listed = await Promise.all(
    files
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const digest = createHash('sha256').update(await readFile(path));
        return [path.slice(folder.length + 1), digest.digest('hex')] as const;
      }),
  );
  return Object.fromEntries(listed.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const samplesOf = (node: XmlNode): XmlNode[] => [
  ...(node.name === 'sample' ? [node] : []),
  ...node.children.flatMap(samplesOf),
];

it('writes an instrument a part and format, each with all its samples, the bytes of the export', async () => {
  const { wanted, before, folder, instruments, isCurated } = await allWritten();
  const { textures } = await openPalette(nodePlatform, wanted.exportFolder);
  expect(isCurated).toBe(false);
  expect(folder).toBe(join(wanted.exportFolder, '_kits', 'KIT'));
  const usable = textures.filter(({ grade }) => grade !== 'F');
  const palettes = instruments.filter(({ scope }) => scope === 'palette');
  expect(palettes.reduce((sum, each) => sum + each.textures, 0)).toBe(usable.length);
  const parts = ['pads', 'drones', 'beds', 'swells', 'clouds', 'layers'];
  expect([...new Set(palettes.map(({ part }) => part))]).toEqual(parts);

  const originals = usable.map(({ path }) => before[path]).sort();
  const rest = await digests(folder);
  const copied = Object.entries(rest).filter(([path]) => path.startsWith('samples/'));
  expect(copied.map(([, digest]) => digest).sort()).toEqual(originals);
  const zipped: string[] = [];
  for (const { files, textures } of instruments) {
    const { samples, sounds } = await samplesIn(folder, files);
    expect(samples).toHaveLength(textures);
    for (const path of samples) expect(rest).toHaveProperty([path]);
    zipped.push(...sounds);
  }
  // Each once, since those of a source and of a texture are in formats alone that share the files.
  expect(zipped.sort()).toEqual(originals);
  const after = await digests(wanted.exportFolder);
  expect(Object.fromEntries(Object.entries(after).filter(([path]) => !path.startsWith('_kits/')))).toEqual(
    before,
  );
});

/**
 * The samples that an instrument names, from the folder on, the same in all of its formats; and the digests of those that its
 * .multisample holds, where it has one.
 */
async function samplesIn(folder: string, [sfz, dspreset, multisample]: readonly string[]) {
  const here = dirname(sfz);
  const named = readSfz(await readFile(join(folder, sfz), 'utf8')).map(({ sample }) => join(here, sample));
  const preset = samplesOf(readXml(await readFile(join(folder, dspreset), 'utf8')));
  expect(preset.map(({ attributes }) => join(here, attributes.path))).toEqual(named);
  if (multisample === undefined) return { samples: named, sounds: [] };
  const entries = readZip(await readFile(join(folder, multisample)));
  const listed = samplesOf(readXml(entries.get('multisample.xml')!.toString()));
  const files = listed.map(({ attributes }) => attributes.file);
  expect([...entries.keys()].sort()).toEqual(['multisample.xml', ...files].sort());
  expect(files.map((file) => `samples/${file}`)).toEqual(named);
  const sounds = files.map((file) => createHash('sha256').update(entries.get(file)!).digest('hex'));
  return { samples: named, sounds };
}

it('has a folder for those of one source, and one a part for those of one texture', async () => {
  const wanted = await request({ formats: ['sfz'] });
  const { instruments } = await write(wanted);
  const placed = instruments.map(({ scope, part, files: [file] }) => ({
    scope,
    part,
    folder: dirname(file),
  }));
  const folders = {
    palette: () => '.',
    source: () => 'sources',
    texture: (part: string) => `textures/${part}`,
  };
  for (const { scope, part, folder } of placed) expect(folder).toBe(folders[scope](part));
  const textures = instruments.filter(({ scope }) => scope === 'texture');
  const palettes = instruments.filter(({ scope }) => scope === 'palette');
  expect(textures).toHaveLength(palettes.reduce((sum, each) => sum + each.textures, 0));
  expect(instruments.filter(({ scope }) => scope === 'source').length).toBeGreaterThan(0);
});

it('has palettes alone in formats that hold their samples, unless others are asked for', async () => {
  const { folder, instruments } = await allWritten();
  const holders = instruments.flatMap(({ files }) =>
    files.filter((file) => /\.(multisample|sf2)$/.test(file)),
  );
  const palettes = instruments.filter(({ scope }) => scope === 'palette').length;
  expect(holders.filter((file) => dirname(file) === '.')).toHaveLength(2 * palettes);
  expect(holders).toHaveLength(2 * palettes);
  expect(await readdir(join(folder, 'textures/pads'))).not.toEqual([]);

  const wanted = await request({ formats: ['bitwig', 'sf2'], scopes: ['texture'] });
  const asked = (await write(wanted)).instruments.flatMap(({ files }) => files);
  expect(asked.filter((file) => /^textures\/.*\.multisample$/.test(file))).not.toEqual([]);
  expect(asked.filter((file) => file.endsWith('.multisample') && dirname(file) === '.')).toEqual([]);
  const none = { ...wanted, name: 'NONE', formats: ['sf2'], scopes: ['source'] as const };
  await expect(write(none)).rejects.toThrow(/no instrument of the scope source in the format sf2; leave/);
  expect(await readdir(join(wanted.exportFolder, '_kits'))).toEqual(['KIT']);
});

it('brings samples to another rate and guards their loops, which stay exact', async () => {
  const wanted = await request({ formats: ['sfz'], rate: 32_000, guardFrames: true });
  const { folder } = await write(wanted);
  const { textures } = await openPalette(nodePlatform, wanted.exportFolder);
  let loops = 0;
  for (const { sample, loop_mode, loop_start, loop_end } of readSfz(
    await readFile(join(folder, 'KIT_clouds.sfz'), 'utf8'),
  )) {
    const made = await soundOf(join(folder, sample));
    const own = textures.find(({ file }) => basename(file) === basename(sample))!;
    expect(made.sampleRate).toBe(32_000);
    if (loop_mode !== 'loop_continuous') continue;
    loops++;
    const frames = Math.round(own.durationSec * 32_000);
    expect([Number(loop_start), Number(loop_end)]).toEqual([0, frames - 1]);
    for (const channel of made.channels) {
      expect(channel).toHaveLength(frames + 3);
      expect(channel.slice(frames)).toEqual(channel.slice(0, 3));
    }
    const wanted = resampleRing(await soundOf(own.file), 32_000);
    expect(largestDifference(made, wanted)).toBeLessThan(2 ** -21);
  }
  expect(loops).toBeGreaterThan(1);
});

const soundOf = (file: string) => readWholeSound(nodePlatform, file);

/** Over the frames of the second, brought to the level of the first, which may have been turned down a little. */
function largestDifference(one: Sound, other: Sound): number {
  const peakOf = ({ channels }: Sound) =>
    channels
      .flat()
      .reduce((most, channel) => channel.reduce((top, x) => Math.max(top, Math.abs(x)), most), 0);
  const level = peakOf(one) / peakOf(other);
  expect(Math.abs(level - 1)).toBeLessThan(0.05);
  return other.channels.reduce(
    (most, channel, c) =>
      channel.reduce((top, x, n) => Math.max(top, Math.abs(level * x - one.channels[c][n])), most),
    0,
  );
}

it.skipIf(!hasTool('python3'))('gives Python ZIPs whose checksums hold, and XML that it parses', async () => {
  const { folder, instruments } = await allWritten();
  const code = `
import sys, zipfile, xml.etree.ElementTree as tree
for path in sys.argv[1:]:
    if path.endswith('.dspreset'): tree.parse(path); continue
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert all(info.compress_type == 0 and info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
        tree.fromstring(archive.read('multisample.xml'))
print('fine')`;
  const files = instruments.flatMap((each) => each.files.filter((file) => !/\.(sfz|sf2)$/.test(file)));
  const { stdout, stderr } = spawnSync('python3', ['-c', code, ...files.map((file) => join(folder, file))]);
  expect(`${stdout}${stderr}`).toBe('fine\n');
});

it('gives the same bytes again, and only with force', async () => {
  const { wanted, folder } = await allWritten();
  const first = await digests(folder);
  await expect(write(wanted)).rejects.toThrow(/is there already.*--force/);
  await writeFile(join(folder, 'KIT_pads.sfz'), 'mine');
  await write({ ...wanted, force: true });
  expect(await readFile(join(folder, 'KIT_pads.sfz.changed'), 'utf8')).toBe('mine');
  await rm(join(folder, 'KIT_pads.sfz.changed'));
  expect(await digests(folder)).toEqual(first);
  expect(await readdir(join(wanted.exportFolder, '_kits'))).toEqual(['KIT']);
});

it('never takes away what is not its own', async () => {
  const wanted = await request({ force: true, formats: ['sfz', 'decentsampler'] });
  const card = join(wanted.exportFolder, '_kits', 'KIT', 'ROLAND');
  await mkdir(card, { recursive: true });
  await expect(write(wanted)).rejects.toThrow(/holds other things \(ROLAND\)/);
  expect(await readdir(join(wanted.exportFolder, '_kits'))).toEqual(['KIT']);
  await rm(card, { recursive: true });
  const { folder } = await write(wanted);
  const made = await digests(folder);
  const mine = {
    'mine.sfz': '<region> sample=samples/mine.wav',
    'samples/mine.wav': 'mine',
    'notes/of me.txt': 'mine too',
  };
  await mkdir(join(folder, 'notes'));
  for (const [path, text] of Object.entries(mine)) await writeFile(join(folder, path), text);
  await write({ ...wanted, formats: ['sfz'] });
  const after = await digests(folder);
  for (const path of Object.keys(mine)) expect(after).toHaveProperty([path]);
  expect(Object.keys(after)).not.toContain('KIT_pads.dspreset');
  for (const path of Object.keys(mine)) await rm(join(folder, path));
  await write(wanted);
  expect(await digests(folder)).toEqual(made);
});

it('takes what was curated, under the names that were given, and says what is gone', async () => {
  const wanted = await request({ formats: ['sfz'] });
  const { textures } = await openPalette(nodePlatform, wanted.exportFolder);
  const pad = textures.find(({ family }) => family === 'pad')!;
  const chosen = { family: 'pad' as const, quality: 1, novelty: null };
  await mkdir(join(wanted.exportFolder, '_curated'));
  await writeFile(
    join(wanted.exportFolder, '_curated', 'selection.json'),
    selectionText({
      version: 1,
      engine_version: '1',
      textures: [
        { ...chosen, path: pad.path, rank: 1, name: 'Bed #1' },
        { ...chosen, path: 'gone.wav', rank: 2 },
      ],
    }),
  );
  const result = await write(wanted);
  expect(result).toMatchObject({ isCurated: true, missing: ['gone.wav'] });
  expect(result.instruments).toMatchObject([
    { scope: 'palette', part: 'pads', textures: 1, files: ['KIT_pads.sfz'] },
    { scope: 'texture', part: 'pads', textures: 1, files: ['textures/pads/Bed_s1.sfz'] },
  ]);
  expect(await readdir(join(result.folder, 'samples'))).toEqual(['Bed_s1.wav']);
});

it('writes elsewhere, without samples beside a Bitwig instrument, and nowhere outside the root', async () => {
  const out = join(scratch, 'elsewhere');
  const wanted = await request({ out, root: out, formats: ['bitwig'], scopes: ['source'] });
  const { folder, instruments } = await write(wanted);
  expect(folder).toBe(out);
  expect(new Set(instruments.map(({ scope }) => scope))).toEqual(new Set(['source']));
  const names = Object.keys(await digests(out)).filter((name) => name !== '.afterglow-folder.json');
  expect(names.every((name) => name.endsWith('.multisample'))).toBe(true);
  expect(await readdir(wanted.exportFolder)).not.toContain('_kits');
  const outside = join(scratch, 'outside');
  await expect(write({ ...wanted, out: outside, root: wanted.exportFolder })).rejects.toThrow(/lies outside/);
});

it('leaves nothing behind where it is interrupted, and takes up what a killed run had left', async () => {
  const wanted = await request({ formats: ['sfz'] });
  const { folder } = await write(wanted);
  const whole = await digests(folder);
  const controller = new AbortController();
  const stopped = writeInstruments(
    nodePlatform,
    { ...wanted, force: true, signal: controller.signal },
    (done) => {
      if (done === 3) controller.abort();
    },
  );
  await expect(stopped).rejects.toThrow(/abort/i);
  expect(await digests(folder)).toEqual(whole);
  expect(await readdir(join(wanted.exportFolder, '_kits'))).toEqual(['KIT']);
  await mkdir(join(wanted.exportFolder, '_kits', '.afterglow-KIT.making'));
  await write({ ...wanted, force: true });
  expect(await readdir(join(wanted.exportFolder, '_kits'))).toEqual(['KIT']);
  expect(await digests(folder)).toEqual(whole);
});

it('says so where there is nothing to map', async () => {
  const wanted = await request();
  const { textures } = await openPalette(nodePlatform, wanted.exportFolder);
  for (const { file } of textures) await rm(file);
  await expect(write(wanted)).rejects.toThrow(/holds no texture.*afterglow/);
});

it('copies side by side, and lists what cannot be read in one order, whichever answers first', async () => {
  const wanted = await request({ formats: ['sfz'] });
  const { textures } = await openPalette(nodePlatform, wanted.exportFolder);
  const broken = textures.slice(0, 3).map(({ file }) => file);
  for (const file of broken) await writeFile(file, 'no sound');
  const { files, clock } = nodePlatform;
  let [atOnce, most] = [0, 0];
  const failedWhere = async (lateMs: (file: string) => number) => {
    const hampered: typeof files = {
      ...files,
      async open(path) {
        await clock.wait(lateMs(path));
        return files.open(path);
      },
      async copy(from, to) {
        most = Math.max(most, ++atOnce);
        await files.copy(from, to).finally(() => atOnce--);
      },
    };
    const { failed } = await writeInstruments(
      { ...nodePlatform, files: hampered },
      { ...wanted, force: true },
      () => undefined,
    );
    return failed.map(({ path }) => path);
  };
  const late = (file: string) => Math.max(0, broken.indexOf(file) + 1);
  const first = await failedWhere((file) => 10 * late(file));
  expect(first).toHaveLength(3);
  expect(await failedWhere((file) => (late(file) > 0 ? 40 - 10 * late(file) : 0))).toEqual(first);
  expect(most).toBeGreaterThan(1);
});
