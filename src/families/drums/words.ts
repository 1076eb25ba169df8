import type { WordsFor } from '../../reasons/words.ts';
import type { DrumReason } from './make.ts';

export const DRUM_WORDS: WordsFor<DrumReason> = {
  'no-hits': () => 'no hits were detected; lower drum_miner.delta',
  'hits-too-short': ({ hits, minLengthSec }) =>
    `all of its ${hits} hits are shorter than ${minLengthSec} s; lower drum_miner.min_length_sec`,
  'hits-too-quiet': ({ hits, minPeakDb }) =>
    `all of its ${hits} hits stay under ${minPeakDb} dBFS; lower drum_miner.min_peak_db`,
};
