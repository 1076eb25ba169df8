import type { InWords } from '../engine/in-words.ts';
import type { WordsFor } from '../reasons/words.ts';

/** Of what an earlier engine noted in words, these. */
export const EARLIER_WORDS: WordsFor<InWords> = { 'in-words': ({ words }) => words };
