/** What came of a run, in words. */
import type { RunResult } from '../../engine/run.ts';
import type { Plan } from '../../engine/task.ts';
import type { Outcome } from './jobs.ts';
import { notMadeReasons } from './not-made.ts';
import { runProblems } from './run-problems.ts';

export function outcomeOf(result: RunResult, { tasks, exportFolder }: Plan): Outcome {
  const { textures, failed, skipped, stoppedEarly, sourcesUpToDate } = result;
  const count = textures.length === 1 ? '1 texture' : `${textures.length} textures`;
  const problems = runProblems(result, exportFolder);
  const notMade = notMadeReasons(skipped, tasks);
  if (stoppedEarly === 'interrupted')
    return { message: `Stopped; ${count} had been made.`, problems, notMade };
  if (textures.length === 0 && failed.length === 0 && sourcesUpToDate > 0) {
    return { message: 'All of it was there already, as this would make it.', problems, notMade };
  }
  const made = new Set(textures.map(({ path }) => path));
  const beside = result.protected.filter((place) => place.beside !== null && made.has(place.beside)).length;
  return { message: `Made ${count}${besideWords(beside, textures.length)}.`, problems, notMade };
}

/** How many of the textures made lie beside protected ones. */
function besideWords(beside: number, made: number): string {
  if (beside === 0) return '';
  const those = beside === 1 ? 'one that you kept or changed' : 'those that you kept or changed';
  return beside === made ? `, beside ${those}` : `, ${beside} of them beside ${those}`;
}
