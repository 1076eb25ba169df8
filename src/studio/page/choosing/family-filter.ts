/** The switches of the families, each with how many textures it has. */
import { byId, element } from '../../../report/page/element.ts';
import type { PaletteAnswer } from '../../protocol.ts';

export interface FamilyFilter {
  /** Ids of those that are let in; none: all. */
  readonly families: ReadonlySet<string>;
  /** Offers those that have textures. */
  offer(palette: PaletteAnswer): void;
  clear(): void;
}

export function createFamilyFilter(onChange: () => void): FamilyFilter {
  const families = new Set<string>();

  function button(id: string, name: string, count: number): HTMLElement {
    const isIn = String(families.has(id));
    const made = element('button', { type: 'button', 'data-family': id, 'aria-pressed': isIn });
    made.append(name, ' ', element('span', {}, String(count)));
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
      const counts = known.map(({ id, plural }) => {
        return { id, plural, count: textures.filter(({ family }) => family === id).length };
      });
      byId('families').replaceChildren(
        ...counts.filter(({ count }) => count > 0).map(({ id, plural, count }) => button(id, plural, count)),
      );
    },
    clear() {
      families.clear();
      for (const one of byId('families').children) one.setAttribute('aria-pressed', 'false');
    },
  };
}
