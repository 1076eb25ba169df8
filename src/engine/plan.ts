/**
 * From folders to tasks: what is there, what it is called, and what is to be made of it. Planning reads
 * no sound, so it is fast and a dry run can show it.
 */
import { type Discovery, discover } from '../archive/discover.ts';
import { ownFolderAround } from '../archive/own-folder.ts';
import type { Families, Settings } from '../config/settings.ts';
import { ConfigError } from '../errors.ts';
import { type MakerId, type PhaseId, SOURCE_FOLDERS, type SourceFolder } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { foldersOf, makerOf, makersOf, phasesOf } from '../families/lookup.ts';
import { relative, resolve } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { emptyCache, type SourceContent } from './cache.ts';
import { type EarlierNames, earlierNames, NO_NAMES } from './earlier-names.ts';
import { exportClash } from './export-clash.ts';
import { onceEach, type Source } from './once-each.ts';
import { matcher, type SourceFilter } from './only.ts';
import { readCache } from './read-cache.ts';
import { shareOf } from './share.ts';
import { shownPath } from './shown-path.ts';
import { safeStem, sourceNames } from './source-names.ts';
import type { CopiedSource, FolderReport, Plan, PlanRequest, Task } from './task.ts';
import { unminable } from './unminable.ts';
import { mostWorkFirst, workMeter } from './work.ts';

/** What stands for the source of textures that have none. */
export const SYNTHETIC = 'synthetic';

/**
 * Looks into the source folders and plans the phases.
 * @throws ConfigError where there is no phase of that name; where the folder of `from` is not there, or is the export folder; where `only` is empty
 * @throws FileSystemError where a folder cannot be read
 */
export async function plan(platform: Platform, request: PlanRequest): Promise<Plan> {
  const { projectFolder, settings, seed } = request;
  const exportFolder = resolve(projectFolder, settings.paths.export_dir);
  const families = request.families ?? FAMILIES;
  assertPhases(request.phases, families);
  const asked = SOURCE_FOLDERS.filter((key) =>
    request.phases.some((phase) => foldersOf(phase, settings, families).includes(key)),
  );
  const ofProject = await discoverAll(platform, projectFolder, settings, exportFolder);
  const given = request.from === undefined ? null : await discoverGiven(platform, request.from, exportFolder);
  const found = given ? new Map(asked.map((key) => [key, given])) : ofProject;
  const cache = await readCache(platform, exportFolder);
  const contents: SourceContent[] = [];
  const originOf = (path: string) => originIn(exportFolder, path);
  const gathered = gather(found, projectFolder, originOf);
  const sources = await onceEach(
    platform,
    gathered,
    cache ?? emptyCache(),
    contents,
    request.shard !== undefined,
  );
  const ours = given ? gather(ofProject, projectFolder, originOf) : sources;
  const syntheticOrigin = originOf(resolve(projectFolder, SYNTHETIC));
  const synthetic = { path: '', source: SYNTHETIC, origin: syntheticOrigin, bytes: 0 };
  const all = [...(given ? ours : []), ...sources, synthetic];
  const earlier = request.shard
    ? NO_NAMES
    : await earlierNames(platform, all, exportFolder, cache, contents, families);
  const names = nameSources(ours, sources, earlier);
  const wanted = matcher(request);

  const { tasks, copied } = tasksOf(sources, names, wanted, request);
  const name = names.get(SYNTHETIC)!;
  const makers = sourcelessMakers(request, found, tasks);
  if (makers.length > 0 && wanted('', SYNTHETIC, name)) {
    tasks.push({ ...synthetic, path: null, name, makers, settings, seed });
  }
  tasks.sort(mostWorkFirst(settings, families));
  const folders = given ? [report('from', given)] : asked.map((key) => report(key, found.get(key)!));
  const looked = asked.map((key) => found.get(key)!);
  const inTheWay = unminable(looked, projectFolder, wanted);
  const known = { request, exportFolder, seed, syntheticOrigin, folders, contents };
  const whole: Plan = { ...known, tasks, copied, ...inTheWay };
  return request.shard === undefined
    ? whole
    : shareOf(platform, whole, request.shard, workMeter(settings, families));
}

/** What is to be made of each source, as far as it is asked for, and which of them stand for several files. */
function tasksOf(
  sources: readonly Source[],
  names: ReadonlyMap<string, string>,
  wanted: SourceFilter,
  request: PlanRequest,
): { tasks: Task[]; copied: CopiedSource[] } {
  const { settings, seed } = request;
  const tasks: Task[] = [];
  const copied: CopiedSource[] = [];
  for (const { path, source, origin, bytes, folders, copies } of sources) {
    const makers = makersFor(request, folders);
    const name = names.get(source)!;
    // One that was renamed keeps its name, but may be asked for by the one that it has now.
    const isWanted =
      wanted(path, source, name) ||
      wanted(path, source, safeStem(path)) ||
      copies.some((copy) => wanted(copy.path, copy.source, safeStem(copy.path)));
    if (makers.length === 0 || !isWanted) continue;
    tasks.push({ path, source, origin, name, bytes, makers, settings, seed });
    if (copies.length > 0) copied.push({ source, copies: copies.map((copy) => copy.source) });
  }
  return { tasks, copied };
}

