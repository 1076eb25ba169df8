import { flag } from '../../settings/fields.ts';
import { type FamilyDefinition, LONG_LOOP } from '../family.ts';
import { lengthCount, numbered } from '../shared/expected.ts';
import { FINISHING_AND_MUSIC } from '../shared/reads.ts';
import type { BedReason } from './make.ts';
import { type BedSettings, beds as section } from './settings.ts';
import { BED_WORDS } from './words.ts';

/** Long rings that wander through a source. */
export const beds = {
  id: 'bed',
  folder: 'beds',
  singular: 'bed',
  plural: 'beds',
  colour: { dark: '#7fb0a8', light: '#3f7a72' },
  loops: true,
  pitch: 'tones',
  sections: { beds: section },
  naming: { bed: { of: 'a bed', pattern: '{source}_bed{index:02}' } },
  channels: {
    key: 'beds_stereo',
    setting: flag('Beds from stereo sources stay stereo; false mixes them down.', true),
  },
  leastLoop: LONG_LOOP,
  staysLikeSource: true,
  kitPrefix: 'BD',
  instrument: { part: { id: 'beds', layout: 'roots', attackSec: 1, releaseSec: 2, category: 'Drone' } },
  skipWords: BED_WORDS,
  makers: [
    {
      id: 'beds',
      input: 'source',
      phase: {
        id: 'make-beds',
        title: 'beds',
        help: 'long rings that wander through the songs in source_audio/ and the sounds in pad_sources/',
        folders: () => ['source_audio_dir', 'pad_sources_dir'],
        isPartOfAll: true,
        suits: ['song', 'tonal', 'noise'],
      },
      reads: [...FINISHING_AND_MUSIC, 'pre_analysis.separate', 'beds', 'naming.bed', 'export.beds_stereo'],
      expected: ({ beds, musicality }) => {
        const { most } = lengthCount(1, musicality);
        return numbered('bed', { certain: 0, most: most * beds.beds_per_source });
      },
      longestSec: ({ beds }) => beds.duration_sec,
      usesSeed: 'sometimes',
      lengthSetting: ['beds', 'duration_sec'],
      load: async () => (await import('./make.ts')).makeBeds,
    },
  ],
} as const satisfies FamilyDefinition<BedSettings, BedReason>;
