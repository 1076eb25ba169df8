/** How a page's bytes are shared out. */

import { LIGHT_BYTES } from './page/overview.ts';
import { blockLength } from './page.ts';

/** A page goes by mail, whose carriers commonly take 25 MB, and opens at once; more only where somebody asks for it. */
export const PAGE_BYTES = 25_000_000;
/** Of a page, for rows: figures of 45,000 textures. */
const ROWS_SHARE = 1 / 2;
/** Of what rows leave, for light pictures of textures without sound. */
const LIGHT_SHARE = 1 / 4;
/** Of what rows leave, for one texture: minutes of drone would silence a hundred others. */
const ONE_SHARE = 1 / 8;

/** @param free bytes of a page without its rows and blocks */
export function rowBytes(free: number): number {
  return ROWS_SHARE * free;
}

/** Shares bytes out among textures, asked for one after the other, the most worth having first. */
export interface Room {
  /** Whether the next texture may take so many: the textures behind it keep theirs for light pictures. */
  has(bytes: number): boolean;
  hasLight(): boolean;
  /** To the next texture. @param bytes what this one took */
  take(bytes: number): void;
}

/**
 * @param free bytes for pictures and sounds
 * @param count of textures
 */
export function createRoom(free: number, count: number): Room {
  const light = blockLength(LIGHT_BYTES, 'overview', count);
  let used = 0;
  let asked = 0;
  const keptBack = () => Math.min((count - asked - 1) * light, LIGHT_SHARE * free);
  return {
    has: (bytes) => bytes <= ONE_SHARE * free && used + bytes + keptBack() <= free,
    hasLight: () => used + light <= free,
    take(bytes) {
      used += bytes;
      asked++;
    },
  };
}
