import { COUNT, DECIBELS, HERTZ, SECONDS } from '../../settings/bounds.ts';
import { flag, number, whole } from '../../settings/fields.ts';
import { section, type ValuesOf } from '../../settings/section.ts';
import type { SharedSettings } from '../../settings/shared.ts';

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

/** What its makers are given. */
export type HissSettings = SharedSettings & ValuesOf<{ hiss: typeof hiss }>;
