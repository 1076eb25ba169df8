import { COUNT } from '../../settings/bounds.ts';
import { number, whole } from '../../settings/fields.ts';
import { section, type ValuesOf } from '../../settings/section.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** Beds: long rings that wander through a source. */
export const beds = section(
  'Beds made from the songs in source_audio_dir and the tonal material in pad_sources_dir: long rings that wander through a source.',
  {
    duration_sec: number('Length of a bed, seconds.', 45, { min: 4, max: 600 }),
    beds_per_source: whole('Beds made from one source.', 1, COUNT),
    shortest_stretch_sec: number('Shortest stretch of the source that a bed plays at a time, seconds.', 4, {
      min: 1,
      max: 60,
    }),
    longest_stretch_sec: number('Longest stretch that it plays at a time, seconds.', 10, {
      min: 1,
      max: 60,
    }),
    shortest_overlap_sec: number(
      'How long one stretch is blended into the next where the two are alike, seconds. Of a source too short to play each moment once stretches blend over three quarters of their step instead.',
      1.5,
      { min: 0.1, max: 30 },
    ),
    longest_overlap_sec: number(
      'The same where they are unlike, seconds; nor does it count for a source that is too short.',
      3,
      { min: 0.1, max: 30 },
    ),
  },
  [
    ['shortest_stretch_sec', 'longest_stretch_sec'],
    ['shortest_overlap_sec', 'longest_overlap_sec'],
  ],
);

/** What its makers are given. */
export type BedSettings = SharedSettings & ValuesOf<{ beds: typeof beds }>;
