import { crc32 as crcOfNode } from 'node:zlib';
import { expect, it } from 'vitest';
import { crc32 } from '../../src/formats/crc-32.ts';

it.each([0, 1, 7, 8, 9, 16, 1001])('is that of zlib, of %i bytes', (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 7919) >> 3);
  expect(crc32(bytes)).toBe(crcOfNode(bytes));
});
