import { describe, expect, it } from 'vitest';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import type { TargetTexture } from '../../src/targets/target.ts';
import { wavFacts } from '../../src/targets/wav-facts.ts';

const profileOf = (chunks: string[]) =>
  parseProfile(JSON.stringify({ version: 1, id: 'mine', device: 'Mine', chunks }), 'mine.json');
const ALL = ['smpl', 'acid', 'cue', 'info'];

/** A loop of A3 at 120 BPM, both sure. */
const PAD: TargetTexture = {
  ...{
    path: 'a/pads/a_pad.wav',
    fileName: 'a_pad',
    source: 'a',
    moment: null,
    sourcePath: 'a.wav',
    family: 'pad',
  },
  ...{ variant: '', brightness: '', kind: '', key: '', rootName: 'A3', grade: 'A' },
  ...{ durationSec: 2, sampleRate: 1000, bitDepth: 24, channelCount: 1, lufs: null, centroidHz: null },
  root: { note: 57, cents: 4, confidence: 0.5 },
  tempo: { bpm: 120, confidence: 0.9 },
  loops: true,
};

function facts(changes: Partial<TargetTexture>, { seconds = 2, chunks = ALL, cues = [0, 5] } = {}) {
  const sound = { sampleRate: 1000, channels: [new Float32Array(1000 * seconds)] };
  return wavFacts({ ...PAD, ...changes }, sound, { profile: profileOf(chunks), software: 'afterglow' }, cues);
}

describe('what the file of a sample says', () => {
  it('is what the profile lists', () => {
    const said = (chunks: string[]) =>
      Object.entries(facts({}, { chunks }))
        .filter(([, value]) => value !== undefined)
        .map(([key]) => key);
    expect(said(ALL)).toEqual(['sampler', 'acid', 'cues', 'info']);
    expect(said([])).toEqual([]);
    for (const [chunk, key] of [
      ['smpl', 'sampler'],
      ['acid', 'acid'],
      ['cue', 'cues'],
      ['info', 'info'],
    ]) {
      expect(said([chunk])).toEqual([key]);
    }
  });

  it('has a tempo where a loop is a whole number of beats of one that is trusted', () => {
    expect(facts({}).acid).toEqual({ isOneShot: false, root: 57, beats: 4 });
    // A hundredth of a beat short, then a tenth.
    expect(facts({}, { seconds: 1.995 }).acid?.beats).toBe(4);
    expect(facts({}, { seconds: 1.95 }).acid).toBeUndefined();
    expect(facts({ tempo: { bpm: 120, confidence: 0.29 } }).acid).toBeUndefined();
    expect(facts({ tempo: null }).acid).toBeUndefined();
    // Less than half a beat is none.
    expect(facts({ tempo: { bpm: 0.1, confidence: 0.9 } }).acid).toBeUndefined();
  });

  it('has no root that is not clear', () => {
    const { acid, sampler } = facts({ root: { note: 57, cents: 4, confidence: 0.19 } });
    expect([acid?.root, sampler?.root]).toEqual([null, null]);
  });

  it('calls a one-shot one, without a tempo', () => {
    expect(facts({ loops: false }).acid).toEqual({ isOneShot: true, root: 57, beats: null });
  });
});
