import { spawnSync } from 'node:child_process';
import { access, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTool } from '../tools.ts';
import { afterglow, chords, digests, emptyFolder, put, smallArchive, wav } from './afterglow.ts';
import { freshProject, inShell } from './shell.ts';

const SHARDS = [1, 2, 3];
const EXPORT = 'export/tr8s';

let folder: string;
let whole: Record<string, string>;
let shards: readonly string[];
beforeAll(async () => {
  folder = await smallArchive();
  // Two of one name, one that holds nothing, one that cannot be read.
  await put(folder, 'source_audio/choir.wav', wav(chords([52], 3, 22_050), 16));
  await put(
    folder,
    'pad_sources/silence.wav',
    wav({ sampleRate: 22_050, channels: [new Float32Array(9000)] }),
  );
  await put(folder, 'drums/torn.wav', 'RIFF');
  await afterglow(['all', '--export', 'whole'], { folder });
  whole = await digests(join(folder, 'whole'));
  shards = SHARDS.map((k) => `export/shard-${k}`);
  const outcomes = await Promise.all(
    SHARDS.map((k) => afterglow(['all', '--shard', `${k}/3`, '--export', shards[k - 1]], { folder })),
  );
  // The torn file fails in one of them.
  expect(outcomes.map(({ status }) => status).sort()).toEqual([0, 0, 1]);
});
afterAll(() => rm(folder, { recursive: true }));

const digestsOfShards = () => Promise.all(shards.map((shard) => digests(join(folder, shard))));
const merge = (...args: string[]) => afterglow(['merge', ...args], { folder });
const merged = () => digests(join(folder, EXPORT));

describe('three shards on three processes, merged', () => {
  it('are byte for byte what one run makes, and are left as they were', async () => {
    const before = await digestsOfShards();
    const { status, stdout, stderr } = await merge(...shards);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d+ textures of 3 folders: export\/tr8s \(manifest\.csv lists \d+\)\n$/);
    expect(status).toBe(0);
    expect(await merged()).toEqual(whole);
    expect(await digestsOfShards()).toEqual(before);
    expect(before.every((shard) => Object.keys(shard).length < Object.keys(whole).length)).toBe(true);
  });

  it('are merged once more without a change', async () => {
    const { status, stdout } = await merge(...shards, shards[0]);
    expect(status).toBe(0);
    const [, all, there] = /^(\d+) textures of 3 folders, (\d+) of them there already/.exec(stdout)!;
    expect(there).toBe(all);
    expect(await merged()).toEqual(whole);
  });

  it('are up to date to a whole run, which calls none of them stale', async () => {
    const { stdout, stderr } = await afterglow(['all', '--prune'], { folder });
    // What cannot be read is tried again.
    expect(stderr).toMatch(/^\[\*\] 5 of 6 sources up to date$/m);
    expect(stdout).not.toMatch(/no longer|removed/);
    expect(await merged()).toEqual(whole);
  });

  it('are up to date by themselves, and no shard calls what others made stale', async () => {
    const again = await afterglow(['all', '--shard', '2/3', '--prune', '--json'], { folder });
    const document = JSON.parse(again.stdout);
    expect(document).toMatchObject({ textures: [], stale: [] });
    expect(document.shard).toMatchObject({ index: 2, count: 3, sources_of_all: 6 });
    expect(await merged()).toEqual(whole);
  });

  it('bring along what was decided on their textures, and leave what was decided where they go', async () => {
    const decisions = async (where: string, textures?: object) => {
      const path = join(folder, where, 'curation.json');
      if (textures) await writeFile(path, JSON.stringify({ version: 1, textures }));
      return JSON.parse(await readFile(path, 'utf8')).textures;
    };
    const paths = Object.keys(await digests(join(folder, shards[0]))).filter((path) => /\.wav$/.test(path));
    const [kept, starred] = paths;
    const keep = { decision: 'keep', name: 'mine' };
    await decisions(shards[0], { [kept]: keep, [starred]: { stars: 2 }, 'gone.wav': keep });
    const into = ['--into', 'decided'];
    await put(
      folder,
      'decided/curation.json',
      JSON.stringify({ version: 1, textures: { [starred]: { stars: 5 } } }),
    );
    const { stdout } = await merge(...shards, ...into);
    expect(stdout).toMatch(/, with 1 decision on them: /);
    expect(await decisions('decided')).toEqual({ [kept]: keep, [starred]: { stars: 5 } });
    expect((await merge(...shards, ...into)).stdout).not.toMatch(/decision/);
    await rm(join(folder, shards[0], 'curation.json'));
  });

  it('heal what was altered or killed on its way', async () => {
    const [texture, other] = Object.keys(whole).filter((path) => path.endsWith('.wav'));
    await writeFile(join(folder, EXPORT, texture), 'altered');
    await rm(join(folder, EXPORT, other));
    const unforced = await merge(...shards);
    expect(unforced).toMatchObject({ status: 0 });
    expect(unforced.stderr).toContain(`${texture} stays as it is (changed by somebody); --force replaces it`);
    expect(await readFile(join(folder, EXPORT, texture), 'utf8')).toBe('altered');
    expect(await merge('--force', ...shards)).toMatchObject({ status: 0 });
    expect(await merged()).toEqual(whole);

    await rm(join(folder, EXPORT), { recursive: true });
    for (const killAfterMs of [150, 250, 300, 350, 400, 450]) {
      await afterglow(['merge', ...shards], { folder, killAfterMs });
    }
    expect(await merge(...shards)).toMatchObject({ status: 0 });
    expect(await merged()).toEqual(whole);
  });

  it('may have come from other machines', async () => {
    const elsewhere = await emptyFolder();
    for (const shard of shards) await cp(join(folder, shard), join(elsewhere, shard), { recursive: true });
    const into = 'export/brought';
    expect(await merge('--into', into, ...shards.map((shard) => join(elsewhere, shard)))).toMatchObject({
      status: 0,
    });
    expect(await digests(join(folder, into))).toEqual(whole);
    const { stderr } = await afterglow(['all', '--export', into], { folder });
    expect(stderr).toMatch(/^\[\*\] 5 of 6 sources up to date$/m);
    await rm(elsewhere, { recursive: true });
  });
});

