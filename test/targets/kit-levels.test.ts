import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/families/index.ts';
import {
  CEILING_DBTP,
  type LevelMode,
  kitLevels as levelsOf,
  type MeasuredSound,
} from '../../src/targets/kit-levels.ts';

const sound = (path: string, lufs: number, truePeakDb: number, family: MeasuredSound['family'] = 'pad') => ({
  ...{ path, family, lufs, truePeakDb, loops: !['drum', 'swell'].includes(family) },
});
const kitLevels = (all: readonly MeasuredSound[], mode: LevelMode) => levelsOf(all, mode, FAMILIES);
const NOT_HELD = { heldBy: null, peakDbtp: null };

describe('kitLevels', () => {
  it('brings the sounds of a family to its median', () => {
    const { sounds, families } = kitLevels(
      [sound('a', -20, -10), sound('b', -18, -10), sound('c', -14, -1)],
      'own',
    );
    expect(families).toEqual([{ family: 'pad', way: 'alike', lufs: -18, wantedLufs: -18, ...NOT_HELD }]);
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
    expect(families[0]).toMatchObject({ lufs: -18.5, wantedLufs: -14, heldBy: 'b' });
    expect(sounds.get('a')).toMatchObject({ gainDb: -8.5, shortLu: 0, familyShortLu: 4.5, heldBy: 'b' });
    expect(sounds.get('b')).toMatchObject({ gainDb: 0, shortLu: 1.5, familyShortLu: 4.5 });
  });

  it('lowers the others for a family that cannot be loud', () => {
    const all = [sound('a', -14, -1), sound('b', -22, -1, 'swell')];
    const { families } = kitLevels(all, -14);
    expect(families.map(({ lufs }) => lufs)).toEqual([-18.5, -20.5]);
    expect(families.map(({ heldBy }) => heldBy)).toEqual(['b', 'b']);
  });

  it('leaves a click soft rather than everything', () => {
    const { sounds, families } = kitLevels([sound('a', -14, -1), sound('click', -35, -1, 'swell')], -14);
    expect(families.map(({ lufs }) => lufs)).toEqual([-14, -14]);
    expect(sounds.get('click')!.shortLu).toBe(21);
  });

  it('brings what is struck to one peak, whatever the others are, and softer where those are asked to be', () => {
    const all = [sound('a', -18, -9), sound('kick', -24, -14, 'drum'), sound('hat', -30, -3, 'drum')];
    const gains = (mode: LevelMode) =>
      ['a', 'kick', 'hat'].map((path) => kitLevels(all, mode).sounds.get(path)!.gainDb);
    expect(gains('own')).toEqual([0, 13, 2]);
    expect(gains(-12)).toEqual([6, 13, 2]);
    expect(gains(-28)).toEqual([-10, 3, -8]);
    expect(kitLevels(all, 'own').families[1]).toMatchObject({ way: 'peak', lufs: null, peakDbtp: -1 });
  });

  it('lets flickers hold down nobody but each other, and makes them no louder than the loops', () => {
    const flicker = { ...sound('f', -29, -3, 'hiss'), loops: false };
    const all = [sound('a', -14, -5), sound('h', -15, -6, 'hiss'), flicker];
    const { sounds, families } = kitLevels(all, 'own');
    expect(families.map(({ way, lufs }) => [way, lufs])).toEqual([
      ['alike', -14],
      ['alike', -15],
      ['apart', -29],
    ]);
    expect(sounds.get('f')!.gainDb).toBe(0);
    const loud = { ...flicker, lufs: -6 };
    expect(kitLevels([...all.slice(0, 2), loud], 'own').families[2].lufs).toBe(-15);
  });

  it('leaves room tone at its level unless one is asked for', () => {
    const all = [sound('a', -18, -9), sound('r', -45, -30, 'silence')];
    const { sounds, families } = kitLevels(all, 'own');
    expect(sounds.has('r')).toBe(false);
    expect(families[0].lufs).toBe(-18);
    expect(families[1]).toMatchObject({ way: 'own', lufs: null });
    expect(kitLevels(all, -20).sounds.get('r')!.gainDb).toBe(25);
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
