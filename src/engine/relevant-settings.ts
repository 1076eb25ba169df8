import type { Settings } from '../config/settings.ts';
import type { Making } from './phases.ts';

/** A section of the settings, or one key of it: `clouds`, `export.clouds_stereo`. */
export type SettingName = keyof Settings | `${keyof Settings & string}.${string}`;

/** What finishing, naming and writing read for every family. */
const FINISHING = [
  'global',
  'brightness_tags',
  'curation.auto_delete_grade_f',
  'curation.thresholds',
  'export.metadata',
] as const;

/** That, and what says how long loops are, and in which key. */
const FOR_ALL = [...FINISHING, 'musicality'] as const;

/** What is kept away from all that is cut from a source: distortion, offset, the wrong colour. */
const FAULTS = [
  'pre_analysis.enabled',
  'pre_analysis.max_dc_offset',
  'pre_analysis.max_crest_factor',
  'pre_analysis.skip_clipped_regions',
  'pre_analysis.centroid_low_hz',
  'pre_analysis.centroid_high_hz',
] as const;

/** What tells still moments from others. */
const STILLNESS = [
  ...FAULTS,
  'pre_analysis.analysis_window_sec',
  'pre_analysis.analysis_hop_sec',
  'pre_analysis.max_onset_rate_hz',
  'pre_analysis.min_rms_db',
  'pre_analysis.max_rms_db',
  'pre_analysis.min_stable_windows',
  'pre_analysis.skip_transient_regions',
] as const;

/** Which excerpts are taken, and in what pitches and speeds. */
const EXCERPTS = [
  'drones.pad_loop_duration_sec',
  'drones.swell_duration_sec',
  'drones.pitch_shift_semitones',
  'drones.time_stretch_factors',
  'drones.enable_reversal',
] as const;

/**
 * The settings on which a making depends: what is made again when one of them changes, and not when another does.
 * `test/engine/relevant-settings.test.ts` watches what is really read, so that this cannot fall behind.
 */
export const RELEVANT_SETTINGS: Record<Making, readonly SettingName[]> = {
  pads: [...FOR_ALL, ...FAULTS, 'pre_analysis.separate', 'pad_miner', 'naming.pad', 'export.pads_stereo'],
  'pad-loops': [
    ...FOR_ALL,
    ...STILLNESS,
    ...EXCERPTS,
    'drones.pad_variants',
    'drones.warm_lowpass_hz',
    'drones.airy_highpass_hz',
    'drones.dark_high_cut_hz',
    'pad_miner.loop_crossfade_ms',
    'naming.pad_loop',
    'export.pads_stereo',
  ],
  swells: [
    ...FOR_ALL,
    ...STILLNESS,
    ...EXCERPTS,
    'drones.fade_in_sec',
    'drones.fade_out_sec',
    'naming.swell',
    'export.swells_stereo',
  ],
  drones: [...FOR_ALL, ...STILLNESS, 'drones.drone_duration_sec', 'naming.drone', 'export.swells_stereo'],
  clouds: [
    ...FOR_ALL,
    ...STILLNESS,
    'pre_analysis.grain_quality_threshold',
    'clouds',
    'naming.cloud',
    'export.clouds_stereo',
  ],
  hiss: [...FOR_ALL, 'hiss', 'naming.hiss_loop', 'naming.hiss_flicker', 'export.hiss_stereo'],
  'synthetic-hiss': [...FOR_ALL, 'hiss', 'naming.hiss_loop', 'export.hiss_stereo'],
  // Whether songs are mined too decides which sources there are, not what is made of one.
  drums: [
    ...FINISHING,
    'drum_miner.min_length_sec',
    'drum_miner.max_length_sec',
    'drum_miner.fade_in_ms',
    'drum_miner.fade_out_ms',
    'drum_miner.min_peak_db',
    'drum_miner.max_saved_per_file',
    'drum_miner.max_hits_per_source',
    'drum_miner.slice_mode',
    'drum_miner.fixed_length_sec',
    'drum_miner.delta',
    'drum_miner.wait',
    'naming.drum',
  ],
  silences: [...FOR_ALL, 'silence_miner', 'naming.silence', 'naming.silence_grain'],
  dust: [...FINISHING, 'dust.level_db', 'dust.dusts_per_pad', 'naming.dust'],
};

/** The values of some settings, in the order of their names. */
export function settingValues(names: readonly SettingName[], settings: Settings): [SettingName, unknown][] {
  return [...names].sort().map((name) => [name, settingValue(name, settings)]);
}

function settingValue(name: SettingName, settings: Settings): unknown {
  const [section, key] = name.split('.');
  const values = settings[section as keyof Settings];
  return key === undefined ? values : values[key as keyof typeof values];
}
