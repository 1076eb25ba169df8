/** What dust is to be made of what an export folder holds: the one plan that starts from textures, not from sources. */
import { contentHash } from '../archive/content-hash.ts';
import { listedRows } from '../archive/manifest.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { stampOf } from '../archive/stamp.ts';
import { join, resolve } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { readCache } from './cache.ts';
import { digestOfLayers, type Layer, type PadLayer, padLayer } from './dust.ts';
import { matcher } from './only.ts';
import type { Plan, PlanRequest, Task } from './task.ts';

/** What is asked of dust: it has no phases, and reads no source folders. */
export type DustRequest = Omit<PlanRequest, 'phases' | 'from' | 'shard'>;

/** A plan for {@link run}, and what it found to work with. */
export interface DustPlan extends Plan {
  /** Looping textures of grade A or B. */
  readonly found: { readonly pads: number; readonly beds: number };
}

/**
 * Plans dust: one task for the pads of each source. Pads and beds are read by the manifest; what is of grade F, or gone,
 * counts for nothing.
 * @throws FileSystemError, NotAllowedError where the manifest or a texture cannot be read
 */
export async function planDust(platform: Platform, request: DustRequest): Promise<DustPlan> {
  const { projectFolder, settings, seed } = request;
  const exportFolder = resolve(projectFolder, settings.paths.export_dir);
  const rows = [...((await listedRows(platform, exportFolder)) ?? new Map<string, ManifestRow>()).values()]
    .filter(({ loop_end, grade }) => loop_end !== '' && (grade === 'A' || grade === 'B'))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const padRows = rows.filter(({ type }) => type === 'pad');
  const bedRows = rows.filter(({ type }) => settings.dust.beds.some((family) => family === type));
  const whole: PlanRequest = { ...request, phases: [] };
  const wanted = matcher(whole);

  const layerOf = await openLayers(platform, exportFolder);
  const beds: Layer[] = [];
  // One after the other: a thousand files open at once are more than most systems allow.
  for (const row of bedRows) beds.push(await layerOf(row));
  const tasks: Task[] = [];
  for (const [name, mine] of bySource(padRows)) {
    const source = mine[0].source_path || name;
    if (beds.length === 0 || !wanted(resolve(projectFolder, source), source, name)) continue;
    const pads: PadLayer[] = [];
    for (const row of mine) pads.push(padLayer(await layerOf(row), row));
    tasks.push({
      path: null,
      source,
      origin: name,
      name,
      settings,
      seed,
      makings: ['dust'],
      bytes: await bytesOf(platform, pads),
      layers: { sha256: digestOfLayers([...pads, ...beds]), pads, beds },
    });
  }
  tasks.sort((a, b) => b.bytes - a.bytes || (a.source < b.source ? -1 : 1));
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
    folders: [
      { key: 'from', path: exportFolder, exists: true, sources: padRows.length, unread: 0, others: 0 },
    ],
    found: { pads: padRows.length, beds: bedRows.length },
  };
}

/** Bytes of files together. */
async function bytesOf({ files }: Platform, layers: readonly Layer[]): Promise<number> {
  let sum = 0;
  for (const { file } of layers) sum += (await files.stat(file))?.size ?? 0;
  return sum;
}

function bySource(rows: readonly ManifestRow[]): Map<string, ManifestRow[]> {
  const sources = new Map<string, ManifestRow[]>();
  for (const row of rows) sources.set(row.source, [...(sources.get(row.source) ?? []), row]);
  return sources;
}

/** Layers by row; a file that is as its run left it is not read for its digest. */
async function openLayers(
  platform: Platform,
  exportFolder: string,
): Promise<(row: ManifestRow) => Promise<Layer>> {
  const known = (await readCache(platform, exportFolder))?.textures;
  return async ({ path }) => {
    const file = join(exportFolder, path);
    const texture = known?.get(path);
    const isAsKnown = texture !== undefined && (await stampOf(platform, file))?.text === texture.stamp;
    return { path, file, sha256: isAsKnown ? texture.sha256 : await contentHash(platform, file) };
  };
}
