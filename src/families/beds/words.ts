import type { WordsFor } from '../../reasons/words.ts';
import { TEMPO_WORDS } from '../shared/tempo-words.ts';
import type { BedReason } from './make.ts';

export const BED_WORDS: WordsFor<BedReason> = {
  ...TEMPO_WORDS,
  'too-short-for-a-bed': ({ seconds, leastSec }) =>
    `it is ${seconds} s long, and a bed takes ${leastSec} s; lower beds.shortest_stretch_sec`,
  'no-path': () =>
    'no stretch of it sounds long enough to be part of a bed; lower beds.shortest_stretch_sec and beds.longest_stretch_sec',
  'something-stands-out': ({ changeDb, ratio }) =>
    `what is struck in it would stand out and come round again (${changeDb} dB at once, ${ratio} times its usual change)`,
};
