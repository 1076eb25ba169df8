import { listedPaths } from '../archive/manifest.ts';
import { emptyCache, readCache } from './cache.ts';
import type { Making } from './phases.ts';
import { type StaleTexture, staleTextures } from './stale.ts';
import type { Plan } from './task.ts';
import { partByNeed } from './up-to-date.ts';

/** What a run would do with a plan, told without writing or listening. */
export interface Foreseen {
  /** The plan without what is up to date. */
  readonly needed: Plan;
  readonly upToDate: readonly { readonly source: string; readonly making: Making }[];
  /** As far as it is known before the rest is made. */
  readonly stale: readonly StaleTexture[];
}

/** @param force everything is to be made again @throws NotAllowedError, FileSystemError where the manifest cannot be read */
export async function foresee(plan: Plan, force: boolean): Promise<Foreseen> {
  const cache = (await readCache(plan.exportFolder)) ?? emptyCache();
  const listed = await listedPaths(plan.exportFolder);
  const stale = staleTextures(plan, cache, listed);
  if (force) return { needed: plan, upToDate: [], stale };
  const parted = await partByNeed(plan, cache, listed);
  const isKept = (making: Making, task: Plan['tasks'][number]) =>
    task.earlier?.kept.some(({ unit }) => unit.making === making) ?? false;
  const upToDate = [
    ...parted.upToDate.flatMap(({ task }) => task.makings.map((making) => ({ source: task.source, making }))),
    ...parted.tasks.flatMap((task) =>
      task.makings
        .filter((making) => isKept(making, task))
        .map((making) => ({ source: task.source, making })),
    ),
  ];
  const tasks = parted.tasks.map((task) => ({
    ...task,
    makings: task.makings.filter((making) => !isKept(making, task)),
  }));
  return { needed: { ...plan, tasks }, upToDate, stale };
}
