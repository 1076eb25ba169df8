/**
 * Room for bytes outside of memory, for as long as the page is open: a database of the browser's, which puts Blobs into files of its
 * own and gives them back as such. Origin-private files would do too, but Chromium refuses them to a page that was opened as a file.
 */
import type { StoredBytes } from '../memory/content.ts';

const PREFIX = 'afterglow session ';
const TABLE = 'bytes';

/** Puts bytes away. Until they are, and where they cannot be, the browser holds them in memory. */
export type Store = (bytes: Uint8Array) => StoredBytes;

/** What pages left that are closed by now is removed. */
export async function openStore(): Promise<Store> {
  const database = await openDatabase().catch(() => null);
  let last = 0;
  return (bytes) => {
    let blob = new Blob([bytes as BlobPart]);
    if (database) {
      const key = ++last;
      putAway(database, key, blob).then(
        (away) => {
          blob = away;
        },
        // Full, or taken away: it stays where it is.
        () => undefined,
      );
    }
    return { size: bytes.length, blob: () => blob };
  };
}

async function openDatabase(): Promise<IDBDatabase> {
  const name = `${PREFIX}${crypto.randomUUID()}`;
  // Whoever finds the lock free knows that its page is gone.
  await new Promise<void>((held, failed) => {
    navigator.locks
      .request(name, () => {
        held();
        return new Promise<never>(() => {});
      })
      .catch(failed);
  });
  await removeLeft();
  const opening = indexedDB.open(name);
  opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
  return resultOf(opening);
}

async function removeLeft(): Promise<void> {
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith(PREFIX)) continue;
    await navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock) indexedDB.deleteDatabase(name);
    });
  }
}

async function putAway(database: IDBDatabase, key: number, blob: Blob): Promise<Blob> {
  const putting = database.transaction(TABLE, 'readwrite', { durability: 'relaxed' });
  const put = putting.objectStore(TABLE).put(blob, key);
  await resultOf(put);
  return resultOf<Blob>(database.transaction(TABLE).objectStore(TABLE).get(key));
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    // Of a transaction that ends otherwise, as where the disk is full.
    if (request.transaction) request.transaction.onabort = () => reject(request.transaction!.error);
  });
}
