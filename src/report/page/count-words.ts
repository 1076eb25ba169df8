/** How many textures are shown, in words. */
import type { Sheet } from './contract.ts';

/** `unlisted` says how many more the export has, where rows alone would make the page too large to list all. */
export function countWords(
  { unlisted, textures }: Sheet,
  shownCount: number,
): { count: string; unlisted: string } {
  const all = textures.length;
  return {
    count: shownCount === all ? `${all} shown` : `${shownCount} of ${all} shown`,
    unlisted:
      unlisted === 0
        ? ''
        : `; the export has ${unlisted + all}, of which “afterglow studio” and manifest.csv show all`,
  };
}

/** Where nothing is shown. */
export function emptyWords({ textures }: Sheet): string {
  return textures.length === 0
    ? 'Nothing was excavated here yet. Run “afterglow all”, then “afterglow report” again.'
    : 'Nothing matches. Take a word out of the search, or let another family or more than the chosen ones in.';
}
