import { readableRows } from '../archive/manifest.ts';
import type { ManifestFault } from '../archive/manifest-fault.ts';
import { TEXTURE_ENDING } from '../curation/texture-path.ts';
import type { MakerId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { groupedBy } from '../groups.ts';
import type { Platform } from '../platform/platform.ts';
import { sourceNameOf } from './assign-paths.ts';
import { type Cache, emptyCache, unitId } from './cache.ts';
import type { OtherEngine } from './events.ts';
import { filesOf } from './expected-files.ts';
import { partedRows } from './listed-rows.ts';
import { openProtection } from './protection.ts';
import { readCache } from './read-cache.ts';
import { listedAsLeft } from './run-memory.ts';
import { type StaleOutcome, type StaleTexture, staleTextures } from './stale.ts';
import type { Plan } from './task.ts';
import { partByNeed } from './up-to-date.ts';

/** What a run would do with a plan, known without writing or analysing. */
export interface RunPreview {
  /** The plan without what is up to date. */
  readonly needed: Plan;
  readonly upToDate: readonly { readonly source: string; readonly making: MakerId }[];
  /** As far as it is known before the rest is made, with what becomes of them. */
  readonly stale: readonly StaleOutcome[];
  /** What another engine made and this one would make again; null where there is none. */
  readonly otherEngine: OtherEngine | null;
  /** What is wrong with `curation.json`, if anything: then no texture would be replaced. */
  readonly problem: string | null;
  /** What of the manifest could not be read. */
  readonly faults: readonly ManifestFault[];
}

async function readable(platform: Platform, { exportFolder, request }: Plan) {
  const { rows, faults } = await readableRows(platform, exportFolder);
  return { ...partedRows(rows.values(), faults, request.families ?? FAMILIES), faults };
}

/**
 * @param options.force everything is to be made again
 * @param options.beside what cannot be put in its place is to be put beside it
 * @param options.prune stale textures are to be removed
 * @throws NotAllowedError, FileSystemError where the manifest cannot be read
 */
export async function previewRun(
  platform: Platform,
  plan: Plan,
  { force, beside, prune }: { force: boolean; beside: boolean; prune: boolean },
): Promise<RunPreview> {
  const cache = (await readCache(platform, plan.exportFolder)) ?? emptyCache();
  const asLeft = await listedAsLeft(platform, plan.exportFolder, cache);
  const { listed, whole, faults } = asLeft
    ? { listed: asLeft, whole: asLeft, faults: [] }
    : await readable(platform, plan);
  const protection = await openProtection(platform, plan.exportFolder, cache, listed);
  const { problem } = protection;
  const outcomesOf = async (needed: Plan): Promise<StaleOutcome[]> => {
    const found = [
      ...(await staleTextures(platform, plan, cache, listed)),
      ...supersededTextures(needed, cache, listed),
    ];
    const byPath = new Map(found.map((texture) => [texture.path, texture]));
    const outcomes: StaleOutcome[] = [];
    for (const [path, texture] of [...byPath].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const outcome = (await protection.why(path)) ?? (prune ? 'removed' : 'left');
      outcomes.push({ ...texture, outcome });
    }
    return outcomes;
  };
  if (force) {
    return { needed: plan, upToDate: [], stale: await outcomesOf(plan), otherEngine: null, problem, faults };
  }
  const parted = await partByNeed(platform, plan, { cache, listed: whole, protection, beside });
  const isKept = (makerId: MakerId, task: Plan['tasks'][number]) =>
    task.earlier?.kept.some(({ unit }) => unit.making === makerId) ?? false;
  const upToDate = [
    ...parted.upToDate.flatMap(({ task }) =>
      task.makers.map((makerId) => ({ source: task.source, making: makerId })),
    ),
    ...parted.tasks.flatMap((task) =>
      task.makers
        .filter((makerId) => isKept(makerId, task))
        .map((makerId) => ({ source: task.source, making: makerId })),
    ),
  ];
  const tasks = parted.tasks.map((task) => ({
    ...task,
    makers: task.makers.filter((makerId) => !isKept(makerId, task)),
  }));
  const needed = { ...plan, tasks };
  const stale = await outcomesOf(needed);
  return { needed, upToDate, stale, otherEngine: parted.otherEngine, problem, faults };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Whether a path may be that of a texture to be made. Only the files of its own source are looked through. */
function expectedNames({ tasks, request }: Plan): (path: string) => boolean {
  const families = request.families ?? FAMILIES;
  const byName = groupedBy(tasks, ({ name }) => name);
  const patterns = new Map<string, RegExp[]>();
  return (path) => {
    const name = sourceNameOf(path);
    let ofSource = patterns.get(name);
    if (!ofSource) {
      const files = (byName.get(name) ?? []).flatMap((task) => filesOf(task, families));
      ofSource = files.map((file) => new RegExp(`^${file.path.split('*').map(escaped).join('[^/]*')}$`, 'u'));
      patterns.set(name, ofSource);
    }
    return ofSource.some((pattern) => pattern.test(path));
  };
}

/** Textures of makers still to be run whose names none of what they will make can have. */
function supersededTextures(needed: Plan, cache: Cache, listed: ReadonlySet<string>): StaleTexture[] {
  const tasks = groupedBy(needed.tasks, (task) => task.origin);
  const isExpected = expectedNames(needed);
  const stale: StaleTexture[] = [];
  for (const [path, { origin, making: makerId, source }] of cache.textures) {
    const task = tasks.get(origin)?.find(({ makers }) => makers.includes(makerId));
    if (!listed.has(path) || !task) continue;
    const unit = cache.units.get(unitId(task.name, makerId));
    // Where names clash, a texture may be called otherwise than foreseen.
    const clashes = unit?.wanted.some((place, i) => place + TEXTURE_ENDING !== unit.given[i]) ?? false;
    if (!clashes && !isExpected(path)) stale.push({ path, source, why: 'not-asked' });
  }
  return stale;
}
