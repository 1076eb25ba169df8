/** How many bytes of a buffer, from its start, are some file's. */
const taken = new WeakMap<ArrayBufferLike, number>();

/**
 * Bytes with others behind them. A buffer that was made here has room left, so that a file to which lines are added one by one is
 * not copied each time; the first bytes stay as they are, and who adds to them once more gets a copy. The room is as large as
 * the bytes, so a large journal takes twice its size. Only what begins where its buffer does is added to in place.
 */
export function appended(first: Uint8Array, added: Uint8Array): Uint8Array {
  const size = first.length + added.length;
  const isLast =
    first.byteOffset === 0 && taken.get(first.buffer) === first.length && first.buffer.byteLength >= size;
  const all = isLast ? new Uint8Array(first.buffer, 0, size) : new Uint8Array(2 * size).subarray(0, size);
  if (!isLast) all.set(first);
  all.set(added, first.length);
  taken.set(all.buffer, size);
  return all;
}
