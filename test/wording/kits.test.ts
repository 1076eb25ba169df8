import { expect, it } from 'vitest';
import type { FamilyId } from '../../src/families/family.ts';
import { FAMILIES } from '../../src/families/index.ts';
import type { Adaptation } from '../../src/targets/adaptation.ts';
import type { FamilyLevel } from '../../src/targets/kit-levels.ts';
import type { LeftOutReason } from '../../src/targets/left-out.ts';
import {
  adaptationText,
  adaptationTitle,
  familyLevelText,
  leftOutText,
  shortenedText,
} from '../../src/wording/kits.ts';

const FREE = { shortLu: 0, familyShortLu: 0, heldBy: null, peakDbtp: null };

const ADAPTATIONS: [adaptation: Adaptation, text: string, title: string][] = [
  [{ code: 'mono-on-both' }, 'mono on both channels', 'mono on both channels'],
  [
    { code: 'one-channel', channel: 'left' },
    'left channel alone, since both cancel each other',
    'left channel alone',
  ],
  [{ code: 'mixed-to-mono' }, 'mixed to mono', 'mixed to mono'],
  [{ code: 'looped-anew', sec: 19.2, ofSec: 32 }, 'looped anew over 19.20 s of 32.00 s', 'looped again'],
  [
    { code: 'phases-randomised', sec: 1, ofSec: 2.004 },
    'smeared over a ring of 1.00 s of 2.00 s',
    'phases randomised',
  ],
  [{ code: 'faded-out', sec: 0.6, ofSec: 1 }, 'faded out at 0.60 s of 1.00 s', 'faded out'],
  [{ code: 'resampled', fromHz: 44_100, toHz: 48_000 }, '44100 to 48000 Hz', '44100 to 48000 Hz'],
  [{ code: 'rotated' }, 'turned to wrap calmly', 'rotated'],
  [{ code: 'transposed', semitones: -2 }, 'transposed -2 semitones', 'transposed'],
  [{ code: 'transposed', semitones: 1 }, 'transposed +1 semitone', 'transposed'],
  [{ code: 'tuned', cents: 12.34 }, 'tuned +12.3 cents', 'tuned'],
  [{ code: 'levelled', gainDb: -3.21, ...FREE }, 'level -3.2 dB', 'levelled'],
  [
    { code: 'levelled', gainDb: 0, ...FREE, shortLu: 1.5, familyShortLu: 2, heldBy: 'a/pads/loud.wav' },
    'level as it was, which is all that its peaks allow: 1.5 LU under its family, its family 2.0 LU softer than wanted, held down by the peak of loud',
    'levelled',
  ],
  [
    { code: 'levelled', gainDb: 3, ...FREE, peakDbtp: -1 },
    'level +3.0 dB, to a peak of -1.0 dBTP',
    'levelled',
  ],
  [{ code: 'depth-reduced', fromBits: 24, toBits: 16 }, '24 to 16 bits', '24 to 16 bits'],
];

it.each(ADAPTATIONS)('%j is “%s”, or “%s” of many', (adaptation, text, title) => {
  expect(adaptationText(adaptation)).toBe(text);
  expect(adaptationTitle(adaptation)).toBe(title);
});

const REASONS: [reason: LeftOutReason, text: string][] = [
  [{ code: 'unreadable', message: '“a.wav” is empty; remove it.' }, '“a.wav” is empty; remove it.'],
  [{ code: 'empty' }, 'it is empty'],
  [{ code: 'no-room' }, 'there is room for no sample of it'],
  [{ code: 'too-little-left' }, 'less than half of it would be left'],
  [
    { code: 'too-long', durationSec: 0.92, mostSec: 0.4, isAsked: false },
    'it is 0.9 s long and no loop, and of the 0.4 s that the device takes less than half of it would be left',
  ],
  [
    { code: 'too-long', durationSec: 6, mostSec: 2, isAsked: true },
    'it is 6.0 s long and no loop, and of the 2 s that are wanted less than half of it would be left',
  ],
  [
    { code: 'other-key', is: 'C maj', wanted: 'E min' },
    'it is in C maj, which is not of E min, and may not be moved so far',
  ],
  [
    { code: 'unknown-key', wanted: 'A min' },
    'neither its key nor its root is clear, so nobody can say whether it is in A min',
  ],
  [
    { code: 'longer-than-listed' },
    'its file is longer than the manifest says, so it was changed since; run again',
  ],
  [{ code: 'samples-full', limit: 256 }, 'there is room for 256 samples, and better ranked ones have it'],
  [
    { code: 'seconds-full', needs: 60, left: 41.04, limit: 61 },
    'needs 60.0 s of mono, and better ranked ones leave 41.0 of 61 s',
  ],
  [
    { code: 'bytes-full', needs: 2.34e6, left: 1e6, limit: 64e6 },
    'needs 2.3 MB, and better ranked ones leave 1.0 MB of 64.0 MB',
  ],
];

it.each(REASONS)('%j is “%s”', (reason, text) => {
  expect(leftOutText(reason)).toBe(text);
});

it('says how many were shortened, from what to what', () => {
  const sample = (family: FamilyId, ...adaptations: Adaptation[]) => ({ texture: { family }, adaptations });
  const cut = (sec: number): Adaptation => ({ code: 'looped-anew', sec, ofSec: 16 });
  const files = [
    sample('drone', cut(8)),
    sample('drone', cut(7.2)),
    sample('drone'),
    sample('pad', { code: 'rotated' }),
  ];
  expect(shortenedText(files, FAMILIES)).toBe('drones 2 of 3 (16.0 to 7.2–8.0 s)');
  expect(shortenedText(files.slice(2), FAMILIES)).toBe('');
});

it('says what a family was brought to, and whose peak holds it down', () => {
  const level = {
    family: 'pad',
    way: 'alike',
    lufs: -18,
    wantedLufs: -16,
    peakDbtp: null,
    heldBy: 'a/b_pad01.wav',
  } as const;
  const none = { lufs: null, wantedLufs: null, heldBy: null } as const;
  const text = (one: FamilyLevel) => familyLevelText(one, FAMILIES);
  expect(text(level)).toBe('pads -18.0 LUFS (not -16.0: held down by the peak of b_pad01)');
  expect(text({ ...level, family: 'hiss', way: 'apart', heldBy: null })).toBe('flickers -18.0 LUFS');
  expect(text({ ...level, ...none, family: 'drum', way: 'peak', peakDbtp: -1 })).toBe(
    'drums peak at -1.0 dBTP',
  );
  expect(text({ ...level, ...none, family: 'silence', way: 'own' })).toBe('silences as they were');
});
