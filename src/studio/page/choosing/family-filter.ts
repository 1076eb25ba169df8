/** The switches of the families, each with how many textures it has. */
import { byId, element } from '../../../report/page/element.ts';
import type { PaletteAnswer, Texture } from '../../protocol.ts';

export interface FamilyFilter {
  /** Ids of those that are let in; none: all. */
  readonly families: ReadonlySet<string>;
  /** Offers those that have textures. */
  offer(palette: PaletteAnswer): void;
  /** Says how many of each are let in by what stands before the families. */
  count(letIn: readonly Texture[]): void;
  clear(): void;
}

export function createFamilyFilter(onChange: () => void): FamilyFilter {
  const families = new Set<string>();
  const counts = new Map<string, HTMLElement>();

  function button(id: string, name: string): HTMLElement {
    const isIn = String(families.has(id));
    const made = element('button', { type: 'button', 'data-family': id, 'aria-pressed': isIn });
    const count = element('span');
    counts.set(id, count);
    made.append(name, ' ', count);
    made.addEventListener('click', () => {
      const wasIn = families.delete(id);
      if (!wasIn) families.add(id);
      made.setAttribute('aria-pressed', String(!wasIn));
      onChange();
    });
    return made;
  }

  return {
    families,
    offer({ families: known, textures }) {
      counts.clear();
      const there = new Set(textures.map(({ family }) => family));
      byId('families').replaceChildren(
        ...known.filter(({ id }) => there.has(id)).map(({ id, plural }) => button(id, plural)),
      );
    },
    count(letIn) {
      for (const [id, count] of counts) {
        count.textContent = String(letIn.filter(({ family }) => family === id).length);
      }
    },
    clear() {
      families.clear();
      for (const one of byId('families').children) one.setAttribute('aria-pressed', 'false');
    },
  };
}
