import {
  existsSync,
  fsync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  write,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeTemporaries, temporaryPath } from '../../src/archive/temporary.ts';
import { writeAtomic } from '../../src/archive/write.ts';
import { DiskFullError, FileSystemError, NotAllowedError } from '../../src/errors.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

vi.mock('node:fs', async (original) => {
  const actual = await original<typeof import('node:fs')>();
  const mocked = { openSync: vi.fn(actual.openSync), fsync: vi.fn(actual.fsync), write: vi.fn(actual.write) };
  return { ...actual, ...mocked };
});

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterglow-write-'));
  root = join(folder, 'export');
  mkdirSync(root);
});
afterEach(() => {
  vi.mocked(openSync).mockClear();
  rmSync(folder, { recursive: true });
});

const bytes = new TextEncoder().encode('sound');

function diskRefuses(code: string): void {
  vi.mocked(openSync).mockImplementationOnce(() => {
    throw Object.assign(new Error(`${code}: no`), { code });
  });
}

/** @returns how many bytes it took; what it throws, the disk answers */
type Answer = (descriptor: number, given: Uint8Array, offset: number, length: number) => number;

/** What the disk does with the next writes. @returns the offset and the length of each */
function diskAnswers(...answers: readonly Answer[]): (readonly [number, number])[] {
  const asked: (readonly [number, number])[] = [];
  for (const answer of answers) {
    const answered = (
      ...[descriptor, given, offset, length, _, done]: [...Parameters<Answer>, unknown, Done]
    ) => {
      asked.push([offset, length]);
      try {
        done(null, answer(descriptor, given, offset, length));
      } catch (error) {
        done(error, 0);
      }
    };
    vi.mocked(write).mockImplementationOnce(answered as never);
  }
  return asked;
}

type Done = (error: unknown, count: number) => void;

describe('writeAtomic', () => {
  it.each(['a.wav', 'new/deep/a.wav', '-a.wav', 'a\nb.wav', '🎹 "x".wav', `${'n'.repeat(251)}.wav`])(
    'writes %j and nothing else',
    async (name) => {
      const path = join(root, name);
      await writeAtomic(nodePlatform, path, bytes, root);
      expect(readFileSync(path, 'utf8')).toBe('sound');
      expect(readdirSync(join(path, '..'))).toHaveLength(1);
    },
  );

  it('replaces what was there', async () => {
    const path = join(root, 'a.wav');
    writeFileSync(path, 'old and longer');
    await writeAtomic(nodePlatform, path, bytes, root);
    expect(readFileSync(path, 'utf8')).toBe('sound');
  });

  it.each([
    ['ENOSPC', DiskFullError, /disk is full/],
    ['EDQUOT', DiskFullError, /disk is full/],
    ['EACCES', NotAllowedError, /permission denied/],
    ['EPERM', NotAllowedError, /permission denied/],
    ['EROFS', NotAllowedError, /read-only/],
    ['EIO', FileSystemError, /check the disk/],
  ])('%s when opening: told apart, the old file kept', async (code, kind, message) => {
    const path = join(root, 'a.wav');
    writeFileSync(path, 'old');
    diskRefuses(code);
    const writing = writeAtomic(nodePlatform, path, bytes, root);
    await expect(writing).rejects.toThrow(kind);
    await expect(writing).rejects.toThrow(message);
    await expect(writing).rejects.toThrow('a.wav');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(root)).toEqual(['a.wav']);
  });

  it('a disk that takes half and is full then leaves no half of a file', async () => {
    const asked = diskAnswers(
      (descriptor, given, offset, length) => writeSync(descriptor, given, offset, length >> 1),
      () => {
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      },
    );
    await expect(writeAtomic(nodePlatform, join(root, 'a.wav'), bytes, root)).rejects.toThrow(DiskFullError);
    expect(asked).toEqual([
      [0, 5],
      [2, 3],
    ]);
    expect(readdirSync(root)).toEqual([]);
  });

  it('a disk that takes nothing and gives no reason is an error', async () => {
    diskAnswers(() => 0);
    await expect(writeAtomic(nodePlatform, join(root, 'a.wav'), bytes, root)).rejects.toThrow(
      /check the disk/,
    );
    expect(readdirSync(root)).toEqual([]);
  });

  it('2 GiB are written in pieces that Node takes', async () => {
    const takesAll: Answer = (_descriptor, _given, _offset, length) => length;
    const asked = diskAnswers(takesAll, takesAll);
    // Nothing touches this memory, so the system need not have it.
    await writeAtomic(nodePlatform, join(root, 'a.wav'), new Uint8Array(2 ** 31), root);
    expect(asked).toEqual([
      [0, 2 ** 30],
      [2 ** 30, 2 ** 30],
    ]);
  });

  it('a disk that is full when it is flushed leaves no half of a file', async () => {
    vi.mocked(fsync).mockImplementationOnce((_, done) =>
      done(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })),
    );
    await expect(writeAtomic(nodePlatform, join(root, 'a.wav'), bytes, root)).rejects.toThrow(DiskFullError);
    expect(readdirSync(root)).toEqual([]);
  });

  it('a folder in the place of the file is an error', async () => {
    mkdirSync(join(root, 'a.wav', 'x'), { recursive: true });
    await expect(writeAtomic(nodePlatform, join(root, 'a.wav'), bytes, root)).rejects.toThrow(
      FileSystemError,
    );
    expect(readdirSync(root)).toEqual(['a.wav']);
  });
});

