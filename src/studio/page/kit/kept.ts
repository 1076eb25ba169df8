/** All that is kept goes into the kit with one press: keeping by itself lays nothing there. */
import { announce, byId } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import type { History } from '../state/history.ts';
import { counted } from '../state/words.ts';
import type { Kit } from './kit.ts';

interface KeptParts {
  readonly history: History;
  readonly kit: Kit;
  /** All that is kept, in the order of the palette. */
  kept(): readonly Texture[];
}

export interface Kept {
  /** Lays what is kept, and not in the kit yet, into its free places: one step of the history. */
  take(): void;
  /** Says how many those are. */
  show(): void;
}

export function connectKept({ history, kit, kept }: KeptParts): Kept {
  const button = byId<HTMLButtonElement>('kit-kept');
  const waiting = () => kept().filter(({ id }) => !kit.has(id));
  return {
    take() {
      const all = waiting();
      if (all.length === 0) {
        announce(kept().length === 0 ? 'nothing is kept yet' : 'all that is kept lies in the kit');
        return;
      }
      const words = `${counted(all.length, 'texture')} to the kit`;
      history.together(words, () => {
        for (const texture of all) kit.put(texture);
      });
      announce(words);
    },
    show() {
      const count = waiting().length;
      button.disabled = count === 0;
      button.querySelector('span')!.textContent = count === 0 ? 'add what is kept' : `add the ${count} kept`;
    },
  };
}
