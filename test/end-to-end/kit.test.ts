import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { afterglow } from './afterglow.ts';

const SHORT = { sampleRate: 44_100, bitDepth: 24, channelCount: 2, seconds: 0.2, loops: true } as const;
const TEXTURES: MadeTexture[] = [
  { ...SHORT, family: 'pad', source: 'a', variant: 'warm' },
  { ...SHORT, family: 'swell', source: 'b', loops: false, seconds: 1 },
  { ...SHORT, family: 'cloud', source: 'c', seconds: 0.6 },
];

it('afterglow kit makes a folder for a device, names what it left out, and replaces only by force', async () => {
  const { exportFolder } = await madeExport(TEXTURES);
  const folder = exportFolder;
  const kit = (...args: string[]) => afterglow(['kit', '--export', '.', ...args], { folder });

  const planned = await kit('--profile', 'tr8s', '--dry-run');
  expect(planned.stdout).toMatch(/^ROLAND\/TR-8S\/SAMPLE\/PD01_E2_warm_a\.wav {2}a\/pads\/a_pad0\.wav\n/);
  expect(await readdir(folder)).not.toContain('_kits');

  const made = await kit('--profile', 'tr8s', '--name', 'NIGHT');
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(made.stdout).toBe(
    `${[
      ...['pads         1', 'swells       1', 'clouds       1'],
      '3 of 256 samples, 3.6 of 600 s of mono, 0.5 MB for Roland TR-8S: _kits/NIGHT',
      'Copy the folder ROLAND to the SD card (formatted in the device), then UTILITY, SAMPLE: Import, FOLDER.',
    ].join('\n')}\n`,
  );
  expect((await readdir(join(folder, '_kits/NIGHT'))).sort()).toEqual([
    '.afterglow-folder.json',
    'KIT.csv',
    'README.txt',
    'ROLAND',
  ]);
  expect(await kit('--profile', 'tr8s', '--name', 'NIGHT')).toMatchObject({
    ...{ status: 2, stdout: '', stderr: expect.stringMatching(/there already; replace it with --force/) },
  });
  expect(await kit('--profile', 'tr8s', '--name', 'NIGHT', '--force')).toMatchObject({ status: 0 });

  const mine = { version: 1, id: 'mine', device: 'Mine', channels: [1], longest_sample_sec: 0.4 };
  await writeFile(join(folder, 'mine.json'), JSON.stringify(mine));
  const json = await kit('--profile', './mine.json', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    ...{ profile: 'mine', folder: join(folder, '_kits/AG_MINE'), is_selected: false, missing: [] },
    used: { samples: 2 },
    limits: { samples: null, seconds: null, bytes: null },
    files: [
      { file: 'AG_MINE/PD01_E2_warm_a.wav', channel_count: 1, bit_depth: 16 },
      { file: 'AG_MINE/CL01_dark_c.wav', texture: 'c/clouds/c_cloud2.wav' },
    ],
    left_out: [{ texture: 'b/swells/b_swell1.wav', reason: expect.stringMatching(/no loop/) }],
  });
});

it('afterglow kit lists its profiles, and says what is wrong with what it is given', async () => {
  const { exportFolder: folder } = await madeExport(TEXTURES.slice(0, 1));
  const kit = (...args: string[]) => afterglow(['kit', ...args], { folder });
  const { status, stdout } = await kit('--list');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^profile +device .*\nblackbox +1010music blackbox +48k +16\/24\/32 /);
  expect(JSON.parse((await kit('--list', '--json')).stdout)).toHaveLength(15);

  await writeFile(join(folder, 'bad.json'), '{ "version": 1, "id": "x", "device": "x", "bit_depths": [8] }');
  for (const [args, message] of [
    [['--export', '.'], /^\[✗\] Which device is it for\? .*--list/],
    [['--export', '.', '--profile', 'tr8'], /did you mean tr8s\?/],
    [['--export', '.', '--profile', './bad.json'], /bad\.json” is no device profile \(bit_depths/],
    [['--profile', 'tr8s'], /holds no manifest\.csv/],
    [
      ['--export', '.', '--profile', 'tr8s', '--out', '..'],
      /^\[✗\] “[^”]*\/AG_TR8S” lies outside the export folder/,
    ],
    [['--export', '.', '--profile', 'tr8s', '--selection', 'bad.json'], /is no selection/],
  ] as const) {
    const outcome = await kit(...args);
    expect(outcome.status).not.toBe(0);
    expect(outcome.stderr).toMatch(message);
  }
  await rm(join(folder, 'bad.json'));
  expect((await readdir(folder)).sort()).toEqual(['a', 'manifest.csv']);
});
