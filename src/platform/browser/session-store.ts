/**
 * Room for bytes outside of memory, for as long as the page is open: a database of the browser's, one a worker that needs it, which puts Blobs into files of its
 * own and gives them back as such. Origin-private files would do too, but Chromium refuses them to a page that was opened as a file.
 */
import { StoredBlob } from './blob-bytes.ts';

const PREFIX = 'afterglow session ';
const TABLE = 'bytes';

/** Puts bytes away. Until they are, and where they cannot be, the browser holds them in memory. */
export type Store = (blob: Blob) => StoredBlob;

/**
 * What pages left that are closed by now is removed; where the browser cannot tell what that is, nothing is put away, or it would
 * be more each time.
 */
export async function openStore(): Promise<Store> {
  const database = await openDatabase().catch(() => null);
  // Bytes that no file holds any more, since it was replaced or removed. A copy shares them, so only the collector knows; where
  // the store is full and memory is taken instead, it comes the sooner.
  const dropped = new FinalizationRegistry<number>((key) => {
    if (database) takeOut(database, key);
  });
  let last = 0;
  return (blob) => {
    const stored = new StoredBlob(blob);
    if (database) {
      const key = ++last;
      dropped.register(stored, key);
      stored.drop = () => takeOut(database, key);
      stored.settled = putAway(database, key, blob).then(
        (away) => {
          stored.blob = away;
        },
        // Full, or taken away: it stays where it is.
        () => undefined,
      );
    }
    return stored;
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

/** @returns what the store has of it from now on @throws where it has not */
async function putAway(database: IDBDatabase, key: number, blob: Blob): Promise<Blob> {
  const putting = database.transaction(TABLE, 'readwrite', { durability: 'relaxed' });
  putting.objectStore(TABLE).put(blob, key);
  // Chromium looks whether there is room when all is to be written: the request alone succeeds before that.
  await committed(putting);
  const away: unknown = await resultOf(database.transaction(TABLE).objectStore(TABLE).get(key));
  if (!(away instanceof Blob) || away.size !== blob.size) throw new Error('The store lost it.');
  return away;
}

function takeOut(database: IDBDatabase, key: number): void {
  try {
    database.transaction(TABLE, 'readwrite', { durability: 'relaxed' }).objectStore(TABLE).delete(key);
  } catch {
    // The browser closed it, and removed all that it held.
  }
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
