import type { WordsFor } from '../../reasons/words.ts';
import { TEMPO_WORDS } from '../shared/tempo-words.ts';
import type { HissReason } from './make.ts';

export const HISS_WORDS: WordsFor<HissReason> = {
  ...TEMPO_WORDS,
  'too-short-for-a-hit': ({ synthetic }) => `it is too short to hold a hit${insteadOfHiss(synthetic)}`,
  'no-hiss-in-band': ({ floorDb, lowHz, highHz, synthetic }) =>
    `its hits have nothing within ${-floorDb} dB of its level between ${lowHz} and ${highHz} Hz${insteadOfHiss(synthetic)}`,
  'hiss-band-empty': ({ setting, hz, sampleRateHz }) =>
    `at ${sampleRateHz} Hz there is nothing above ${hz} Hz; lower hiss.${setting}`,
  'few-flickers': ({ made, wanted, minMs }) =>
    `only ${made} of ${wanted} flickers: it has no more hits of at least ${minMs} ms that differ; lower hiss.flicker_count or hiss.flicker_min_ms`,
};

function insteadOfHiss(synthetic: boolean): string {
  return synthetic
    ? ': its hiss is synthetic, and it has no flickers'
    : '; widen the hiss band, or set hiss.use_synthetic_noise to true';
}
