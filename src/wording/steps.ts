/** Why a step of a batch failed, or left what was there. */
import type { StepOutcome, StepReason } from '../palette/step-outcome.ts';
import { type CodeAndFields, codeAndFields, type WordsFor, wordsOf } from '../reasons/words.ts';

const STEP_WORDS: WordsFor<StepReason> = {
  'changed-by-hand': ({ path }) =>
    `“${path}” is not as a batch left it, so it stays; move it away to have it made again (--force replaces it, and all textures too)`,
  'sources-failed': ({ sources }) => `${sources} of the sources failed`,
  'stopped-at-failure': () => 'a source failed, and --strict stops at the first',
  error: ({ sentence }) => sentence,
  unforeseen: ({ thrown }) =>
    `Something unforeseen went wrong (${thrown}); please report it, with run.jsonl.`,
};

export function stepWords(reason: StepReason): string {
  return wordsOf(STEP_WORDS, [reason]);
}

/** What came of a step as other programs receive it: why in words, and as data; all of that null where it is done. */
export function stepDocument({ reason, seconds, ...step }: StepOutcome) {
  const data: CodeAndFields | { code: null; fields: null } =
    reason === null ? { code: null, fields: null } : codeAndFields(reason);
  return { ...step, message: reason && stepWords(reason), ...data, seconds };
}
