/** Whether one engine takes longer than another, stage by stage, from runs of both. */
import { median } from '../sound/statistics.mjs';
import { STAGES } from './stages.mjs';

/** A stage may take so many times as long as before. */
const MOST = 1.2;
/** Shorter ones are noise, CPU seconds. */
const LEAST_SEC = 0.1;
/** Whole commands, beside the stages of the phases. */
const WHOLE = ['batch', 'again'];

/**
 * @param runs `there` and `here`, each a list of runs: `stages`, CPU seconds by stage; `yardstickSec`, those of a yardstick in the
 *   same process; `whole`, CPU seconds of whole commands
 * @returns {{ stage: string, there: number, here: number, ratio: number, slower: boolean }[]} medians in yardsticks
 */
export function comparison({ there, here }) {
  return [...STAGES, 'all', ...WHOLE].map((stage) => {
    const [before, now] = [there, here].map((runs) =>
      median(runs.map((run) => secondsOf(run, stage) / run.yardstickSec)),
    );
    const seconds = median(here.map((run) => secondsOf(run, stage)));
    const ratio = before > 0 ? now / before : now > 0 ? Infinity : 1;
    return { stage, there: before, here: now, ratio, slower: ratio > MOST && seconds > LEAST_SEC };
  });
}

function secondsOf({ stages, whole }, stage) {
  if (WHOLE.includes(stage)) return whole[stage];
  if (stage !== 'all') return stages[stage] ?? 0;
  return Object.values(stages).reduce((sum, seconds) => sum + seconds, 0);
}
