import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { expectedFiles } from '../../src/engine/expected-files.ts';
import type { Plan } from '../../src/engine/task.ts';
import type { MakerId } from '../../src/families/family.ts';
import { phasesOfAll } from '../../src/families/lookup.ts';

/** What is foretold of one source `song` under a config. */
function expectedOf(makers: readonly MakerId[], config = '') {
  const { settings } = parseConfig(config, 'config.yaml');
  const task = {
    ...{ path: '/song.wav', source: 'song.wav', origin: '../song.wav', name: 'song', bytes: 1 },
    ...{ makers, settings, seed: 1 },
  };
  const plan: Plan = {
    request: { projectFolder: '/', settings, seed: 1, phases: phasesOfAll() },
    ...{ exportFolder: '/out', seed: 1, syntheticOrigin: '../synthetic', tasks: [task] },
    ...{ folders: [], problems: [], unread: [], copied: [], contents: [] },
  };
  return [...expectedFiles(plan)];
}

describe('forecast', () => {
  it('numbers pads over all lengths, each only perhaps', () => {
    const files = expectedOf(
      ['pads'],
      'pad_miner: { target_durations_sec: [1, 2], max_candidates_per_file: 2 }',
    );
    expect(files).toEqual(
      [1, 2, 3, 4].map((index) => ({
        path: `song/pads/song_pad0${index}_*.wav`,
        certain: false,
        dependsOn: ['brightness'],
        most: 1,
      })),
    );
  });

  it('leaves the brightness out where tags are off', () => {
    const [file] = expectedOf(['clouds'], 'brightness_tags: { enabled: false }');
    expect(file).toEqual({ path: 'song/clouds/cloud_song_01.wav', certain: true, dependsOn: [], most: 1 });
  });

  it('marks what the user asks to detect in a name', () => {
    const [file] = expectedOf(['clouds'], 'naming: { cloud: "{source}_{key}_{bpm}_{index}" }');
    expect(file).toMatchObject({ path: 'song/clouds/song_*_*_1.wav', dependsOn: ['key', 'bpm'] });
  });

  it.each([
    ['no grid', 'snap_to_grid: false', 3, 0],
    ['a fixed tempo', 'snap_to_grid: true, reference_bpm: 90', 9, 0],
    ['a tempo to be detected', 'snap_to_grid: true', 3, 6],
    ['no tempo', 'snap_to_grid: true, reference_bpm: null', 3, 0],
  ])('with %s counts clouds by their lengths', (_, musicality, certain, more) => {
    const files = expectedOf(['clouds'], `musicality: { ${musicality} }`);
    expect(files.filter((file) => file.certain)).toHaveLength(certain);
    expect(files.filter((file) => !file.certain)).toHaveLength(more);
  });

  it('names pad loops by colour, shift and stretch; only backwards ones are sure', () => {
    const files = expectedOf(
      ['pad-loops'],
      'drones: { pad_variants: [warm], pitch_shift_semitones: [0, 7], time_stretch_factors: [1.5] }',
    );
    expect(files.map(({ path, certain }) => `${path} ${certain}`)).toEqual([
      ...['song/pads/song_pad_warm.wav false', 'song/pads/song_pad_reversed.wav true'],
      ...['song/pads/song_pad_warm_pitch+7.wav false', 'song/pads/song_pad_reversed_pitch+7.wav true'],
      ...[
        'song/pads/song_pad_warm_stretch1.5x.wav false',
        'song/pads/song_pad_reversed_stretch1.5x.wav true',
      ],
    ]);
  });

  it.each([
    ['reference_bpm: 90', ['reversed_1bar true', 'reversed_4bar true']],
    ['reference_bpm: detect', ['reversed false', 'reversed_1bar false', 'reversed_4bar false']],
    ['reference_bpm: null', ['reversed true']],
  ])('with snap_to_grid and %s pad loops may be bars long', (tempo, expected) => {
    const files = expectedOf(
      ['pad-loops'],
      `drones: { pad_variants: [], pitch_shift_semitones: [0], time_stretch_factors: [1] }
musicality: { snap_to_grid: true, bar_lengths: [1, 4], ${tempo} }`,
    );
    expect(files.map(({ path, certain }) => `${path.slice(19, -4)} ${certain}`)).toEqual(expected);
  });

  it('counts swells and the one drone', () => {
    const names = (config: string) =>
      expectedOf(['swells', 'drones'], config).map(({ path, certain }) => `${path} ${certain}`);
    expect(names('drones: { pitch_shift_semitones: [0, 7], time_stretch_factors: [1] }')).toEqual([
      ...['song/swells/song_swell01.wav true', 'song/swells/song_swell02.wav true'],
      ...['song/swells/song_swell03.wav true', 'song/drones/song_drone01.wav true'],
    ]);
    const few = 'pitch_shift_semitones: [7], time_stretch_factors: [2], drone_duration_sec: 0';
    expect(names(`drones: { ${few} }`)).toEqual([
      ...['song/swells/song_swell01.wav true', 'song/swells/song_swell02.wav true'],
    ]);
  });
});
