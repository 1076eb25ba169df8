/** Listens to files side by side in worker threads. */
import { Piscina } from 'piscina';
import hear from './ear.ts';
import type { Route } from './routes.ts';

/**
 * @param threads how many files at once; 0 listens in the caller's thread
 * @param onHeard called for each file as it is heard, in any order; null where it cannot be read
 * @param signal once it is aborted no more files are begun
 */
export async function hearAll<Item extends { readonly path: string }>(
  items: readonly Item[],
  threads: number,
  onHeard: (item: Item, route: Route | null) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const lanes = Math.min(Math.max(threads, 1), items.length);
  if (lanes === 0) return;
  const pool = threads === 0 ? null : openPool(lanes);
  const ear = (path: string): Promise<Route | null> => (pool ? pool.run(path) : hear(path));
  let next = 0;
  const lane = async () => {
    while (next < items.length && !signal?.aborted) {
      const item = items[next++];
      onHeard(item, await ear(item.path));
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    await pool?.close();
  }
}

function openPool(threads: number): Piscina<string, Route | null> {
  // The compiled worker beside this file.
  const filename = new URL('./ear.js', import.meta.url).href;
  return new Piscina({ filename, minThreads: threads, maxThreads: threads });
}
