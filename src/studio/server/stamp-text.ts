import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';

/** A short text that changes when a file does, fit for an `ETag`. */
export function stampText({
  size,
  mtimeNs,
  ctimeNs,
}: Pick<BigIntStats, 'size' | 'mtimeNs' | 'ctimeNs'>): string {
  return digestText(`${size} ${mtimeNs} ${ctimeNs}`);
}

/** 64 bit of a text's SHA-256, in hexadecimal digits. */
export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
