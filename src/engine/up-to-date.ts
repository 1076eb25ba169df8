/** What a run need not make again, since it is there as this run would make it. */
import { join } from 'node:path';
import { digestOf } from '../archive/content-hash.ts';
import { isSettled, stampOf } from '../archive/stamp.ts';
import { type Cache, type CacheEntry, type Unit, unitId } from './cache.ts';
import type { Emit, MadeTexture } from './events.ts';
import type { Making } from './phases.ts';
import { givePlaces } from './places.ts';
import type { EarlierWork, KeptUnit, Plan, Task } from './task.ts';
import { type UnitKey, unitKeys } from './unit-key.ts';

/** A plan's tasks, parted. */
export interface Parted {
  /** All that is still to be made; each with what is known of it. */
  readonly tasks: readonly Task[];
  /** Sources of which nothing is to be made. */
  readonly upToDate: readonly { readonly task: Task; readonly kept: readonly KeptUnit[] }[];
  /** What was learnt that the cache did not hold. */
  readonly learnt: readonly CacheEntry[];
}

/**
 * Looks at sources and textures, not into them: by their stamps, and by their bytes only where a stamp is new.
 *
 * @param cache takes in what is learnt
 * @param listed the paths of the manifest's rows: what it does not list is made again
 * @param signal ends it early, with the rest unlooked at
 */
export async function partByNeed(
  plan: Plan,
  cache: Cache,
  listed: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<Parted> {
  const look = openLook(plan, cache, listed);
  const tasks: Task[] = [];
  const upToDate: { task: Task; kept: KeptUnit[] }[] = [];
  for (const task of plan.tasks) {
    if (signal?.aborted) break;
    const earlier = await look.earlierWork(task);
    if (earlier.kept.length === task.makings.length && namesStand(earlier.kept)) {
      upToDate.push({ task, kept: [...earlier.kept] });
    } else {
      tasks.push({ ...task, earlier });
    }
  }
  return { tasks, upToDate, learnt: look.learnt };
}

/** Whether what was made under this key would be made now, the source's content apart. */
export function isAsked(unit: Unit, task: Task, plan: Plan, keyOf: UnitKey): boolean {
  const seedFits = plan.request.anySeed === true || unit.seed === task.seed;
  return seedFits && unit.key === keyOf(task, unit.making);
}

/** Tells again what was told when a unit was made. What holds for its whole source is left to the caller. */
export function tellAgain({ unit, textures }: KeptUnit, source: string, emit: Emit): void {
  emit({ kind: 'up-to-date', source, makings: [unit.making], textures });
  for (const texture of unit.dropped) emit({ kind: 'texture-dropped', source, texture, earlier: true });
  for (const note of unit.passedOver) {
    if (note.family !== null) emit({ kind: 'passed-over', source, ...note, earlier: true });
  }
}

/** Tells again what was said of a whole source, each thing once. */
export function tellOfSourceAgain(kept: readonly KeptUnit[], source: string, emit: Emit): void {
  const warnings = new Set(kept.flatMap(({ unit }) => unit.warnings));
  for (const message of warnings) emit({ kind: 'warning', source, message, earlier: true });
  const reasons = kept.flatMap(({ unit }) => unit.passedOver.filter(({ family }) => family === null));
  if (reasons.length > 0) emit({ kind: 'passed-over', source, ...reasons[0], earlier: true });
}

function namesStand(kept: readonly KeptUnit[]): boolean {
  const places = givePlaces();
  return kept.every(({ unit }) => places.giveAgain(unit.wanted, unit.given));
}

function openLook(plan: Plan, cache: Cache, listed: ReadonlySet<string>) {
  const keyOf = unitKeys(plan.request.settings);
  const learnt: CacheEntry[] = [];

  /** The source's digest; null where it cannot be read, which is for the worker to tell. */
  const contentOf = async ({ path, origin, layers }: Task): Promise<EarlierWork['content']> => {
    if (path === null) return { sha256: layers?.sha256 ?? '', stamp: '' };
    const now = Date.now();
    const stamp = stampOf(path);
    if (!stamp) return null;
    const known = cache.contents.get(origin);
    if (known?.stamp === stamp.text) return known;
    const sha256 = await digestOf(path);
    if (sha256 === null || stampOf(path)?.text !== stamp.text) return null;
    const content = { sha256, stamp: stamp.text };
    if (isSettled(stamp, now)) {
      cache.contents.set(origin, content);
      learnt.push({ origin, ...content });
    }
    return content;
  };

  /** A texture, if it is there as it was made, and listed. */
  const standing = async (path: string, sha256: string): Promise<MadeTexture | null> => {
    const known = cache.textures.get(path);
    if (!known || known.sha256 !== sha256 || !listed.has(path)) return null;
    const stamp = stampOf(join(plan.exportFolder, path));
    if (!stamp) return null;
    if (stamp.text !== known.stamp) {
      if ((await digestOf(join(plan.exportFolder, path))) !== sha256) return null;
      const seen = { ...known, stamp: stamp.text };
      cache.textures.set(path, seen);
      learnt.push({ known: seen });
    }
    return known.texture;
  };

  return {
    learnt,
    async earlierWork(task: Task): Promise<EarlierWork> {
      const units = task.makings
        .map((making) => cache.units.get(unitId(task.name, making)))
        .filter((unit) => unit !== undefined && isAsked(unit, task, plan, keyOf)) as Unit[];
      if (units.length === 0) return { content: null, kept: [], seeds: {} };
      const content = await contentOf(task);
      const kept: KeptUnit[] = [];
      const seeds: Partial<Record<Making, number>> = {};
      for (const unit of units.filter((each) => each.content === content?.sha256)) {
        const textures: MadeTexture[] = [];
        for (const [path, sha256] of unit.textures) {
          const texture = await standing(path, sha256);
          if (texture) textures.push(texture);
        }
        if (textures.length === unit.textures.length) kept.push({ unit, textures });
        // Made again as it was, whether or not other textures of it are left.
        else seeds[unit.making] = unit.seed;
      }
      return { content, kept, seeds };
    },
  };
}
