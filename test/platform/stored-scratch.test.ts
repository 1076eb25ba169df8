import { describe, expect, it } from 'vitest';
import { StoredBlob } from '../../src/platform/browser/blob-bytes.ts';
import { storedScratch } from '../../src/platform/browser/stored-scratch.ts';

const PIECE = 2 ** 24;
/** As planes of decoded sound come: no whole number of them in a piece. */
const PART = 3_000_000;

/** Bytes that tell their place. */
function partAt(start: number): Uint8Array {
  return Uint8Array.from({ length: PART }, (_, i) => (start + i) % 251);
}

describe('scratch room in the browser’s store', () => {
  it('is read as it was written, over its pieces and into what is not away yet', async () => {
    const put: Blob[] = [];
    const scratch = storedScratch((blob) => {
      put.push(blob);
      return new StoredBlob(blob);
    });
    for (let at = 0; at < 12 * PART; at += PART) await scratch.append(partAt(at));
    expect(put.map(({ size }) => size)).toEqual([PIECE, PIECE]);
    const into = new Uint8Array(1000);
    for (const start of [0, PIECE - 500, 2 * PIECE - 1, 2 * PIECE + 7]) {
      expect(await scratch.read(into, start)).toBe(1000);
      expect([...into.subarray(0, 3), into[999]]).toEqual([0, 1, 2, 999].map((i) => (start + i) % 251));
    }
    expect(await scratch.read(into, 12 * PART - 10)).toBe(10);
    await scratch.append(partAt(12 * PART));
    expect(await scratch.read(into, 12 * PART)).toBe(1000);
    await scratch.close();
  });

  it('that is closed is neither read nor written, and leaves nothing behind', async () => {
    const dropped: number[] = [];
    const scratch = storedScratch((blob) => {
      const stored = new StoredBlob(blob);
      stored.drop = () => dropped.push(blob.size);
      return stored;
    });
    await scratch.append(new Uint8Array(PIECE + 5));
    await scratch.close();
    expect(dropped).toEqual([PIECE]);
    await expect(scratch.read(new Uint8Array(4), 0)).rejects.toMatchObject({ code: 'EBADF' });
    await expect(scratch.append(new Uint8Array(4))).rejects.toMatchObject({ code: 'EBADF' });
  });

  it('waits with a piece until the one before is away', async () => {
    let letGo = () => {};
    let count = 0;
    const scratch = storedScratch((blob) => {
      const stored = new StoredBlob(blob);
      stored.settled = new Promise((done) => {
        letGo = done;
      });
      count++;
      return stored;
    });
    const piece = new Uint8Array(PIECE);
    await scratch.append(piece);
    const second = scratch.append(piece);
    await new Promise((done) => setTimeout(done, 20));
    expect(count).toBe(1);
    letGo();
    await second;
    expect(count).toBe(2);
  });
});
