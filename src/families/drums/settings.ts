import { DECIBELS } from '../../settings/bounds.ts';
import { choice, flag, number, optionalNumber, whole, type Zod } from '../../settings/fields.ts';
import { section, type ValuesOf } from '../../settings/section.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** Single drum hits. */
export const drumMiner = section(
  'Single drum hits, cut out of the percussive material in drums_dir.',
  {
    from_songs: flag('Take hits from the songs in source_audio_dir too.', false),
    min_length_sec: number('Shorter hits are skipped, seconds; not so a file that is one hit.', 0.05, {
      min: 0.001,
      max: 60,
    }),
    max_length_sec: number('Longer hits are cut to this, seconds.', 0.8, { min: 0.001, max: 60 }),
    fade_in_ms: number(
      'Fade from what comes before a hit to its attack, which it ends at, milliseconds.',
      2,
      { min: 0, max: 1000 },
    ),
    fade_out_ms: number('Fade at the end of a hit, milliseconds.', 20, { min: 0, max: 10_000 }),
    min_peak_db: optionalNumber(
      'Hits with a lower peak are skipped, dBFS; null skips those 20 dB under the peak of their source.',
      DECIBELS,
    ),
    max_saved_per_file: whole('Most hits taken from one file.', 2000, { min: 0, max: 100_000 }),
    max_hits_per_source: (zod: Zod) =>
      zod
        .union([zod.literal('all'), zod.int().min(1).max(100_000)])
        .default(32)
        .meta({
          description:
            'How many of the hits of one source are kept: the most different from each other; all keeps every one that is no repeat.',
        }),
    slice_mode: choice('Where a hit ends: at the next onset, or after a fixed length.', 'onset_to_onset', [
      'onset_to_onset',
      'fixed_length',
    ]),
    fixed_length_sec: number('Length of a hit where slice_mode is fixed_length, seconds.', 0.5, {
      min: 0.001,
      max: 60,
    }),
    delta: number('How far an onset must stand out above its surroundings, 0 to 1 of the strongest.', 0.05, {
      min: 0,
      max: 1,
    }),
    wait: whole('Least distance between two hits, in steps of 512 samples at 44.1 kHz (11.6 ms).', 4, {
      min: 0,
      max: 10_000,
    }),
  },
  [['min_length_sec', 'max_length_sec']],
);

/** What its makers are given. */
export type DrumSettings = SharedSettings & ValuesOf<{ drum_miner: typeof drumMiner }>;
