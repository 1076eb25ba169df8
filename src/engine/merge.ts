/** Joins the export folders of shards into one, as if one run had made it all. */
import { bytesHash, digestOf } from '../archive/content-hash.ts';
import { diskError } from '../archive/disk-errors.ts';
import { assertInside } from '../archive/export-root.ts';
import { listedRows, manifestPath, settleManifest, type WriteFile } from '../archive/manifest.ts';
import { stampOf } from '../archive/stamp.ts';
import { writeAtomic } from '../archive/write.ts';
import type { Families } from '../config/settings.ts';
import { FileSystemError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { beginCache, type Cache, emptyCache, readCache, remember } from './cache.ts';
import { withExportFolder } from './export-folder.ts';
import type { ExportLocation } from './export-location.ts';
import { type MoveOrigin, mergeMemory, originMover } from './merge-memory.ts';
import type { Notice } from './notice.ts';
import { placeListed } from './place-listed.ts';
import type { WhyProtected } from './protected-file.ts';
import { openProtection } from './protection.ts';
import { leaveCache } from './run-memory.ts';
import { addToRecord, pruneSettingsRecord, readSettingsRecord } from './settings-record.ts';
import { gapsOf, readShardFolders } from './shard-folders.ts';
import { assertNoClash, isSameRow, type UnitedRow, union } from './union.ts';

/** Textures on their way at once: flushing waits for the disk, not for the processor. */
const LANES = 8;

export interface MergeOptions {
  /** Absolute; where sources' paths start from. */
  readonly projectFolder: string;
  /**
   * Replace textures of the folder merged into that differ, and those that somebody kept or changed there. Default: refuse
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
  const { exportFolder, exportRoot } = location;
  const shards = await readShardFolders(platform, folders, exportFolder);
  const united = union(shards);
  const write: WriteFile = (path, bytes) => writeAtomic(platform, path, bytes, exportRoot);

  return withExportFolder(platform, location, async () => {
    const listed = (await listedRows(platform, exportFolder).catch(() => null)) ?? new Map();
    if (!options.force) assertNoClash(united, listed, exportFolder);
    const { rows, setAside } = await settleManifest(platform, exportFolder, write);
    const warnings: Notice[] = setAside ? [setAside] : [];
    const found = await readCache(platform, exportFolder);
    if (!found) await beginCache(platform, exportFolder);
    for (const { folder } of shards)
      await addToRecord(platform, exportFolder, await readSettingsRecord(platform, folder), write);
    const there = new Map(rows.map((row) => [row.path, row]));
    const movers = new Map(
      shards.map((shard) => [shard, originMover(platform, shard, exportFolder, options.projectFolder)]),
    );

    const protection = await openProtection(
      platform,
      exportFolder,
      found ?? emptyCache(),
      new Set(there.keys()),
    );
    const { problem } = protection;
    if (problem !== null) warnings.push({ code: 'decisions-unreadable', sentence: problem, during: 'merge' });
    const left: { path: string; why: WhyProtected }[] = [];
    const failed: { path: string; message: string }[] = [];
    let alreadyThere = 0;
    let done = 0;
    await inLanes(united, options.signal, async (one) => {
      const { path } = one.row;
      const row = there.get(path);
      if (
        row &&
        isSameRow(row, one.row) &&
        (await isThere(platform, one, found ?? emptyCache(), exportFolder))
      ) {
        alreadyThere++;
      } else {
        const why = options.force ? null : await protection.why(path);
        const message = why === null ? await bring(platform, one, location, movers.get(one.from)!) : null;
        if (why !== null) left.push({ path, why });
        if (message) failed.push({ path, message });
      }
      options.onProgress?.(++done, united.length);
    });

    const settled = await settleManifest(platform, exportFolder, write);
    await pruneSettingsRecord(
      platform,
      exportFolder,
      new Set(settled.rows.map(({ settings }) => settings)),
      write,
    );
    const cache = (await readCache(platform, exportFolder)) ?? emptyCache();
    await mergeMemory(
      platform,
      shards,
      cache,
      exportFolder,
      options.projectFolder,
      options.families ?? FAMILIES,
    );
    await leaveCache(platform, exportFolder, cache, new Set(settled.rows.map(({ path }) => path)), write);
    return {
      shards: shards.map(({ folder }) => folder),
      textures: united.length,
      alreadyThere,
      manifest: manifestPath(exportFolder),
      manifestRows: settled.rows.length,
      gaps: gapsOf([...shards.map((shard) => shard.cache), cache]),
      failed: failed.sort(byPath),
      protected: left.sort(byPath),
      warnings,
      isInterrupted: options.signal?.aborted ?? false,
    };
  });
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}

/** Whether a texture that is listed alike has the shard's bytes. */
async function isThere(
  platform: Platform,
  { row, from }: UnitedRow,
  cache: Cache,
  exportFolder: string,
): Promise<boolean> {
  const path = join(exportFolder, row.path);
  const known = cache.textures.get(row.path);
  const isAsKnown = known !== undefined && (await stampOf(platform, path))?.text === known.stamp;
  const sha256 = isAsKnown ? known.sha256 : await digestOf(platform, path);
  const wanted =
    from.cache.textures.get(row.path)?.sha256 ?? (await digestOf(platform, join(from.folder, row.path)));
  return sha256 !== null && sha256 === wanted;
}

/** Copies a texture and lists it. @returns what is wrong with it, or null */
async function bring(
  platform: Platform,
  { row, from }: UnitedRow,
  location: ExportLocation,
  moveOrigin: MoveOrigin,
): Promise<string | null> {
  const source = join(from.folder, row.path);
  const target = join(location.exportFolder, row.path);
  // Whatever a manifest says, nothing outside is touched.
  await assertInside(platform, target, location.exportFolder);
  const bytes = await read(platform, source);
  if (bytes instanceof FileSystemError) return bytes.message;
  const known = from.cache.textures.get(row.path);
  if (known && known.sha256 !== bytesHash(platform, bytes)) {
    return `“${source}” is not as its run wrote it; copy it again if it was damaged on its way, or run that shard again.`;
  }
  await placeListed(platform, row, bytes, location);
  if (known) {
    const origin = await moveOrigin(known.origin, known.source);
    const stamp = (await stampOf(platform, target))?.text ?? '';
    await remember(platform, location.exportFolder, [{ known: { ...known, origin, stamp } }]);
  }
  return null;
}

async function read(platform: Platform, path: string): Promise<Uint8Array | FileSystemError> {
  return platform.files.read(path).catch((cause) => diskError(cause, 'read', path) as FileSystemError);
}

/** Works on some at once; the first failure lets those under way come to their end, and is thrown. */
async function inLanes<Item>(
  items: readonly Item[],
  signal: AbortSignal | undefined,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && failures.length === 0 && !signal?.aborted) {
      await work(items[next++]).catch((error) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (failures.length > 0) throw failures[0];
}
