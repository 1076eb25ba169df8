/** Which sources of a plan can be read, as far as their headers tell. */
import { checkHeader } from '../archive/source.ts';
import type { Platform } from '../platform/platform.ts';
import { failureOf, type SourceFailure } from './failure.ts';
import type { Plan, Task } from './task.ts';

export interface CheckedPlan {
  /** The plan without what cannot be read. */
  readonly plan: Plan;
  /** What a run would say of the others, in the order of the plan. */
  readonly failed: readonly SourceFailure[];
}

/**
 * Opens the header of every source of a plan: 10,000 WAVs take half a second of a core. What shows only behind a header, or to a
 * foreign decoder, is not found.
 */
export async function checkHeaders(platform: Platform, plan: Plan): Promise<CheckedPlan> {
  const failures = new Map<Task, SourceFailure>();
  // One after the other: a disk's headers are read at once, so that lanes overlap nothing.
  for (const task of plan.tasks) {
    if (task.path === null) continue;
    await checkHeader(platform, task.path).catch((error) =>
      failures.set(task, failureOf(task.source, error)),
    );
  }
  const failed = plan.tasks.flatMap((task) => failures.get(task) ?? []);
  return { plan: { ...plan, tasks: plan.tasks.filter((task) => !failures.has(task)) }, failed };
}
