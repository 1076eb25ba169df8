import { expect, it } from 'vitest';
import { spelledForOthers } from '../../src/archive/json-names.ts';

it('spells keys at any depth, and leaves values, paths and words as they are', () => {
  const path = 'camelCase/padLoop.wav';
  const told = spelledForOthers({
    durationSec: 1,
    list: [{ gradeReasons: path, none: null }, 'upToDate'],
    [path]: true,
    'too quiet': 3,
    isUpToDate: { left_out: [], bpm: 70 },
  });
  expect(told).toEqual({
    duration_sec: 1,
    list: [{ grade_reasons: path, none: null }, 'upToDate'],
    [path]: true,
    'too quiet': 3,
    is_up_to_date: { left_out: [], bpm: 70 },
  });
});
