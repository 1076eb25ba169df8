import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { afterglow, digests, minedArchive } from './afterglow.ts';

const EXPORT = 'export/tr8s';

let folder: string;
let cloud: string;
beforeAll(async () => {
  ({ folder } = await minedArchive());
  cloud = Object.keys(await digests(join(folder, EXPORT))).find((path) => path.includes('/clouds/'))!;
});
afterAll(() => rm(folder, { recursive: true }));

describe('render', () => {
  it('writes a texture again where the user stands, and nothing over it', async () => {
    const name = cloud.split('/').at(-1)!;
    const { status, stderr } = await afterglow(['render', name], { folder });
    expect([status, stderr]).toEqual([0, `[✓] wrote ${name}, byte for byte the file in the export\n`]);
    expect(await readFile(join(folder, name))).toEqual(await readFile(join(folder, EXPORT, cloud)));
    const again = await afterglow(['render', name], { folder });
    expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('--force replaces it') });
    expect(await afterglow(['render', name, '--force'], { folder })).toMatchObject({ status: 0 });
  });

  it('explains loops, and writes nothing then', async () => {
    const before = await readdir(folder);
    const { status, stdout, stderr } = await afterglow(['render', 'choir_pad_warm', cloud, '--explain'], {
      folder,
    });
    expect([status, stderr]).toEqual([0, '']);
    const [pad, head, ...lines] = stdout.trimEnd().split('\n');
    const made = lines.pop();
    const reason = lines.pop();
    expect(pad).toMatch(
      /^choir\/pads\/choir_pad_warm\.wav: \d+ places compared.*; \d+ measured, (?:then one was|none was) within/,
    );
    expect(head.trim().split(/ {2,}/)).toEqual([
      'start s',
      'length s',
      'fade s',
      'match',
      'level dB',
      'flux',
      'bands dB',
      'alike',
      'penalty',
      'total',
    ]);
    expect(lines.filter((line) => line.startsWith('  *'))).toEqual([lines[0]]);
    const totals = lines.map((line) => Number(line.split(' ').at(-1)));
    expect(totals.length).toBeGreaterThan(1);
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(reason).toMatch(/^ {2}\* has the least total penalty; as a loop its seam has level /);
    expect(made).toBe(`${cloud}: made on a ring, which has no end to join: there was nothing to choose.`);
    expect(await readdir(folder)).toEqual(before);
  });

  it('says what brings lost settings back, and it does', async () => {
    const name = cloud.split('/').at(-1)!;
    const record = join(folder, EXPORT, '.afterglow-settings.json');
    const before = await readFile(record, 'utf8');
    await rm(record);
    const render = () => afterglow(['render', name, '--out', 'lost.wav', '--force'], { folder });
    expect(await render()).toMatchObject({
      ...{ status: 1, stderr: expect.stringMatching(/run what made it \(make-clouds, or batch\) once more/) },
    });
    await afterglow(['make-clouds'], { folder });
    expect(await render()).toMatchObject({ status: 0, stderr: expect.stringContaining('byte for byte') });
    await afterglow(['all'], { folder });
    expect(await readFile(record, 'utf8')).toBe(before);
  });

  it('writes over no source, whatever is forced, and over nothing that is no WAV', async () => {
    const [source] = (await readFile(join(folder, EXPORT, 'manifest.csv'), 'utf8')).match(
      /pad_sources\/[^,]+\.wav/,
    )!;
    const before = await readFile(join(folder, source));
    for (const out of [source, `${EXPORT}/manifest.csv`, '/dev/null']) {
      const { status, stderr } = await afterglow(['render', cloud, '--out', out, '--force'], { folder });
      expect([status, stderr]).toEqual([2, expect.stringMatching(/is a source|no name of a WAV/)]);
    }
    expect((await readFile(join(folder, source))).equals(before)).toBe(true);
  });

  it('tells programs, and refuses what it does not know', async () => {
    const json = await afterglow(
      ['render', `${EXPORT}/${cloud}`, '--depth', '16', '--out', 'x.wav', '--json'],
      {
        folder,
      },
    );
    expect(JSON.parse(json.stdout).textures).toMatchObject([{ path: cloud, is_identical: false, notes: [] }]);
    for (const args of [['no-such-texture'], [''], [cloud, '--depth', '20'], [cloud, '--length', '0']]) {
      expect((await afterglow(['render', ...args], { folder })).status).toBe(2);
    }
  });
});

describe('dust and clouds of pads', () => {
  it('are made of the export, by the command line', async () => {
    const dust = await afterglow(['dust', '--json', '--seed', '3'], { folder });
    expect(dust.status).toBe(0);
    const { textures } = JSON.parse(dust.stdout);
    expect(textures.length).toBeGreaterThan(0);
    expect(new Set(textures.map(({ family }: { family: string }) => family))).toEqual(new Set(['dust']));
    const from = `${EXPORT}/${textures[0].path.split('/')[0]}/pads`;
    const clouds = await afterglow(['make-clouds', '--from', from, '--dry-run'], { folder });
    expect(clouds).toMatchObject({ status: 0, stdout: expect.stringMatching(/^[^/\n]+\/clouds\//) });
    expect(await afterglow(['make-clouds', '--from', 'nowhere'], { folder })).toMatchObject({
      ...{ status: 2, stderr: expect.stringContaining('there is no folder') },
    });
  });
});
