/** Keys that sound well together. */
import { keyName, keyNamed } from './note-names.ts';

const FIFTH = 7;
/** From a minor key up to the major one of the same notes. */
const RELATIVE = 3;

/**
 * The keys that share all notes with a key, or all but one: itself, its relative, and both a fifth away in its own mode. What
 * mixes by key goes by these (neighbours on the circle of fifths).
 * @param name as the manifest has it; of what is none, nothing fits but itself
 */
export function keysThatFit(name: string): readonly string[] {
  const key = keyNamed(name);
  if (!key) return [name];
  const { tonic, mode } = key;
  const relative =
    mode === 'min'
      ? { tonic: (tonic + RELATIVE) % 12, mode: 'maj' as const }
      : { tonic: (tonic + 12 - RELATIVE) % 12, mode: 'min' as const };
  const fifths = [FIFTH, 12 - FIFTH].map((by) => ({ tonic: (tonic + by) % 12, mode }));
  return [key, relative, ...fifths].map(keyName);
}
