/** What a run need not make again, since it is there as this run would make it. */

import { digestOf } from '../archive/content-hash.ts';
import { stampOf } from '../archive/stamp.ts';
import { FAMILIES } from '../families/index.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { assignPaths } from './assign-paths.ts';
import { type Cache, type CacheEntry, type Unit, unitId } from './cache.ts';
import type { Emit, MadeTexture, OtherEngine } from './events.ts';
import { NOTHING_STANDS, type ProtectedPlace } from './protected-file.ts';
import type { Protection } from './protection.ts';
import { sourceContent } from './source-content.ts';
import type { EarlierWork, KeptUnit, Plan, Task } from './task.ts';
import { engineId, type UnitKey, unitKeys } from './unit-key.ts';

/** A plan's tasks, parted. */
export interface Parted {
  /** All that is still to be made; each with what is known of it. */
  readonly tasks: readonly Task[];
  /** Sources of which nothing is to be made. */
  readonly upToDate: readonly { readonly task: Task; readonly kept: readonly KeptUnit[] }[];
  /** What was learnt that the cache did not hold. */
  readonly learnt: readonly CacheEntry[];
  readonly otherEngine: OtherEngine | null;
}

/** What is known of the export folder, and how it is to be gone about. */
export interface Looking {
  /** Takes in what is learnt. */
  readonly cache: Cache;
  /** The paths of the manifest's rows: what it does not list is made again. */
  readonly listed: ReadonlySet<string>;
  readonly protection: Protection;
  /** What cannot be put in its place, since that is protected, is to be put beside it. */
  readonly beside: boolean;
}

/** What is known of a source before it is looked at whether anything of it is protected. */
type Known = Pick<EarlierWork, 'content' | 'kept' | 'seeds'>;

/**
 * Looks at sources and textures, not into them: by their stamps, and by their bytes only where a stamp is new.
 *
 * @param signal ends it early, with the rest unlooked at
 */
export async function partByNeed(
  platform: Platform,
  plan: Plan,
  looking: Looking,
  signal?: AbortSignal,
): Promise<Parted> {
  const look = openLook(platform, plan, looking);
  const around = { standing: NOTHING_STANDS, beside: looking.beside };
  const ofNothing = { ...look.nothing, ...around };
  const tasks: Task[] = [];
  const upToDate: { task: Task; kept: KeptUnit[] }[] = [];
  for (const task of plan.tasks) {
    if (signal?.aborted) break;
    const earlier = await look.earlierWork(task);
    if (earlier.kept.length === task.makers.length && namesStand(earlier.kept)) {
      upToDate.push({ task, kept: [...earlier.kept] });
    } else {
      const standing = await looking.protection.standing(task.name);
      // The worker that reads it then need not hash it once more.
      const content = earlier.content ?? looking.cache.contents.get(task.origin) ?? null;
      const isUnknown = earlier === look.nothing && standing === NOTHING_STANDS && content === null;
      tasks.push({ ...task, earlier: isUnknown ? ofNothing : { ...earlier, ...around, standing, content } });
    }
  }
  return { tasks, upToDate, learnt: look.learnt, otherEngine: otherEngineIn(tasks, looking.cache) };
}

/** Whether what was made under this key would be made now, the source's content apart. */
export function isAsked(unit: Unit, task: Task, plan: Plan, keyOf: UnitKey): boolean {
  const seedFits = plan.request.anySeed === true || unit.seed === task.seed;
  return seedFits && unit.engine === engineId() && unit.key === keyOf(task, unit.making);
}

/** What of these tasks another engine made. */
function otherEngineIn(tasks: readonly Task[], { units }: Cache): OtherEngine | null {
  const versions = new Set<string>();
  let sources = 0;
  let textures = 0;
  for (const { name, makers } of tasks) {
    const others = makers
      .map((makerId) => units.get(unitId(name, makerId)))
      .filter((unit) => unit !== undefined && unit.engine !== engineId() && unit.textures.length > 0);
    if (others.length > 0) sources++;
    for (const unit of others as Unit[]) {
      textures += unit.textures.length;
      if (unit.engine !== '') versions.add(unit.engine.split(' ')[0]);
    }
  }
  return sources === 0 ? null : { versions: [...versions].sort(), sources, textures };
}

/** Reports again what was reported when a unit was made. What holds for its whole source is left to the caller. */
export function reportAgain(kept: KeptUnit, source: string, emit: Emit): void {
  const { unit, textures } = kept;
  emit({ kind: 'up-to-date', source, makings: [unit.making], textures });
  for (const place of kept.protected) emit({ kind: 'texture-protected', source, ...place, earlier: true });
  for (const texture of unit.dropped) emit({ kind: 'texture-dropped', source, texture, earlier: true });
  for (const note of unit.passedOver) {
    if (note.family !== null) emit({ kind: 'passed-over', source, ...note, earlier: true });
  }
}

