/** A texture that was made again otherwise becomes one of the export's own, beside the one that it was made from. */

import { settleManifest } from '../archive/manifest.ts';
import type { ManifestRow } from '../archive/manifest-row.ts';
import { withExportFolder } from '../engine/export-folder.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { placeListed } from '../engine/place-listed.ts';
import { addToRecord } from '../engine/settings-record.ts';
import type { Platform } from '../platform/platform.ts';
import type { Rendered } from './render.ts';

/**
 * Lists it in the manifest, with the settings that made it: it is curated, kept, put into kits and rendered again as any other,
 * and no run replaces it.
 * @throws BusyError while a run works there; NotAllowedError, DiskFullError, FileSystemError
 */
export async function adopt(
  platform: Platform,
  location: ExportLocation,
  { row, recorded, bytes }: Pick<Rendered, 'recorded' | 'bytes'> & { readonly row: ManifestRow },
): Promise<void> {
  await withExportFolder(platform, location, async () => {
    await addToRecord(platform, location, new Map([recorded]));
    await placeListed(platform, row, bytes, location);
    await settleManifest(platform, location.exportFolder, location.exportRoot);
  });
}
