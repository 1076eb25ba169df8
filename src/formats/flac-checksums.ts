/** CRC-8 of a frame's header, polynomial x^8 + x^2 + x + 1 (RFC 9639 §9.1.8), of bytes [start, end). */
export function crc8(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) {
    crc ^= bytes[i];
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}

/**
 * CRC-16 of a frame, polynomial x^16 + x^15 + x^2 + 1 (RFC 9639 §9.3), of bytes [start, end), four at a time: what each
 * of them comes to by the end of the four is in a table of its own ("slicing", Kounavis & Berry, ISCC 2005). Over a
 * whole frame, its own sum at the end included, it comes to 0.
 *
 * @param crc of what stands before `start`
 */
export function crc16(bytes: Uint8Array, start: number, end: number, crc = 0): number {
  let at = start;
  let sum = crc;
  for (; at + 4 <= end; at += 4) {
    sum =
      CRC16[768 + (bytes[at] ^ (sum >> 8))] ^
      CRC16[512 + (bytes[at + 1] ^ (sum & 0xff))] ^
      CRC16[256 + bytes[at + 2]] ^
      CRC16[bytes[at + 3]];
  }
  for (; at < end; at++) sum = ((sum << 8) & 0xffff) ^ CRC16[(sum >> 8) ^ bytes[at]];
  return sum;
}

/** The ends in (start, end] at which the CRC-16 since `start` is 0: where a frame that begins there may end. */
export function* zeroSums(bytes: Uint8Array, start: number, end: number): Generator<number> {
  let sum = 0;
  for (let at = start; at < end; at++) {
    sum = ((sum << 8) & 0xffff) ^ CRC16[(sum >> 8) ^ bytes[at]];
    if (sum === 0) yield at + 1;
  }
}

/** By byte, with 0 to 3 bytes of zeros behind it. */
const CRC16 = crc16Tables(4);

function crc16Tables(count: number): Uint16Array {
  const tables = new Uint16Array(256 * count);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte << 8;
    for (let table = 0; table < count; table++) {
      for (let bit = 0; bit < 8; bit++) {
        crc = crc & 0x8000 ? ((crc << 1) ^ 0x8005) & 0xffff : (crc << 1) & 0xffff;
      }
      tables[256 * table + byte] = crc;
    }
  }
  return tables;
}
