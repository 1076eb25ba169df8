import { describe, expect, it } from 'vitest';
import { lengthSlackOf, wantedLengths } from '../../src/families/shared/wanted-lengths.ts';
import { settingsWith } from './making.ts';

const musicality = (changes: object) => settingsWith({ musicality: changes }).musicality;
const tempo = (bpm: number, steadiness = 0.9) => ({
  bpm,
  alternativeBpm: null,
  confidence: steadiness,
  steadiness,
});

describe('wantedLengths', () => {
  it('is the seconds asked, with slack, off the grid', () => {
    expect(wantedLengths([2, 3.5], musicality({}), tempo(120), 44_100)).toEqual({
      lengths: [
        { frames: 88_200, bars: null },
        { frames: 154_350, bars: null },
      ],
    });
  });

  it('is every bar length, to the sample, on the grid', () => {
    const { lengths } = wantedLengths([2], musicality({ snap_to_grid: true }), tempo(120), 48_000);
    expect(lengths).toEqual([
      { frames: 96_000, bars: 1 },
      { frames: 192_000, bars: 2 },
      { frames: 384_000, bars: 4 },
    ]);
  });

  it('follows a tempo that is set, whatever is heard', () => {
    const set = musicality({ snap_to_grid: true, reference_bpm: 90, bar_lengths: [1] });
    expect(wantedLengths([2], set, tempo(120), 44_100).lengths).toEqual([{ frames: 117_600, bars: 1 }]);
  });

  it('falls back to seconds, and says why, where no tempo is clear', () => {
    for (const heard of [null, tempo(120, 0.1)]) {
      const { lengths, reason } = wantedLengths([2], musicality({ snap_to_grid: true }), heard, 44_100);
      expect(lengths).toEqual([{ frames: 88_200, bars: null }]);
      expect(reason).toEqual({ code: 'no-steady-tempo' });
    }
  });
});

it('keeps to a steady beat whose octave is open, since bars of either fill each other', () => {
  const heard = { bpm: 120, alternativeBpm: 60, confidence: 0.2, steadiness: 1 };
  const grid = musicality({ snap_to_grid: true, bar_lengths: [1] });
  expect(wantedLengths([2], grid, heard, 48_000).lengths).toEqual([{ frames: 96_000, bars: 1 }]);
});

describe('lengthSlackOf', () => {
  it('is a tenth of the length off the grid, of the stretched one where it is stretched, and none on it', () => {
    expect(lengthSlackOf({ frames: 88_200, bars: null })).toBe(8820);
    expect(lengthSlackOf({ frames: 88_200, bars: null }, 132_300)).toBe(13_230);
    expect(lengthSlackOf({ frames: 88_200, bars: 2 }, 132_300)).toBe(0);
  });
});
