import type { ByteReader } from './bytes.ts';

/** The bytes of `reader` from `start` up to `end`, counted from 0: a file without what stands around it. */
export function byteView(reader: ByteReader, start: number, end = reader.size): ByteReader {
  if (start === 0 && end === reader.size) return reader;
  const size = Math.max(0, end - start);
  return {
    name: reader.name,
    size,
    read: (offset, length, lender) =>
      reader.read(start + offset, Math.max(0, Math.min(length, size - offset)), lender),
  };
}
