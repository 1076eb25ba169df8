import { describe, expect, it } from 'vitest';
import { takesRate } from '../../src/targets/limits.ts';
import { parseBundledProfile, parseProfile } from '../../src/targets/parse-profile.ts';

const MINE = { version: 1, id: 'mine', device: 'Mine' };
const parse = (profile: object) => parseProfile(JSON.stringify(profile), './mine.json');

describe('parseProfile', () => {
  it('takes bare values for figures, and what is left out for unknown', () => {
    const profile = parse({
      ...MINE,
      bit_depths: [16],
      sample_rates_hz: { least: 8000, most: 48_000 },
      zones: null,
    });
    expect(profile.bit_depths).toEqual({ value: [16], confidence: 'own' });
    expect(profile.sample_rates_hz).toEqual({ value: { least: 8000, most: 48_000 }, confidence: 'own' });
    expect(profile.zones).toEqual({ value: null, confidence: 'unknown' });
    expect(profile.loops).toEqual({ value: null, confidence: 'unknown' });
  });

  it.each([
    [{ bit_depths: [8] }, /bit_depths: must hold 16 or 24, which is what is written/],
    [{ sample_rates_hz: 44_100 }, /sample_rates_hz: must be a list of rates/],
    [{ alphabet: 'ABC' }, /alphabet: must hold letters and all ten digits/],
    [{ alphabet: 'A0123456789/' }, /alphabet: must hold none of/],
    [{ folder: '../up' }, /folder: must be a path with slashes below the card/],
    [{ folder: '/root' }, /folder: must be a path/],
    [{ longest_name: 4 }, /longest_name: must be at least 8/],
    [{ longest_sample_sec: -1 }, /longest_sample_sec: must be more than 0/],
    [{ fish: 1 }, /\(fish: is no key of a profile; leave it out\)/],
    [{ id: 'Not Good' }, /id: must be small letters/],
    [{ loops: 'points', chunks: ['info'] }, /chunks: must hold smpl where loops is points/],
    [{ loops: 'points' }, /chunks: must hold smpl where loops is points/],
    [{ chunks: 'most' }, /chunks: must be a list of smpl, acid, cue, info, empty for none/],
    [{ chunks: ['smpl', 'fish'] }, /chunks, entry 2: must be smpl, acid, cue or info/],
    [
      { sample_rates_hz: { least: 48_000, most: 8000 } },
      /sample_rates_hz: least is 48000; it must be at most most, which is 8000/,
    ],
    [{ longest_sample_sec: 20, total_sec: 10 }, /longest_sample_sec: must be at most total_sec, which is 10/],
    [{ longest_name: 40, longest_path: 32 }, /longest_name: must be at most longest_path, which is 32/],
    [
      { folder: 'A/LONG/WAY/DOWN/{kit}', longest_path: 29 },
      /longest_path: must leave 8 characters for a name in folder/,
    ],
    [
      { sample_rates_hz: [48_000], preferred_sample_rate_hz: 44_100 },
      /preferred_sample_rate_hz: must be one of/,
    ],
    [{ reserved_bytes: 10 }, /reserved_bytes: must be less than total_bytes, which is unknown/],
    [{ reserved_bytes: 10, total_bytes: 9 }, /reserved_bytes: must be less than total_bytes, which is 9/],
    [{ favours: ['pads'] }, /favours: must be a list of pad, drone, /],
    [{ roots: ['name'] }, /alphabet: must hold # where roots has name/],
    [{ loops: 'maybe' }, /loops: must be file, points, hand or doubtful/],
    [{ zones: { value: 24, confidence: 'manual' } }, /zones.source: must say where it is from/],
    [{ zones: { value: 24, confidence: 'unknown' } }, /zones: must be null where it is unknown/],
    [
      { zones: { value: 24, confidence: 'sure' } },
      /zones.confidence: must be measured, manual, reported, choice, own or unknown/,
    ],
    [{ channels: [3] }, /channels, entry 1: must be 1 or 2/],
    [{ most_samples: 'many' }, /most_samples: must be a number/],
    [{ most_samples: 1.5 }, /most_samples: must be a whole number/],
    [{ zones: {} }, /zones: must be a number, or an object with value and confidence\)/],
    [{ zones: { value: 24 } }, /zones.confidence: must be measured/],
    [{ device: '' }, /device: must not be empty/],
    [{ device: undefined }, /device: is missing; it must be a text in quotes/],
    [
      { zones: { value: 24, confidence: 'manual', source: 'M', url: 'x' } },
      /zones.url: must be a web address/,
    ],
  ])('says what is wrong with %j', (figures, message) => {
    expect(() => parse({ ...MINE, ...figures })).toThrow(message);
    expect(() => parse({ ...MINE, ...figures })).toThrow(/^“\.\/mine\.json” is no device profile/);
  });

  it('takes a folder of WAVs for the target of one that names none, and refuses what is no target of a device', () => {
    expect(parse(MINE).target).toBe('wav-folder');
    for (const target of ['sfz', 'fish']) {
      expect(() => parse({ ...MINE, target })).toThrow(/target: must be one of wav-folder/);
    }
    expect(() => parse([])).toThrow(/the file: must be an object in braces/);
  });

  it('still takes the one word that chunks were before they were a list', () => {
    const chunksOf = (chunks: unknown) => parse({ ...MINE, chunks }).chunks.value;
    expect(['none', 'smpl', 'full'].map(chunksOf)).toEqual([[], ['smpl'], ['smpl', 'info']]);
    expect(chunksOf({ value: 'full', confidence: 'choice' })).toEqual(['smpl', 'info']);
    expect(chunksOf(['cue', 'acid'])).toEqual(['cue', 'acid']);
  });

  it('names a fault of the target’s beside another', () => {
    expect(() => parse({ ...MINE, bit_depths: [8], fish: 1 })).toThrow(
      'bit_depths: must hold 16 or 24, which is what is written; fish: is no key of a profile; leave it out',
    );
  });

  it('says so where it is no JSON', () => {
    expect(() => parseProfile('{ "id": ', 'x.json')).toThrow(/“x.json” is no JSON/);
  });
});

it('a profile that comes with the engine names its target', () => {
  const parseOurs = (profile: object) => parseBundledProfile(JSON.stringify(profile), 'profiles/mine.json');
  expect(parseOurs({ ...MINE, target: 'wav-folder' }).target).toBe('wav-folder');
  expect(() => parseOurs(MINE)).toThrow(
    '“profiles/mine.json” names no target, so nobody knows how to write for its device; add one, such as "target": "wav-folder".',
  );
});

it('takesRate knows lists, ranges and devices that take any', () => {
  expect(takesRate([44_100], 48_000)).toBe(false);
  expect(takesRate({ least: 8000, most: 48_000 }, 48_000)).toBe(true);
  expect(takesRate({ least: 8000, most: 48_000 }, 48_001)).toBe(false);
  expect(takesRate(null, 1)).toBe(true);
});
