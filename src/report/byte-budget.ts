/** How a page's bytes are shared out. */

import { REDUCED_BYTES } from './page/overview.ts';
import { blockLength } from './page.ts';

/** A page goes by mail, whose carriers commonly take 25 MB, and opens at once; more only where somebody asks for it. */
export const PAGE_BYTES = 25_000_000;
/** Of a page, for rows: figures of 45,000 textures. */
const ROWS_SHARE = 1 / 2;
/** Of what rows leave, for reduced pictures of textures without sound. */
const REDUCED_SHARE = 1 / 4;
/** Of what rows leave, for one texture: minutes of drone would silence a hundred others. */
const ONE_SHARE = 1 / 8;

/** @param free bytes of a page without its rows and blocks */
export function rowBytes(free: number): number {
  return ROWS_SHARE * free;
}

/** Shares bytes out among textures, asked for one after the other, the most worth having first. */
export interface ByteBudget {
  /** Whether the next texture may take so many: the textures behind it keep theirs for reduced pictures. */
  fits(bytes: number): boolean;
  fitsReduced(): boolean;
  /** To the next texture. @param bytes what this one took */
  spend(bytes: number): void;
}

/**
 * @param free bytes for pictures and sounds
 * @param count of textures
 */
export function createByteBudget(free: number, count: number): ByteBudget {
  const reduced = blockLength(REDUCED_BYTES, 'overview', count);
  let used = 0;
  let asked = 0;
  const keptBack = () => Math.min((count - asked - 1) * reduced, REDUCED_SHARE * free);
  return {
    fits: (bytes) => bytes <= ONE_SHARE * free && used + bytes + keptBack() <= free,
    fitsReduced: () => used + reduced <= free,
    spend(bytes) {
      used += bytes;
      asked++;
    },
  };
}
