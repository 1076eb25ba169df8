import { describe, expect, it } from 'vitest';
import { admit } from '../../src/engine/admission.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const GB = 1e9;
const songs = (count: number, bytes = 50e6, path = '/song.wav') =>
  Array.from({ length: count }, () => ({ path, bytes }));

describe('admit', () => {
  it.each([
    ['one a core where there is memory', songs(40), { cores: 8, freeBytes: 16 * GB }, 8],
    ['no more than there are sources', songs(3), { cores: 8, freeBytes: 16 * GB }, 3],
    ['fewer where memory is small', songs(40), { cores: 8, freeBytes: 1 * GB }, 3],
    ['one, however little there is', songs(40), { cores: 8, freeBytes: 0 }, 1],
    ['one for nothing', [], { cores: 8, freeBytes: 16 * GB }, 1],
    ['fewer where sources are long', songs(40, 2 * GB), { cores: 8, freeBytes: 2 * GB }, 5],
    ['fewer where they are packed', songs(40, 2 * GB, '/set.mp3'), { cores: 8, freeBytes: 2 * GB }, 1],
    [
      'for the largest, wherever they stand',
      [...songs(9), ...songs(9, 9 * GB)],
      { cores: 9, freeBytes: 4 * GB },
      5,
    ],
  ])('takes %s', (_, tasks, machine, jobs) => {
    expect(admit(tasks, machine).jobs).toBe(jobs);
  });

  it('knows this machine', () => {
    const { cores, freeBytes } = nodePlatform.machine();
    expect(cores).toBeGreaterThanOrEqual(1);
    expect(freeBytes).toBeGreaterThan(10e6);
  });
});
