import type { SettingPath } from './json-schema.ts';

/** A key of the Python program that has a new name, or became two. */
interface OldKey {
  readonly old: SettingPath;
  readonly now: string;
  /** New paths and their values. */
  readonly translate: (value: unknown) => readonly (readonly [SettingPath, unknown])[];
}

function renamed(section: string, old: string, now: string): OldKey {
  return {
    old: [section, old],
    now: `${section}.${now}`,
    translate: (value) => [[[section, now], value]],
  };
}

export const OLD_KEYS: readonly OldKey[] = [
  renamed('pad_miner', 'target_duration_sec', 'target_durations_sec'),
  renamed('pad_miner', 'crossfade_ms', 'loop_crossfade_ms'),
  renamed('hiss', 'band_low_hz', 'bandpass_low_hz'),
  renamed('hiss', 'band_high_hz', 'bandpass_high_hz'),
  {
    old: ['clouds', 'max_pitch_shift_semitones'],
    now: 'clouds.pitch_shift_range',
    translate: (value) => {
      const isNumber = typeof value === 'number';
      return [
        [['clouds', 'pitch_shift_range', 'min'], isNumber ? -Math.abs(value) : value],
        [['clouds', 'pitch_shift_range', 'max'], isNumber ? Math.abs(value) : value],
      ];
    },
  },
];

const ONE_PICKER = 'one onset picker now serves everything';

/** Keys of the Python program that have no effect any more, and why. */
export const RETIRED_KEYS: Readonly<Record<string, string>> = {
  'drum_miner.enabled': 'drum hits have a command of their own, mine-drums',
  'drum_miner.onset_backtrack': 'hits always begin where the attack begins',
  'drum_miner.pre_max': ONE_PICKER,
  'drum_miner.post_max': ONE_PICKER,
  'drum_miner.pre_avg': ONE_PICKER,
  'drum_miner.post_avg': ONE_PICKER,
  'drum_miner.max_peak_db': 'clipped hits are graded F',
  'curation.thresholds.max_rms_db': 'every file is levelled below its true-peak ceiling',
};
