import { describe, expect, it } from 'vitest';
import { transforms } from '../../src/families/shared/transforms.ts';
import { settingsWith } from './making.ts';

describe('transforms', () => {
  it('names shifts and stretches, the original first, none twice', () => {
    const { drones } = settingsWith({
      drones: { pitch_shift_semitones: [7, 0, -5, 7], time_stretch_factors: [1, 1.5, 2, 0.75] },
    });
    const names = transforms(drones).map(({ name }) => name);
    expect(names).toEqual(['', 'pitch+7', 'pitch-5', 'stretch1.5x', 'stretch2.0x', 'stretch0.75x']);
  });
});
