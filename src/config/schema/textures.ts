import * as z from 'zod';
import { choice, flag, number, numberBetween, numbers, whole } from '../../settings/fields.ts';
import { section } from '../../settings/section.ts';

const DECIBELS = { min: -120, max: 0 };
const PER_SECOND = { min: 0, max: 100 };
const SECONDS = { min: 0.1, max: 600 };
/** Cut-offs above half the sample rate are lowered to it when the filter is made. */
const HERTZ = { min: 20, max: 96_000 };
const SEMITONES = { min: -48, max: 48 };
const COUNT = { min: 0, max: 10_000 };

/** Pads: loops mined from finished songs. */
export const padMiner = section(
  'Pads: seamless loops mined from the songs in source_audio_dir.',
  {
    target_durations_sec: numbers('Wanted lengths of the loops, seconds; each is mined for.', [2.0], SECONDS),
    min_rms_db: number('Moments quieter than this are passed over, dBFS RMS.', -40, DECIBELS),
    max_rms_db: number('Moments louder than this are passed over, dBFS RMS.', -10, DECIBELS),
    max_onset_rate_per_second: number(
      'Moments with more onsets a second than this are passed over.',
      3.0,
      PER_SECOND,
    ),
    spectral_flatness_threshold: number(
      'Moments noisier than this are passed over; spectral flatness, 0 is a pure tone and 1 is white noise.',
      0.5,
      { min: 0, max: 1 },
    ),
    min_stability: number(
      'Moments that hold less still are passed over, 0 to 1: held chords have 0.6 to 0.9, a moving melody or drums 0.1 to 0.5.',
      0.5,
      { min: 0, max: 1 },
    ),
    max_candidates_per_file: whole('Most pads taken from one song, for each wanted length.', 3, COUNT),
    loop_crossfade_ms: number(
      'Crossfade that closes the loop, milliseconds; it grows where a short one would be heard.',
      100,
      { min: 1, max: 10_000 },
    ),
    window_hop_sec: number('How far apart the moments that are tried begin, seconds.', 0.5, {
      min: 0.01,
      max: 10,
    }),
  },
  [['min_rms_db', 'max_rms_db']],
);

/** Drones: variants, swells and long rings from hand-picked material. */
export const drones = section(
  'Pad loops, swells and long drones made from the tonal material in pad_sources_dir.',
  {
    pad_loop_duration_sec: number('Length of a pad loop, seconds.', 2.0, SECONDS),
    pad_variants: z
      .array(z.enum(['warm', 'airy', 'dark']))
      .default(['warm', 'airy', 'dark'])
      .meta({ description: 'Colours each pad loop is made in; an empty list makes none.' }),
    warm_lowpass_hz: number('Low-pass of the warm variant, Hz.', 3000, HERTZ),
    airy_highpass_hz: number('High-pass of the airy variant, Hz.', 6000, HERTZ),
    dark_high_cut_hz: number('Low-pass of the dark variant, Hz.', 1500, HERTZ),
    swell_duration_sec: number('Length of a swell, seconds.', 6.0, SECONDS),
    fade_in_sec: number('Time a swell takes to rise, seconds.', 0.5, { min: 0, max: 600 }),
    fade_out_sec: number('Time a swell takes to fall, seconds.', 1.5, { min: 0, max: 600 }),
    pitch_shift_semitones: numbers(
      'Transpositions that are made, semitones; 0 is the original pitch.',
      [0, 7, 12],
      SEMITONES,
    ),
    time_stretch_factors: numbers(
      'Stretches that are made; 2.0 is twice as long, 1.0 the original time.',
      [1.0, 1.5, 2.0],
      { min: 0.1, max: 100 },
    ),
    enable_reversal: flag('Make reversed variants as well.', true),
    drone_duration_sec: number(
      'Length of the long evolving drone, a ring made by extreme stretch of the most stable moment, seconds; 0 makes none.',
      16,
      { min: 0, max: 600 },
    ),
  },
);

