/** A texture as the search of both pages sees it. */
import { numberIn } from '../../../curation/row-facts.ts';
import type { Searched } from '../../../report/page/search.ts';
import type { Texture } from '../../protocol.ts';

/** @param columns of the textures' figures */
export function searchedIn(columns: readonly string[]): (texture: Texture) => Searched {
  const [key, bpm] = ['detected_key', 'detected_bpm'].map((column) => columns.indexOf(column));
  return (texture) => ({
    ...texture,
    isLoop: texture.loop !== null,
    root: texture.root?.note ?? null,
    key: texture.figures[key] ?? '',
    bpm: numberIn(texture.figures[bpm] ?? ''),
    isChosen: texture.rank !== null,
  });
}
