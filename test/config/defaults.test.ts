import { expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';

// Typed out, not computed: these are promises to the people who own config files.
it('has the promised defaults', () => {
  expect(defaultSettings()).toEqual({
    global: {
      sample_rate: 44100,
      output_bit_depth: 24,
      target_peak_dbfs: -1,
      normalization: 'peak',
      target_lufs: -18,
    },
    paths: {
      source_audio_dir: 'source_audio',
      pad_sources_dir: 'pad_sources',
      drums_dir: 'drums',
      export_dir: 'export/tr8s',
    },
    pad_miner: {
      target_durations_sec: [2],
      min_rms_db: -40,
      max_rms_db: -10,
      max_onset_rate_per_second: 3,
      spectral_flatness_threshold: 0.5,
      min_stability: 0.5,
      max_candidates_per_file: 3,
      loop_crossfade_ms: 100,
      window_hop_sec: 0.5,
    },
    drones: {
      pad_loop_duration_sec: 2,
      pad_variants: ['warm', 'airy', 'dark'],
      warm_lowpass_hz: 3000,
      airy_highpass_hz: 6000,
      dark_high_cut_hz: 1500,
      swell_duration_sec: 6,
      fade_in_sec: 0.5,
      fade_out_sec: 1.5,
      pitch_shift_semitones: [0, 7, 12],
      time_stretch_factors: [1, 1.5, 2],
      enable_reversal: true,
      drone_duration_sec: 16,
    },
    clouds: {
      grain_length_min_ms: 50,
      grain_length_max_ms: 150,
      grains_per_cloud: 200,
      cloud_duration_sec: 6,
      pitch_shift_range: { min: -7, max: 7 },
      overlap_ratio: 0.65,
      lowpass_hz: 8000,
      clouds_per_source: 2,
      target_peak_dbfs: -3,
      stereo_spread: 0.7,
    },
    hiss: {
      loop_duration_sec: 1.5,
      highpass_hz: 6000,
      bandpass_low_hz: 4000,
      bandpass_high_hz: 14000,
      use_bandpass: true,
      tremolo_rate_hz: 3,
      tremolo_depth: 0.6,
      hiss_loops_per_source: 2,
      flicker_min_ms: 50,
      flicker_max_ms: 300,
      flicker_count: 4,
      use_synthetic_noise: true,
      synthetic_noise_level_db: -10,
    },
    drum_miner: {
      min_length_sec: 0.05,
      max_length_sec: 0.8,
      fade_in_ms: 2,
      fade_out_ms: 20,
      min_peak_db: -30,
      max_saved_per_file: 2000,
      slice_mode: 'onset_to_onset',
      fixed_length_sec: 0.5,
      delta: 0.05,
      wait: 30,
    },
    silence_miner: {
      min_rms_db: -80,
      max_rms_db: -45,
      max_crest_factor: 5,
      length_sec: 0.3,
      max_extracted: 50,
      target_peak_dbfs: -12,
    },
    export: {
      pads_stereo: true,
      swells_stereo: true,
      clouds_stereo: true,
      hiss_stereo: true,
      metadata: 'full',
    },
    naming: {
      pad: '{source}_pad{index:02}_{brightness}',
      pad_loop: '{source}_pad_{variant}',
      swell: '{source}_swell{index:02}',
      drone: '{source}_drone{index:02}',
      cloud: 'cloud_{source}_{index:02}_{brightness}',
      hiss_loop: 'hiss_loop_{source}_{index:02}',
      hiss_flicker: 'hiss_flicker_{source}_{index:02}',
      drum: '{source}_drum{index:03}',
      silence: '{source}_silence{index:03}',
      dust: '{source}_dust{index:02}_{variant}',
    },
    brightness_tags: { enabled: true, centroid_low_hz: 1500, centroid_high_hz: 3500 },
    pre_analysis: {
      enabled: true,
      analysis_window_sec: 1,
      analysis_hop_sec: 0.5,
      max_onset_rate_hz: 3,
      min_rms_db: -40,
      max_rms_db: -10,
      max_dc_offset: 0.1,
      max_crest_factor: 10,
      grain_quality_threshold: 0.4,
      min_stable_windows: 2,
      skip_clipped_regions: true,
      skip_transient_regions: true,
      centroid_low_hz: null,
      centroid_high_hz: null,
      separate: 'off',
    },
    curation: {
      auto_delete_grade_f: false,
      thresholds: {
        min_rms_db: -60,
        clipping_tolerance: 0.01,
        max_crest_factor: 20,
        max_dc_offset: 0.15,
      },
    },
    musicality: {
      target_key: null,
      reference_bpm: 'detect',
      snap_to_grid: false,
      bar_lengths: [1, 2, 4],
    },
    reproducibility: { random_seed: null },
  });
});

it('gives every caller lists of its own', () => {
  const spoilt = defaultSettings();
  spoilt.drones.pitch_shift_semitones.push(99);
  spoilt.clouds.pitch_shift_range.min = -40;
  expect(defaultSettings().drones.pitch_shift_semitones).toEqual([0, 7, 12]);
  expect(defaultSettings().clouds.pitch_shift_range.min).toBe(-7);
});
