/** Joins the export folders of shards into one, as if one run had made it all. */
import { manifestPath, readableRows, settleManifest } from '../archive/manifest.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import type { Families } from '../config/settings.ts';
import { FAMILIES } from '../families/index.ts';
import { DISK_LANES, inLanes } from '../platform/lanes.ts';
import type { Platform } from '../platform/platform.ts';
import { bring, isThere } from './bring-texture.ts';
import { beginCache, type Cache, emptyCache } from './cache.ts';
import { withExportFolder } from './export-folder.ts';
import type { ExportLocation } from './export-location.ts';
import { partedRows } from './listed-rows.ts';
import { mergeDecisions } from './merge-decisions.ts';
import { type MoveOrigin, mergeMemory, originMover } from './merge-memory.ts';
import type { Notice } from './notice.ts';
import type { WhyProtected } from './protected-file.ts';
import { openProtection, type Protection } from './protection.ts';
import { readCache } from './read-cache.ts';
import { leaveCache } from './run-memory.ts';
import { addToRecord, pruneSettingsRecord, readSettingsRecord } from './settings-record.ts';
import { gapsOf, readShardFolders, type ShardFolder } from './shard-folders.ts';
import { assertNoClash, holds, type UnitedRow, union } from './union.ts';

export interface MergeOptions {
  /** Absolute; where sources' paths start from. */
  readonly projectFolder: string;
  /**
   * Replace textures of the folder merged into that differ, and those that somebody kept or changed there. Default: reject
   * the first, leave the others.
   */
  readonly force?: boolean;
  /** What made the shards' textures; by default the engine's families. */
  readonly families?: Families;
  /** Ends it early and cleanly. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface MergeResult {
  /** Absolute, links resolved. */
  readonly shards: readonly string[];
  readonly textures: number;
  /** How many of them were there already. */
  readonly alreadyThere: number;
  /** On how many of them the shards' decisions came along. */
  readonly decisions: number;
  readonly manifest: string;
  readonly manifestRows: number;
  /** What is wanting to a whole: shards that are missing, unfinished, or of another plan. */
  readonly gaps: readonly string[];
  /** Textures that are not as their run wrote them, and so were left out. */
  readonly failed: readonly { readonly path: string; readonly message: string }[];
  /** Textures that were left as they are, since somebody decided on them or changed them. */
  readonly protected: readonly { readonly path: string; readonly why: WhyProtected }[];
  readonly warnings: readonly Notice[];
  readonly isInterrupted: boolean;
}

/**
 * Merges. Nothing is written before it is sure that no two folders clash; cut off, it is taken up by the next one; once
 * more, it changes nothing.
 *
 * @param folders export folders; they are only read
 * @throws ConfigError where folders clash or hold nothing; BusyError while a run works in one of them;
 *   NotAllowedError, DiskFullError, FileSystemError
 */
export async function merge(
  platform: Platform,
  folders: readonly string[],
  location: ExportLocation,
  options: MergeOptions,
): Promise<MergeResult> {
  const { exportFolder } = location;
  const shards = await readShardFolders(platform, folders, exportFolder);
  const united = union(shards);
  return withExportFolder(platform, location, async () => {
    const opened = await openTarget(platform, shards, united, location, options);
    const { warnings } = opened;
    const brought = await bringAll(platform, united, opened, location, options);
    const { rows, cache } = await settleMerged(platform, shards, location, opened.isDamaged, options);
    // Where nobody knows what is decided there, that has been said.
    const isKnown = opened.protection.problem === null;
    const decisions = isKnown
      ? await mergeDecisions(platform, shards, location, rows)
      : { count: 0, notices: [] };
    return {
      shards: shards.map(({ folder }) => folder),
      textures: united.length,
      ...brought,
      manifest: manifestPath(exportFolder),
      manifestRows: rows.length,
      gaps: gapsOf([...shards.map((shard) => shard.cache), cache]),
      decisions: decisions.count,
      warnings: [...warnings, ...decisions.notices],
      isInterrupted: options.signal?.aborted ?? false,
    };
  });
}

