import type { Lender } from '../dsp/rooms.ts';

/** Bytes by position: a file, a buffer, a network range. The one thing a reader of formats needs to know. */
export interface ByteReader {
  /** What the bytes are called in messages: a file name. */
  readonly name: string;
  /** Length in bytes. */
  readonly size: number;
  /**
   * Up to `length` bytes from `offset`; fewer, or none, at the end. The caller may change what it gets.
   * @param lender of the array, for a caller that needs it for a moment alone; a fresh one may come all the same
   */
  read(offset: number, length: number, lender?: Lender): Promise<Uint8Array>;
}

/** A reader over bytes already in memory. */
export function byteReader(name: string, bytes: Uint8Array): ByteReader {
  return {
    name,
    size: bytes.length,
    async read(offset, length) {
      return bytes.slice(offset, offset + length);
    },
  };
}

/** A view for numbers in `bytes`. */
export function dataView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Parts one behind the other; a lone one is given as it is. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const part of parts) {
    whole.set(part, length);
    length += part.length;
  }
  return whole;
}

/** `length` bytes as Latin-1 text: chunk names and magic words. Short at the end. */
export function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}

/** The bytes of a file in order, in pieces of `pieceLength`, so that no codec has to hold the whole. */
export async function* pieces(
  reader: ByteReader,
  start = 0,
  pieceLength = 64 * 1024,
): AsyncGenerator<Uint8Array> {
  for (let offset = start; offset < reader.size; offset += pieceLength) {
    const piece = await reader.read(offset, Math.min(pieceLength, reader.size - offset));
    if (piece.length === 0) return;
    yield piece;
  }
}
