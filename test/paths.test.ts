import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as paths from '../src/paths.ts';

const step = fc.constantFrom('a', 'b.wav', '..', '.', '', '.hidden', 'c.tar.gz', 'd.', '..x', 'x..', 'ä ö');
const relative = fc
  .array(step, { minLength: 1, maxLength: 5 })
  .map((steps) => steps.join('/').replace(/^\/+/, ''));
const absolute = relative.map((path) => `/${path}`);
const either = fc.oneof(relative, absolute);
/** Node leaves a slash at the end. */
const bare = (path: string) => (path.length > 1 ? path.replace(/\/+$/, '') : path);

describe('paths', () => {
  it('are as those of Node on POSIX', () => {
    fc.assert(
      fc.property(either, absolute, absolute, (path, base, other) => {
        expect(paths.isAbsolute(path)).toBe(posix.isAbsolute(path));
        expect(paths.basename(path)).toBe(posix.basename(path));
        expect(paths.basename(path, '.wav')).toBe(posix.basename(path, '.wav'));
        // Of `/..` Node says that its ending is a dot.
        if (paths.basename(path) !== '..') {
          expect(paths.extname(path)).toBe(posix.extname(path));
          expect(paths.stem(path)).toBe(posix.parse(path).name);
        }
        expect(paths.dirname(path)).toBe(bare(posix.dirname(path)));
        expect(paths.join(base, path)).toBe(bare(posix.join(base, path)));
        expect(paths.resolve(base, path)).toBe(posix.resolve(base, path));
        expect(paths.relative(base, other)).toBe(posix.relative(base, other));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['C:/Music/song.wav', 'C:/', 'C:/Music'],
    ['C:/song.wav', 'C:/', 'C:/'],
    ['//nas/music/a/song.wav', '//nas/music/', '//nas/music/a'],
    ['/song.wav', '/', '/'],
    ['song.wav', '', '.'],
  ])('know drives and shares as roots: %s', (path, root, folder) => {
    expect([paths.rootOf(path), paths.dirname(path)]).toEqual([root, folder]);
    expect(paths.resolve('/elsewhere', path)).toBe(root === '' ? `/elsewhere/${path}` : path);
  });

  it('lead from a drive to another nowhere', () => {
    expect(paths.relative('C:/Music', 'D:/Export')).toBe('D:/Export');
    expect(['', '..', '../a', 'D:/Export', 'a', '..a'].map(paths.leadsOut)).toEqual([
      ...[true, true, true, true, false, false],
    ]);
  });
});
