import { chmod, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestFromCsv } from '../../src/archive/manifest-csv.ts';
import { afterglow, beat, chords, emptyFolder, type Outcome, put, SMALL_CONFIG, wav } from './afterglow.ts';

const sound = () => wav(chords([57], 2.5, 44_100));
const silent = (frames: number) => wav({ sampleRate: 44_100, channels: [new Float32Array(frames)] });

describe('a folder full of trouble', () => {
  let folder: string;
  let outcome: Outcome;
  let made: string[];

  beforeAll(async () => {
    folder = await emptyFolder();
    await put(folder, 'config.yaml', SMALL_CONFIG);
    const good = sound();
    await put(folder, 'pad_sources/good.wav', good);
    await put(folder, 'pad_sources/empty.wav', '');
    await put(folder, 'pad_sources/text.wav', 'Dear diary, today I bounced nothing.');
    await put(folder, 'pad_sources/silence.wav', silent(88_200));
    await put(folder, 'pad_sources/one-sample.wav', silent(1));
    await put(folder, 'pad_sources/short.wav', wav(chords([57], 0.03, 44_100)));
    await put(folder, 'pad_sources/cut.wav', good.subarray(0, good.length >> 1));
    await put(folder, 'pad_sources/locked.wav', good);
    await chmod(join(folder, 'pad_sources/locked.wav'), 0);
    await mkdir(join(folder, 'pad_sources/folder.wav'), { recursive: true });
    await symlink('nowhere.wav', join(folder, 'pad_sources/dangling.wav'));
    await symlink('circle.wav', join(folder, 'pad_sources/circle.wav'));
    await symlink('.', join(folder, 'pad_sources/around'));
    outcome = await afterglow(['make-drones', 'make-clouds'], { folder, unprivileged: true });
    const manifest = await readFile(join(folder, 'export/tr8s/manifest.csv'), 'utf8');
    made = [...new Set(manifestFromCsv(manifest).rows.map(({ source_path }) => source_path))];
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('ends with 1 and still gives what the good source holds', () => {
    expect(outcome.status).toBe(1);
    expect(made).toContain('pad_sources/good.wav');
  });

  it('takes what a cut-off file holds, with a warning', () => {
    expect(made).toContain('pad_sources/cut.wav');
    expect(outcome.stderr).toMatch(/\[!\] pad_sources\/cut\.wav: /);
  });

  it.each(['text', 'folder', 'dangling', 'circle'])('gives %s.wav one line that says what to do', (name) => {
    const lines = outcome.stderr.split('\n').filter((line) => line.includes(`pad_sources/${name}.wav`));
    expect(lines).toEqual([expect.stringMatching(/^\[✗\] .*[;,].*\.$/)]);
  });

  it('gives an unreadable file one line', () => {
    const lines = outcome.stderr.split('\n').filter((line) => line.includes('pad_sources/locked.wav'));
    expect(lines).toEqual([expect.stringMatching(/^\[✗\] .*permission/)]);
  });

  it.each(['silence', 'one-sample', 'empty'])('passes %s.wav over, with the reason', (name) => {
    const lines = outcome.stderr.split('\n').filter((line) => line.includes(`pad_sources/${name}.wav`));
    expect(lines).toEqual([expect.stringMatching(/^\[!\] .*(silent|only 0\.042 ms long|is empty)/)]);
  });

  it('passes over what is shorter than a grain', () => {
    expect(made).not.toContain('pad_sources/short.wav');
    expect(outcome.stderr).toMatch(/^\[!\] .*pad_sources\/short\.wav/m);
    expect(outcome.stderr).not.toMatch(/^\[✗\] .*pad_sources\/short\.wav/m);
  });

  it('stops at the first error with --strict', async () => {
    const { status, stdout } = await afterglow(['make-clouds', '--strict', '--jobs', '1'], { folder });
    expect(status).toBe(1);
    expect(stdout).toContain('--strict');
  });
});

describe('odd names', () => {
  let folder: string;
  const names = [
    'with spaces.wav',
    'quo"te\'s.wav',
    'two\nlines.wav',
    'wave 🌊.wav',
    '-rf.wav',
    '=SUM(A1).wav',
    `${'long'.repeat(62)}abc.wav`,
    'twice.wav',
    'sub/twice.wav',
    'manifest.csv.wav',
  ];
  beforeAll(async () => {
    folder = await emptyFolder();
    await put(folder, 'config.yaml', SMALL_CONFIG);
    for (const [i, name] of names.entries()) {
      await put(folder, `drums/${name}`, wav(beat(1 + i / 100, 22_050), 16));
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are mined like any other, each into its own folder', async () => {
    const { status, stderr } = await afterglow(['make-hiss'], { folder });
    expect(stderr).not.toContain('[✗]');
    expect(status).toBe(0);
    expect(stderr).toContain('two\\nlines.wav');
    const rows = manifestFromCsv(await readFile(join(folder, 'export/tr8s/manifest.csv'), 'utf8')).rows;
    expect(new Set(rows.map(({ source_path }) => source_path))).toEqual(
      new Set(names.map((name) => `drums/${name}`)),
    );
    expect(new Set(rows.map(({ path }) => path.split('/')[0])).size).toBe(names.length);
  });
});

describe('a batch', () => {
  it('of a locked folder names that folder', async () => {
    const folder = await emptyFolder();
    await put(folder, 'locked/beat.wav', wav(beat(1, 22_050), 16));
    await chmod(join(folder, 'locked'), 0);
    const { status, stderr } = await afterglow(['batch', '--input', 'locked'], {
      folder,
      unprivileged: true,
    });
    await chmod(join(folder, 'locked'), 0o755);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/locked”: permission denied/);
    expect(stderr).not.toContain('source_audio');
    await rm(folder, { recursive: true });
  });

  it('into a place that cannot be written says so before it listens', async () => {
    const folder = await emptyFolder();
    await put(folder, 'sounds/beat.wav', wav(beat(1, 22_050), 16));
    await mkdir(join(folder, 'shut'));
    await chmod(join(folder, 'shut'), 0o555);
    const batch = ['batch', '--input', 'sounds', '--export', 'shut/new'];
    const { status, stderr } = await afterglow(batch, { folder, unprivileged: true });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^\[✗\] Cannot write “[^”]*shut”: permission denied/m);
    expect(stderr).not.toContain('analysing');
    await chmod(join(folder, 'shut'), 0o755);
    await rm(folder, { recursive: true });
  });

  it('of files that hold no sound says so once of each', async () => {
    const folder = await emptyFolder();
    await put(folder, 'sounds/a.wav', new TextEncoder().encode('no sound'));
    const { status, stdout, stderr } = await afterglow(['batch', '--input', 'sounds'], { folder });
    expect(status).toBe(0);
    expect(`${stdout}${stderr}`.match(/holds text/g)).toHaveLength(1);
    expect(stdout).toContain('1 file held nothing to use; why');
    await rm(folder, { recursive: true });
  });
});

describe('an export folder that cannot be written', () => {
  it('is one clear line', async () => {
    const folder = await emptyFolder();
    await put(folder, 'config.yaml', SMALL_CONFIG);
    await put(folder, 'drums/beat.wav', wav(beat(1, 22_050), 16));
    await put(folder, 'drums/beat2.wav', wav(beat(1, 22_050), 16));
    await mkdir(join(folder, 'export/tr8s'), { recursive: true });
    await chmod(join(folder, 'export/tr8s'), 0o555);
    const { status, stderr } = await afterglow(['make-hiss'], { folder, unprivileged: true });
    expect(status).toBe(1);
    expect(stderr.match(/^\[✗\] .*permission denied.*$/gm)).toHaveLength(1);
    await chmod(join(folder, 'export/tr8s'), 0o755);
    await rm(folder, { recursive: true });
  });
});
