/** Which of a plan's tasks are one shard's. */
import { FAMILIES } from '../families/index.ts';
import type { Platform } from '../platform/platform.ts';
import { dealOut, type Shard } from './shard.ts';
import type { Plan, Task } from './task.ts';
import { engineId, unitKeys } from './unit-key.ts';

/**
 * One shard's part of a plan. Of what cannot be mined each shard reports another part, too, so that one bad file is not the
 * failure of all.
 */
export function shareOf(
  platform: Platform,
  plan: Plan,
  { index, count }: Shard,
  workOf: (task: Task) => number,
): Plan {
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
    share: { index, count, whole: digestOfPlan(platform, plan), elsewhere },
  };
}

function digestOfPlan(platform: Platform, { tasks, seed, request }: Plan): string {
  const keyOf = unitKeys(request.settings, request.families ?? FAMILIES);
  const encoder = new TextEncoder();
  const hash = platform.sha256();
  hash.update(encoder.encode(`${engineId()} ${seed}`));
  for (const task of tasks) {
    const keys = task.makers.map((makerId) => keyOf(task, makerId));
    hash.update(encoder.encode(JSON.stringify([task.bytes, ...keys])));
  }
  return hash.hex();
}
