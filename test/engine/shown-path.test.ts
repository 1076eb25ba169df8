import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shownPath } from '../../src/engine/shown-path.ts';

const slashed = (path: string) => resolve(path).replaceAll('\\', '/');

describe('a path as it is shown', () => {
  it.each([
    ['inside the folder is relative', '/music/project/export/a.wav', '/music/project', 'export/a.wav'],
    ['outside is absolute', '/music/a.wav', '/music/project', slashed('/music/a.wav')],
    ['the folder itself is absolute', '/music', '/music', slashed('/music')],
    ['a name that begins with dots is no way up', '/music/..a.wav', '/music', '..a.wav'],
    ['from the root of the disk is absolute', '/music/a.wav', '/', slashed('/music/a.wav')],
  ])('%s', (_, path, folder, expected) => {
    expect(shownPath(resolve(path), resolve(folder))).toBe(expected);
  });
});
