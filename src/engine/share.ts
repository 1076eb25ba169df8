/** Which of a plan's tasks are one shard's. */
import { createHash } from 'node:crypto';
import type { Plan, Task } from './plan.ts';
import { dealOut, type Shard } from './shard.ts';
import { unitKeys } from './unit-key.ts';

/** What a plan is a share of. */
export interface Share extends Shard {
  /** Equal for the shards of one plan: of the same sources by name and size, settings, seed and engine. */
  readonly whole: string;
  /** What is left to the other shards. */
  readonly elsewhere: Pick<Plan, 'tasks' | 'problems'>;
}

/**
 * One shard's part of a plan. Of what cannot be mined each shard tells another part, too, so that one bad file is not the
 * failure of all.
 */
export function shareOf(plan: Plan, { index, count }: Shard, workOf: (task: Task) => number): Plan {
  const tasks = dealOut(plan.tasks, count, workOf);
  const problems = dealOut(plan.problems, count, () => 1);
  const elsewhere = {
    tasks: tasks.toSpliced(index - 1, 1).flat(),
    problems: problems.toSpliced(index - 1, 1).flat(),
  };
  return {
    ...plan,
    tasks: tasks[index - 1],
    problems: problems[index - 1],
    share: { index, count, whole: digestOfPlan(plan), elsewhere },
  };
}

function digestOfPlan({ tasks, seed, request }: Plan): string {
  const keyOf = unitKeys(request.settings);
  const hash = createHash('sha256').update(String(seed));
  for (const task of tasks) {
    const keys = task.makings.map((making) => keyOf(task, making));
    hash.update(JSON.stringify([task.bytes, ...keys]));
  }
  return hash.digest('hex');
}