/** Reports again what holds for a whole source, each thing once. */
export function reportSourceAgain(kept: readonly KeptUnit[], source: string, emit: Emit): void {
  const notices = new Map(
    kept.flatMap(({ unit }) => unit.warnings).map((notice) => [JSON.stringify(notice), notice]),
  );
  for (const notice of notices.values()) emit({ kind: 'warning', source, notice, earlier: true });
  const reasons = kept.flatMap(({ unit }) => unit.passedOver.filter(({ family }) => family === null));
  if (reasons.length > 0) emit({ kind: 'passed-over', source, ...reasons[0], earlier: true });
}

function namesStand(kept: readonly KeptUnit[]): boolean {
  const places = assignPaths();
  return kept.every(({ unit }) => places.giveAgain(unit.wanted, unit.given));
}

function openLook(platform: Platform, plan: Plan, { cache, listed, protection, beside }: Looking) {
  const keyOf = unitKeys(plan.request.settings, plan.request.families ?? FAMILIES);
  const learnt: CacheEntry[] = [];
  /** The source's digest; null where it cannot be read, which is for the worker to report. */
  const contentOf = async ({ path, origin, layers }: Task): Promise<EarlierWork['content']> => {
    if (path === null) return { sha256: layers?.sha256 ?? '', stamp: '' };
    return sourceContent(platform, { path, origin }, cache, learnt);
  };

  /** A texture, if it is there as it was made, and listed. */
  const standing = async (path: string, sha256: string): Promise<MadeTexture | null> => {
    const known = cache.textures.get(path);
    if (!known || known.sha256 !== sha256 || !listed.has(path)) return null;
    const stamp = await stampOf(platform, join(plan.exportFolder, path));
    if (!stamp) return null;
    if (stamp.text !== known.stamp) {
      if ((await digestOf(platform, join(plan.exportFolder, path))) !== sha256) return null;
      const seen = { ...known, stamp: stamp.text };
      cache.textures.set(path, seen);
      learnt.push({ known: seen });
    }
    return known.texture;
  };

  /** Whether nothing but its row is lost: made again to the same bytes, it is listed anew, also where somebody keeps it. */
  const isOnlyUnlisted = async (path: string, sha256: string): Promise<boolean> =>
    !listed.has(path) && (await digestOf(platform, join(plan.exportFolder, path))) === sha256;

  /** A unit as it stands; null where something of it is to be made. */
  const keptOf = async (unit: Unit): Promise<KeptUnit | null> => {
    const textures: MadeTexture[] = [];
    const left: ProtectedPlace[] = [];
    for (const [path, sha256] of unit.textures) {
      const texture = await standing(path, sha256);
      if (texture === null && (await isOnlyUnlisted(path, sha256))) return null;
      const why = texture ? null : await protection.why(path);
      if (texture) textures.push(texture);
      else if (why !== null) left.push({ path, why, beside: null });
      else return null;
    }
    for (const place of unit.protected) {
      const why = await protection.why(place.path);
      if (why === null) return null;
      left.push({ ...place, why });
    }
    return beside && left.some((place) => place.beside === null) ? null : { unit, textures, protected: left };
  };

  const isAnySeed = plan.request.anySeed === true;
  /** Of a source of which no unit was ever made: one object for all of them, however many. */
  const nothing: Known = { content: null, kept: [], seeds: isAnySeed ? lastSeeds(plan, cache) : {} };

  return {
    learnt,
    nothing,
    async earlierWork(task: Task): Promise<Known> {
      const units = task.makers
        .map((makerId) => cache.units.get(unitId(task.name, makerId)))
        .filter((unit) => unit !== undefined) as Unit[];
      if (units.length === 0) return nothing;
      const asked = units.filter((unit) => isAsked(unit, task, plan, keyOf));
      const content = asked.length === 0 ? null : await contentOf(task);
      const kept: KeptUnit[] = [];
      for (const unit of asked.filter((each) => each.content === content?.sha256)) {
        const whole = await keptOf(unit);
        if (whole) kept.push(whole);
      }
      return { content, kept, seeds: { ...nothing.seeds, ...seedsOf(units, task, isAnySeed) } };
    },
  };
}

/** Of what is not there as it would be made, the seeds that it had, as far as they are as good as any. */
function seedsOf(units: readonly Unit[], task: Task, isAnySeed: boolean): EarlierWork['seeds'] {
  const again = units.filter(({ seed }) => isAnySeed || seed === task.seed);
  return Object.fromEntries(again.map(({ making: makerId, seed }) => [makerId, seed]));
}

/** The seed of the run that was begun last, for all makers: what it made before it was cut off is then made again as it is. */
function lastSeeds({ tasks }: Plan, { lastSeed }: Cache): EarlierWork['seeds'] {
  if (lastSeed === null) return {};
  return Object.fromEntries(
    tasks.flatMap(({ makers }) => makers.map((makerId) => [makerId, lastSeed] as const)),
  );
}
