/** Bytes of a file from the places that its format names: a builder that shares nothing with the engine's. */
export type Placed = readonly (readonly [at: number, size: 1 | 2 | 4, value: number])[];

/** @param text put at the start, as ASCII */
export function placed(size: number, text: string, numbers: Placed, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  for (const [at, width, value] of numbers) {
    for (let i = 0; i < width; i++) {
      const shift = 8 * (isLittle ? i : width - 1 - i);
      bytes[at + i] = Math.floor(value / 2 ** shift) % 256;
    }
  }
  return bytes;
}

/** CRC-32 bit by bit, over the bytes from 0 up to an end. */
export function plainCrc32(bytes: Uint8Array, end: number): number {
  let crc = 2 ** 32 - 1;
  for (let i = 0; i < end; i++) {
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = ((crc % 2) + ((bytes[i] >> bit) % 2)) % 2 === 1;
      crc = Math.floor(crc / 2);
      if (isOdd) crc = (crc ^ 0xedb88320) >>> 0;
    }
  }
  return 2 ** 32 - 1 - crc;
}
