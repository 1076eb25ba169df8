/** The controls that say which textures are shown, and in what order. */
import { FAMILY_ORDER, PLURALS } from '../../report/page/choice.ts';
import { byId, element } from '../../report/page/element.ts';
import type { PaletteAnswer } from '../protocol.ts';
import { DECISIONS, FIRST_WISH, LENGTHS, LOOPS, ORDERS, type Wish } from './choice.ts';

export interface Filters {
  wish(): Wish;
  /** Offers what there is to choose from. */
  offer(palette: PaletteAnswer): void;
  /** Shows everything again. */
  clear(): void;
}

export function createFilters(onChange: () => void): Filters {
  const choices = {
    search: byId<HTMLInputElement>('search'),
    grade: byId<HTMLSelectElement>('by-grade'),
    decision: byId<HTMLSelectElement>('by-decision'),
    loop: byId<HTMLSelectElement>('by-loop'),
    length: byId<HTMLSelectElement>('by-length'),
    export: byId<HTMLSelectElement>('by-export'),
    order: byId<HTMLSelectElement>('order'),
  };
  const descending = byId('descending');
  const families = new Set<string>();

  for (const [select, names] of [
    [choices.decision, DECISIONS],
    [choices.loop, LOOPS],
    [choices.length, LENGTHS],
  ] as const) {
    select.replaceChildren(...Object.keys(names).map((name) => element('option', { value: name }, name)));
  }
  for (const control of Object.values(choices)) control.addEventListener('input', onChange);
  descending.addEventListener('click', () => {
    descending.setAttribute('aria-pressed', String(descending.getAttribute('aria-pressed') !== 'true'));
    onChange();
  });

  function offerFamilies({ textures }: PaletteAnswer): void {
    const counts = FAMILY_ORDER.map((family) => {
      return { family, count: textures.filter((texture) => texture.family === family).length };
    });
    byId('families').replaceChildren(
      ...counts.filter(({ count }) => count > 0).map(({ family, count }) => familyButton(family, count)),
    );
  }

  function familyButton(family: string, count: number): HTMLElement {
    const isIn = String(families.has(family));
    const button = element('button', { type: 'button', class: family, 'aria-pressed': isIn });
    const plural = PLURALS[family as keyof typeof PLURALS];
    button.append(plural, ' ', element('span', {}, String(count)));
    button.addEventListener('click', () => {
      const wasIn = families.delete(family);
      if (!wasIn) families.add(family);
      button.setAttribute('aria-pressed', String(!wasIn));
      onChange();
    });
    return button;
  }

  return {
    wish: () => ({
      search: choices.search.value,
      families,
      grade: choices.grade.value,
      decision: choices.decision.value,
      loop: choices.loop.value,
      length: choices.length.value,
      export: choices.export.value,
      order: choices.order.value || FIRST_WISH.order,
      isDescending: descending.getAttribute('aria-pressed') === 'true',
    }),
    offer(palette) {
      offerFamilies(palette);
      const order = choices.order.value || FIRST_WISH.order;
      const named = [...Object.keys(ORDERS), 'stars'];
      const figures = element('optgroup', { label: 'any figure' });
      figures.append(...palette.columns.filter((column) => !named.includes(column)).map(orderOption));
      choices.order.replaceChildren(...named.map(orderOption), figures);
      choices.order.value = order;
      const from = choices.export.value;
      const all = palette.exports.map(({ id, name }) => element('option', { value: id }, name));
      choices.export.replaceChildren(element('option', { value: '' }, 'all'), ...all);
      choices.export.value = from;
      byId('export-label').hidden = palette.exports.length < 2;
    },
    clear() {
      families.clear();
      for (const button of byId('families').children) button.setAttribute('aria-pressed', 'false');
      choices.search.value = '';
      for (const select of [choices.grade, choices.export]) select.value = '';
      for (const select of [choices.decision, choices.loop, choices.length]) select.value = 'all';
      onChange();
    },
  };
}

function orderOption(name: string): HTMLElement {
  return element('option', { value: name }, name.replaceAll('_', ' '));
}
