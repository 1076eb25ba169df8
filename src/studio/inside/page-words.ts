/** Sentences of the engine as this page says them; all else is left as it is. */
import type { StudioEvent } from '../protocol.ts';

/** Its folders are nobody's, and it has neither options nor a terminal. */
const OWN_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\/afterglow\/(?:archive|export)\/(?=[^”"\s])/g, ''],
  [/“\/afterglow\/archive\/?”/g, 'what you brought'],
  [/“\/afterglow(?:\/export)?\/?”/g, 'what was made here'],
  [/bring it back, or open the studio with --config of its project/g, 'drop it here once more'],
  [/bring it back, or name its project with --config/g, 'drop it here once more'],
  [/run again with --jobs 1, and report it/g, 'drop it again, and report it'],
  [/please report it, with what --verbose says/g, 'please report it'],
  [/the terminal says what/g, 'the browser’s console says what'],
];

export function inPageWords(text: string): string {
  return OWN_WORDS.reduce((said, [engines, pages]) => said.replace(engines, pages), text);
}

type JobDone = Extract<StudioEvent, { kind: 'job-done' }>;

/** What came of a job, in sentences. */
export function doneInPageWords(done: JobDone): JobDone {
  return {
    ...done,
    message: inPageWords(done.message),
    problems: done.problems.map(inPageWords),
    notMade: done.notMade.map((one) => ({ ...one, words: inPageWords(one.words) })),
  };
}
