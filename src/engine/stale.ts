/**
 * Textures of earlier runs that this one, from nothing, would not have made: of sources that are gone, of
 * settings that no longer ask for them, of sources that are called otherwise now. They are reported, and removed
 * only where the user wishes it.
 */
import { diskError } from '../archive/disk-errors.ts';
import { assertInside } from '../archive/export-root.ts';
import { stampOf } from '../archive/stamp.ts';
import { FAMILIES } from '../families/index.ts';
import { makersOf, makersOfPhase } from '../families/lookup.ts';
import { groupedBy } from '../groups.ts';
import { dirname, join, resolve } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { sourceNameOf } from './assign-paths.ts';
import { type Cache, type KnownTexture, type Unit, unitId } from './cache.ts';
import { isInside } from './export-clash.ts';
import type { ExportLocation } from './export-location.ts';
import { matcher } from './only.ts';
import type { WhyProtected } from './protected-file.ts';
import type { Protection } from './protection.ts';
import type { Plan, Task } from './task.ts';
import { unitKeys } from './unit-key.ts';
import { isAsked } from './up-to-date.ts';

export interface StaleTexture {
  /** Under the export folder. */
  readonly path: string;
  /** The source as it was shown when the texture was made. */
  readonly source: string;
  /** Its source is gone, or the settings (or what the analysis finds under them) no longer give it. */
  readonly why: 'source-gone' | 'not-asked';
}

/** What became of a stale texture: it is left where it is, removed, or protected by what somebody did and so left. */
export interface StaleOutcome extends StaleTexture {
  readonly outcome: 'left' | 'removed' | WhyProtected;
}

/**
 * The stale textures among those the cache knows and the manifest lists. Only what the plan asks for is judged: another
 * phase's textures, what `only` leaves out, and sources of which the last run failed, are in nobody's way.
 * So are those of sources in other folders than the plan's, since several projects may share an export folder, and those of
 * other shards.
 *
 * @param cache as it is once the plan's tasks are done
 */
