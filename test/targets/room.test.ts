import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/targets/candidate.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { planKit } from '../../src/targets/plan-kit.ts';
import { lengthThatFits, type Room, WHOLE_ROOM } from '../../src/targets/room.ts';

const profile = (figures: Record<string, unknown>) =>
  parseProfile(
    JSON.stringify({
      version: 1,
      id: 'mine',
      device: 'Mine',
      channels: [1],
      sample_rates_hz: [44_100],
      ...figures,
    }),
    'mine.json',
  );
const texture = (path: string, durationSec: number, loops = true): Candidate => ({
  ...{ path, family: 'pad', source: path, variant: '', brightness: '', kind: '', key: '', rootName: '' },
  ...{ grade: 'A', loops, durationSec, sampleRate: 44_100, bitDepth: 16, channelCount: 1 },
});
const planned = (textures: readonly Candidate[], figures: Record<string, unknown>, room: Partial<Room>) =>
  planKit(textures, profile(figures), 'K', { room: { ...WHOLE_ROOM, ...room } });
const seconds = ({ slots }: ReturnType<typeof planned>) =>
  slots.map(({ size }) => Math.round(size.seconds * 10) / 10);

describe('the room of a device', () => {
  const textures = [
    texture('a', 16),
    texture('b', 2),
    texture('c', 16),
    texture('shot', 6, false),
    texture('d', 8),
  ];

  it('is shared by loops of one greatest length, where that is asked', () => {
    const plan = planned(textures, { total_sec: 29.05 }, { leastLoopSec: 2 });
    expect(seconds(plan)).toEqual([7, 2, 7, 6, 7]);
    expect(plan.leftOut).toEqual([]);
    expect(seconds(planned(textures, { total_sec: 29.05 }, {}))).toEqual([16, 2, 6]);
    expect(seconds(planned(textures, { total_sec: 48.1 }, { leastLoopSec: 2 }))).toEqual([16, 2, 16, 6, 8]);
  });

  it('makes no loop shorter than that, and leaves out the last', () => {
    const plan = planned(textures, { total_sec: 15.05 }, { leastLoopSec: 3 });
    expect(seconds(plan)).toEqual([3, 2, 3, 6]);
    expect(plan.leftOut.map(({ texture }) => texture.path)).toEqual(['d']);
  });

  it('counts only as many as the device has samples for', () => {
    const plan = planned(textures, { total_sec: 20.05, most_samples: 3 }, { leastLoopSec: 2 });
    expect(seconds(plan)).toEqual([9, 2, 9]);
  });

  it('is filled in part', () => {
    const plan = planned(textures, { total_sec: 61, total_bytes: 1e9, most_samples: 10 }, { fill: 0.3 });
    expect(plan.limits).toEqual({ samples: 3, seconds: expect.closeTo(18.3, 9), bytes: 3e8 });
    expect(seconds(plan)).toEqual([16, 2]);
  });

  it('holds nothing longer than is wanted, and no one-shot of which less than half is left', () => {
    const plan = planned(textures, { longest_sample_sec: 10 }, { longestSec: 2.5 });
    expect(seconds(plan)).toEqual([2.5, 2, 2.5, 2.5]);
    expect(plan.leftOut[0].reason).toEqual({ code: 'too-long', durationSec: 6, mostSec: 2.5, isAsked: true });
    expect(planned(textures, { longest_sample_sec: 2 }, { longestSec: 9 }).leftOut[0].reason).toMatchObject({
      mostSec: 2,
      isAsked: false,
    });
    expect(seconds(planned([texture('shot', 6, false)], {}, { longestSec: 4 }))).toEqual([4]);
  });
});

it('lengthThatFits finds the greatest', () => {
  const upTo = (most: number) => (sec: number | null) => sec !== null && sec <= most;
  expect(lengthThatFits(() => true, 2, 16)).toBeNull();
  expect(lengthThatFits(upTo(7.04), 2, 16)).toBeCloseTo(7, 9);
  expect(lengthThatFits(upTo(1), 2, 16)).toBe(2);
  expect(lengthThatFits(upTo(1), 20, 16)).toBe(20);
});
