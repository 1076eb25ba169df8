import { COUNT, SECONDS, SEMITONES } from '../../settings/bounds.ts';
import { number, numberBetween, optionalNumber, whole } from '../../settings/fields.ts';
import { section, type ValuesOf } from '../../settings/section.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** Clouds: granular textures on a ring. */
export const clouds = section(
  'Granular clouds made from the tonal material in pad_sources_dir.',
  {
    grain_length_min_ms: optionalNumber(
      'Shortest grain, milliseconds; null is 600, or a third of the longest where that is less.',
      { min: 1, max: 5000 },
    ),
    grain_length_max_ms: optionalNumber(
      'Longest grain, milliseconds; null is 2000, or three times the shortest where that is more; a quarter of the longest stable stretch where that is less. Long grains keep the notes of a source clear, short ones blur them.',
      { min: 1, max: 5000 },
    ),
    grains_per_cloud: whole(
      'Grains in one cloud, spread evenly over its length; more where overlap_ratio asks for them.',
      12,
      {
        min: 1,
        max: 100_000,
      },
    ),
    cloud_duration_sec: number('Length of a cloud, seconds.', 6.0, SECONDS),
    pitch_shift_range: section(
      'Transposition of each grain, beside the octaves of a shimmering cloud: whole semitones between two bounds, those that suit the notes of the source more often. A range that holds fewer than two of them detunes evenly.',
      {
        min: number('Lowest transposition, semitones.', 0, SEMITONES),
        max: number('Highest transposition, semitones.', 0, SEMITONES),
      },
      [['min', 'max']],
    ),
    overlap_ratio: numberBetween('How much neighbouring grains overlap, as a share of a grain.', 0.6, {
      min: 0,
      max: 1,
    }),
    lowpass_hz: number('Low-pass over the whole cloud, Hz; 0 is off.', 8000, { min: 0, max: 96_000 }),
    clouds_per_source: whole(
      'Clouds made from one source, each of its own character: one drifts through the source, one keeps to its stillest moments, one shimmers in octaves, and so on.',
      3,
      COUNT,
    ),
    target_peak_dbfs: number('Peak of a cloud, dBFS.', -3.0, { min: -60, max: 0 }),
    stereo_spread: number(
      'How far grains of stereo sources are spread between left and right; 0 is not at all. Clouds of mono sources stay mono.',
      0.7,
      {
        min: 0,
        max: 1,
      },
    ),
  },
  [['grain_length_min_ms', 'grain_length_max_ms']],
);

/** What its makers are given. */
export type CloudSettings = SharedSettings & ValuesOf<{ clouds: typeof clouds }>;
