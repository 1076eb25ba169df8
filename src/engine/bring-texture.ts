/** One texture of a shard, brought into the folder merged into. */
import { digestOf } from '../archive/content-hash.ts';
import { diskError } from '../archive/disk-errors.ts';
import { assertInside } from '../archive/export-root.ts';
import { stampOf } from '../archive/stamp.ts';
import { FileSystemError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { type Cache, remember } from './cache.ts';
import type { ExportLocation } from './export-location.ts';
import type { MoveOrigin } from './merge-memory.ts';
import { placeListed } from './place-listed.ts';
import type { UnitedRow } from './union.ts';

/** Whether a texture that is listed alike has the shard's bytes. */
export async function isThere(
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
export async function bring(
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
  if (known && known.sha256 !== (await platform.sha256Of(bytes))) {
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
