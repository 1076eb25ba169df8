import { basename } from '../../paths.ts';

/** A sentence about a source, which names it once: most do so themselves. */
export function aboutSource(source: string | null, sentence: string): string {
  return source === null || sentence.includes(`“${basename(source)}”`) ? sentence : `${source}: ${sentence}`;
}
