/** Bytes that are taken at once. */
const SLICES = 8;

/**
 * The remainder that a byte leaves, and that which it leaves when 1 to 7 zeros follow it: so eight bytes are taken at once
 * (M. E. Kounavis and F. L. Berry, "Novel table lookup-based algorithms for high-performance CRC generation", 2008), 4 times as
 * fast as one by one. Polynomial 0xEDB88320 (reflected), as ZIP has it.
 */
const REMAINDERS = remainders();

function remainders(): Uint32Array[] {
  const tables = [Uint32Array.from({ length: 256 }, (_, byte) => remainderOf(byte))];
  for (let slice = 1; slice < SLICES; slice++) {
    tables.push(tables[slice - 1].map((before) => tables[0][before & 0xff] ^ (before >>> 8)));
  }
  return tables;
}

function remainderOf(byte: number): number {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  }
  return remainder;
}

/** The CRC-32 of ZIP (PKWARE APPNOTE 6.3.10, 4.4.7), unsigned. */
export function crc32(bytes: Uint8Array): number {
  const [r0, r1, r2, r3, r4, r5, r6, r7] = REMAINDERS;
  let crc = -1;
  let n = 0;
  for (const end = bytes.length - SLICES; n <= end; n += SLICES) {
    crc ^= bytes[n] | (bytes[n + 1] << 8) | (bytes[n + 2] << 16) | (bytes[n + 3] << 24);
    crc =
      r7[crc & 0xff] ^
      r6[(crc >>> 8) & 0xff] ^
      r5[(crc >>> 16) & 0xff] ^
      r4[crc >>> 24] ^
      r3[bytes[n + 4]] ^
      r2[bytes[n + 5]] ^
      r1[bytes[n + 6]] ^
      r0[bytes[n + 7]];
  }
  for (; n < bytes.length; n++) crc = r0[(crc ^ bytes[n]) & 0xff] ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}
