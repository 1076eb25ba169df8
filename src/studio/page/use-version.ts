/** A version that somebody wants: it becomes a texture of the palette, and takes the other's place, or one of its own. */
import { announce } from '../../report/page/element.ts';
import type { Rendering, Texture } from '../protocol.ts';
import { postKeepVersion } from './api.ts';
import type { Unanswered } from './backend.ts';
import type { Decisions } from './decisions.ts';
import type { History } from './history.ts';
import type { Kit } from './kit.ts';
import { showSoundProblem } from './latest-request.ts';

/** Instead of the one that it was made from, beside it, or in the kit. */
export type Use = 'instead' | 'beside' | 'kit';

export interface UseParts {
  readonly decisions: Decisions;
  readonly history: History;
  readonly kit: Kit;
  /** In the palette as it is now; null where it is none of it. */
  texture(id: string): Texture | null;
  /** Reads the palette again. */
  refresh(): Promise<void>;
  go(texture: Texture): void;
}

export async function useVersion(rendering: Rendering, how: Use, parts: UseParts): Promise<void> {
  try {
    const { id } = await postKeepVersion({ id: rendering.texture.id });
    await parts.refresh();
    const texture = parts.texture(id);
    if (texture) take(texture, rendering, how, parts);
  } catch (error) {
    showSoundProblem((error as Unanswered).message);
  }
}

/** What is done with one that is a texture of the palette now, as one step. */
function take(texture: Texture, { of: former }: Rendering, how: Use, parts: UseParts): void {
  const { decisions, history, kit } = parts;
  const { id, title } = texture;
  const words = { instead: `${title} instead`, beside: `${title} kept`, kit: `${title} in the kit` }[how];
  history.together(words, () => {
    if (how === 'kit') kit.put(texture);
    else decisions.change([{ id, decision: 'keep' }], words);
    if (how !== 'instead') return;
    decisions.change([{ id: former, decision: 'reject' }], words);
    kit.exchange(former, id);
  });
  announce(words);
  if (how === 'instead') parts.go(texture);
}