describe('merging', () => {
  it('says which shards are missing or unfinished', async () => {
    const some = await merge('--into', 'export/some', shards[0], shards[2]);
    expect(some.stderr).toBe('[✗] shard 2 of 3 is missing; merge again when all are there\n');
    expect(some.status).toBe(1);
    const note = await readFile(join(folder, shards[1], '.afterglow-cache.jsonl'), 'utf8');
    await cp(join(folder, shards[1]), join(folder, 'export/cut'), { recursive: true });
    await writeFile(
      join(folder, 'export/cut/.afterglow-cache.jsonl'),
      note.replace('"isDone":true', '"isDone":false'),
    );
    const cut = await merge('--into', 'export/some', shards[0], 'export/cut', shards[2]);
    expect(cut.stderr).toBe('[✗] shard 2 of 3 is unfinished; run again, then merge again\n');
    expect(await digests(join(folder, 'export/some'))).toEqual(whole);
  });

  it('refuses shards that clash, and writes nothing then', async () => {
    await afterglow(['make-clouds', '--seed', '4', '--export', 'export/other'], { folder });
    const clash = await merge('--into', 'export/clash', ...shards, 'export/other');
    expect(clash.status).toBe(2);
    expect(clash.stderr).toMatch(
      /^\[✗\] “\S+\.wav” is not the same in “.*other” and “.*shard-\d”, since .*; run the one that is out of date again, or leave it out\.\n$/,
    );
    await expect(access(join(folder, 'export/clash'))).rejects.toThrow();
  });

  it('replaces what is there otherwise only with --force', async () => {
    const into = ['--into', 'export/other'];
    const before = await digests(join(folder, 'export/other'));
    const refused = await merge(...into, ...shards);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('--force replaces what is merged into');
    expect(await digests(join(folder, 'export/other'))).toEqual(before);
    expect(await merge(...into, '--force', ...shards)).toMatchObject({ status: 0 });
    expect(await digests(join(folder, 'export/other'))).toEqual(whole);
  });

  it('leaves out what is damaged, and says so', async () => {
    await cp(join(folder, shards[0]), join(folder, 'export/damaged'), { recursive: true });
    const [texture] = Object.keys(await digests(join(folder, shards[0]))).filter((path) =>
      path.endsWith('.wav'),
    );
    await writeFile(join(folder, 'export/damaged', texture), 'cut off');
    const { status, stderr } = await merge('--into', 'export/rest', 'export/damaged', shards[1], shards[2]);
    expect(status).toBe(1);
    expect(stderr).toContain(`${texture}” is not as its run wrote it; copy it again`);
    const rest = await digests(join(folder, 'export/rest'));
    expect(Object.keys(whole).filter((path) => !(path in rest))).toEqual([texture]);
    expect(await readFile(join(folder, 'export/rest/manifest.csv'), 'utf8')).not.toContain(texture);
    expect(await merge('--into', 'export/rest', ...shards)).toMatchObject({ status: 0 });
    expect(await digests(join(folder, 'export/rest'))).toEqual(whole);
  });

  it.each([
    ['a folder that is not there', ['nowhere'], 1, /“.*nowhere”: it does not exist/],
    ['a folder that holds nothing', ['drums'], 2, /drums” holds nothing to merge/],
    ['the folder merged into', ['--into', 'export/shard-1', 'export/shard-1'], 2, /must lie apart/],
    ['a folder around it', ['export'], 2, /must lie apart/],
    ['no folder at all', [], 2, /missing required argument 'folders'/],
  ])('refuses %s', async (_, args, status, message) => {
    const outcome = await merge(...args);
    expect(outcome).toMatchObject({ status, stdout: '' });
    expect(outcome.stderr).toMatch(message);
  });

  it('refuses a shard in which a run is at work', async () => {
    await cp(join(folder, shards[0]), join(folder, 'export/busy'), { recursive: true });
    await put(folder, 'export/busy/.afterglow.lock', `${process.pid}\n`);
    expect(await merge('--into', 'export/x', 'export/busy')).toMatchObject({ status: 2 });
    expect(await readdir(join(folder, 'export'))).not.toContain('x');
  });
});