describe('what a killed run left half written', () => {
  const write = async (name: string) => writeAtomic(nodePlatform, join(root, name), bytes, root);

  it('is removed, and nothing else', async () => {
    for (const name of ['a/pads/a.wav', 'manifest.csv', 'a/.afterglow-notes.tmp', 'a/pads/b.tmp'])
      await write(name);
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    const left = [root, join(root, 'a'), join(root, 'a/pads'), outside].map((each) =>
      temporaryPath(nodePlatform, each),
    );
    for (const path of left) writeFileSync(path, 'half');
    symlinkSync(outside, join(root, 'link'));
    await removeTemporaries(nodePlatform, root);
    expect(left.map((path) => existsSync(path))).toEqual([false, false, false, true]);
    expect(readdirSync(join(root, 'a')).sort()).toEqual(['.afterglow-notes.tmp', 'pads']);
    expect(readdirSync(join(root, 'a/pads')).sort()).toEqual(['a.wav', 'b.tmp']);
  });

  it('has the name that writing gives it', async () => {
    await write('a/pads/a.wav');
    const opened = vi.mocked(openSync).mock.calls.map(([path]) => String(path));
    const temporary = opened.find((path) => path.endsWith('.tmp'))!;
    writeFileSync(temporary, 'half');
    await removeTemporaries(nodePlatform, root);
    expect(readdirSync(join(root, 'a/pads'))).toEqual(['a.wav']);
  });
});

describe('the export root', () => {
  it.each(['../a.wav', '../export2/a.wav', 'x/../../a.wav', '.', '../export'])(
    '%s is outside',
    async (name) => {
      await expect(writeAtomic(nodePlatform, join(root, name), bytes, root)).rejects.toThrow(NotAllowedError);
      expect(readdirSync(folder)).toEqual(['export']);
    },
  );

  it('names that only look like parents are inside', async () => {
    await writeAtomic(nodePlatform, join(root, '..a.wav'), bytes, root);
    await writeAtomic(nodePlatform, join(root, '...', 'a.wav'), bytes, root);
    expect(readdirSync(root)).toEqual(['...', '..a.wav']);
  });

  it('links that lead out are outside, wherever they stand', async () => {
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'kept.wav'), 'kept');
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync(join(outside, 'kept.wav'), join(root, 'file.wav'));
    symlinkSync(join(outside, 'not-yet'), join(root, 'dangling'));
    for (const name of ['folder/a.wav', 'folder/new/a.wav', 'file.wav', 'dangling', 'dangling/a.wav']) {
      await expect(writeAtomic(nodePlatform, join(root, name), bytes, root)).rejects.toThrow(NotAllowedError);
    }
    expect(readdirSync(outside)).toEqual(['kept.wav']);
    expect(readFileSync(join(outside, 'kept.wav'), 'utf8')).toBe('kept');
  });

  it('links within are inside, and the root may be a link itself', async () => {
    mkdirSync(join(root, 'real'));
    symlinkSync('real', join(root, 'alias'));
    symlinkSync(root, join(folder, 'root-link'));
    await writeAtomic(nodePlatform, join(root, 'alias', 'a.wav'), bytes, join(folder, 'root-link'));
    await writeAtomic(nodePlatform, join(folder, 'root-link', 'b.wav'), bytes, root);
    expect(readdirSync(join(root, 'real'))).toEqual(['a.wav']);
    expect(readdirSync(root)).toContain('b.wav');
  });

  it('may not exist yet', async () => {
    const later = join(folder, 'later');
    await writeAtomic(nodePlatform, join(later, 'pads', 'a.wav'), bytes, later);
    expect(readdirSync(join(later, 'pads'))).toEqual(['a.wav']);
  });

  it('is lifted by null', async () => {
    await writeAtomic(nodePlatform, join(folder, 'a.wav'), bytes, null);
    expect(readdirSync(folder)).toEqual(['a.wav', 'export']);
  });
});
