import type { FamilyDefinition } from '../family.ts';
import { asDetected } from '../shared/expected.ts';
import { FINISHING } from '../shared/reads.ts';
import type { DrumReason } from './make.ts';
import { type DrumSettings, drumMiner } from './settings.ts';
import { DRUM_WORDS } from './words.ts';

const ONE_PICKER = 'one onset picker now serves everything';

/** Single hits, each labelled kick, snare, hat, cymbal or perc. */
export const drums = {
  id: 'drum',
  folder: 'drums',
  singular: 'drum',
  plural: 'drums',
  colour: { dark: '#bd6a54', light: '#9c4632' },
  loops: false,
  pitch: 'hits',
  hasKinds: true,
  sections: { drum_miner: drumMiner },
  retiredKeys: {
    'drum_miner.enabled': 'drum hits have a command of their own, mine-drums',
    'drum_miner.onset_backtrack': 'hits always begin where the attack begins',
    'drum_miner.pre_max': ONE_PICKER,
    'drum_miner.post_max': ONE_PICKER,
    'drum_miner.pre_avg': ONE_PICKER,
    'drum_miner.post_avg': ONE_PICKER,
    'drum_miner.max_peak_db': 'clipped hits are graded F',
  },
  naming: { drum: { of: 'a drum hit', pattern: '{source}_drum{index:03}' } },
  // A hit is all peak and no floor, and the better the more it is: its crest is no fault. And it is the loudest part of its
  // record, where one that is mastered hot clips: measured on a famous break at full scale, 0.2 to 3.6 % of the samples of
  // its hits, where nobody hears it.
  grading: { allowsCrest: true, clippingFactor: 5 },
  kitLevel: 'peak',
  kitPrefix: 'DM',
  instrument: {
    part: { id: 'drums', layout: 'drums', attackSec: 0, releaseSec: 0.05, category: 'Drum' },
  },
  skipWords: DRUM_WORDS,
  makers: [
    {
      id: 'drums',
      input: 'source',
      phase: {
        id: 'mine-drums',
        title: 'drum hits',
        help: 'single drum hits from drums/, each tagged kick, snare, hat, cymbal or perc',
        folders: ({ drum_miner }) =>
          drum_miner.from_songs ? ['drums_dir', 'source_audio_dir'] : ['drums_dir'],
        isPartOfAll: false,
        suits: ['song', 'drum_loop', 'hit'],
        flag: {
          name: 'from-songs',
          help: 'take hits from the songs in source_audio/ too',
          setting: ['drum_miner', 'from_songs'],
        },
      },
      // Whether songs are mined too decides which sources there are, not what is made of one.
      reads: [
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
      expected: ({ drum_miner: { max_saved_per_file, max_hits_per_source } }) =>
        asDetected(
          'drum',
          max_hits_per_source === 'all'
            ? max_saved_per_file
            : Math.min(max_saved_per_file, max_hits_per_source),
        ),
      longestSec: ({ drum_miner }) => drum_miner.max_length_sec,
      // What is struck may be as short as a click: 10 ms, as people measure them.
      leastSec: 0.0095,
      parts: ({ drum_miner: { slice_mode, min_length_sec, max_saved_per_file } }) =>
        slice_mode === 'onset_to_onset' ? { leastSec: min_length_sec, most: max_saved_per_file } : null,
      load: async () => (await import('./make.ts')).mineDrums,
    },
  ],
} as const satisfies FamilyDefinition<DrumSettings, DrumReason>;
