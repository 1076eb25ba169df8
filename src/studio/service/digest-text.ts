import { sha256 } from '../../platform/sha256.ts';

/**
 * Digests that are kept, of short texts: paths and stamps, two a texture, of which each reading of an export asks again; they were
 * a fifth of it. Of two exports of 10,000 textures all, 6 MB.
 */
const MOST_KEPT = 40_000;
const SHORT = 500;

const kept = new Map<string, string>();

/** 64 bit of a text's SHA-256, in hexadecimal digits. */
export function digestText(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const digest = sha256();
  digest.update(new TextEncoder().encode(text));
  const short = digest.hex().slice(0, 16);
  if (text.length <= SHORT) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, short);
  }
  return short;
}
