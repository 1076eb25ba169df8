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
  expect(planned.stdout).toMatch(
    /^ROLAND\/TR-8S\/SAMPLE\/AG_TR8S\/PD01_Fs2_a_warm\.wav {2}a\/pads\/a_pad0\.wav\n/,
  );
  expect(await readdir(folder)).not.toContain('_kits');

  const made = await kit('--profile', 'tr8s', '--name', 'NIGHT');
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(made.stdout).toBe(
    `${[
      ...['pads         1', 'swells       1', 'clouds       1'],
      ...['levels     pads -4.7 LUFS', '           swells -4.5 LUFS', '           clouds -4.4 LUFS'],
      '3 of 400 samples, 3.6 of 600 s of mono, 0.5 MB for Roland TR-8S: _kits/NIGHT',
      'Copy the folder ROLAND to the SD card (formatted in the device), then UTILITY, SAMPLE: Import, FOLDER, and choose the kit’s folder.',
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
      { file: 'AG_MINE/PD01_Fs2_a_warm.wav', channel_count: 1, bit_depth: 16 },
      { file: 'AG_MINE/CL01_c_dark.wav', texture: 'c/clouds/c_cloud2.wav' },
    ],
    left_out: [{ texture: 'b/swells/b_swell1.wav', reason: expect.stringMatching(/no loop/) }],
  });
});

it('afterglow kit --chains puts hits into one file, and says which slice each is', async () => {
  const hit = { ...SHORT, family: 'drum', loops: false, channelCount: 1 } as const;
  const { exportFolder: folder } = await madeExport([
    { ...SHORT, family: 'pad', source: 'a' },
    { ...hit, source: 'b' },
    { ...hit, source: 'c' },
  ]);
  const kit = (...args: string[]) =>
    afterglow(['kit', '--export', '.', '--chains', '--level', 'off', '--name', 'HITS', ...args], { folder });
  const { stdout } = await kit('--profile', 'octatrack');
  expect(stdout).toMatch(/^pads {9}1.*\ndrums {8}2 {2}2 in 1 chain.*\n2 of 128 samples, 0\.8 s of mono/);
  expect((await readdir(join(folder, '_kits/HITS/AFTERGLOW/AUDIO/HITS'))).sort()).toEqual([
    'DM01_chain_2.ot',
    'DM01_chain_2.wav',
    'PD01_Fs2_a_dark.ot',
    'PD01_Fs2_a_dark.wav',
  ]);
  const json = await kit('--profile', 'octatrack', '--force', '--json');
  const { files } = JSON.parse(json.stdout);
  expect(files.map(({ slice }: { slice: number | null }) => slice)).toEqual([null, 1, 2]);
  expect(await kit('--profile', 'tr8s')).toMatchObject({
    ...{ status: 2, stderr: expect.stringContaining('leave --chains out') },
  });
});

it('afterglow kit grants what is wished of level, key, tuning, length and room', async () => {
  const root = { root_note: 'B3', root_cents: 30, root_confidence: 0.9 };
  const inKey = { detected_key: 'B min', key_confidence: 0.9 };
  const { exportFolder: folder } = await madeExport([
    { ...SHORT, family: 'pad', source: 'a', seconds: 1, row: { ...root, ...inKey } },
    {
      ...SHORT,
      family: 'pad',
      source: 'b',
      row: { root_note: null, detected_key: 'E maj', key_confidence: 0.9 },
    },
    { ...SHORT, family: 'hiss', source: 'c', noise: 0.1 },
  ]);
  const kit = (...args: string[]) => afterglow(['kit', '--export', '.', ...args], { folder });
  const wishes = [
    '--key',
    'A minor',
    '--transpose',
    '2',
    '--tune',
    '440',
    '--longest',
    '0.5',
    '--level',
    '-20',
  ];
  const device = ['--profile', 'tr8s'];
  const { status, stdout } = await kit(...device, ...wishes, '--fill', '50%', '--json');
  expect(status).toBe(0);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({
    limits: { samples: 200, seconds: 300 },
    levels: [
      { family: 'pad', lufs: -20, wanted_lufs: -20 },
      { family: 'hiss', lufs: -20, wanted_lufs: -20 },
    ],
    left_out: [
      { texture: 'b/pads/b_pad1.wav', reason: expect.stringMatching(/^it is in E maj, .* of A min/) },
    ],
  });
  const [pad] = document.files;
  expect(pad).toMatchObject({ moved: { semitones: -2, cents: -30 }, lufs: expect.closeTo(-20, 1) });
  expect(pad.duration_sec).toBeLessThanOrEqual(0.5);
  expect(pad.adaptations).toEqual([
    ...['transposed -2 semitones', 'tuned -30.0 cents', expect.stringMatching(/ of 1\.14 s$/)],
    expect.stringMatching(/^level -\d+\.\d dB$/),
  ]);

  for (const [args, message] of [
    [['--transpose', '2'], /--transpose moves textures into a key, so it needs one; name it with --key/],
    [['--key', 'H minor'], /must be a key, such as "A minor"/],
    [['--level', 'loud'], /must be a loudness from -60 to 0 LUFS, or off/],
    [['--level', '3'], /must be a loudness/],
    [['--fill', '0%'], /must be a share above 0% and up to 100%/],
    [['--tune', '432'], /Allowed choices are nearest, 440, off/],
    [
      ['--profile', 'generic', '--fill', '50%', '--dry-run'],
      /no share of it can be filled; leave out --fill/,
    ],
  ] as const) {
    const outcome = await kit(...(args[0] === '--profile' ? args : [...device, ...args]));
    expect(outcome.status, args.join(' ')).not.toBe(0);
    expect(outcome.stderr).toMatch(message);
  }
});

it('afterglow kit lists its profiles, and says what is wrong with what it is given', async () => {
  const { exportFolder: folder } = await madeExport(TEXTURES.slice(0, 1));
  const kit = (...args: string[]) => afterglow(['kit', ...args], { folder });
  const { status, stdout } = await kit('--list');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^profile +device .*\nblackbox +1010music blackbox +48k +16\/24\/32 /);
  expect(JSON.parse((await kit('--list', '--json')).stdout)).toHaveLength(17);

  await writeFile(join(folder, 'a/manifest.csv'), '');
  await writeFile(join(folder, 'bad.json'), '{ "version": 1, "id": "x", "device": "x", "bit_depths": [8] }');
  for (const [args, message] of [
    [['--export', '.'], /^\[✗\] Which device is it for\? .*--list/],
    [['--export', '.', '--profile', 'tr8'], /did you mean tr8s\?/],
    [['--export', '.', '--profile', './bad.json'], /bad\.json” is no device profile \(bit_depths/],
    [['--profile', 'tr8s'], /holds no manifest\.csv/],
    [['--export', 'b', '--profile', 'tr8s'], /with --export \(beside it are [^)]*\/a\), or run/],
    [['--export', '.', '--profile', 'tr8s', '--profile', 'op-xy'], /“tr8s” is named already/],
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

it('afterglow kit ends with 1 where a texture is gone, and says what the device calls a kit', async () => {
  const { exportFolder: folder, paths } = await madeExport(TEXTURES.slice(0, 2));
  await rm(join(folder, paths[1]));
  const made = await afterglow(['kit', '--export', '.', '--profile', 'TR-8S', '--name', '日本'], { folder });
  expect(made).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/b_swell1\.wav is listed .* but is gone/),
  });
  expect(made.stdout).toMatch(
    /\nOn the device it is called “KIT_\d{4}”, which is what fits there of “日本”\.\n/,
  );
});

it('afterglow batch --dry-run knows the devices', async () => {
  const { exportFolder: folder } = await madeExport(TEXTURES.slice(0, 1));
  const outcome = await afterglow(['batch', '--input', 'a', '--kit', 'tr9', '--dry-run'], { folder });
  expect(outcome).toMatchObject({ status: 2, stderr: expect.stringMatching(/no profile "tr9"/) });
});
