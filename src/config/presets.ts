import { ConfigError } from '../errors.ts';
import { nearestName } from './nearest.ts';
import type { PartialSettings } from './settings.ts';

/** A ready-made way of working, laid over the defaults; the config file is laid over it. */
export interface Preset {
  readonly description: string;
  readonly settings: PartialSettings;
}

const PRESETS = {
  minimal: {
    description: 'One length of pad, nothing shifted, stretched or tagged: for getting to know the engine.',
    settings: {
      pad_miner: { target_durations_sec: [2.5] },
      drones: { pitch_shift_semitones: [0], time_stretch_factors: [1.0] },
      brightness_tags: { enabled: false },
    },
  },
  fast_sketch: {
    description: 'A quick look at new material: few files, 16 bit, one short cloud a source.',
    settings: {
      global: { output_bit_depth: 16 },
      pad_miner: { max_candidates_per_file: 2 },
      drones: { pad_variants: ['warm'] },
      clouds: { clouds_per_source: 1, cloud_duration_sec: 4.0, pitch_shift_range: { min: 0, max: 0 } },
    },
  },
  dense_clouds: {
    description: 'Long, thick granular clouds over two octaves.',
    settings: {
      clouds: {
        grains_per_cloud: 600,
        grain_length_min_ms: 30,
        grain_length_max_ms: 150,
        cloud_duration_sec: 12.0,
        pitch_shift_range: { min: -12, max: 12 },
        overlap_ratio: 0.75,
        clouds_per_source: 6,
        target_peak_dbfs: -6.0,
      },
    },
  },
  impossible: {
    description: 'Everything that can be had from a source: eight lengths, eight shifts, six stretches.',
    settings: {
      pad_miner: {
        target_durations_sec: [1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0],
        max_candidates_per_file: 12,
      },
      drones: {
        pitch_shift_semitones: [-7, -5, 0, 3, 5, 7, 12, 19],
        time_stretch_factors: [0.75, 1.0, 1.25, 1.5, 2.0, 2.5],
        swell_duration_sec: 12.0,
      },
      reproducibility: { random_seed: 42 },
    },
  },
  tr8s: {
    description: 'A card full of material for the Roland TR-8S: short loops in several lengths, long swells.',
    settings: {
      pad_miner: { target_durations_sec: [1.5, 2.5, 3.5, 4.5], max_candidates_per_file: 6 },
      drones: {
        pitch_shift_semitones: [0, 5, 7, 12, -5],
        time_stretch_factors: [1.0, 1.2, 1.5, 2.0],
        swell_duration_sec: 10.0,
      },
      clouds: {
        cloud_duration_sec: 8.0,
        grains_per_cloud: 300,
        grain_length_min_ms: 40,
        grain_length_max_ms: 120,
        pitch_shift_range: { min: -5, max: 5 },
      },
      hiss: { loop_duration_sec: 2.0, flicker_count: 6 },
    },
  },
} as const satisfies Record<string, { description: string; settings: unknown }>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

/**
 * A preset by its name.
 *
 * @throws ConfigError naming the presets there are.
 */
export function presetNamed(name: string): Preset {
  const known = PRESET_NAMES.find((preset) => preset === name);
  if (known === undefined) {
    const nearest = nearestName(name, PRESET_NAMES);
    const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
    throw new ConfigError(
      `There is no preset ${JSON.stringify(name)}; choose one of ${PRESET_NAMES.join(', ')}.${hint}`,
      { context: { preset: name } },
    );
  }
  return structuredClone(PRESETS[known]) as Preset;
}
