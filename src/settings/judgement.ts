import { DECIBELS, HERTZ } from './bounds.ts';
import { choice, flag, number, numbers, optionalNumber, whole, type Zod } from './fields.ts';
import { parseKeyName } from './key-name.ts';
import { section } from './section.ts';

const CREST_FACTOR = { min: 1, max: 1000 };
const OFFSET = { min: 0, max: 1 };

/** Which regions of a source are worth making grains and swells from. */
export const preAnalysis = section(
  'Which regions of a source are stable and clean enough to be used.',
  {
    enabled: flag('Look for stable regions; false uses the whole source.', true),
    analysis_window_sec: number('Length of the windows that are judged, seconds.', 1.0, {
      min: 0.05,
      max: 60,
    }),
    analysis_hop_sec: number('How far apart the windows begin, seconds.', 0.5, { min: 0.01, max: 60 }),
    max_onset_rate_hz: number('Windows with more onsets a second are skipped.', 3.0, {
      min: 0,
      max: 100,
    }),
    min_rms_db: optionalNumber(
      'Quieter windows are skipped, dBFS RMS; null skips what lies 24 dB under the level of its source.',
      DECIBELS,
    ),
    max_rms_db: optionalNumber('Louder windows are skipped, dBFS RMS; null is no limit.', DECIBELS),
    max_dc_offset: number(
      'Windows in which more DC remains, once a steady or slowly wandering offset is taken away, are skipped; 1 is full scale.',
      0.1,
      OFFSET,
    ),
    max_crest_factor: number(
      'Windows with more peak over RMS than this are skipped (a ratio, not dB).',
      10,
      CREST_FACTOR,
    ),
    grain_quality_threshold: number('Grains of a lower quality are not used, 0 to 1.', 0.4, {
      min: 0,
      max: 1,
    }),
    min_stable_windows: whole('Windows in a row that make a stable region.', 2, { min: 1, max: 1000 }),
    skip_clipped_regions: flag(
      'Skip windows that clip: flat tops, not floats above full scale; false takes them, after those that do not.',
      false,
    ),
    skip_transient_regions: flag('Skip windows with sharp attacks.', true),
    centroid_low_hz: optionalNumber(
      'Windows with a lower spectral centroid are skipped, Hz; null is no limit.',
      HERTZ,
    ),
    centroid_high_hz: optionalNumber(
      'Windows with a higher spectral centroid are skipped, Hz; null is no limit.',
      HERTZ,
    ),
    separate: choice(
      'What pads are mined from: off, the songs as they are; harmonic, what lasts in them, without the drums; auto, a song as it is, and where that gives too few, what lasts in it.',
      'auto',
      ['off', 'harmonic', 'auto'],
    ),
  },
  [
    ['min_rms_db', 'max_rms_db'],
    ['centroid_low_hz', 'centroid_high_hz'],
  ],
);

/** How textures are graded, and how many are chosen. */
export const curation = section('How textures are graded, and how many of them curate chooses.', {
  auto_delete_grade_f: flag('Do not keep textures of grade F.', false),
  per_family: whole('How many textures of each family curate chooses.', 10, { min: 1, max: 10_000 }),
  thresholds: section('Beyond any of these a texture is graded F.', {
    min_rms_db: number('Quieter textures count as silent, dBFS RMS.', -60, DECIBELS),
    clipping_tolerance: number('Share of clipped samples that is too much, 0 to 1.', 0.01, OFFSET),
    max_crest_factor: number('Peak over RMS that is too much (a ratio, not dB).', 20, CREST_FACTOR),
    max_dc_offset: number('DC that is too much; 1 is full scale.', 0.15, OFFSET),
  }),
});

/** Key and tempo. */
export const musicality = section('Key and tempo that textures are fitted to.', {
  target_key: (zod: Zod) =>
    zod
      .string()
      .refine((text) => parseKeyName(text) !== null)
      .meta({ title: 'a key such as "C maj", "Am" or "F# minor"' })
      .nullable()
      .default(null)
      .meta({ description: 'Transpose everything to this key; null leaves it.' }),
  reference_bpm: (zod: Zod) =>
    zod
      .union([zod.literal('detect'), zod.number().min(20).max(400), zod.null()])
      .default('detect')
      .meta({
        description: 'Tempo of the grid, beats a minute; detect takes that of each source, null has none.',
      }),
  snap_to_grid: flag('Make loops whole bars long instead of the lengths in seconds.', false),
  bar_lengths: numbers('Lengths in bars where snap_to_grid is true; every one is made.', [1, 2, 4], {
    min: 0.25,
    max: 64,
  }),
});

/** Making the same thing again. */
export const reproducibility = section('Making the same thing again.', {
  random_seed: (zod: Zod) =>
    zod.int().min(0).max(4_294_967_295).nullable().default(null).meta({
      description:
        'The same seed and sources give the same files; null takes a fresh seed, which the manifest records.',
    }),
});
