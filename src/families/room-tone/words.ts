import type { WordsFor } from '../../reasons/words.ts';
import { leftOutWords } from '../shared/limit-words.ts';
import { TEMPO_WORDS } from '../shared/tempo-words.ts';
import type { RoomToneLimit } from './find.ts';
import type { RoomToneReason } from './make.ts';

export const ROOM_TONE_WORDS: WordsFor<RoomToneReason> = {
  ...TEMPO_WORDS,
  'too-short-for-room-tone': () => 'it is too short to hold room tone; lower room_tone.length_sec',
  'no-room-tone'({ windows, windowSec, refused }) {
    // What is too loud is the music itself: the limit that excluded most of the rest says more.
    const { gate } = refused.find((one) => one.gate !== 'too loud') ?? refused[0];
    return `no room tone in ${windows} windows of ${windowSec} s (${leftOutWords(refused)}); ${ROOM_TONE_ADVICE[gate]}`;
  },
};

/** Which setting lets more through. */
const ROOM_TONE_ADVICE: Readonly<Record<RoomToneLimit, string>> = {
  'digital silence': 'its pauses are empty, so there is nothing to use in them',
  'too quiet': 'state a lower level in room_tone.min_rms_db',
  'too loud': 'state a higher level in room_tone.max_rms_db',
  crest: 'raise room_tone.max_crest_factor',
  'fade-out': 'what is quiet in it is its fade-out; raise room_tone.max_level_change_db to use that',
  unsteady: 'raise room_tone.max_level_change_db',
};
