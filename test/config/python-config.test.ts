import { expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { parseConfig } from '../../src/config/parse.ts';

// Config files such as the Python program wrote and shipped: its keys, in its shapes.

it('loads a config of the first releases', () => {
  const { settings, warnings } = parseConfig(
    `
global:
  sample_rate: 44100
  output_bit_depth: 24
  target_peak_dbfs: -1.0
paths: {source_audio_dir: source_audio, pad_sources_dir: pad_sources, drums_dir: drums, export_dir: export/tr8s}
pad_miner:
  target_duration_sec: 2.0
  min_rms_db: -40.0
  max_rms_db: -10.0
  max_onset_rate_per_second: 3.0
  spectral_flatness_threshold: 0.5
  max_candidates_per_file: 3
  crossfade_ms: 100
  window_hop_sec: 0.5
clouds:
  grains_per_cloud: 200
  max_pitch_shift_semitones: 7
  overlap_ratio: 0.65
hiss:
  band_low_hz: 4000
  band_high_hz: 14000
  use_bandpass: true
pre_analysis:
  enabled: true
  max_crest_factor: 10.0
reproducibility:
  random_seed: null
`,
    'config.yaml',
  );
  // Every value above was a default of the Python program; those that are others here are kept.
  const usual = defaultSettings();
  const levels = { min_rms_db: -40, max_rms_db: -10 };
  const grains = { grains_per_cloud: 200, pitch_shift_range: { min: -7, max: 7 }, overlap_ratio: 0.65 };
  expect(settings).toEqual({
    ...usual,
    pad_miner: { ...usual.pad_miner, ...levels },
    clouds: { ...usual.clouds, ...grains },
  });
  expect(warnings).toHaveLength(5);
  for (const warning of warnings)
    expect(warning).toMatch(/^config\.yaml:\d+:3: .* the old name still works\.$/);
});

it('loads a config of the last releases without a word', () => {
  const { settings, warnings } = parseConfig(
    `
global: {sample_rate: 44100, output_bit_depth: 24, target_peak_dbfs: -1.0}
paths: {pad_sources_dir: pad_sources_deep, export_dir: export/deep}
pad_miner:
  target_durations_sec: [3.5, 6.0, 8.0, 10.0]
  min_rms_db: -48.0
  max_rms_db: -8.0
  max_onset_rate_per_second: 2.5
  spectral_flatness_threshold: 0.7
  max_candidates_per_file: 6
  loop_crossfade_ms: 280
  window_hop_sec: 0.45
drones:
  pad_loop_duration_sec: 2.0
  pad_variants: []          # none
  warm_lowpass_hz: 3200
  airy_highpass_hz: 5800
  dark_high_cut_hz: 1100
  swell_duration_sec: 12.0
  fade_in_sec: 1.2
  fade_out_sec: 3.0
  pitch_shift_semitones: [-7, 0, 5, 19]
  time_stretch_factors: [0.75, 1.0, 1.3, 2.5]
  enable_reversal: false
pre_analysis:
  enabled: false
  analysis_window_sec: 1.0
  analysis_hop_sec: 0.4
  max_onset_rate_hz: 6.0
  min_rms_db: -55.0
  max_rms_db: -6.0
  max_dc_offset: 0.03
  max_crest_factor: 15.0
  grain_quality_threshold: 0.0
  min_stable_windows: 1
  skip_clipped_regions: true
  skip_transient_regions: false
  centroid_low_hz: null
  centroid_high_hz: null
clouds:
  grain_length_min_ms: 30
  grain_length_max_ms: 220
  grains_per_cloud: 600
  cloud_duration_sec: 12.0
  pitch_shift_range:
    min: 0
    max: 0
  overlap_ratio: 0.75
  lowpass_hz: 0
  clouds_per_source: 1
  target_peak_dbfs: -6.0
hiss:
  loop_duration_sec: 2.5
  highpass_hz: 5000
  bandpass_low_hz: 3500
  bandpass_high_hz: 16000
  use_bandpass: true
  tremolo_rate_hz: 2.0
  tremolo_depth: 0.4
  hiss_loops_per_source: 6
  flicker_min_ms: 25
  flicker_max_ms: 600
  flicker_count: 12
  use_synthetic_noise: false
  synthetic_noise_level_db: -12.0
export: {pads_stereo: true, swells_stereo: false, clouds_stereo: true, hiss_stereo: true}
brightness_tags: {enabled: true, centroid_low_hz: 1200, centroid_high_hz: 4000}
curation:
  auto_delete_grade_f: false
  thresholds: {min_rms_db: -70.0, clipping_tolerance: 0.01, max_crest_factor: 30.0, max_dc_offset: 0.15}
musicality:
  reference_bpm: "detect"
  snap_to_grid: false
  bar_lengths: [1, 2, 4]
  target_key: null
reproducibility: {random_seed: 42}
`,
    'config.yaml',
  );
  expect(warnings).toEqual([]);
  expect(settings.reproducibility.random_seed).toBe(42);
  expect(settings.drones.pad_variants).toEqual([]);
  expect(settings.curation.thresholds.max_crest_factor).toBe(30);
});

it('says which keys of the drum miner and the curator have no effect any more', () => {
  const { settings, warnings } = parseConfig(
    `
drum_miner:
  enabled: true
  onset_backtrack: true
  pre_max: 10
  post_max: 10
  pre_avg: 50
  post_avg: 50
  delta: 0.04
  wait: 20
  slice_mode: onset_to_onset
  max_peak_db: -0.3
  max_saved_per_file: 200
curation:
  thresholds:
    max_rms_db: -1.0
`,
    'config.yaml',
  );
  expect(settings.drum_miner).toMatchObject({ delta: 0.04, wait: 20, max_saved_per_file: 200 });
  expect(warnings).toHaveLength(8);
  for (const warning of warnings) expect(warning).toContain('is no longer used: ');
});
