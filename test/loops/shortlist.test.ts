import { describe, expect, it } from 'vitest';
import type { MeasuredCrossfade } from '../../src/loops/measure-crossfade.ts';
import { Shortlist } from '../../src/loops/shortlist.ts';

const crossfade = (totalPenalty: number, { penalty = 2, most = 2, bandDb = 0 } = {}) =>
  ({ totalPenalty, penalty, standing: { most, sum: 0, bandDb } }) as MeasuredCrossfade;
const listOf = (...crossfades: MeasuredCrossfade[]) => {
  const list = new Shortlist();
  for (const one of crossfades) list.add(one);
  return list;
};
const totals = ({ best }: Shortlist) => best.map(({ totalPenalty }) => totalPenalty);

describe('Shortlist', () => {
  it('keeps the best four, best first, and none that is refused', () => {
    const list = listOf(...[5, 3, 9, 4, 8, 1].map((total) => crossfade(total)), crossfade(2, { bandDb: 4 }));
    expect(totals(list)).toEqual([1, 3, 4, 5]);
    expect(list.measured).toBe(7);
  });

  it('says from where on another is of no use: nowhere before there are four', () => {
    expect(listOf(crossfade(1), crossfade(2), crossfade(3)).most).toBe(Infinity);
    expect(listOf(...[1, 7, 2, 3].map((total) => crossfade(total))).most).toBe(7);
  });

  it('is good by one that is within the target, among the music and has a small total', () => {
    const within = { penalty: 1, most: 1 };
    expect(listOf(crossfade(2.5, within)).isGood).toBe(true);
    expect(listOf(crossfade(2.6, within))).toMatchObject({ isGood: false, isWithinTarget: true });
    expect(listOf(crossfade(1, { ...within, most: 1.1 })).isWithinTarget).toBe(false);
  });
});
