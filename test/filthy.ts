import type { Lender } from '../src/dsp/rooms.ts';

/** Lends arrays that are full of anything, and knows them. */
export function filthy(): Lender & { readonly lent: ArrayBuffer[] } {
  const lent: ArrayBuffer[] = [];
  const lend = <Items extends Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(items: Items): Items => {
    lent.push(items.buffer);
    items.fill(77);
    return items;
  };
  return {
    lent,
    floats: (length) => lend(new Float32Array(length)),
    bytes: (length) => lend(new Uint8Array(length)),
  };
}
