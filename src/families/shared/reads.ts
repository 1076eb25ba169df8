/** Settings that several makers read; see `reads` in a maker's definition. */

/** What finishing, naming and writing read for every family. */
export const FINISHING = [
  'global',
  'brightness_tags',
  'curation.auto_delete_grade_f',
  'curation.thresholds',
  'export.metadata',
] as const;

/** That, and what says how long loops are, and in which key. */
export const FINISHING_AND_MUSIC = [...FINISHING, 'musicality'] as const;

/** What is kept away from all that is cut from a source: distortion, offset, the wrong colour. */
export const FAULTS = [
  'pre_analysis.enabled',
  'pre_analysis.max_dc_offset',
  'pre_analysis.max_crest_factor',
  'pre_analysis.skip_clipped_regions',
  'pre_analysis.centroid_low_hz',
  'pre_analysis.centroid_high_hz',
] as const;

/** What distinguishes stable moments from others. */
export const STABILITY = [
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
export const EXCERPTS = [
  'drones.pad_loop_duration_sec',
  'drones.swell_duration_sec',
  'drones.pitch_shift_semitones',
  'drones.time_stretch_factors',
  'drones.enable_reversal',
] as const;
