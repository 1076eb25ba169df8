/** How names are spelled in what is written for other programs: as in settings, tables and files, `duration_sec`. */

/** A name as code spells it, of more than one word. */
const WORDS = /^[a-z][a-z0-9]*([A-Z][a-z0-9]*)+$/;

/**
 * Plain data with its keys spelled for other programs, at any depth: `durationSec` is `duration_sec`. What is no name of code
 * (a path, a word with a space) stays as it is, and values do.
 */
export function spelledForOthers(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(spelledForOthers);
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [spelled(key), spelledForOthers(value)]),
  );
}

function spelled(key: string): string {
  return WORDS.test(key) ? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : key;
}
