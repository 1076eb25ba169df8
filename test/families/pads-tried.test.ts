/** Which moments are closed where none closes: each at most once. */
import { expect, it, vi } from 'vitest';
import type { Moment } from '../../src/analysis/moments.ts';
import { chord, joined, mixed, mono, noise, plucks, RATE } from '../signals.ts';

const tried: Moment[] = [];
vi.mock('../../src/families/pads/close-moment.ts', () => ({
  closeMoment: (_: unknown, __: unknown, { moment }: { moment: Moment }) => {
    tried.push(moment);
    return 'audible';
  },
}));
const { makePads } = await import('../../src/families/pads/make.ts');
const { allOf, settingsWith } = await import('./making.ts');

it('tries moments with an event after all others, and none twice', async () => {
  const struck = mixed(chord([45, 57, 60, 64], 4 * RATE), plucks([2], 880, 4 * RATE, 0.25));
  const music = joined(chord([45, 57, 60, 64], 6 * RATE), struck);
  const settings = settingsWith({ pad_miner: { min_stability: 0.3 }, pre_analysis: { separate: 'off' } });
  await allOf(makePads, mono(mixed(music, noise(music.length, 0.002))), settings);
  const eventful = tried.map(({ isEventful }) => isEventful);
  expect(eventful).toContain(true);
  expect(eventful).toContain(false);
  expect(eventful.lastIndexOf(false)).toBeLessThan(eventful.indexOf(true));
  expect(new Set(tried.map(({ start }) => start)).size).toBe(tried.length);
});
