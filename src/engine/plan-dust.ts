/** What is to be laid over each other of what an export folder holds: the one plan that starts from textures, not from sources. */
import { contentHash } from '../archive/content-hash.ts';
import { listedRows } from '../archive/manifest.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { stampOf } from '../archive/stamp.ts';
import { FAMILIES } from '../families/index.ts';
import { groupedBy } from '../groups.ts';
import { join, resolve } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import {
  digestOfLayers,
  type Layer,
  type LayeringMaker,
  layerMakers,
  type UpperLayer,
  upperLayer,
} from './layers.ts';
import { matcher } from './only.ts';
import { readCache } from './read-cache.ts';
import type { Plan, PlanRequest, Task } from './task.ts';

/** What is asked of it: it has no phases, and reads no source folders. */
export type DustRequest = Omit<PlanRequest, 'phases' | 'from' | 'shard'>;

/** What one maker found to work with. */
export interface FoundLayers {
  readonly maker: LayeringMaker;
  /** Looping textures of grade A or B that may lie above and below. */
  readonly above: number;
  readonly below: number;
}

/** A plan for {@link run}, and what each maker found to work with. */
export interface DustPlan extends Plan {
  readonly found: readonly FoundLayers[];
}

/**
 * Plans dust, and whatever else lays textures over others: for each maker one task for those above of each source. All are
 * read by the manifest; what is of grade F, or gone, counts for nothing.
 * @throws RangeError where no family has such a maker
 * @throws FileSystemError, NotAllowedError where the manifest or a texture cannot be read
 */
export async function planDust(platform: Platform, request: DustRequest): Promise<DustPlan> {
  const { projectFolder, settings, seed, families = FAMILIES } = request;
  const makers = layerMakers(families);
  if (makers.length === 0) throw new RangeError('There is no family whose textures are laid of others.');
  const exportFolder = resolve(projectFolder, settings.paths.export_dir);
  const rows = [...((await listedRows(platform, exportFolder)) ?? new Map<string, ManifestRow>()).values()]
    .filter(({ loop_end, grade }) => loop_end !== '' && (grade === 'A' || grade === 'B'))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const whole: PlanRequest = { ...request, phases: [] };
  const layerOf = await openLayers(platform, exportFolder);
  const found: FoundLayers[] = [];
  const tasks: Task[] = [];
  for (const maker of makers) {
    const above = rows.filter(({ type }) => type === maker.above);
    const below = rows.filter(({ type }) => maker.below(settings).includes(type));
    found.push({ maker, above: above.length, below: below.length });
    tasks.push(...(await tasksOf(platform, maker, above, below, whole, layerOf)));
  }
  tasks.sort((a, b) => b.bytes - a.bytes || (a.source < b.source ? -1 : 1));
  const sources = rows.filter(({ type }) => makers.some(({ above }) => above === type)).length;
  return {
    request: whole,
    exportFolder,
    seed,
    tasks,
    problems: [],
    unread: [],
    copied: [],
    contents: [],
    syntheticOrigin: '',
    folders: [{ key: 'from', path: exportFolder, exists: true, sources, unread: 0, others: 0 }],
    found,
  };
}

/** One maker's tasks: one for each source that has textures above. */
async function tasksOf(
  platform: Platform,
  maker: LayeringMaker,
  upperRows: readonly ManifestRow[],
  lowerRows: readonly ManifestRow[],
  request: PlanRequest,
  layerOf: LayerOf,
): Promise<Task[]> {
  const { projectFolder, settings, seed } = request;
  const wanted = matcher(request);
  const below: Layer[] = [];
  // One after the other: a thousand files open at once are more than most systems allow.
  for (const row of lowerRows) below.push(await layerOf(row));
  const tasks: Task[] = [];
  for (const [name, mine] of groupedBy(upperRows, ({ source }) => source)) {
    const source = mine[0].source_path || name;
    if (below.length === 0 || !wanted(resolve(projectFolder, source), source, name)) continue;
    const above: UpperLayer[] = [];
    for (const row of mine) above.push(upperLayer(await layerOf(row), row));
    tasks.push({
      path: null,
      source,
      origin: name,
      name,
      settings,
      seed,
      makers: [maker.id],
      bytes: await bytesOf(platform, above),
      layers: { sha256: digestOfLayers([...above, ...below]), above, below },
    });
  }
  return tasks;
}

/** Bytes of files together. */
async function bytesOf({ files }: Platform, layers: readonly Layer[]): Promise<number> {
  let sum = 0;
  for (const { file } of layers) sum += (await files.stat(file))?.size ?? 0;
  return sum;
}

type LayerOf = (row: ManifestRow) => Promise<Layer>;

/** Layers by row; a file that is as its run left it is not read for its digest. */
async function openLayers(platform: Platform, exportFolder: string): Promise<LayerOf> {
  const known = (await readCache(platform, exportFolder))?.textures;
  return async ({ path }) => {
    const file = join(exportFolder, path);
    const texture = known?.get(path);
    const isAsKnown = texture !== undefined && (await stampOf(platform, file))?.text === texture.stamp;
    return { path, file, sha256: isAsKnown ? texture.sha256 : await contentHash(platform, file) };
  };
}
