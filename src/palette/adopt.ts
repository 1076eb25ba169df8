/** A texture that was made again otherwise becomes one of the export's own, beside the one that it was made from. */

import { assertInside } from '../archive/export-root.ts';
import { settleManifest } from '../archive/manifest.ts';
import { sameBytes } from '../archive/same-bytes.ts';
import { bytesIfThere } from '../archive/text-file.ts';
import { readDecisions } from '../engine/decisions.ts';
import { withExportFolder } from '../engine/export-folder.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { placeListed } from '../engine/place-listed.ts';
import { whyDecided } from '../engine/protection.ts';
import { addToRecord } from '../engine/settings-record.ts';
import { NotAllowedError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { WHY_PROTECTED } from '../wording/protected.ts';
import type { Rendered } from './rendered.ts';

/**
 * Lists it in the manifest, with the settings that made it: it is curated, kept, put into kits and rendered again as any other,
 * and no run replaces it. One that lies there already is listed as well.
 * @returns whether its file is new there
 * @throws NotAllowedError where another file stands in its place, which stays; BusyError while a run works there; DiskFullError,
 * FileSystemError
 */
export async function adopt(
  platform: Platform,
  location: ExportLocation,
  { row, recorded, bytes }: Pick<Rendered, 'row' | 'recorded' | 'bytes'>,
): Promise<boolean> {
  const file = join(location.exportFolder, row.path);
  return withExportFolder(platform, location, async () => {
    const there = await bytesIfThere(platform, file);
    if (there !== null && !sameBytes(there, bytes)) {
      throw new NotAllowedError(
        `“${row.path}” is another file by now, which stays; move it away to put this one into the export.`,
        { context: { path: file } },
      );
    }
    await addToRecord(platform, location, new Map([recorded]));
    await placeListed(platform, row, bytes, location);
    await settleManifest(platform, location.exportFolder, location.exportRoot);
    return there === null;
  });
}

/**
 * Takes one that was adopted out again: its file, and with it its row. One that is gone already is none.
 * @param path in the export
 * @param sha256 of the bytes that were adopted
 * @throws NotAllowedError where its file is another by now or somebody decided on it, and it stays; MalformedFileError where nobody
 * knows what was decided; BusyError while a run works there; FileSystemError
 */
export async function release(
  platform: Platform,
  location: ExportLocation,
  path: string,
  sha256: string,
): Promise<void> {
  const { exportFolder, exportRoot } = location;
  const file = join(exportFolder, path);
  const forbid = (words: string): never => {
    throw new NotAllowedError(`“${path}” ${words}`, { context: { path: file } });
  };
  await withExportFolder(platform, location, async () => {
    const there = await bytesIfThere(platform, file);
    if (there !== null) {
      if ((await platform.sha256Of(there)) !== sha256) {
        forbid('was changed since it was put into the export, so it stays; remove it by hand, or reject it.');
      }
      const why = whyDecided((await readDecisions(platform, exportFolder)).get(path) ?? {});
      if (why !== null)
        forbid(`stays in the export (${WHY_PROTECTED[why]}); take that back first, or reject it.`);
      if (exportRoot !== null) await assertInside(platform, file, exportRoot);
      await platform.files.remove(file);
    }
    await settleManifest(platform, exportFolder, exportRoot);
  });
}
