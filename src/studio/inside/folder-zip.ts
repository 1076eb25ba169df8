import { filesBelow } from '../../palette/files-below.ts';
import { join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';
import { type StoredEntry, zipEnd, zipHeader } from '../../targets/bitwig/stored-zip.ts';

/**
 * A folder as a ZIP, its files stored as they are. The browser keeps the parts, so that it may be larger than memory.
 * @param name of the folder that it unpacks to
 * @throws LimitError over 4 GiB or 65,535 files
 */
export async function folderZip(platform: Platform, folder: string, name: string): Promise<Blob> {
  const parts: Blob[] = [];
  const entries: StoredEntry[] = [];
  let offset = 0;
  for (const path of await filesBelow(platform, folder)) {
    const bytes = await platform.files.read(join(folder, path));
    const { entry, header } = zipHeader(`${name}/${path}`, bytes, offset);
    entries.push(entry);
    offset += header.length + bytes.length;
    // A Blob a file: browsers put them away one by one, and large ones made in one go were unreadable now and then.
    parts.push(new Blob([header as BlobPart, bytes as BlobPart]));
  }
  return new Blob([...parts, zipEnd(entries, offset) as BlobPart], { type: 'application/zip' });
}
