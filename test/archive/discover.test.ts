import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discover } from '../../src/archive/discover.ts';
import { FileSystemError } from '../../src/errors.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'afterglow-discover-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function touch(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), 'sound');
  }
}

async function found(exclude = join(root, 'export')) {
  const { files, problems, unread, ...rest } = await discover(nodePlatform, root, { exclude });
  const short = (path: string) => relative(root, path).split(sep).join('/');
  return {
    ...rest,
    files: files.map(({ path }) => short(path)),
    unread: unread.map(({ path, reason }) => `${short(path)}: ${reason.code}`),
    problems: problems.map(({ path, message }) => `${short(path)}: ${message}`),
  };
}

describe('discover', () => {
  it('finds sounds in all folders, sorted by code unit', async () => {
    touch('b.wav', 'a/z.FLAC', 'a/b/c.mp3', 'B.wav', 'é.ogg', 'notes.txt', 'cover.jpg', 'a.opus');
    expect(await found()).toEqual({
      folder: root,
      exists: true,
      files: ['B.wav', 'a.opus', 'a/b/c.mp3', 'a/z.FLAC', 'b.wav', 'é.ogg'],
      others: 2,
      unread: [],
      problems: [],
    });
  });

  it('names music that cannot be read, a placeholder by what it stands for', async () => {
    touch('x/.Old Song.wav.icloud', 'x/.notes.txt.icloud', '.here.wav.icloud', 'here.wav', '.hidden.sd2');
    touch('Vocals.SD2', 'loop.rx2', 'far.flac.nextcloud', 'master.dsf', 'bought.m4p', '.nested.rx2.icloud');
    writeFileSync(join(root, 'empty.wav'), '');
    const { files, unread, others, problems } = await found();
    expect(files).toEqual(['here.wav']);
    expect(unread).toEqual([
      'Vocals.SD2: sound-designer',
      'bought.m4p: locked',
      'empty.wav: empty',
      'far.flac: in-cloud',
      'loop.rx2: recycle',
      'master.dsf: dsd',
      'nested.rx2: in-icloud',
      'x/Old Song.wav: in-icloud',
    ]);
    expect({ others, problems }).toEqual({ others: 0, problems: [] });
  });

  it('takes videos for sounds', async () => {
    touch('clip.MOV', 'stems.mp4', 'rehearsal.mkv', 'old.avi');
    expect((await found()).files).toEqual(['clip.MOV', 'old.avi', 'rehearsal.mkv', 'stems.mp4']);
  });

  it('passes over what is hidden, and the export folder', async () => {
    touch('a.wav', '.hidden.wav', '._a.wav', '.git/b.wav', 'export/tr8s/a/pads/a_pad01.wav', 'exports/c.wav');
    expect((await found()).files).toEqual(['a.wav', 'exports/c.wav']);
  });

  it('reads a source folder that lies inside the export folder', async () => {
    touch('a.wav');
    expect((await found(join(root, '..'))).files).toEqual(['a.wav']);
  });

  it('names what looks like a sound and is none', async () => {
    touch('real.wav', 'folder.wav/inside.wav');
    symlinkSync('real.wav', join(root, 'link.wav'));
    symlinkSync('gone.wav', join(root, 'dangling.wav'));
    symlinkSync('circle.wav', join(root, 'circle.wav'));
    symlinkSync('.', join(root, 'round'));
    symlinkSync('.', join(root, 'round.wav'));
    const result = await found();
    expect(result.files).toEqual(['folder.wav/inside.wav', 'link.wav', 'real.wav']);
    expect(result.problems).toEqual([
      expect.stringMatching(/^circle\.wav: .*circle/),
      expect.stringMatching(/^dangling\.wav: .*link to a file that is gone/),
      expect.stringMatching(/^folder\.wav: .*is a folder/),
      expect.stringMatching(/^round\.wav: .*is a folder/),
    ]);
  });

  it('copes with odd names', async () => {
    const names = ['-i.wav', ' .wav', 'a\nb.wav', `'"\`$(x).wav`, '🎹.wav', `${'n'.repeat(251)}.wav`];
    touch(...names);
    expect((await found()).files).toEqual([...names].sort());
  });

  // Other systems refuse such a name in the first place.
  it.runIf(process.platform === 'linux')(
    'tells a name that is not in UTF-8 from a link that is gone',
    async () => {
      writeFileSync(
        Buffer.concat([Buffer.from(`${root}/old`), Buffer.from([0xe9]), Buffer.from('.wav')]),
        'sound',
      );
      expect((await found()).problems).toEqual([expect.stringMatching(/is not in UTF-8; rename it/)]);
    },
  );

  // Root may open everything.
  it.skipIf(process.getuid?.() === 0)('names a folder that cannot be opened', async () => {
    touch('locked/a.wav', 'b.wav');
    chmodSync(join(root, 'locked'), 0);
    const { files, problems } = await found();
    chmodSync(join(root, 'locked'), 0o755);
    expect(files).toEqual(['b.wav']);
    expect(problems).toEqual([expect.stringMatching(/^locked: /)]);
  });

  it.skipIf(process.getuid?.() === 0)('does not take what it may not read for empty', async () => {
    touch('locked/a.wav');
    const locked = join(root, 'locked');
    chmodSync(locked, 0);
    const { exists, files, problems } = await discover(nodePlatform, locked, {
      exclude: join(root, 'export'),
    });
    chmodSync(locked, 0o755);
    expect({ exists, files }).toEqual({ exists: true, files: [] });
    expect(problems).toEqual([{ path: locked, message: expect.stringMatching(/permission denied/) }]);
  });

  it('says that there is no such folder', async () => {
    const nowhere = join(root, 'nowhere');
    expect(await discover(nodePlatform, nowhere, { exclude: root })).toEqual({
      folder: nowhere,
      exists: false,
      files: [],
      others: 0,
      unread: [],
      problems: [],
    });
  });

  it('refuses a folder that is none', async () => {
    touch('file');
    expect((await discover(nodePlatform, join(root, 'file'), { exclude: root })).exists).toBe(false);
    await expect(discover(nodePlatform, join(root, 'file', 'below'), { exclude: root })).rejects.toThrow(
      FileSystemError,
    );
  });
});
