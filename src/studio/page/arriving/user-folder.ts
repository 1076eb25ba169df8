/** A folder of the user's into which the browser may write, remembered from one visit to the next. */
import type { Brought } from '../../inside/messages.ts';

/** What of the File System Access API TypeScript's library does not have yet. */
export interface UserFolder extends FileSystemDirectoryHandle {
  requestPermission?(what: { mode: 'readwrite' }): Promise<PermissionState>;
}

type Picker = (options: { mode: 'readwrite'; id: string }) => Promise<UserFolder>;
const picker = () => (window as { showDirectoryPicker?: Picker }).showDirectoryPicker;

/** Whether this browser writes into folders at all. */
export function canWriteFolders(): boolean {
  return picker() !== undefined;
}

/** @returns null where somebody thought better of it */
export async function chosenFolder(): Promise<UserFolder | null> {
  const folder = await picker()!({ mode: 'readwrite', id: 'afterglow' }).catch((error: Error) => {
    if (error.name === 'AbortError') return null;
    throw error;
  });
  return folder;
}

/** Writes a file, and the folders that it lies in. @throws Error where the browser does not let it */
export async function writeInto(
  folder: UserFolder,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const names = path.split('/');
  let place: FileSystemDirectoryHandle = folder;
  for (const name of names.slice(0, -1)) place = await place.getDirectoryHandle(name, { create: true });
  const file = await place.getFileHandle(names.at(-1)!, { create: true });
  const stream = await file.createWritable();
  await stream.write(bytes);
  await stream.close();
}

/**
 * Removes a file; what is there no more, or has a folder in its place, is left so.
 * @param isOurs whether it is to be removed, by its bytes
 * @throws Error where the browser does not let it
 */
export async function removeFrom(
  folder: UserFolder,
  path: string,
  isOurs: (bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>,
): Promise<void> {
  const names = path.split('/');
  try {
    let place: FileSystemDirectoryHandle = folder;
    for (const name of names.slice(0, -1)) place = await place.getDirectoryHandle(name);
    const file = await (await place.getFileHandle(names.at(-1)!)).getFile();
    if (await isOurs(new Uint8Array(await file.arrayBuffer()))) await place.removeEntry(names.at(-1)!);
  } catch (error) {
    if (!['NotFoundError', 'TypeMismatchError'].includes((error as Error).name)) throw error;
  }
}

/** All files below a folder, by path. */
export async function filesIn(folder: UserFolder, below = ''): Promise<Brought[]> {
  const all: Brought[] = [];
  for await (const entry of folder.values()) {
    const path = `${below}${entry.name}`;
    if (entry.kind === 'directory') all.push(...(await filesIn(entry as UserFolder, `${path}/`)));
    else all.push({ path, file: await (entry as FileSystemFileHandle).getFile() });
  }
  return all;
}

const STORE = 'folders';
const LAST = 'last';

/** Keeps a folder for the next visit; a browser that keeps nothing does without. */
export async function keepFolder(folder: UserFolder): Promise<void> {
  await inStore('readwrite', (store) => store.put(folder, LAST)).catch(() => undefined);
}

/** The one that was kept; null where there is none. */
export async function keptFolder(): Promise<UserFolder | null> {
  const folder = await inStore('readonly', (store) => store.get(LAST)).catch(() => null);
  return (folder as UserFolder | undefined) ?? null;
}

async function inStore(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const opening = indexedDB.open('afterglow', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = (await settled(opening)) as IDBDatabase;
  try {
    return await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function settled(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
