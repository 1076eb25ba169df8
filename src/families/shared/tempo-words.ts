import type { WordsFor } from '../../reasons/words.ts';
import type { NoSteadyTempo } from './wanted-lengths.ts';

/** Of all families whose loops may be whole bars. */
export const TEMPO_WORDS: WordsFor<NoSteadyTempo> = {
  'no-steady-tempo': () =>
    'no steady tempo to snap to, so lengths are in seconds; set musicality.reference_bpm to a number',
};