/** A path as seen from the export folder; see {@link Task.origin}. */
function originIn(exportFolder: string, path: string): string {
  return relative(exportFolder, path);
}

/**
 * The names of all sources by path as shown. All folders of the project are named together, so that one phase or `only`
 * gives a source the name that a full run gives.
 * @param earlier names that earlier runs gave, which stay; shards, which do not see each other's work, must do without
 */
function nameSources(
  ofProject: readonly Source[],
  sources: readonly Source[],
  earlier: EarlierNames,
): Map<string, string> {
  const shown = (each: readonly Source[]) => each.map(({ source }) => source);
  const named = sourceNames([...shown(ofProject), SYNTHETIC], earlier.named, earlier.taken);
  return sourceNames(shown(sources), named, earlier.taken);
}

/** What a folder holds that stands in for the project's own; where it lies in an export, that is what is asked for. */
async function discoverGiven(platform: Platform, folder: string, exportFolder: string): Promise<Discovery> {
  const found = await discover(platform, folder, {
    exclude: exportFolder,
    own: (await ownFolderAround(platform, folder)) !== null,
  });
  if (!found.exists) throw new ConfigError(`--from: there is no folder “${folder}”.`);
  if (found.folder === exportFolder) {
    throw new ConfigError(
      '--from is the export folder itself, to which every run adds; name a folder inside it, or a copy.',
    );
  }
  return found;
}

/**
 * Makers that need no source stand in for others which have none, where the settings allow it; but not in a project
 * that is empty altogether, whose user wants to hear that it is.
 */
function sourcelessMakers(
  { settings, phases, from, families = FAMILIES }: PlanRequest,
  found: ReadonlyMap<SourceFolder, Discovery>,
  tasks: readonly Task[],
): MakerId[] {
  if (from !== undefined || (tasks.length === 0 && phases.length > 1)) return [];
  const hasNoSource = (key: SourceFolder) => {
    const { folder, files, problems } = found.get(key)!;
    // A folder that may not be read may hold some.
    return files.length === 0 && !problems.some(({ path }) => path === folder);
  };
  return makersOf(families)
    .filter((maker) => maker.input === 'nothing')
    .filter(({ standsInFor, isWanted }) => {
      const phase = makerOf(standsInFor, families).phase;
      return (
        phase !== null &&
        phases.includes(phase.id) &&
        phase.folders(settings).every(hasNoSource) &&
        isWanted(settings)
      );
    })
    .map(({ id }) => id);
}

/** @throws ConfigError where a phase is asked for that there is not */
function assertPhases(phases: readonly PhaseId[], families: Families): void {
  const known = phasesOf(families).map(({ id }) => id);
  for (const phase of phases) {
    if (!known.includes(phase)) {
      throw new ConfigError(`There is no phase “${phase}”; the phases are ${known.join(', ')}.`);
    }
  }
}

async function discoverAll(
  platform: Platform,
  projectFolder: string,
  settings: Settings,
  exportFolder: string,
) {
  const found = new Map<SourceFolder, Discovery>();
  for (const key of SOURCE_FOLDERS) {
    const folder = resolve(projectFolder, settings.paths[key]);
    const discovery = await discover(platform, folder, { exclude: exportFolder });
    // What the engine wrote is never mined, even where the config points at it.
    const message = exportClash(key, folder, exportFolder);
    found.set(
      key,
      message ? { ...discovery, files: [], unread: [], problems: [{ path: folder, message }] } : discovery,
    );
  }
  return found;
}

/** Every file once, though several folders may lead to it. */
function gather(
  found: ReadonlyMap<SourceFolder, Discovery>,
  projectFolder: string,
  originOf: (path: string) => string,
): Source[] {
  const folders = new Map<string, Set<SourceFolder>>();
  const sources = new Map<string, Source>();
  for (const [key, { files }] of found) {
    for (const { path, bytes } of files) {
      const leading = folders.get(path) ?? new Set();
      folders.set(path, leading.add(key));
      const source = shownPath(path, projectFolder);
      sources.set(path, { path, source, origin: originOf(path), bytes, folders: leading, copies: [] });
    }
  }
  return [...sources.values()];
}

function makersFor(
  { phases, settings, families = FAMILIES }: PlanRequest,
  folders: ReadonlySet<SourceFolder>,
): MakerId[] {
  return makersOf(families)
    .filter(({ phase }) => phase && phases.includes(phase.id))
    .filter(({ phase }) => phase!.folders(settings).some((folder) => folders.has(folder)))
    .map(({ id }) => id);
}

function report(
  key: FolderReport['key'],
  { folder, exists, files, unread, others }: Discovery,
): FolderReport {
  return { key, path: folder, exists, sources: files.length, unread: unread.length, others };
}
