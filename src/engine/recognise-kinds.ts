/** Recognises the kinds of files side by side in worker threads. */
import { stampOf } from '../archive/stamp.ts';
import { inLanes } from '../platform/lanes.ts';
import type { Platform } from '../platform/platform.ts';
import type { Route } from './routes.ts';
import { openJobPool } from './workers.ts';

/**
 * @param threads how many files at once; 0 works in the caller's thread
 * @param onRecognised called for each file, in any order; null where it cannot be read. The stamp is that of the bytes that were
 * heard; null where the file changed meanwhile
 * @param signal once it is aborted no more files are begun
 */
export async function recogniseKinds<Item extends { readonly path: string }>(
  platform: Platform,
  items: readonly Item[],
  threads: number,
  onRecognised: (item: Item, route: Route | null, stamp: string | null) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const lanes = Math.min(Math.max(threads, 1), items.length);
  if (lanes === 0) return;
  const pool = openJobPool(platform, threads === 0 ? 0 : lanes, signal);
  try {
    await inLanes(items, lanes, signal, async (item) => {
      const stamp = (await stampOf(platform, item.path))?.text;
      const route = await pool.run('recognise-kind', item.path, () => undefined);
      const isSame = stamp === (await stampOf(platform, item.path))?.text;
      onRecognised(item, route, isSame && stamp !== undefined ? stamp : null);
    });
  } finally {
    await pool.close();
  }
}
