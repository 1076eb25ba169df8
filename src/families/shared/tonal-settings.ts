import { HERTZ, SECONDS, SEMITONES } from '../../settings/bounds.ts';
import { choices, flag, number, numbers } from '../../settings/fields.ts';
import { section, type ValuesOf } from '../../settings/section.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** Drones: variants, swells and long rings from hand-picked material. */
export const drones = section(
  'Pad loops, swells and long drones made from the tonal material in pad_sources_dir.',
  {
    pad_loop_duration_sec: number('Length of a pad loop, seconds.', 2.0, SECONDS),
    pad_variants: choices(
      'Colours each pad loop is made in; an empty list makes none.',
      ['warm', 'airy', 'dark'],
      ['warm', 'airy', 'dark'],
    ),
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

/** What its makers are given. */
export type TonalSettings = SharedSettings & ValuesOf<{ drones: typeof drones }>;
