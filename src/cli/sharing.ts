/** What share of a plan a run has, reported to people and to programs. */
import type { Plan } from '../engine/task.ts';
import { workMeter } from '../engine/work.ts';
import { FAMILIES } from '../families/index.ts';
import { counted } from '../wording/counted.ts';

/** `28 sources`, or `shard 2 of 3: 9 of 28 sources, 33 % of the work`. */
export function sharing(plan: Plan): string {
  const document = shardDocument(plan);
  if (!document) return counted(plan.tasks.length, 'source');
  const { index, count, sources, sourcesOfAll, shareOfWork } = document;
  const percent = `${Math.round(100 * shareOfWork)} % of the work`;
  return `shard ${index} of ${count}: ${sources} of ${counted(sourcesOfAll, 'source')}, ${percent}`;
}

interface ShardDocument {
  readonly index: number;
  readonly count: number;
  readonly sources: number;
  readonly sourcesOfAll: number;
  /** 0 to 1, as estimated before anything is opened. */
  readonly shareOfWork: number;
}

/** Null where the plan is not shared. */
export function shardDocument({ share, tasks, request }: Plan): ShardDocument | null {
  if (!share) return null;
  const { index, count, elsewhere } = share;
  const workOf = workMeter(request.settings, request.families ?? FAMILIES);
  const mine = tasks.reduce((sum, task) => sum + workOf(task), 0);
  const others = elsewhere.tasks.reduce((sum, task) => sum + workOf(task), 0);
  const sourcesOfAll = tasks.length + elsewhere.tasks.length;
  const shareOfWork = sourcesOfAll === 0 ? 0 : mine / (mine + others);
  return { index, count, sources: tasks.length, sourcesOfAll, shareOfWork };
}
