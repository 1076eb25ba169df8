import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { ConfigError } from '../../src/errors.ts';

const read = (text: string) => parseConfig(text, 'config.yaml');

function problems(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message.split('\n');
  }
  throw new Error(`this was accepted: ${text}`);
}

describe('what may be left out', () => {
  it.each([
    ['an empty file', ''],
    ['comments alone', '# nothing\n'],
    ['an empty section', 'global:\n'],
    ['a section whose keys are all comments', 'clouds:\n  # lowpass_hz: 100\nhiss:\n'],
    ['an empty section within one', 'clouds:\n  pitch_shift_range:\n'],
    ['an empty flow section', 'clouds: {}'],
    ['a byte order mark and Windows line ends', '\uFEFFglobal:\r\n  sample_rate: 44100\r\n'],
  ])('%s gives the defaults', (_, text) => {
    expect(read(text)).toEqual({ settings: defaultSettings(), warnings: [] });
  });
});

describe('what is taken as meant', () => {
  it.each([
    ['a whole number for a fractional one', 'hiss:\n  tremolo_rate_hz: 2', 'hiss.tremolo_rate_hz', 2],
    ['1.0e4 for a whole number', 'global:\n  sample_rate: 1.0e+4', 'global.sample_rate', 10_000],
    [
      'one number for a list',
      'pad_miner:\n  target_durations_sec: 2.5',
      'pad_miner.target_durations_sec',
      [2.5],
    ],
    ['one word for a list', 'drones:\n  pad_variants: warm', 'drones.pad_variants', ['warm']],
    ['no variants at all', 'drones:\n  pad_variants: []', 'drones.pad_variants', []],
    ['yes, as Python reads it', 'brightness_tags:\n  enabled: No', 'brightness_tags.enabled', false],
    ['a folder with a number for a name', 'paths:\n  export_dir: 2024.10', 'paths.export_dir', '2024.10'],
    ['null where it has a meaning', 'musicality:\n  reference_bpm: null', 'musicality.reference_bpm', null],
    ['~ where null has a meaning', 'musicality:\n  target_key: ~', 'musicality.target_key', null],
    ['a tempo', 'musicality:\n  reference_bpm: 92.5', 'musicality.reference_bpm', 92.5],
    ['a key', 'musicality:\n  target_key: F# minor', 'musicality.target_key', 'F# minor'],
    ['an anchor', 'clouds: {lowpass_hz: &f 900}\nhiss: {highpass_hz: *f}', 'hiss.highpass_hz', 900],
    ['a merge', 'x: &x {lowpass_hz: 900}\nclouds:\n  <<: *x', 'clouds.lowpass_hz', 900],
  ])('%s', (_, text, path, expected) => {
    expect(read(text).settings).toHaveProperty(path, expected);
  });
});

