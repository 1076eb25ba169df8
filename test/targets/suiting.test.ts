import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/targets/candidate.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { suiting } from '../../src/targets/suiting.ts';

const profile = (figures: Record<string, unknown>) =>
  parseProfile(JSON.stringify({ version: 1, id: 'mine', device: 'Mine', ...figures }), 'mine.json');

const some = (count: number, family: Candidate['family'], durationSec: number, loops = true) =>
  Array.from(
    { length: count },
    (_, i) =>
      ({
        path: `${family}${i + 1}`,
        family,
        durationSec,
        loops,
        channelCount: 1,
        sampleRate: 44_100,
      }) as Candidate,
  );

const order = (textures: readonly Candidate[], figures: Record<string, unknown>) =>
  suiting([textures], profile(figures)).map(({ path }) => path);

describe('suiting', () => {
  const pads = some(4, 'pad', 4);
  const beds = some(3, 'bed', 13);

  it('takes families in turn where nothing is scarce', () => {
    expect(order([...pads, ...beds], {})).toEqual([
      ...['pad1', 'bed1', 'pad2', 'bed2', 'pad3', 'bed3', 'pad4'],
    ]);
  });

  it('gives each family as much of what is scarce: samples, time or memory', () => {
    const byTime = ['pad1', 'bed1', 'pad2', 'pad3', 'pad4', 'bed2', 'bed3'];
    expect(order([...pads, ...beds], { total_sec: 100 })).toEqual(byTime);
    expect(order([...pads, ...beds], { total_bytes: 9_000_000, bit_depths: [16] })).toEqual(byTime);
    // As samples go, a bed costs no more than a pad.
    expect(order([...pads, ...beds], { total_sec: 1000, most_samples: 10 })).toEqual([
      ...['pad1', 'bed1', 'pad2', 'bed2', 'pad3', 'bed3', 'pad4'],
    ]);
  });

  it('gives twice as much to what a device is made for', () => {
    const hits = some(4, 'drum', 0.3, false);
    expect(order([...some(3, 'pad', 2), ...hits], { most_samples: 10, favours: ['drum'] })).toEqual([
      ...['pad1', 'drum1', 'drum2', 'pad2', 'drum3', 'drum4', 'pad3'],
    ]);
  });

  it('puts loops that would soon fall silent last where looping is doubtful, and one-shots not', () => {
    const textures = [...some(2, 'pad', 1.5), ...some(1, 'cloud', 2), ...some(1, 'swell', 1, false)];
    expect(order(textures, { loops: 'doubtful' })).toEqual(['cloud1', 'swell1', 'pad1', 'pad2']);
    expect(order(textures, { loops: 'hand' })).toEqual(['pad1', 'cloud1', 'swell1', 'pad2']);
  });

  it('keeps a part before the next, and remembers what was given', () => {
    const parts = [some(1, 'bed', 30), [...some(1, 'bed', 30), ...some(2, 'pad', 4)]];
    const paths = suiting(parts, profile({ total_sec: 100 })).map(({ family }) => family);
    expect(paths).toEqual(['bed', 'pad', 'pad', 'bed']);
  });
});
