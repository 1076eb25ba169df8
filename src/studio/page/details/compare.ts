/** Two textures held against each other: one key goes from one to the other. */
import { byId } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';

export interface Compare {
  /**
   * Holds the selected one, or goes to the one that is held, which then is the other's.
   * @returns where to go; null where it was but held
   */
  step(selected: Texture): Texture | null;
  release(): void;
  /** Says what would come. */
  show(selected: Texture | null): void;
}

export function createCompare(): Compare {
  let held: Texture | null = null;

  function show(selected: Texture | null): void {
    byId('compare-held').hidden = held === null;
    const isHere = held?.id === selected?.id;
    const words = isHere
      ? 'This one is held: go to another, and b goes between them.'
      : `Held against ${held?.title}.`;
    byId('compare-held').querySelector('span')!.textContent = words;
  }

  return {
    show,
    step(selected) {
      const to = held !== null && held.id !== selected.id ? held : null;
      held = selected;
      show(to ?? selected);
      return to;
    },
    release() {
      held = null;
      show(null);
    },
  };
}
