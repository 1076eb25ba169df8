/** Files and folders that were dropped, with all that lies below. */
import type { Brought } from '../../inside/messages.ts';

/** A folder's handle, as Chromium gives it; TypeScript's library lacks its way through. */
interface FolderHandle {
  readonly kind: 'directory';
  readonly name: string;
  values(): AsyncIterable<FolderHandle | FileHandle>;
}

interface FileHandle {
  readonly kind: 'file';
  readonly name: string;
  getFile(): Promise<File>;
}

interface DroppedItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FolderHandle | FileHandle | null>;
}

/**
 * All must be asked of the drop before anything is awaited: it is emptied then. Chromium reads folders of a page that was
 * opened as a file through handles alone; other browsers have no handles, and read them through entries.
 */
export async function droppedFiles({ items }: DataTransfer): Promise<Brought[]> {
  const files = [...items].filter(({ kind }) => kind === 'file') as DroppedItem[];
  const asked = files.map((item) => {
    if (item.getAsFileSystemHandle)
      return item.getAsFileSystemHandle().then((handle) => (handle ? below(handle, '') : []));
    const entry = item.webkitGetAsEntry();
    return entry ? belowEntry(entry, '') : Promise.resolve([]);
  });
  return (await Promise.all(asked)).flat();
}

async function below(handle: FolderHandle | FileHandle, folder: string): Promise<Brought[]> {
  const path = folder + handle.name;
  if (handle.kind === 'file') return [{ path, file: await handle.getFile() }];
  const all: Brought[] = [];
  for await (const inside of handle.values()) all.push(...(await below(inside, `${path}/`)));
  return all;
}

async function belowEntry(entry: FileSystemEntry, folder: string): Promise<Brought[]> {
  const path = folder + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [{ path, file }];
  }
  const all: Brought[] = [];
  for (const inside of await entriesIn(entry as FileSystemDirectoryEntry)) {
    all.push(...(await belowEntry(inside, `${path}/`)));
  }
  return all;
}

/** A reader gives a hundred at a time or so, and nothing once all were given. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