describe('wrong values', () => {
  it.each([
    [
      '\n\nclouds:\n  overlap_ratio: 1.5\n',
      'config.yaml:4:18: clouds.overlap_ratio is 1.5; it must be a number greater than 0 and less than 1.',
    ],
    [
      'clouds: {overlap_ratio: 0}',
      'config.yaml:1:25: clouds.overlap_ratio is 0; it must be a number greater than 0 and less than 1.',
    ],
    [
      'global:\n  sample_rate: "44100"',
      'config.yaml:2:16: global.sample_rate is "44100"; it must be a whole number from 8000 to 192000.',
    ],
    [
      'global:\n  sample_rate: 44100.5',
      'config.yaml:2:16: global.sample_rate is 44100.5; it must be a whole number from 8000 to 192000.',
    ],
    [
      'global:\n  sample_rate: .nan',
      'config.yaml:2:16: global.sample_rate is .nan; it must be a whole number from 8000 to 192000.',
    ],
    [
      'global:\n  sample_rate: [44100]',
      'config.yaml:2:16: global.sample_rate is a list; it must be a whole number from 8000 to 192000.',
    ],
    [
      'global:\n  output_bit_depth: 20',
      'config.yaml:2:21: global.output_bit_depth is 20; it must be 16 or 24.',
    ],
    [
      'global:\n  normalization: rms',
      'config.yaml:2:18: global.normalization is "rms"; it must be matched, peak or loudness.',
    ],
    [
      'global:\n  target_lufs: -.inf',
      'config.yaml:2:16: global.target_lufs is -.inf; it must be a number from -60 to 0.',
    ],
    [
      'curation:\n  thresholds:\n    min_rms_db:\n    max_crest_factor: 9',
      'config.yaml:3:5: curation.thresholds.min_rms_db is empty; it must be a number from -120 to 0.',
    ],
    [
      'curation:\n  thresholds:\n    min_rms_db: null',
      'config.yaml:3:17: curation.thresholds.min_rms_db is null; it must be a number from -120 to 0.',
    ],
    [
      'pad_miner:\n  target_durations_sec:\n    - 2\n    - long\n',
      'config.yaml:4:7: pad_miner.target_durations_sec[2] is "long"; it must be a number from 0.1 to 600.',
    ],
    [
      'pad_miner:\n  target_durations_sec: []',
      'config.yaml:2:25: pad_miner.target_durations_sec is an empty list; it must be a list of numbers from 0.1 to 600, at least one.',
    ],
    [
      'drones:\n  pad_variants: [warm, cold]',
      'config.yaml:2:24: drones.pad_variants[2] is "cold"; it must be warm, airy or dark.',
    ],
    ['export:\n  pads_stereo: 1', 'config.yaml:2:16: export.pads_stereo is 1; it must be true or false.'],
    ['paths:\n  drums_dir: ""', 'config.yaml:2:14: paths.drums_dir is ""; it must be the path of a folder.'],
    [
      'musicality:\n  reference_bpm: fast',
      'config.yaml:2:18: musicality.reference_bpm is "fast"; it must be detect, a number from 20 to 400 or null.',
    ],
    [
      'musicality:\n  target_key: H',
      'config.yaml:2:15: musicality.target_key is "H"; it must be a key such as "C maj", "Am" or "F# minor" or null.',
    ],
    [
      'reproducibility:\n  random_seed: -1',
      'config.yaml:2:16: reproducibility.random_seed is -1; it must be a whole number from 0 to 4294967295 or null.',
    ],
    [
      'naming:\n  pad: sub/{index}',
      'config.yaml:2:8: naming.pad is "sub/{index}"; it must not contain "/" outside a token.',
    ],
    ['clouds: 5', 'config.yaml:1:9: clouds is 5; it must be a section of keys, indented below it.'],
    [
      'clouds:\n  pitch_shift_range: 7',
      'config.yaml:2:22: clouds.pitch_shift_range is 7; it must be a section of keys, indented below it.',
    ],
    ['- global', 'config.yaml:1:1: the file is a list; it must hold sections, such as "global:".'],
    ['\n\n  hello', 'config.yaml:3:3: the file is "hello"; it must hold sections, such as "global:".'],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  it('are all told, in the order of the file', () => {
    const text =
      'hiss:\n  flicker_count: -1\nglobal:\n  sample_rate: 1\nclouds:\n  lowpass_hz: x\n  overlap_ratio: 2\n';
    const found = problems(text).map((line) => line.slice(0, line.indexOf(' is ')));
    expect(found).toEqual([
      'config.yaml:2:18: hiss.flicker_count',
      'config.yaml:4:16: global.sample_rate',
      'config.yaml:6:15: clouds.lowpass_hz',
      'config.yaml:7:18: clouds.overlap_ratio',
    ]);
  });

  it('are shortened where they are long', () => {
    const [line] = problems(`global:\n  normalization: ${'x'.repeat(5000)}\n`);
    expect(line!.length).toBeLessThan(160);
  });

  it('keep one line each, whatever they hold', () => {
    expect(problems('global:\n  normalization: "a\\nb\\u001b[31m"\n')).toEqual([
      'config.yaml:2:18: global.normalization is "a\\nb\\u001b[31m"; it must be matched, peak or loudness.',
    ]);
  });

  it('are counted where there are very many', () => {
    const text = `pad_miner:\n  target_durations_sec: [${Array(100).fill('x').join(', ')}]\n`;
    const found = problems(text);
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toBe('config.yaml: and 80 more problems.');
  });
});

describe('pairs in the wrong order', () => {
  it.each([
    [
      'clouds:\n  grain_length_min_ms: 90\n  grain_length_max_ms: 80',
      'config.yaml:2:24: clouds.grain_length_min_ms is 90; it must be at most clouds.grain_length_max_ms, which is 80.',
    ],
    [
      'hiss:\n  flicker_max_ms: 40',
      'config.yaml:2:19: hiss.flicker_max_ms is 40; it must be at least hiss.flicker_min_ms, which is 50 unless the file says otherwise.',
    ],
    [
      'hiss:\n  bandpass_low_hz: 900\n  bandpass_high_hz: 900',
      'config.yaml:2:20: hiss.bandpass_low_hz is 900; it must be less than hiss.bandpass_high_hz, which is 900.',
    ],
    [
      'clouds:\n  pitch_shift_range: {min: 3, max: -3}',
      'config.yaml:2:28: clouds.pitch_shift_range.min is 3; it must be at most clouds.pitch_shift_range.max, which is -3.',
    ],
    [
      'hiss:\n  flicker_max_ms: 20',
      'config.yaml:2:19: hiss.flicker_max_ms is 20; it must be at least hiss.flicker_min_ms, which is 50 unless the file says otherwise.',
    ],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  it('are told beside other problems of the section', () => {
    expect(problems('hiss:\n  flicker_min_ms: 999\n  highpass_hz: -1')).toHaveLength(2);
  });
});

describe('broken YAML', () => {
  it.each([
    ['global:\n\tsample_rate: 1', 'config.yaml:2:1: this line is indented with a tab; use spaces.'],
    [
      'global:\n  sample_rate: 44100\n\n  sample_rate: 48000',
      'config.yaml:4:3: sample_rate stands twice in its section; keep one of them.',
    ],
    ['a: 1\nhiss:\na: 3', 'config.yaml:3:1: a stands twice in its section; keep one of them.'],
    ['clouds: *c', 'config.yaml:1:9: *c refers to an anchor that is not there.'],
    [
      'global:\n---\nhiss:\n',
      'config.yaml:2:1: a second document begins here (---); keep everything in one.',
    ],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  it.each([
    ['a: b: c', 'config.yaml:1:4: '],
    ['global:\n    sample_rate: 1\n  target_lufs: 2\n', 'config.yaml:3:1: '],
    ['pad_miner:\n  target_durations_sec: [1, 2\nhiss:\n', 'config.yaml:3:1: '],
  ])('%j says where', (text, place) => {
    const [line] = problems(text);
    expect(line!.slice(0, place.length)).toBe(place);
    expect(line).toContain('not valid YAML');
  });

  it('is told for nested references and for nesting without end', () => {
    const levels = [
      'a: &a [x, x]',
      ...Array.from(
        { length: 9 },
        (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${`*${'abcdefghij'[i]}, `.repeat(9)}]`,
      ),
    ];
    expect(problems(levels.join('\n'))[0]).toContain('config.yaml:1:1: this cannot be read as YAML');
    expect(problems('['.repeat(20_000))[0]).toContain('config.yaml:1:');
  });
});

describe('unknown keys', () => {
  it.each([
    [
      'clouds:\n  grain_lenght_min_ms: 3',
      'config.yaml:2:3: clouds.grain_lenght_min_ms is not a setting and is ignored; did you mean clouds.grain_length_min_ms?',
    ],
    ['clods: {}', 'config.yaml:1:1: clods is not a setting and is ignored; did you mean clouds?'],
    [
      'clouds:\n  warm_lowpass_hz: 3000',
      'config.yaml:2:3: clouds.warm_lowpass_hz is not a setting and is ignored; did you mean drones.warm_lowpass_hz?',
    ],
    [
      'sample_rate: 48000',
      'config.yaml:1:1: sample_rate is not a setting and is ignored; did you mean global.sample_rate?',
    ],
    ['"a\\nb\\e[31m": 1', 'config.yaml:1:1: a\\u000ab\\u001b[31m is not a setting and is ignored.'],
    [`${'k'.repeat(500)}: 1`, `config.yaml:1:1: ${'k'.repeat(60)}… is not a setting and is ignored.`],
    [
      'pre_analysis.separate: harmonic',
      'config.yaml:1:1: pre_analysis.separate is not a setting and is ignored; write separate indented on a line of its own under "pre_analysis:".',
    ],
    ['colour: blue', 'config.yaml:1:1: colour is not a setting and is ignored.'],
    ['__proto__: {a: 1}', 'config.yaml:1:1: __proto__ is not a setting and is ignored.'],
    ['constructor: 1', 'config.yaml:1:1: constructor is not a setting and is ignored.'],
  ])('%j is a warning', (text, expected) => {
    expect(read(text)).toEqual({ settings: defaultSettings(), warnings: [expected] });
  });
});

describe('old keys', () => {
  it('still work, with a warning', () => {
    const { settings, warnings } = read(
      'pad_miner:\n  target_duration_sec: 3\n  crossfade_ms: 80\nhiss:\n  band_low_hz: 3000\n  band_high_hz: 9000\nclouds:\n  max_pitch_shift_semitones: 5\n',
    );
    expect(settings.pad_miner.target_durations_sec).toEqual([3]);
    expect(settings.pad_miner.loop_crossfade_ms).toBe(80);
    expect(settings.hiss).toMatchObject({ bandpass_low_hz: 3000, bandpass_high_hz: 9000 });
    expect(settings.clouds.pitch_shift_range).toEqual({ min: -5, max: 5 });
    expect(warnings).toEqual([
      'config.yaml:2:3: pad_miner.target_duration_sec is now called pad_miner.target_durations_sec; the old name still works.',
      'config.yaml:3:3: pad_miner.crossfade_ms is now called pad_miner.loop_crossfade_ms; the old name still works.',
      'config.yaml:5:3: hiss.band_low_hz is now called hiss.bandpass_low_hz; the old name still works.',
      'config.yaml:6:3: hiss.band_high_hz is now called hiss.bandpass_high_hz; the old name still works.',
      'config.yaml:8:3: clouds.max_pitch_shift_semitones is now called clouds.pitch_shift_range; the old name still works.',
    ]);
  });

  it('give way to the new ones', () => {
    const { settings, warnings } = read('pad_miner:\n  crossfade_ms: 80\n  loop_crossfade_ms: 90\n');
    expect(settings.pad_miner.loop_crossfade_ms).toBe(90);
    expect(warnings).toEqual([
      'config.yaml:2:3: pad_miner.crossfade_ms is the old name of pad_miner.loop_crossfade_ms, which is set as well and counts.',
    ]);
  });

  it('are named as they stand in the file when they are wrong', () => {
    const text = 'clouds:\n  max_pitch_shift_semitones: wide\nhiss:\n  band_low_hz: 20000\n';
    expect(problems(text)).toEqual([
      'config.yaml:2:30: clouds.max_pitch_shift_semitones is "wide"; it must be a number from -48 to 48.',
      'config.yaml:4:16: hiss.band_low_hz is 20000; it must be less than hiss.bandpass_high_hz, which is 14000 unless the file says otherwise.',
    ]);
  });
});
