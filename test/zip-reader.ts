import { expect } from 'vitest';

/** A ZIP by its central directory: name, bytes and whether what stands before the bytes says the same. */
export function readZip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  const entries = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    expect(bytes.readUInt16LE(at + 10)).toBe(0);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50);
    expect(bytes.subarray(local + 6, local + 28)).toEqual(bytes.subarray(at + 8, at + 30));
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const from = local + 30 + nameLength;
    entries.set(name, bytes.subarray(from, from + bytes.readUInt32LE(at + 24)));
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  return entries;
}
