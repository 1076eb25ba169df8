import { COUNT, DECIBELS, PER_SECOND, SECONDS } from '../../settings/bounds.ts';
import { number, numbers, optionalNumber, whole } from '../../settings/fields.ts';
import { section, type ValuesOf } from '../../settings/section.ts';
import type { SharedSettings } from '../../settings/shared.ts';
import type { TonalSettings } from '../shared/tonal-settings.ts';

/** Pads: loops mined from finished songs. */
export const padMiner = section(
  'Pads: seamless loops mined from the songs in source_audio_dir.',
  {
    target_durations_sec: numbers('Wanted lengths of the loops, seconds; each is mined for.', [2.0], SECONDS),
    min_rms_db: optionalNumber(
      'Moments quieter than this are skipped, dBFS RMS; null skips what lies 24 dB under the level of its song.',
      DECIBELS,
    ),
    max_rms_db: optionalNumber('Moments louder than this are skipped, dBFS RMS; null is no limit.', DECIBELS),
    max_onset_rate_per_second: number(
      'Moments with more onsets a second than this are skipped.',
      3.0,
      PER_SECOND,
    ),
    spectral_flatness_threshold: number(
      'Moments noisier than this are skipped; spectral flatness, 0 is a pure tone and 1 is white noise.',
      0.5,
      { min: 0, max: 1 },
    ),
    min_stability: number(
      'Less stable moments are skipped, 0 to 1: held chords have 0.6 to 0.9, a moving melody or drums 0.1 to 0.5.',
      0.5,
      { min: 0, max: 1 },
    ),
    max_candidates_per_file: whole('Most pads taken from one song, for each wanted length.', 3, COUNT),
    loop_crossfade_ms: number(
      'Crossfade that closes the loop, milliseconds; it grows where a short one would be audible.',
      100,
      { min: 1, max: 10_000 },
    ),
    even_swell_db: number(
      'A loop whose level rises and falls as it goes round is evened out by a slow gain, by so many dB from least to most; 0 leaves its level as it was.',
      8,
      { min: 0, max: 40 },
    ),
    window_hop_sec: number('How far apart the moments that are tried begin, seconds.', 0.5, {
      min: 0.01,
      max: 10,
    }),
  },
  [['min_rms_db', 'max_rms_db']],
);

/** What the miner is given. */
export type PadSettings = SharedSettings & ValuesOf<{ pad_miner: typeof padMiner }>;

/** What pad loops of chosen material are given. */
export type PadLoopSettings = PadSettings & TonalSettings;
