import { zipOf } from '../../formats/stored-zip.ts';
import { filesBelow } from '../../palette/files-below.ts';
import { join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';

/**
 * A folder as a ZIP, its files stored as they are. The browser keeps the parts, so that it may be larger than memory.
 * @param name of the folder that it unpacks to
 * @throws LimitError over 4 GiB or 65,535 files
 */
export async function folderZip(platform: Platform, folder: string, name: string): Promise<Blob> {
  const parts: Blob[] = [];
  // A Blob a part: browsers put them away one by one, and large ones made in one go were unreadable now and then.
  for await (const part of zipOf(filesIn(platform, folder, name))) parts.push(new Blob([part as BlobPart]));
  return new Blob(parts, { type: 'application/zip' });
}

async function* filesIn(platform: Platform, folder: string, name: string) {
  for (const path of await filesBelow(platform, folder)) {
    yield { name: `${name}/${path}`, bytes: await platform.files.read(join(folder, path)) };
  }
}
