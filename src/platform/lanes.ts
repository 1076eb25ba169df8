/** How many files are written at once where one thread writes them: flushing waits for the disk, not for the processor. */
export const DISK_LANES = 8;

/** Does work when it is its turn. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** For what lanes may not do at once, for the memory that it takes: each piece of work waits for those asked for before it. */
export function oneByOne(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/**
 * Works on items side by side, begun in their order. The first failure lets those under way come to their end, and is thrown.
 * @param lanes how many at once; at least one
 * @param signal once it is aborted, no more are begun
 */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  signal: AbortSignal | undefined,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && failures.length === 0 && !signal?.aborted) {
      await work(items[next++]).catch((error) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
}
