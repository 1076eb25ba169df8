import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRESET_NAMES } from '../../src/config/presets.ts';
import { filled } from '../signals.ts';
import { afterglow, chords, digests, emptyFolder, PROGRAM, put, wav } from './afterglow.ts';
import { demoMade } from './demo.ts';

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
});
afterEach(() => rm(folder, { recursive: true }));

describe('init', () => {
  it('writes a config that is valid, with its schema and the source folders', async () => {
    expect(await afterglow(['init', '--preset', 'tr8s'], { folder })).toMatchObject({ status: 0 });
    expect((await readdir(folder)).sort()).toEqual([
      ...['afterglow.schema.json', 'config.yaml', 'drums', 'pad_sources', 'source_audio'],
    ]);
    expect(await readFile(join(folder, 'config.yaml'), 'utf8')).toContain('swell_duration_sec: 10');
    expect(await afterglow(['validate'], { folder })).toEqual({
      status: 0,
      stdout: 'config.yaml is valid.\n',
      stderr: '',
    });
  });

  it('replaces a config only when forced', async () => {
    await put(folder, 'config.yaml', '# mine');
    expect(await afterglow(['init'], { folder })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--force'),
    });
    expect(await readFile(join(folder, 'config.yaml'), 'utf8')).toBe('# mine');
    expect(await afterglow(['init', '--force'], { folder })).toMatchObject({ status: 0 });
    expect(await readFile(join(folder, 'config.yaml'), 'utf8')).not.toBe('# mine');
  });
});

describe('validate', () => {
  it('gives every problem its place, as text and as JSON', async () => {
    await writeFile(join(folder, 'config.yaml'), 'global:\n  sample_rate: 7\nclouds:\n  overlap_ratio: 2\n');
    const text = await afterglow(['validate'], { folder });
    expect(text.status).toBe(2);
    expect(text.stderr).toMatch(/^\[✗\] config\.yaml:2:\d+: .*\n\[✗\] config\.yaml:4:\d+: .*\n$/);
    const json = await afterglow(['validate', '--json'], { folder });
    expect(json.status).toBe(2);
    expect(json.stderr).toBe(text.stderr);
    const document = JSON.parse(json.stdout);
    expect(document).toMatchObject({ valid: false, problems: { length: 2 } });
    expect(document.error).toEqual({ code: 'config', message: document.problems.join('\n') });
  });

  it('warns beside the problems: a misspelt key may be why another is wrong', async () => {
    await writeFile(join(folder, 'config.yaml'), 'clouds:\n  overlap_ration: 0.5\n  overlap_ratio: 2\n');
    const { status, stderr } = await afterglow(['validate'], { folder });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^\[!\] config\.yaml:2:\d+: .*\n\[✗\] config\.yaml:3:\d+: .*\n$/);
    const { stdout } = await afterglow(['validate', '--json'], { folder });
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      problems: { length: 1 },
      warnings: { length: 1 },
    });
    const quiet = await afterglow(['all', '--quiet'], { folder });
    expect(quiet.stderr).toMatch(/^\[✗\] [^\n]*\n$/);
  });

  it('warns of unknown keys and is content', async () => {
    await writeFile(join(folder, 'config.yaml'), 'clouds:\n  overlap_ration: 0.5\n');
    const { status, stderr } = await afterglow(['validate'], { folder });
    expect(status).toBe(0);
    expect(stderr).toMatch(/\[!\] config\.yaml:2:\d+: .*overlap_ratio\b/);
  });

  it('warns of source folders in which nothing would be mined, since the export folder has them inside', async () => {
    await writeFile(join(folder, 'config.yaml'), 'paths: { export_dir: drums, pad_sources_dir: drums/pads }');
    const { status, stderr } = await afterglow(['validate'], { folder });
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^\[!\] paths\.pad_sources_dir lies inside paths\.export_dir.*\n\[!\] paths\.drums_dir is also paths\.export_dir.*\n$/,
    );
    const { stdout } = await afterglow(['validate', '--json'], { folder });
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, warnings: { length: 2 } });
    const dry = await afterglow(['make-hiss', '--dry-run'], { folder });
    expect(dry.stderr).toMatch(/^\[✗\] drums: paths\.drums_dir is also paths\.export_dir/m);
  });

  it.each([
    ['little', [0xff, 0xfe, 0x61, 0x00]],
    ['big', [0xfe, 0xff, 0x00, 0x61]],
  ])('says of UTF-16 that it is no UTF-8 (%s-endian)', async (_, bytes) => {
    await put(folder, 'config.yaml', new Uint8Array(bytes));
    const { status, stderr } = await afterglow(['validate'], { folder });
    expect(status).toBe(2);
    expect(stderr).toBe('[✗] config.yaml is saved as UTF-16; save it as UTF-8.\n');
  });
});

describe('--json, where something is wrong,', () => {
  it.each([
    [['all', '--config', 'nope.yaml', '--json'], 2, 'config', /nope\.yaml/],
    [['info', 'nope.wav', '--json'], 1, 'file-system', /nope\.wav/],
    [['validate', '--config', 'nope.yaml', '--json'], 2, 'config', /nope\.yaml/],
    [['mine-pad', '--json'], 2, 'usage', /^unknown command 'mine-pad'$/m],
    [['all', '--jobs', 'many', '--json'], 2, 'usage', /whole number/],
  ])('%j gives one document, and the same line as ever', async (args, status, code, message) => {
    const outcome = await afterglow(args, { folder });
    expect(outcome.status).toBe(status);
    expect(JSON.parse(outcome.stdout).error).toEqual({ code, message: expect.stringMatching(message) });
    const plain = await afterglow(args.slice(0, -1), { folder });
    expect(outcome.stderr).toBe(plain.stderr);
  });
});

