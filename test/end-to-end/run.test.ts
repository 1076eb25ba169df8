import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestFromCsv } from '../../src/archive/manifest-csv.ts';
import { afterglow, digests, emptyFolder, minedArchive, put, smallArchive } from './afterglow.ts';

const EXPORT = 'export/tr8s';

async function manifestOf(folder: string) {
  return manifestFromCsv(await readFile(join(folder, EXPORT, 'manifest.csv'), 'utf8')).rows;
}

describe('afterglow all', () => {
  let folder: string;
  let outcome: Awaited<ReturnType<typeof afterglow>>;
  beforeAll(async () => {
    ({ folder, outcome } = await minedArchive());
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('makes every family and says so', () => {
    expect(outcome).toMatchObject({ status: 0, stderr: expect.stringContaining('[✓]') });
    for (const family of ['pads', 'swells', 'drones', 'clouds', 'hiss']) {
      expect(outcome.stdout).toMatch(new RegExp(`^${family} .*[1-9]\\d*$`, 'm'));
    }
  });

  it('draws no live line and no colours in a pipe', () => {
    expect(outcome.stderr + outcome.stdout).not.toMatch(/\p{Cc}(?<!\n)/u);
  });

  it('has a manifest row for every file and a file for every row', async () => {
    const files = Object.keys(await digests(join(folder, EXPORT))).filter((path) => path.endsWith('.wav'));
    const rows = await manifestOf(folder);
    expect(rows.map(({ path }) => path)).toEqual(files.sort());
    expect(new Set(rows.map(({ source_path }) => source_path))).toEqual(
      new Set(['source_audio/song.wav', 'pad_sources/choir.wav', 'drums/beat.wav']),
    );
    for (const row of rows) {
      expect(row).toMatchObject({ seed: '3', saved: 'true', sample_rate: '24000', bit_depth: '24' });
      expect(row.grade).toMatch(/^[ABF]$/);
      expect(Number(row.source_end_sec)).toBeGreaterThan(Number(row.source_start_sec));
    }
  });

  it('leaves nothing but textures, the manifest and the settings that made them behind', async () => {
    for (const path of Object.keys(await digests(join(folder, EXPORT)))) {
      expect(path).toMatch(
        /^manifest\.csv$|^\.afterglow-settings\.json$|^\w+\/(pads|swells|drones|beds|clouds|hiss)\/[^/]+\.wav$/,
      );
    }
  });

  it('keeps a mono source mono and a stereo source stereo', async () => {
    for (const row of await manifestOf(folder)) {
      expect(`${row.source} ${row.channels}`).toBe(`${row.source} ${row.source === 'beat' ? 1 : 2}`);
    }
  });

  it('gives the same bytes again, on one worker', async () => {
    const first = await digests(join(folder, EXPORT));
    const again = await smallArchive();
    expect(await afterglow(['all', '--jobs', '1'], { folder: again })).toMatchObject({ status: 0 });
    expect(await digests(join(again, EXPORT))).toEqual(first);
    expect(await afterglow(['make-hiss', 'mine-pads'], { folder: again })).toMatchObject({ status: 0 });
    expect(await digests(join(again, EXPORT))).toEqual(first);
    await rm(again, { recursive: true });
  });

  it('was foretold by the dry run', async () => {
    const { status, stdout } = await afterglow(['all', '--dry-run', '--force', '--json'], { folder });
    expect(status).toBe(0);
    const expected: { path: string; certain: boolean }[] = JSON.parse(stdout).files;
    expect(expected.some(({ certain }) => certain)).toBe(true);
    const actual = (await manifestOf(folder)).map(({ path }) => path);
    const matching = (path: string) => actual.filter((file) => picomatch.isMatch(file, path));
    const matched = new Set<string>();
    for (const { path, certain } of expected) {
      const files = matching(path);
      if (certain) expect(`${path}: ${files.length}`).toBe(`${path}: 1`);
      for (const file of files) matched.add(file);
    }
    expect([...matched].sort()).toEqual(actual);
  });

  it('is foretold to replace what is there', async () => {
    const again = await smallArchive();
    await afterglow(['make-hiss'], { folder: again });
    const [made] = await manifestOf(again);
    await rm(join(again, EXPORT, made.path));
    const { stdout, stderr } = await afterglow(['all', '--dry-run'], { folder: again });
    expect(stdout).toContain(`${made.path}  (perhaps)\n`);
    expect(stdout).toContain('beat/hiss/hiss_flicker_beat_02.wav  (perhaps; replaces)\n');
    expect(stdout).toContain('beat/hiss/hiss_loop_beat_01.wav  (replaces)\n');
    expect(stdout).toContain('choir/drones/choir_drone01.wav\n');
    expect(stderr).toMatch(/up to \d+ more where the analysis decides/);
    const hiss = await afterglow(['make-hiss', '--dry-run', '--force', '--json'], { folder });
    const files: { replaces: string[] }[] = JSON.parse(hiss.stdout).files;
    expect(files.map(({ replaces }) => replaces.length)).toEqual([1, 1, 1]);
    await rm(again, { recursive: true });
  });

  it('is foretold without a word of listening where it decides nothing', async () => {
    const sure = await smallArchive();
    await put(sure, 'sure.yaml', 'hiss: { hiss_loops_per_source: 1, flicker_count: 0 }');
    const { stderr } = await afterglow(['make-hiss', '--dry-run', '--config', 'sure.yaml'], { folder: sure });
    expect(stderr).toMatch(/^\[\*\] 1 file; a source that is silent/m);
    await rm(sure, { recursive: true });
  });

  it('takes another seed from the command line, and records it', async () => {
    const other = await smallArchive();
    await afterglow(['make-clouds', '--seed', '4'], { folder: other });
    const [row] = await manifestOf(other);
    expect(row.seed).toBe('4');
    const bytes = (await digests(join(other, EXPORT)))[row.path];
    expect(bytes).not.toBe((await digests(join(folder, EXPORT)))[row.path]);
    await rm(other, { recursive: true });
  });
});

describe('a first run', () => {
  it('writes the config and the folders, and says what to do', async () => {
    const folder = await emptyFolder();
    const { status, stdout, stderr } = await afterglow(['all'], { folder });
    expect(status).toBe(0);
    expect(stderr).toContain('first run: wrote config.yaml');
    expect(stdout).toMatch(
      /Nothing to mine[\s\S]*source_audio: empty[\s\S]*pad_sources: empty[\s\S]*drums: empty/,
    );
    await Promise.all(
      ['config.yaml', 'source_audio', 'pad_sources', 'drums'].map((path) => access(join(folder, path))),
    );
    await rm(folder, { recursive: true });
  });

  it('writes nothing with --dry-run', async () => {
    const folder = await emptyFolder();
    expect(await afterglow(['all', '--dry-run'], { folder })).toMatchObject({ status: 0 });
    expect(await digests(folder)).toEqual({});
    await rm(folder, { recursive: true });
  });
});

describe('--json', () => {
  it('puts one document on stdout and nothing else', async () => {
    const folder = await smallArchive();
    await put(folder, 'drums/broken.wav', 'no sound');
    const { status, stdout } = await afterglow(['make-hiss', '--json'], { folder });
    const result = JSON.parse(stdout);
    expect(status).toBe(1);
    expect(result).toMatchObject({ seed: 3, stopped_early: null, failed: [{ source: 'drums/broken.wav' }] });
    expect(result.textures.length).toBeGreaterThan(0);
    await rm(folder, { recursive: true });
  });
});

describe('--quiet', () => {
  it('says nothing where nothing is wrong', async () => {
    const folder = await smallArchive();
    expect(await afterglow(['make-hiss', '--quiet'], { folder })).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    await rm(folder, { recursive: true });
  });
});

describe('bad usage', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await smallArchive();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [['mine-pad'], /mine-pads/],
    [['mine-pads', 'make-cloud'], /Did you mean make-clouds\?/],
    [['all', '--seeds', '1'], /--seed/],
    [['all', '--only', ''], /must be a glob/],
    [['all', '--jobs', 'many'], /whole number/],
    [['all', '--preset', 'tr8'], /Did you mean tr8s\?/],
    [['all', '--config', 'none.yaml'], /none\.yaml/],
    [['all', '--config', '/dev/null'], /regular file/],
    [[], /Usage/],
  ])('%j ends with 2', async (args, message) => {
    const { status, stderr } = await afterglow(args, { folder });
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  it('lists every problem of a config with its place', async () => {
    await put(folder, 'bad.yaml', 'global:\n  sample_rate: 7\nclouds:\n  overlap_ratio: 2\n');
    const { status, stderr } = await afterglow(['all', '--config', 'bad.yaml'], { folder });
    expect(status).toBe(2);
    expect(stderr).toMatch(/bad\.yaml:2:\d+: .*\n.*bad\.yaml:4:\d+: /);
  });

  it('refuses to write outside AFTERGLOW_EXPORT_ROOT', async () => {
    const env = { AFTERGLOW_EXPORT_ROOT: join(folder, 'elsewhere') };
    const { status, stderr } = await afterglow(['make-hiss'], { folder, env });
    expect(status).toBe(1);
    expect(stderr).toContain('AFTERGLOW_EXPORT_ROOT');
    expect(Object.keys(await digests(folder)).filter((path) => path.startsWith('export'))).toEqual([]);
  });
});
