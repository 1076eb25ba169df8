/** A texture that was made again otherwise becomes one of the export's own, beside the one that it was made from. */

import { assertInside } from '../archive/export-root.ts';
import { settleManifest } from '../archive/manifest.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { sameBytes } from '../archive/same-bytes.ts';
import { bytesIfThere } from '../archive/text-file.ts';
import { withExportFolder } from '../engine/export-folder.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { placeListed } from '../engine/place-listed.ts';
import { addToRecord } from '../engine/settings-record.ts';
import { NotAllowedError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Rendered } from './render.ts';

/** A texture as it is to lie in the export. */
type Adopted = Pick<Rendered, 'bytes'> & { readonly row: ManifestRow };

/**
 * Lists it in the manifest, with the settings that made it: it is curated, kept, put into kits and rendered again as any other,
 * and no run replaces it.
 * @throws BusyError while a run works there; NotAllowedError, DiskFullError, FileSystemError
 */
export async function adopt(
  platform: Platform,
  location: ExportLocation,
  { row, recorded, bytes }: Adopted & Pick<Rendered, 'recorded'>,
): Promise<void> {
  await withExportFolder(platform, location, async () => {
    await addToRecord(platform, location, new Map([recorded]));
    await placeListed(platform, row, bytes, location);
    await settleManifest(platform, location.exportFolder, location.exportRoot);
  });
}

/**
 * Takes one that was adopted out again: its file, and with it its row. One that is gone already is none.
 * @throws NotAllowedError where its file is another by now, which stays; BusyError while a run works there; FileSystemError
 */
export async function release(
  platform: Platform,
  location: ExportLocation,
  { row, bytes }: Adopted,
): Promise<void> {
  const file = join(location.exportFolder, row.path);
  await withExportFolder(platform, location, async () => {
    const there = await bytesIfThere(platform, file);
    if (there !== null && !sameBytes(there, bytes)) {
      throw new NotAllowedError(
        `“${row.path}” was changed since it was put into the export, so it stays; remove it by hand, or reject it.`,
        { context: { path: file } },
      );
    }
    if (location.exportRoot !== null) await assertInside(platform, file, location.exportRoot);
    if (there !== null) await platform.files.remove(file);
    await settleManifest(platform, location.exportFolder, location.exportRoot);
  });
}
