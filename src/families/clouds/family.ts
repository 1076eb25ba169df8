import { flag } from '../../settings/fields.ts';
import type { OldKey } from '../../settings/old-keys.ts';
import { type FamilyDefinition, LONG_LOOP } from '../family.ts';
import { lengthCount, numbered } from '../shared/expected.ts';
import { FINISHING_AND_MUSIC, STABILITY } from '../shared/reads.ts';
import { characterOf } from './characters.ts';
import type { CloudReason } from './make.ts';
import { type CloudSettings, clouds as section } from './settings.ts';
import { CLOUD_WORDS } from './words.ts';

/** One bound, which became two. */
const MAX_PITCH_SHIFT: OldKey = {
  old: ['clouds', 'max_pitch_shift_semitones'],
  now: ['clouds', 'pitch_shift_range'],
  translate: (value) => {
    const isNumber = typeof value === 'number';
    return [
      [['clouds', 'pitch_shift_range', 'min'], isNumber ? -Math.abs(value) : value],
      [['clouds', 'pitch_shift_range', 'max'], isNumber ? Math.abs(value) : value],
    ];
  },
};

/** Granular textures on a ring. */
export const clouds = {
  id: 'cloud',
  folder: 'clouds',
  singular: 'cloud',
  plural: 'clouds',
  colour: { dark: '#b8a3da', light: '#7460a8' },
  loops: true,
  pitch: 'tones',
  sections: { clouds: section },
  oldKeys: [MAX_PITCH_SHIFT],
  naming: { cloud: { of: 'a cloud', pattern: 'cloud_{source}_{index:02}_{brightness}' } },
  channels: { key: 'clouds_stereo', setting: flag('Clouds stay stereo; false mixes them down.', true) },
  leastLoop: LONG_LOOP,
  staysLikeSource: true,
  kitPrefix: 'CL',
  instrument: {
    part: { id: 'clouds', layout: 'roots', attackSec: 0.05, releaseSec: 0.5, category: 'Pad' },
  },
  skipWords: CLOUD_WORDS,
  makers: [
    {
      id: 'clouds',
      input: 'source',
      phase: {
        id: 'make-clouds',
        title: 'clouds',
        help: 'granular clouds from pad_sources/',
        folders: () => ['pad_sources_dir'],
        isPartOfAll: true,
        suits: ['tonal', 'noise'],
      },
      reads: [
        ...FINISHING_AND_MUSIC,
        ...STABILITY,
        'pre_analysis.grain_quality_threshold',
        'clouds',
        'naming.cloud',
        'export.clouds_stereo',
      ],
      expected: (settings) => {
        const { certain, most } = lengthCount(1, settings.musicality);
        const each = settings.clouds.clouds_per_source;
        return numbered('cloud', { certain: certain * each, most: most * each }).map((cloud, i) => ({
          ...cloud,
          variant: characterOf(i % each),
        }));
      },
      longestSec: (settings) => settings.clouds.cloud_duration_sec,
      usesSeed: 'always',
      lengthSetting: ['clouds', 'cloud_duration_sec'],
      load: async () => (await import('./make.ts')).makeClouds,
    },
  ],
} as const satisfies FamilyDefinition<CloudSettings, CloudReason>;
