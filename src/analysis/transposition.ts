/** Which way, and how far, a sound must be moved to stand in another key. */
import { parseKeyName } from '../settings/key-name.ts';
import { CLEAR_ENOUGH_TO_ACT_ON, isClear } from './confidence.ts';
import type { KeyEstimate } from './key.ts';

/**
 * Semitones from a source's key to the wanted one, the short way round: -6 to 5.
 * A major key and its relative minor share their notes, so between them nothing moves.
 * @param key what the analysis found; null or a guess gives 0
 * @param target a key as in `musicality.target_key` ("C maj", "Am", "F# minor"); null gives 0
 */
export function semitonesToKey(key: KeyEstimate | null, target: string | null): number {
  const wanted = target === null ? null : parseKeyName(target);
  if (!wanted || !isClearKey(key)) return 0;
  const distance = relativeMajor(wanted) - relativeMajor(key);
  return ((((distance + 6) % 12) + 12) % 12) - 6;
}

/** Whether a key is clear enough to act on it. */
export function isClearKey(key: KeyEstimate | null): key is KeyEstimate {
  return isClear(key, CLEAR_ENOUGH_TO_ACT_ON.key);
}

/** Tonic of the major key with the same notes. */
export function relativeMajor(key: { readonly tonic: number; readonly mode: 'maj' | 'min' }): number {
  return key.mode === 'maj' ? key.tonic : key.tonic + 3;
}