/** Clouds: granular textures on a ring. */
export const clouds = section(
  'Granular clouds made from the tonal material in pad_sources_dir.',
  {
    grain_length_min_ms: number('Shortest grain, milliseconds.', 50, { min: 1, max: 5000 }),
    grain_length_max_ms: number('Longest grain, milliseconds.', 150, { min: 1, max: 5000 }),
    grains_per_cloud: whole(
      'Grains in one cloud, spread evenly over its length; more where overlap_ratio asks for them.',
      200,
      {
        min: 1,
        max: 100_000,
      },
    ),
    cloud_duration_sec: number('Length of a cloud, seconds.', 6.0, SECONDS),
    pitch_shift_range: section(
      'Transposition of each grain: whole semitones between two bounds, those that suit the notes of the source more often. A range that holds fewer than two of them detunes evenly.',
      {
        min: number('Lowest transposition, semitones.', -7, SEMITONES),
        max: number('Highest transposition, semitones.', 7, SEMITONES),
      },
      [['min', 'max']],
    ),
    overlap_ratio: numberBetween('How much neighbouring grains overlap, as a share of a grain.', 0.65, {
      min: 0,
      max: 1,
    }),
    lowpass_hz: number('Low-pass over the whole cloud, Hz; 0 is off.', 8000, { min: 0, max: 96_000 }),
    clouds_per_source: whole('Clouds made from one source.', 2, COUNT),
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

/** Hiss: noise loops and flickers from percussive material. */
export const hiss = section(
  'Hiss loops and flickers made from the percussive material in drums_dir.',
  {
    loop_duration_sec: number('Length of a hiss loop, seconds.', 1.5, SECONDS),
    highpass_hz: number('High-pass, Hz; used where use_bandpass is false.', 6000, HERTZ),
    bandpass_low_hz: number('Lower edge of the band-pass, Hz.', 4000, HERTZ),
    bandpass_high_hz: number('Upper edge of the band-pass, Hz.', 14_000, HERTZ),
    use_bandpass: flag('Band-pass (true) or high-pass (false).', true),
    tremolo_rate_hz: number(
      'Speed of the tremolo, Hz; rounded so that a loop holds whole cycles. 0 is off.',
      3.0,
      { min: 0, max: 100 },
    ),
    tremolo_depth: number('Depth of the tremolo; 0 is none, 1 falls to silence.', 0.6, { min: 0, max: 1 }),
    hiss_loops_per_source: whole('Hiss loops made from one source.', 2, COUNT),
    flicker_min_ms: number('Shortest flicker, milliseconds.', 50, { min: 1, max: 10_000 }),
    flicker_max_ms: number('Longest flicker, milliseconds.', 300, { min: 1, max: 10_000 }),
    flicker_count: whole('Flickers made from one source.', 4, COUNT),
    use_synthetic_noise: flag('Add synthetic noise, and fall back to it where a source has none.', true),
    synthetic_noise_level_db: number('Level of the synthetic noise, dB below the hiss.', -10.0, DECIBELS),
  },
  [
    ['bandpass_low_hz', 'bandpass_high_hz', 'less'],
    ['flicker_min_ms', 'flicker_max_ms'],
  ],
);

/** Single drum hits. */
export const drumMiner = section(
  'Single drum hits, cut out of the percussive material in drums_dir.',
  {
    from_songs: flag('Take hits from the songs in source_audio_dir too.', false),
    min_length_sec: number('Shorter hits are passed over, seconds; not so a file that is one hit.', 0.05, {
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
    min_peak_db: number('Hits with a lower peak are passed over, dBFS.', -30, DECIBELS),
    max_saved_per_file: whole('Most hits taken from one file.', 2000, { min: 0, max: 100_000 }),
    max_hits_per_source: z
      .union([z.literal('all'), z.int().min(1).max(100_000)])
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

/** Hiss and room tone under pads. */
export const dust = section('Dust: hiss and room tone laid under the pads that an export holds.', {
  level_db: number('Loudness of the bed against the pad that it lies under, LU.', -18, { min: -60, max: 0 }),
  dusts_per_pad: whole('How many beds each pad is laid over, one a file.', 1, { min: 0, max: 100 }),
  beds: z
    .array(z.enum(['hiss', 'silence']))
    .default(['hiss', 'silence'])
    .meta({ description: 'What lies under: hiss loops, loops of room tone (silence), or either.' }),
});

/** Quiet stretches of room tone. */
export const silenceMiner = section(
  'Room tone: the quiet, steady stretches of the songs in source_audio_dir, drawn out into loops.',
  {
    min_rms_db: number('Quieter stretches are passed over: digital silence, dBFS RMS.', -80, DECIBELS),
    max_rms_db: number('Louder stretches are passed over, dBFS RMS.', -45, DECIBELS),
    max_crest_factor: number(
      'Stretches with more peak over RMS than this are passed over: clicks (a ratio, not dB).',
      5,
      { min: 1, max: 1000 },
    ),
    max_level_change_db: number('Stretches whose level moves by more than this are passed over, dB.', 3, {
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
