/** A version that somebody wants: it becomes a texture of the palette, and takes the other's place, or one of its own. */
import { announce } from '../../../report/page/element.ts';
import type { Rendering, Texture } from '../../protocol.ts';
import { postKeepVersion, postReleaseVersion } from '../backend/api.ts';
import type { Unanswered } from '../backend/backend.ts';
import type { Decisions } from '../keeping/decisions.ts';
import type { Kit } from '../kit/kit.ts';
import type { History, Step } from '../state/history.ts';
import { showSoundProblem } from '../state/latest-request.ts';

/** Instead of the one that it was made from, beside it, or in the kit. */
export type Use = 'instead' | 'beside' | 'kit';

export interface UseParts {
  readonly decisions: Decisions;
  readonly history: History;
  readonly kit: Kit;
  /** In the palette as it is now; null where it is none of it. */
  texture(id: string): Texture | null;
  /** Reads the palette again; says so itself where that fails. */
  refresh(): Promise<void>;
  go(texture: Texture): void;
  select(texture: Texture): void;
}

export async function useVersion(rendering: Rendering, how: Use, parts: UseParts): Promise<void> {
  const { id, title } = rendering.texture;
  const words = { instead: `${title} instead`, beside: `${title} kept`, kit: `${title} in the kit` }[how];
  // Where the palette could not be read again, it is known as the version that it was.
  const texture = () => parts.texture(id) ?? rendering.texture;
  try {
    await parts.history.begin(words, adoption(rendering, how, parts), () =>
      take(texture(), rendering.of, how, words, parts),
    );
  } catch (error) {
    showSoundProblem((error as Unanswered).message);
    return;
  }
  announce(words);
  if (how === 'instead') parts.go(texture());
}

/**
 * That it is a texture of the palette, and no longer: its file comes and goes, too. One that was in it before stays. What the server
 * did is done, so a palette that cannot be read again says so itself (`session.ts`) and undoes nothing.
 */
function adoption({ texture: { id, title }, of: former }: Rendering, how: Use, parts: UseParts): Step {
  let isNew = false;
  const show = (shown: string) => {
    const texture = parts.texture(shown);
    if (texture) parts.select(texture);
  };
  return {
    words: `${title} in the palette`,
    about: null,
    async undo() {
      if (isNew) {
        // What is decided on it is known to the server before it is gone.
        await parts.decisions.settled();
        await postReleaseVersion({ id });
      }
      if (isNew || how === 'instead') show(former);
      if (isNew) await parts.refresh();
    },
    async redo() {
      isNew = (await postKeepVersion({ id })).isNew;
      await parts.refresh();
      if (how === 'instead') show(id);
    },
  };
}

/** What is done with one that is a texture of the palette now. */
function take(texture: Texture, former: string, how: Use, words: string, { decisions, kit }: UseParts): void {
  const { id } = texture;
  if (how === 'kit') kit.put(texture);
  else decisions.change([{ id, decision: 'keep' }], words);
  if (how !== 'instead') return;
  decisions.change([{ id: former, decision: 'reject' }], words);
  kit.exchange(former, id);
}
