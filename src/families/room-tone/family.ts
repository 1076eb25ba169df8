import { renamedSection } from '../../settings/old-keys.ts';
import type { FamilyDefinition } from '../family.ts';
import { asDetected, lengthCount } from '../shared/expected.ts';
import { LAYERS_PART } from '../shared/layers-part.ts';
import { FINISHING_AND_MUSIC } from '../shared/reads.ts';
import type { RoomToneReason } from './make.ts';
import { type RoomToneSettings, roomTone as section } from './settings.ts';
import { ROOM_TONE_WORDS } from './words.ts';

/** What a recording holds where nobody plays, as rings. Manifests and folders call it silence. */
export const roomTone = {
  id: 'silence',
  folder: 'silences',
  singular: 'silence',
  plural: 'silences',
  colour: { dark: '#b5b0a6', light: '#7d766b' },
  loops: true,
  pitch: 'noise',
  cutWord: 'grain',
  sections: { room_tone: section },
  oldKeys: [renamedSection('silence_miner', 'room_tone')],
  naming: {
    silence: { of: 'a loop of room tone', pattern: '{source}_silence{index:03}' },
    silence_grain: { of: 'a short grain of room tone', pattern: '{source}_silence_grain{index:03}' },
  },
  kitLevel: 'own',
  kitPrefix: 'SL',
  instrument: { part: LAYERS_PART, keys: { first: 84, count: 12 } },
  skipWords: ROOM_TONE_WORDS,
  makers: [
    {
      id: 'silences',
      input: 'source',
      phase: {
        id: 'mine-silences',
        title: 'room tone',
        help: 'room tone from the songs in source_audio/, as loops',
        folders: () => ['source_audio_dir'],
        isPartOfAll: false,
        suits: ['song', 'noise', 'speech'],
      },
      reads: [...FINISHING_AND_MUSIC, 'room_tone', 'naming.silence', 'naming.silence_grain'],
      expected: ({ room_tone, musicality }) => {
        const { most } = lengthCount(1, musicality);
        const { max_extracted, keep_grains } = room_tone;
        return [
          ...asDetected('silence', most * max_extracted),
          ...(keep_grains ? asDetected('silence_grain', max_extracted) : []),
        ];
      },
      longestSec: ({ room_tone }) => room_tone.loop_duration_sec,
      usesSeed: 'sometimes',
      lengthSetting: ['room_tone', 'loop_duration_sec'],
      load: async () => (await import('./make.ts')).mineRoomTone,
    },
  ],
} as const satisfies FamilyDefinition<RoomToneSettings, RoomToneReason>;
