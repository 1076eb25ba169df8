/** What somebody brought that is no sound, and what is said of it. */
import { isSoundName, unreadFile } from '../../archive/file-kinds.ts';
import type { Brought } from './messages.ts';

/** Files that are named. */
const MOST_NAMES = 3;
const PACKED = /\.(zip|rar|7z|tar|gz|tgz)$/i;

/**
 * Folders are taken whole, since what else lies in one may say what it is; of single files those that are music, whether it can be read
 * or not. Of a heap without any music nothing is.
 */
export function sortedOut(brought: readonly Brought[]): {
  readonly taken: readonly Brought[];
  /** Sentences on single files that are no sounds, or on the heap, where none is. */
  readonly problems: readonly string[];
} {
  const isMusic = ({ path }: Brought) =>
    unreadFile(path) !== null || (isSoundName(path) && !/(^|\/)\./.test(path));
  if (!brought.some(isMusic)) return { taken: [], problems: wordsOn(brought) };
  const isOther = (one: Brought) => !one.path.includes('/') && !isMusic(one);
  return {
    taken: brought.filter((one) => !isOther(one)),
    problems: wordsOn(brought.filter(isOther)),
  };
}

function wordsOn(others: readonly Brought[]): string[] {
  if (others.length === 0) return [];
  const names = others.slice(0, MOST_NAMES).map(({ path }) => `“${path.split('/').at(-1)}”`);
  const more = others.length - names.length;
  const named = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  if (others.every(({ path }) => PACKED.test(path))) {
    return [`${named} ${others.length === 1 ? 'is' : 'are'} packed; unpack, and drop what is inside.`];
  }
  const what = others.length === 1 ? 'is no sound' : 'are no sounds';
  return [`${named} ${what}; WAV, AIFF, FLAC, MP3, Ogg and Opus are read.`];
}