export async function staleTextures(
  platform: Platform,
  plan: Plan,
  cache: Cache,
  listed: ReadonlySet<string>,
): Promise<StaleTexture[]> {
  const owners = new Map(
    [...cache.units.values()].flatMap((unit) => pathsOf(unit).map((path) => [path, unit] as const)),
  );
  const whyStale = openJudgement(platform, plan, cache);
  const stale: StaleTexture[] = [];
  for (const [path, known] of cache.textures) {
    if (!listed.has(path)) continue;
    const why = await whyStale(known, owners.get(path));
    if (why) stale.push({ path, source: known.source, why });
  }
  return stale.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The paths that a unit has to itself, those where something protected stands among them. */
function pathsOf({ textures, protected: left }: Unit): string[] {
  return [...textures.map(([path]) => path), ...left.map(({ path }) => path)];
}

function openJudgement(platform: Platform, plan: Plan, cache: Cache) {
  const { request, exportFolder, tasks } = plan;
  const families = request.families ?? FAMILIES;
  const keyOf = unitKeys(request.settings, families);
  const wanted = matcher(request);
  const byOrigin = groupedBy([...tasks, ...(plan.idle ?? [])], ({ origin }) => origin);
  const copies = new Set(
    plan.copied.flatMap((each) => each.copies.map((source) => resolve(request.projectFolder, source))),
  );
  const othersOrigins = new Set(plan.share?.elsewhere.tasks.map((task) => task.origin));
  const { problems = [], unread = [] } = plan.share?.elsewhere ?? {};
  // What a placeholder stands for is not gone.
  const present = [...plan.problems, ...plan.unread, ...problems, ...unread].map(({ source }) =>
    resolve(request.projectFolder, source),
  );
  const sourceless = makersOf(families).filter((maker) => maker.input === 'nothing');
  const asked = new Set([
    ...request.phases.flatMap((phase) => makersOfPhase(phase, families)),
    ...tasks.flatMap(({ makers }) => makers),
  ]);
  for (const maker of sourceless) if (asked.has(maker.standsInFor)) asked.add(maker.id);
  const folders = plan.folders.filter(({ exists, sources }) => exists && sources > 0);

  const isCurrent = (task: Task, known: KnownTexture): boolean => {
    const unit = cache.units.get(unitId(task.name, known.making));
    return unit !== undefined && isAsked(unit, task, plan, keyOf);
  };
  const isGone = async (path: string, { source, texture }: KnownTexture): Promise<boolean> =>
    wanted(path, source, sourceNameOf(texture.path)) &&
    // An empty folder may be a disk that is not there.
    folders.some((folder) => isInside(path, folder.path)) &&
    !present.some((place) => isInside(path, place)) &&
    (await stampOf(platform, path)) === null;

  return async (known: KnownTexture, owner: Unit | undefined): Promise<StaleTexture['why'] | null> => {
    const { making: makerId, source, texture } = known;
    // What is protected still tells where its source lay when it was made.
    const origin = owner?.origin || known.origin;
    if (!asked.has(makerId) || othersOrigins.has(origin)) return null;
    // Of one source's textures each layering maker has a task of its own.
    const ofSource = byOrigin.get(origin) ?? [];
    const task = ofSource.find(({ makers }) => makers.includes(makerId)) ?? ofSource.at(-1);
    if (!task && sourceless.some(({ id }) => id === makerId)) {
      const isReplaced = origin === plan.syntheticOrigin && tasks.length > 0 && request.from === undefined;
      return isReplaced && wanted('', source, sourceNameOf(texture.path)) ? 'not-asked' : null;
    }
    if (!task && copies.has(resolve(exportFolder, origin))) return 'not-asked';
    if (!task) return (await isGone(resolve(exportFolder, origin), known)) ? 'source-gone' : null;
    if (!task.makers.includes(makerId)) return 'not-asked';
    if (!isCurrent(task, known)) return null;
    const isThisName = sourceNameOf(texture.path) === task.name;
    return isThisName && owner ? null : 'not-asked';
  };
}

/** What becomes of stale textures where none is to be removed: those that are protected would stay anyway. */
export async function leaveStale(
  stale: readonly StaleTexture[],
  protection: Protection,
): Promise<StaleOutcome[]> {
  const outcomes: StaleOutcome[] = [];
  for (const texture of stale) {
    outcomes.push({ ...texture, outcome: (await protection.why(texture.path)) ?? 'left' });
  }
  return outcomes;
}

/**
 * Removes stale textures, except those that are protected, and folders that are empty then.
 * @throws NotAllowedError, FileSystemError where one cannot be removed
 */
export async function removeStale(
  platform: Platform,
  stale: readonly StaleTexture[],
  protection: Protection,
  { exportFolder, exportRoot }: ExportLocation,
): Promise<StaleOutcome[]> {
  const outcomes: StaleOutcome[] = [];
  for (const texture of stale) {
    const path = join(exportFolder, texture.path);
    const why = await protection.why(texture.path);
    if (why === null) {
      // Whatever the cache file says, nothing outside is touched.
      await assertInside(platform, path, exportFolder);
      if (exportRoot !== null) await assertInside(platform, path, exportRoot);
      await platform.files.remove(path).catch((cause) => {
        throw diskError(cause, 'remove', path);
      });
      await removeIfEmpty(platform, dirname(path), exportFolder);
    }
    outcomes.push({ ...texture, outcome: why ?? 'removed' });
  }
  return outcomes;
}

/** And the folders above it, up to the export folder. */
async function removeIfEmpty(platform: Platform, folder: string, exportFolder: string): Promise<void> {
  try {
    for (let path = folder; path !== exportFolder; path = dirname(path))
      await platform.files.removeFolder(path);
  } catch {
    // Something lies in it.
  }
}
