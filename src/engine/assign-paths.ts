import { TEXTURE_ENDING } from '../curation/texture-path.ts';

/** Gives textures of one task their paths, so that a naming pattern cannot make one overwrite another. */
export interface Places {
  /** The path under the export folder; where it is taken in this task, a number stands behind it. */
  give(wanted: string): string;
  /** Whether these would be given again for those, in order; if so, they are. */
  giveAgain(wanted: readonly string[], given: readonly string[]): boolean;
}

/**
 * The place that a texture would have to itself: its path under the export folder, without its ending.
 * @param folder of its family
 */
export function wantedPlace(sourceName: string, folder: string, baseName: string): string {
  return `${sourceName}/${folder}/${baseName}`;
}

/** The first folder of a texture's path under the export folder: the source's name in file names. */
export function sourceNameOf(path: string): string {
  return path.slice(0, path.indexOf('/'));
}

export function assignPaths(): Places {
  const taken = new Set<string>();
  const give = (wanted: string): string => {
    for (let copy = 1; ; copy++) {
      const path = `${wanted}${copy === 1 ? '' : `_${copy}`}${TEXTURE_ENDING}`;
      // Windows and macOS see no difference between cases.
      const key = path.toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return path;
    }
  };
  return {
    give,
    giveAgain(wanted, given) {
      const before = [...taken];
      if (wanted.every((place, i) => give(place) === given[i])) return true;
      taken.clear();
      for (const key of before) taken.add(key);
      return false;
    },
  };
}
