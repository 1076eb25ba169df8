import { COUNT, DECIBELS, SECONDS } from '../../settings/bounds.ts';
import { flag, number, optionalNumber, whole } from '../../settings/fields.ts';
import { section, type ValuesOf } from '../../settings/section.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** Room tone. */
export const roomTone = section(
  'Room tone: the quiet, steady stretches of the songs in source_audio_dir, drawn out into loops.',
  {
    min_rms_db: optionalNumber(
      'Quieter stretches are skipped, dBFS RMS; null skips what lies 62 dB under the level of its source.',
      DECIBELS,
    ),
    max_rms_db: optionalNumber(
      'Louder stretches are skipped, dBFS RMS; null skips what lies less than 27 dB under the level of its source, but for a source that is all room.',
      DECIBELS,
    ),
    max_crest_factor: number(
      'Stretches with more peak over RMS than this are skipped: clicks (a ratio, not dB).',
      5,
      { min: 1, max: 1000 },
    ),
    max_level_change_db: number('Stretches whose level moves by more than this are skipped, dB.', 3, {
      min: 0,
      max: 60,
    }),
    length_sec: number('Length of the windows in which room tone is looked for, seconds.', 0.3, {
      min: 0.05,
      max: 600,
    }),
    loop_duration_sec: number('Length of a loop of room tone, seconds.', 4.0, SECONDS),
    keep_grains: flag('Keep the windows themselves too, as short sounds that play once.', false),
    max_extracted: whole('Most loops, and most grains, taken from one file.', 50, COUNT),
    target_peak_dbfs: number('Peak they are brought to, dBFS.', -12, { min: -60, max: 0 }),
  },
  [['min_rms_db', 'max_rms_db']],
);

/** What its makers are given. */
export type RoomToneSettings = SharedSettings & ValuesOf<{ room_tone: typeof roomTone }>;
