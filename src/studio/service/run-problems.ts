/** What befell a run, in sentences: what failed, what was read only in part, and what is wrong with the export itself. */
import type { RunResult } from '../../engine/run.ts';
import { join } from '../../paths.ts';
import { noticeWords } from '../../wording/notices.ts';
import { aboutSource } from './about-source.ts';

/** @param exportFolder whose files are named as they lie in it: the page shows no other */
export function runProblems(
  { failed, warnings }: Pick<RunResult, 'failed' | 'warnings'>,
  exportFolder: string,
): string[] {
  const begins = join(exportFolder, 'x').slice(0, -1);
  return [
    ...failed.map(({ source, message }) => aboutSource(source, message)),
    ...warnings.map(({ source, notice }) => aboutSource(source, noticeWords(notice).replaceAll(begins, ''))),
  ];
}
