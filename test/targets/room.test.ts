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
const texture = (
  path: string,
  durationSec: number,
  loops = true,
  family: Candidate['family'] = 'pad',
): Candidate => ({
  ...{ path, family, source: path, variant: '', brightness: '', kind: '', key: '', rootName: '' },
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
    const plan = planned(textures, { total_sec: 29.05 }, { isShared: true });
    expect(seconds(plan)).toEqual([7, 2, 7, 6, 7]);
    expect(plan.leftOut).toEqual([]);
    expect(seconds(planned(textures, { total_sec: 29.05 }, {}))).toEqual([16, 2, 6]);
    expect(seconds(planned(textures, { total_sec: 48.1 }, { isShared: true }))).toEqual([16, 2, 16, 6, 8]);
  });

  it('makes no loop shorter than its family bears, and leaves out the last', () => {
    const plan = planned(textures, { total_sec: 14.05 }, { isShared: true });
    expect(seconds(plan)).toEqual([2.5, 2, 2.5, 6]);
    expect(plan.leftOut.map(({ texture }) => texture.path)).toEqual(['d']);
    const long = [
      texture('pad', 16),
      texture('drone', 16, true, 'drone'),
      texture('cloud', 9, true, 'cloud'),
      texture('bed', 45, true, 'bed'),
      texture('short', 5, true, 'drone'),
    ];
    expect(seconds(planned(long, { total_sec: 51.05 }, { isShared: true }))).toEqual([2.5, 10, 5, 24.5, 9]);
    const full = planned(long, { total_sec: 47 }, { isShared: true });
    expect(seconds(full)).toEqual([2.5, 10, 24.5, 9]);
    expect(full.leftOut[0].reason).toMatchObject({ code: 'seconds-full' });
  });

  it.each(['doubtful', 'hand'])('shortens none for others where loops are %s', (loops) => {
    expect(seconds(planned(textures, { total_sec: 29.05, loops }, { isShared: true }))).toEqual([16, 2, 6]);
  });

  it('is memory for hits and short loops, and the card for the longest, where a device plays from that', () => {
    const figures = {
      ...{ total_bytes: 882_900, most_samples: 4, streamed_samples: 2, bit_depths: [16] },
    };
    const some = [texture('long', 7), texture('hit', 6, false, 'drum'), texture('b', 3), texture('c', 4)];
    const plan = planned(some, figures, { isShared: true });
    const fromCard = plan.slots.filter(({ isStreamed }) => isStreamed).map(({ texture }) => texture.path);
    expect(fromCard.sort()).toEqual(['c', 'long']);
    expect(seconds(plan)).toEqual([7, 3, 4, 6]);
    expect(plan.used.seconds).toBeCloseTo(9, 1);
    expect(plan.usedOfCard).toMatchObject({ samples: 2, seconds: expect.closeTo(11, 1) });
    const more = planned([...some, texture('d', 8), texture('e', 1)], figures, {});
    expect(more.leftOut.map(({ texture, reason }) => [texture.path, reason.code])).toEqual([
      ['d', 'bytes-full'],
    ]);
  });

  it('counts only as many as the device has samples for', () => {
    const plan = planned(textures, { total_sec: 20.05, most_samples: 3 }, { isShared: true });
    expect(seconds(plan)).toEqual([9, 2, 9]);
  });

  it('is filled in part', () => {
    const plan = planned(textures, { total_sec: 61, total_bytes: 1e9, most_samples: 10 }, { fill: 0.3 });
    expect(plan.limits).toMatchObject({ samples: 3, seconds: expect.closeTo(18.3, 9), bytes: 3e8 });
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
