import { expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import type { GrainPool } from '../../src/families/clouds/grain.ts';
import { windowGroups, windowsDrawer } from '../../src/families/clouds/windows.ts';

/** Three stretches of 10, 3 and 1 s, at 100 samples a second. */
const pool: GrainPool = {
  analysis: {} as Analysis,
  stretches: [
    { start: 0, end: 1000, stability: 1 },
    { start: 2000, end: 2300, stability: 1 },
    { start: 3000, end: 3100, stability: 1 },
  ],
  shortest: 10,
  longest: 40,
  transposition: 0,
  shift: () => 0,
};

it('takes the worthiest windows first, none of which shares anything, until a group has enough', () => {
  const groups = windowGroups(pool, 300, 500, ({ start }) => start);
  expect(groups[0].map(({ start, end }) => [start, end])).toEqual([
    [3000, 3100],
    [2000, 2300],
  ]);
  const all = groups.flat().sort((one, other) => one.start - other.start);
  for (const [i, { start }] of all.entries()) if (i > 0) expect(start).toBeGreaterThanOrEqual(all[i - 1].end);
});

it('draws from every window by its share, and never beyond its end', () => {
  const windows = [
    { stretch: 0, start: 100, end: 400 },
    { stretch: 1, start: 2000, end: 2100 },
  ];
  const draw = windowsDrawer(windows);
  expect(draw(50, 0)).toEqual({ stretch: 0, start: 100 });
  expect(draw(50, 0.7499).start).toBeGreaterThan(340);
  expect(draw(50, 0.75)).toEqual({ stretch: 1, start: 2000 });
  expect(draw(50, 0.9999).start).toBeLessThanOrEqual(2050);
  // What reads more than there is begins where the window does.
  expect(draw(500, 0.9)).toEqual({ stretch: 1, start: 2000 });
});
