import { describe, expect, it } from 'vitest';
import { CEILING_DBTP, kitLevels, type MeasuredSound } from '../../src/targets/kit-levels.ts';

const sound = (path: string, lufs: number, truePeakDb: number, family: MeasuredSound['family'] = 'pad') => ({
  ...{ path, family, lufs, truePeakDb },
});

describe('kitLevels', () => {
  it('brings the sounds of a family to its median', () => {
    const { sounds, families } = kitLevels(
      [sound('a', -20, -10), sound('b', -18, -10), sound('c', -14, -1)],
      'own',
    );
    expect(families).toEqual([{ family: 'pad', lufs: -18, wantedLufs: -18 }]);
    expect(['a', 'b', 'c'].map((path) => sounds.get(path)!.gainDb)).toEqual([2, 0, -4]);
  });

  it('keeps families near each other', () => {
    const all = [
      sound('a', -18, -10),
      sound('b', -18, -10),
      sound('c', -18, -10),
      sound('d', -9, -1, 'swell'),
    ];
    expect(kitLevels(all, 'own').families.map(({ lufs }) => lufs)).toEqual([-18, -16.5]);
  });

  it('lowers a family to what its softest can be, and a little more than that', () => {
    const { sounds, families } = kitLevels([sound('a', -10, -1), sound('b', -20, -1)], -14);
    expect(families[0]).toEqual({ family: 'pad', lufs: -18.5, wantedLufs: -14 });
    expect(sounds.get('a')).toEqual({ gainDb: -8.5, shortLu: 0, familyShortLu: 4.5 });
    expect(sounds.get('b')).toEqual({ gainDb: 0, shortLu: 1.5, familyShortLu: 4.5 });
  });

  it('lowers the others for a family that cannot be loud', () => {
    const all = [sound('a', -14, -1), sound('b', -22, -1, 'drum')];
    expect(kitLevels(all, -14).families.map(({ lufs }) => lufs)).toEqual([-18.5, -20.5]);
  });

  it('leaves a click soft rather than everything', () => {
    const { sounds, families } = kitLevels([sound('a', -14, -1), sound('click', -35, -1, 'drum')], -14);
    expect(families.map(({ lufs }) => lufs)).toEqual([-14, -14]);
    expect(sounds.get('click')!.shortLu).toBe(21);
  });

  it('raises nothing over the ceiling', () => {
    const all = Array.from({ length: 30 }, (_, i) =>
      sound(`${i}`, -30 + i, -20 + i * 0.6, i % 2 ? 'pad' : 'drum'),
    );
    const { sounds } = kitLevels(all, -1);
    for (const { path, truePeakDb } of all) {
      expect(truePeakDb + sounds.get(path)!.gainDb).toBeLessThan(CEILING_DBTP + 1e-9);
    }
  });

  it('leaves silence and what is at its level to a hair as they are', () => {
    const { sounds } = kitLevels(
      [sound('a', -18, -9), sound('b', -18.04, -9), sound('s', -Infinity, -Infinity), sound('r', -99, -95)],
      -18,
    );
    expect(sounds.get('b')!.gainDb).toBe(0);
    expect([...sounds.keys()]).toEqual(['a', 'b']);
    expect(kitLevels([sound('a', -18, -9)], 'off')).toEqual({ sounds: new Map(), families: [] });
  });
});
