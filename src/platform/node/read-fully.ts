import type { FileHandle } from 'node:fs/promises';

/** See `OpenFile.read`: one read of a disk may give less than there is. */
export async function readFully(handle: FileHandle, into: Uint8Array, start: number): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await handle.read(into, filled, into.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
