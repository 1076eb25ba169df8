/** The export on the page's disk, file by file: what a folder of the user's is to hold, and what it held. */
import { makeFolder } from '../../archive/make-folder.ts';
import { stampOf } from '../../archive/stamp.ts';
import { filesBelow } from '../../palette/files-below.ts';
import { dirname, join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';
import { badRequest } from '../service/request-error.ts';
import { EXPORT } from './disk.ts';
import type { Brought, ExportFile } from './messages.ts';

export async function exportFiles(platform: Platform): Promise<ExportFile[]> {
  const paths = await filesBelow(platform, EXPORT);
  const stamps = await Promise.all(paths.map((path) => stampOf(platform, join(EXPORT, path))));
  return paths.flatMap((path, i) => (stamps[i] ? [{ path, stamp: stamps[i].text }] : []));
}

/** @throws Error where there is no such file any more */
export async function exportFile(platform: Platform, path: string): Promise<Uint8Array<ArrayBuffer>> {
  return (await platform.files.read(join(EXPORT, path))) as Uint8Array<ArrayBuffer>;
}

/** Puts an export that was saved earlier back, to go on with it. @throws RequestError where a file of it cannot be read */
export async function putBack(platform: Platform, files: readonly Brought[]): Promise<void> {
  for (const { path, file } of files) {
    const place = join(EXPORT, path);
    await makeFolder(platform, dirname(place));
    const bytes = await file.arrayBuffer().catch(() => {
      const words = `its file “${path}” changed meanwhile, or cannot be read; close what else uses it, and try again.`;
      throw badRequest(words);
    });
    await platform.files.write(place, new Uint8Array(bytes));
  }
}
