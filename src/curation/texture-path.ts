/** The form in which textures lie in an export: WAV, whatever they were made of. */

export const TEXTURE_ENDING = '.wav';

/** A texture's name by its path with slashes: without folder and ending, of which case does not matter. */
export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.toLowerCase().endsWith(TEXTURE_ENDING) ? name.slice(0, -TEXTURE_ENDING.length) : name;
}