describe('--shard', () => {
  it.each(['0/3', '4/3', 'x', '1', '1/0'])('refuses %s', async (shard) => {
    const { status, stderr } = await afterglow(['all', '--shard', shard], { folder });
    expect(status).toBe(2);
    expect(stderr).toMatch(/It must be k\/n with k from 1 to n/);
    expect(stderr.includes('add 1 to an index')).toBe(shard === '0/3');
  });

  it('asks for a seed where none is set', async () => {
    const bare = await emptyFolder();
    const { status, stderr } = await afterglow(['all', '--shard', '1/2'], { folder: bare });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^\[✗\] Shards must share one seed/m);
    await rm(bare, { recursive: true });
  });

  it('is shown by a dry run, each file in one shard', async () => {
    const files = await Promise.all(
      SHARDS.map(async (k) => {
        const run = await afterglow(['all', '--dry-run', '--force', '--shard', `${k}/3`], { folder });
        expect(run.stderr).toMatch(new RegExp(`shard ${k} of 3: [1-4] of 6 sources, \\d+ % of the work`));
        return run.stdout.split('\n').filter(Boolean);
      }),
    );
    const all = await afterglow(['all', '--dry-run', '--force'], { folder });
    expect(files.flat().sort()).toEqual(all.stdout.split('\n').filter(Boolean).sort());
  });

  it('leaves a folder that can be merged also where it has nothing to do', async () => {
    const args = ['make-hiss', '--only', 'beat', '--shard', '2/2', '--export', 'export/idle'];
    const idle = await afterglow(args, { folder });
    expect(idle).toMatchObject({ status: 0 });
    expect(idle.stdout).toMatch(/^Nothing to mine for shard 2 of 2: there are no more than 1 source\.$/m);
    const working = ['make-hiss', '--only', 'beat', '--shard', '1/2', '--export', 'export/working'];
    await afterglow(working, { folder });
    const both = await merge('--into', 'export/both', 'export/idle', 'export/working');
    expect(both).toMatchObject({ status: 0, stderr: '' });
  });
});

const isGnu = (name: string) => spawnSync(name, ['--version']).stdout?.includes('GNU parallel') ?? false;

describe('GNU parallel', () => {
  it.skipIf(!hasTool('parallel', isGnu))(
    'runs the shards as docs/CLUSTER.md says, in a project fresh from init',
    async () => {
      const page = await readFile(new URL('../../docs/CLUSTER.md', import.meta.url), 'utf8');
      const script = /```sh .*\n(SHARDS=3\n[^`]*)```/.exec(page)![1];
      const fresh = await freshProject(folder);
      const { status, stderr } = inShell(script, fresh);
      expect(stderr).not.toMatch(/\[✗\]/);
      expect(status).toBe(0);
      await afterglow(['all', '--seed', '7', '--export', 'one'], { folder: fresh });
      expect(await digests(join(fresh, EXPORT))).toEqual(await digests(join(fresh, 'one')));
      await rm(fresh, { recursive: true });
    },
  );
});
