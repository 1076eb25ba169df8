/** Which of a plan's tasks are one shard's. */
import { createHash } from 'node:crypto';
import { dealOut, type Shard } from './shard.ts';
import type { Plan, Task } from './task.ts';
import { engineId, unitKeys } from './unit-key.ts';

/**
 * One shard's part of a plan. Of what cannot be mined each shard tells another part, too, so that one bad file is not the
 * failure of all.
 */
export function shareOf(plan: Plan, { index, count }: Shard, workOf: (task: Task) => number): Plan {
  const tasks = dealOut(plan.tasks, count, workOf);
  const problems = dealOut(plan.problems, count, () => 1);
  const unread = dealOut(plan.unread, count, () => 1);
  const elsewhere = {
    tasks: tasks.toSpliced(index - 1, 1).flat(),
    problems: problems.toSpliced(index - 1, 1).flat(),
    unread: unread.toSpliced(index - 1, 1).flat(),
  };
  return {
    ...plan,
    tasks: tasks[index - 1],
    problems: problems[index - 1],
    unread: unread[index - 1],
    copied: plan.copied.filter(({ source }) => tasks[index - 1].some((task) => task.source === source)),
    share: { index, count, whole: digestOfPlan(plan), elsewhere },
  };
}

function digestOfPlan({ tasks, seed, request }: Plan): string {
  const keyOf = unitKeys(request.settings, request.families);
  const hash = createHash('sha256').update(`${engineId()} ${seed}`);
  for (const task of tasks) {
    const keys = task.makings.map((making) => keyOf(task, making));
    hash.update(JSON.stringify([task.bytes, ...keys]));
  }
  return hash.digest('hex');
}