it('says of bad usage what was meant, in the program’s own voice', async () => {
  const { status, stderr } = await afterglow(['mine-pad'], { folder });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^\[✗\] unknown command 'mine-pad'\n\(Did you mean mine-pads\?\)\n/);
});

it('presets lists them all', async () => {
  const { stdout } = await afterglow(['presets'], { folder });
  expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([...PRESET_NAMES, '']);
  const json = await afterglow(['presets', '--json'], { folder });
  expect(JSON.parse(json.stdout)).toHaveLength(PRESET_NAMES.length);
});

describe('info', () => {
  it('tells what a file is and what is heard in it', async () => {
    await put(folder, 'chord.wav', wav(chords([57], 6, 48_000), 24));
    const { status, stdout } = await afterglow(['info', 'chord.wav'], { folder });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^format\s+WAV \(PCM, 24 bit\)$/m);
    expect(stdout).toMatch(/^sound\s+48000 Hz, stereo, 6\.00 s$/m);
    expect(stdout).toMatch(/^key\s+A maj/m);
    const json = JSON.parse((await afterglow(['info', 'chord.wav', '--json'], { folder })).stdout);
    expect(json).toMatchObject({ sample_rate: 48_000, duration_sec: 6, key: { tonic: 9, mode: 'maj' } });
    expect(json.stable.total_sec).toBeGreaterThan(4);
  });

  it('gives the root that textures have, and no key that the engine would not go by', async () => {
    // Its octave is stronger than its fundamental.
    const partials = [0.1, 0.3, 0.1, 0.15];
    const held = filled(4 * 44_100, (i) =>
      partials.reduce(
        (sum, level, k) => sum + level * Math.sin((2 * Math.PI * 220 * (k + 1) * i) / 44_100),
        0,
      ),
    );
    await put(folder, 'held.wav', wav({ sampleRate: 44_100, channels: [held] }, 16));
    const { stdout } = await afterglow(['info', 'held.wav'], { folder });
    expect(stdout).toMatch(/^root\s+A3 0 cents \(confidence 1\.00\)$/m);
    expect(stdout).toMatch(/^key\s+unclear \(confidence 0\.\d\d\)$/m);
  });

  it('says of silence that it is silence', async () => {
    await put(folder, 'nothing.wav', wav({ sampleRate: 44_100, channels: [new Float32Array(44_100)] }));
    const { status, stdout } = await afterglow(['info', 'nothing.wav'], { folder });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^level\s+silence RMS, silence peak$/m);
    expect(stdout).toMatch(
      /^stable\s+nowhere long enough; of 1 window, excluded by pre_analysis: 1 \(silent\)$/m,
    );
  });

  it('says of a file without a single sample that there is nothing in it', async () => {
    await put(folder, 'none.wav', wav({ sampleRate: 44_100, channels: [new Float32Array(0)] }));
    const { status, stdout } = await afterglow(['info', 'none.wav'], { folder });
    expect(status).toBe(0);
    expect(stdout).not.toContain('NaN');
    expect(stdout).toMatch(/^level\s+silence RMS, silence peak$/m);
    expect(stdout).toMatch(/^stable\s+nowhere: it holds no sound$/m);
    const json = JSON.parse((await afterglow(['info', 'none.wav', '--json'], { folder })).stdout);
    expect(json).toMatchObject({ duration_sec: 0, onset_rate: 0, flatness: 0, centroid_hz: 0 });
  });

  it('fails in one line on what is no sound', async () => {
    await put(folder, 'text.wav', 'no sound');
    const { status, stdout, stderr } = await afterglow(['info', 'text.wav'], { folder });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^\[✗\] .*text\.wav.*\n$/);
  });

  it('calls a missing file what the user called it', async () => {
    const { status, stderr } = await afterglow(['info', 'nope.wav'], { folder });
    expect(status).toBe(1);
    expect(stderr).toBe('[✗] Cannot read “nope.wav”: it does not exist; check the path.\n');
  });
});

describe('demo', () => {
  it('makes an archive, mines it, and names files to listen to', async () => {
    const { folder, outcome: first } = await demoMade();
    expect(first).toMatchObject({ status: 0 });
    const files = first.stdout.slice(first.stdout.indexOf('Listen')).match(/afterglow-demo\S+\.wav/g) ?? [];
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) await access(join(folder, file));
    const sources = Object.keys(await digests(folder)).filter((path) => !path.includes('/export/'));
    expect(sources.sort()).toEqual(
      [
        ...[
          'afterglow.schema.json',
          'config.yaml',
          'drums/back_room_beat.wav',
          'pad_sources/glass_choir.aiff',
        ],
        ...['pad_sources/warm_chord.wav', 'source_audio/night_ferry.wav'],
      ].map((path) => `afterglow-demo/${path}`),
    );
  });
});

describe.skipIf(!existsSync('/dev/full'))('what cannot be said', () => {
  const onto = (stdout: number | 'pipe', stderr: number | 'pipe', args: readonly string[]) =>
    spawnSync(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', stdout, stderr], encoding: 'utf8' });

  it('is one sentence where results go to a full disk, and no failure where only remarks do', () => {
    const full = openSync('/dev/full', 'w');
    try {
      for (const args of [['presets', '--json'], ['presets'], ['--help'], ['kit', '--list', '--json']]) {
        const { status, stderr } = onto(full, 'pipe', args);
        expect([status, stderr]).toEqual([
          1,
          '[✗] Cannot write to the standard output: the disk is full; make room and run again.\n',
        ]);
      }
      expect(onto('pipe', full, ['curate', '--export', 'nowhere']).status).toBe(1);
      expect(onto('pipe', full, ['no-such-command']).status).toBe(2);
    } finally {
      closeSync(full);
    }
  });
});
