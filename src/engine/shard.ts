/** Many machines on one archive: a share of it, as asked for, and how shares are dealt out. */

/** The `index`-th of `count` shares, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** More would only be a slip of the keyboard. */
export const MOST_SHARDS = 10_000;

/** Reads `k/n`, as in `2/8`. @returns null where it is no shard */
export function parseShard(text: string): Shard | null {
  const [, index, count] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
  const isOne = index >= 1 && index <= count && count <= MOST_SHARDS;
  return isOne ? { index, count } : null;
}

/**
 * Deals items out, each to the one that has least so far (Graham's LPT rule): with the largest first, no share is larger
 * than another by more than the largest item. Depends on nothing but the items' order and work.
 *
 * @param items the most work first
 * @returns `count` shares, each in the items' order
 */
export function dealOut<Item>(
  items: readonly Item[],
  count: number,
  workOf: (item: Item) => number,
): Item[][] {
  const shares = Array.from({ length: count }, (): Item[] => []);
  const loads = new Float64Array(count);
  for (const item of items) {
    let least = 0;
    for (let i = 1; i < count; i++) if (loads[i] < loads[least]) least = i;
    shares[least].push(item);
    loads[least] += workOf(item);
  }
  return shares;
}
