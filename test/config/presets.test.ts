import { describe, expect, it } from 'vitest';
import { defaultSettings, settingsUnder } from '../../src/config/defaults.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { PRESET_NAMES, presetNamed } from '../../src/config/presets.ts';
import { ConfigError } from '../../src/errors.ts';

const read = (text: string, preset: string) => parseConfig(text, 'config.yaml', { preset });

describe('presets', () => {
  it('are these five', () => {
    expect(PRESET_NAMES).toEqual(['minimal', 'fast_sketch', 'dense_clouds', 'impossible', 'tr8s']);
  });

  it.each(PRESET_NAMES)('%s is valid and changes something', (name) => {
    const { settings, warnings } = read('', name);
    expect(settings).toEqual(settingsUnder(presetNamed(name).settings));
    expect(settings).not.toEqual(defaultSettings());
    expect(warnings).toEqual([]);
  });

  it('do what they promise', () => {
    expect(read('', 'minimal').settings).toMatchObject({
      pad_miner: { target_durations_sec: [2.5] },
      drones: { pitch_shift_semitones: [0], time_stretch_factors: [1] },
      brightness_tags: { enabled: false },
    });
    expect(read('', 'fast_sketch').settings).toMatchObject({
      global: { output_bit_depth: 16 },
      pad_miner: { max_candidates_per_file: 2 },
      drones: { pad_variants: ['warm'] },
      clouds: { clouds_per_source: 1, pitch_shift_range: { min: 0, max: 0 } },
    });
    expect(read('', 'dense_clouds').settings.clouds).toMatchObject({
      grains_per_cloud: 600,
      grain_length_min_ms: 30,
      grain_length_max_ms: 150,
      cloud_duration_sec: 12,
      pitch_shift_range: { min: -12, max: 12 },
      overlap_ratio: 0.75,
      clouds_per_source: 6,
      target_peak_dbfs: -6,
    });
    const impossible = read('', 'impossible').settings;
    expect(impossible.pad_miner.target_durations_sec).toHaveLength(8);
    expect(impossible.pad_miner.max_candidates_per_file).toBe(12);
    expect(impossible.drones.pitch_shift_semitones).toHaveLength(8);
    expect(impossible.drones.time_stretch_factors).toHaveLength(6);
    expect(impossible.drones.swell_duration_sec).toBe(12);
    expect(impossible.reproducibility.random_seed).toBe(42);
    expect(read('', 'tr8s').settings).toMatchObject({
      pad_miner: { target_durations_sec: [1.5, 2.5, 3.5, 4.5], max_candidates_per_file: 6 },
      drones: {
        pitch_shift_semitones: [0, 5, 7, 12, -5],
        time_stretch_factors: [1, 1.2, 1.5, 2],
        swell_duration_sec: 10,
      },
      clouds: {
        cloud_duration_sec: 8,
        grains_per_cloud: 300,
        grain_length_min_ms: 40,
        grain_length_max_ms: 120,
        pitch_shift_range: { min: -5, max: 5 },
      },
      hiss: { loop_duration_sec: 2, flicker_count: 6 },
    });
  });

  it('lie over the defaults and under the file, key by key, lists as wholes', () => {
    const { settings, warnings } = read(
      'clouds:\n  pitch_shift_range: {max: 3}\npad_miner:\n  target_durations_sec: [9]\n',
      'tr8s',
    );
    expect(settings.clouds.pitch_shift_range).toEqual({ min: -5, max: 3 });
    expect(settings.clouds.grains_per_cloud).toBe(300);
    expect(settings.pad_miner.target_durations_sec).toEqual([9]);
    expect(warnings).toEqual([
      'config.yaml: the file itself sets 2 of the 13 keys of the preset tr8s, and the file counts; "afterglow init --preset tr8s" writes a file with the preset\'s values.',
    ]);
  });

  it('count in checks of order', () => {
    // 130 ms is fine with the default longest grain of 150 ms, not with the preset's 120 ms.
    expect(read('clouds: {grain_length_min_ms: 130}', 'minimal').warnings).toEqual([]);
    expect(() => read('clouds: {grain_length_min_ms: 130}', 'tr8s')).toThrow(
      'config.yaml:1:31: clouds.grain_length_min_ms is 130; it must be at most clouds.grain_length_max_ms, which is 120 unless the file says otherwise.',
    );
  });

  it('cannot be spoilt by one who got one', () => {
    presetNamed('tr8s').settings.pad_miner!.target_durations_sec!.push(99);
    expect(presetNamed('tr8s').settings.pad_miner!.target_durations_sec).toHaveLength(4);
  });

  it('are named when another is asked for', () => {
    expect(() => presetNamed('dense-clouds')).toThrow(ConfigError);
    expect(() => presetNamed('dense-clouds')).toThrow(
      'There is no preset "dense-clouds"; choose one of minimal, fast_sketch, dense_clouds, impossible, tr8s. Did you mean dense_clouds?',
    );
    expect(() => presetNamed('toString')).toThrow('There is no preset "toString"');
  });
});
