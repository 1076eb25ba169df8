/** The texture that the page opens on. */
import type { Texture } from '../../protocol.ts';

/**
 * The best that loops; where none does, the longest: nobody is welcomed by a clap, or by what was rejected unless all was.
 * @param shown of those that may be
 */
export function welcome(
  shown: readonly Texture[],
  isRejected: (texture: Texture) => boolean,
): Texture | undefined {
  const open = shown.filter((texture) => !isRejected(texture));
  return bestOf(open.length > 0 ? open : shown);
}

function bestOf(shown: readonly Texture[]): Texture | undefined {
  const [best] = shown.filter(({ loop }) => loop !== null).sort((a, b) => a.worth - b.worth);
  return best ?? shown.toSorted((a, b) => b.durationSec - a.durationSec)[0];
}
