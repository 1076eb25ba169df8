/** A version that somebody wants: it becomes a texture of the palette, and takes the other's place, or one of its own. */
import { announce } from '../../report/page/element.ts';
import type { Rendering, Texture } from '../protocol.ts';
import { postKeepVersion, postReleaseVersion } from './api.ts';
import type { Unanswered } from './backend.ts';
import type { Decisions } from './decisions.ts';
import type { History, Step } from './history.ts';
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
  select(texture: Texture): void;
}

export async function useVersion(rendering: Rendering, how: Use, parts: UseParts): Promise<void> {
  try {
    const adopting = adoption(rendering, how, parts);
    await adopting.redo();
    const texture = parts.texture(rendering.texture.id);
    if (texture) take(texture, rendering, how, adopting, parts);
  } catch (error) {
    showSoundProblem((error as Unanswered).message);
  }
}

/** That it is a texture of the palette, and no longer: its file comes and goes, too. */
function adoption({ texture: { id, title }, of: former }: Rendering, how: Use, parts: UseParts): Step {
  const show = (shown: string) => {
    const texture = parts.texture(shown);
    if (texture) parts.select(texture);
  };
  return {
    words: `${title} in the palette`,
    about: null,
    async undo() {
      // What is decided on it is known to the server before it is gone.
      await parts.decisions.settled();
      await postReleaseVersion({ id });
      show(former);
      await parts.refresh();
    },
    async redo() {
      await postKeepVersion({ id });
      await parts.refresh();
      if (how === 'instead') show(id);
    },
  };
}

/** What is done with one that is a texture of the palette now, as one step. */
function take(
  texture: Texture,
  { of: former }: Rendering,
  how: Use,
  adopting: Step,
  { decisions, history, kit, go }: UseParts,
): void {
  const { id, title } = texture;
  const words = { instead: `${title} instead`, beside: `${title} kept`, kit: `${title} in the kit` }[how];
  history.together(words, () => {
    history.did(adopting);
    if (how === 'kit') kit.put(texture);
    else decisions.change([{ id, decision: 'keep' }], words);
    if (how !== 'instead') return;
    decisions.change([{ id: former, decision: 'reject' }], words);
    kit.exchange(former, id);
  });
  announce(words);
  if (how === 'instead') go(texture);
}
