import { describe, expect, it } from 'vitest';
import { wantedLengths } from '../../src/textures/wanted-lengths.ts';
import { settingsWith } from './making.ts';

const musicality = (changes: object) => settingsWith({ musicality: changes }).musicality;
const tempo = (bpm: number, confidence = 0.9) => ({ bpm, confidence });

describe('wantedLengths', () => {
  it('is the seconds asked, with slack, off the grid', () => {
    expect(wantedLengths([2, 3.5], musicality({}), tempo(120), 44_100)).toEqual({
      lengths: [
        { frames: 88_200, exact: false },
        { frames: 154_350, exact: false },
      ],
    });
  });

  it('is every bar length, to the sample, on the grid', () => {
    const { lengths } = wantedLengths([2], musicality({ snap_to_grid: true }), tempo(120), 48_000);
    expect(lengths).toEqual([96_000, 192_000, 384_000].map((frames) => ({ frames, exact: true })));
  });

  it('follows a tempo that is set, whatever is heard', () => {
    const set = musicality({ snap_to_grid: true, reference_bpm: 90, bar_lengths: [1] });
    expect(wantedLengths([2], set, tempo(120), 44_100).lengths).toEqual([{ frames: 117_600, exact: true }]);
  });

  it('falls back to seconds, and says why, where no tempo is clear', () => {
    for (const heard of [null, tempo(120, 0.1)]) {
      const { lengths, reason } = wantedLengths([2], musicality({ snap_to_grid: true }), heard, 44_100);
      expect(lengths).toEqual([{ frames: 88_200, exact: false }]);
      expect(reason).toMatch(/reference_bpm/);
    }
  });
});
