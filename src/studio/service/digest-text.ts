import { sha256 } from '../../platform/sha256.ts';

/** 64 bit of a text's SHA-256, in hexadecimal digits. */
export function digestText(text: string): string {
  const digest = sha256();
  digest.update(new TextEncoder().encode(text));
  return digest.hex().slice(0, 16);
}