/** The folder merged into, ready to take textures. */
interface Target {
  /** What its manifest lists, by path. */
  readonly there: ReadonlyMap<string, ManifestRow>;
  /** What it remembered before. */
  readonly cache: Cache;
  readonly protection: Protection;
  readonly movers: ReadonlyMap<ShardFolder, MoveOrigin>;
  readonly warnings: readonly Notice[];
  /** Its manifest was and is set aside, or that of a shard. */
  readonly isDamaged: boolean;
}

async function openTarget(
  platform: Platform,
  shards: readonly ShardFolder[],
  united: readonly UnitedRow[],
  location: ExportLocation,
  { force, projectFolder }: MergeOptions,
): Promise<Target> {
  const { exportFolder, exportRoot } = location;
  const { rows: listed } = await readableRows(platform, exportFolder);
  if (!force) assertNoClash(united, listed, exportFolder);
  const { rows, setAside } = await settleManifest(platform, exportFolder, exportRoot);
  const isDamaged = setAside !== null || shards.some(({ notice }) => notice !== null);
  const warnings: Notice[] = [setAside, ...shards.map(({ notice }) => notice)].filter(
    (each) => each !== null,
  );
  const found = await readCache(platform, exportFolder);
  if (!found) await beginCache(platform, exportFolder);
  for (const { folder } of shards)
    await addToRecord(platform, location, await readSettingsRecord(platform, folder));
  const there = new Map(rows.map((row) => [row.path, row]));
  const movers = new Map(
    shards.map((shard) => [shard, originMover(platform, shard, exportFolder, projectFolder)]),
  );
  const cache = found ?? emptyCache();
  const protection = await openProtection(platform, exportFolder, cache, new Set(there.keys()));
  const { problem } = protection;
  if (problem !== null) warnings.push({ code: 'decisions-unreadable', sentence: problem, during: 'merge' });
  return { there, cache, protection, movers, warnings, isDamaged };
}

/** Brings every texture that is not there and may be put there. */
async function bringAll(
  platform: Platform,
  united: readonly UnitedRow[],
  { there, cache, protection, movers }: Target,
  location: ExportLocation,
  { force, signal, onProgress }: MergeOptions,
): Promise<Pick<MergeResult, 'alreadyThere' | 'protected' | 'failed'>> {
  const left: { path: string; why: WhyProtected }[] = [];
  const failed: { path: string; message: string }[] = [];
  let alreadyThere = 0;
  let done = 0;
  await inLanes(united, DISK_LANES, signal, async (one) => {
    const { path } = one.row;
    const row = there.get(path);
    if (row && holds(row, one.row) && (await isThere(platform, one, cache, location.exportFolder))) {
      alreadyThere++;
    } else {
      const why = force ? null : await protection.why(path);
      const message = why === null ? await bring(platform, one, location, movers.get(one.from)!) : null;
      if (why !== null) left.push({ path, why });
      if (message) failed.push({ path, message });
    }
    onProgress?.(++done, united.length);
  });
  return { alreadyThere, protected: left.sort(byPath), failed: failed.sort(byPath) };
}

/** Manifest, record of settings and memory, once all is brought. */
async function settleMerged(
  platform: Platform,
  shards: readonly ShardFolder[],
  location: ExportLocation,
  isDamaged: boolean,
  { projectFolder, families = FAMILIES }: MergeOptions,
) {
  const { exportFolder, exportRoot } = location;
  const { rows } = await settleManifest(platform, exportFolder, exportRoot);
  // What was set aside may be put back, and needs them then.
  if (!isDamaged)
    await pruneSettingsRecord(platform, location, new Set(rows.map(({ settings }) => settings)));
  const cache = (await readCache(platform, exportFolder)) ?? emptyCache();
  await mergeMemory(platform, shards, cache, exportFolder, projectFolder, families);
  await leaveCache(platform, location, cache, partedRows(rows, [], families));
  return { rows, cache };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}
