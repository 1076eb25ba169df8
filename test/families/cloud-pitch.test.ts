import { describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import { grainShifts, pitchClassProfile } from '../../src/families/clouds/pitch.ts';

const flat = new Float32Array(12).fill(1 / 12);

function drawn(range: { min: number; max: number }, profile = flat): Map<number, number> {
  const shift = grainShifts(range, profile);
  const random = new Random('shifts');
  const counts = new Map<number, number>();
  for (let i = 0; i < 12_000; i++) {
    const semitones = shift(random);
    counts.set(semitones, (counts.get(semitones) ?? 0) + 1);
  }
  return counts;
}

describe('grainShifts', () => {
  it('takes every whole semitone of the range alike where no note stands out', () => {
    const counts = drawn({ min: -2.5, max: 3 });
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('prefers the shifts that fall on notes of the source, and leaves none out', () => {
    const fifth = Float32Array.from({ length: 12 }, (_, pitch) => (pitch === 0 || pitch === 7 ? 0.5 : 0));
    const counts = drawn({ min: -7, max: 7 }, fifth);
    expect(counts.size).toBe(15);
    expect(counts.get(7)!).toBeGreaterThan(4 * counts.get(6)!);
    expect(counts.get(0)!).toBeGreaterThan(3 * counts.get(7)!);
    expect(counts.get(5)!).toBeGreaterThan(4 * counts.get(1)!);
  });

  it('takes a range within one semitone as a detuning', () => {
    const values = [...drawn({ min: -0.3, max: 0.3 }).keys()];
    expect(values.length).toBeGreaterThan(1000);
    expect(Math.max(...values.map(Math.abs))).toBeLessThan(0.3);
    expect([...drawn({ min: 0, max: 0 }).keys()]).toEqual([0]);
  });
});

describe('pitchClassProfile', () => {
  it('sums the rows under the spans only', () => {
    const values = new Float32Array(4 * 12);
    for (let row = 0; row < 4; row++) values[row * 12 + row] = 1;
    const chroma = { hop: 100, rows: 4, columns: 12, values };
    const profile = pitchClassProfile(chroma, [{ start: 100, end: 250 }]);
    expect([...profile.subarray(0, 4)]).toEqual([0, 1, 1, 0]);
  });
});
