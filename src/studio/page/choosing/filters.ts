/** The controls that say which textures are shown, and in what order. */
import { byId, element } from '../../../report/page/element.ts';
import type { PaletteAnswer, Texture } from '../../protocol.ts';
import { DECISIONS, DEFAULT_QUERY, LENGTHS, LOOPS, ORDERS, type Query } from './choice.ts';
import { createChosenFilter } from './chosen-filter.ts';
import { createFamilyFilter } from './family-filter.ts';
import { createMusicFilter } from './music-filter.ts';

export interface Filters {
  query(): Query;
  /** Offers what there is to choose from. */
  offer(palette: PaletteAnswer): void;
  /**
   * Says beside what there is to choose from how much of it is let in, where that is another than it said last.
   * @param isLetIn where only what was chosen is shown
   */
  count(palette: PaletteAnswer, isLetIn: (texture: Texture) => boolean): void;
  /** Shows everything again. */
  clear(): void;
}

/** @param onChange is told whether it was the search that changed */
export function createFilters(onChange: (isSearch: boolean) => void): Filters {
  const choose = () => onChange(false);
  const fields = openFields(onChange);
  const chosen = createChosenFilter(choose);
  const families = createFamilyFilter(choose);
  const music = createMusicFilter(choose);
  /** What was counted last: a search lets in no other textures, and is asked at each letter. */
  let counted: Counted | null = null;
  return {
    query: () => ({
      onlyChosen: chosen.isOn(),
      ...music.query(),
      search: fields.search.value,
      families: families.families,
      grade: fields.grade.value,
      decision: fields.decision.value,
      loop: fields.loop.value,
      length: fields.length.value,
      export: fields.export.value,
      order: fields.order.value || DEFAULT_QUERY.order,
      isDescending: byId('descending').getAttribute('aria-pressed') === 'true',
    }),
    offer(palette) {
      chosen.offer(palette);
      families.offer(palette);
      offerOrders(fields.order, palette.columns);
      const from = fields.export.value;
      const all = palette.exports.map(({ id, name }) => element('option', { value: id }, name));
      fields.export.replaceChildren(element('option', { value: '' }, 'all'), ...all);
      fields.export.value = from;
      byId('export-label').hidden = palette.exports.length < 2;
    },
    count(palette, isLetIn) {
      const now = { palette, isOnlyChosen: chosen.isOn(), offered: palette.textures.filter(isLetIn) };
      if (counted && isAsCounted(now, counted)) return;
      counted = now;
      const letIn = now.isOnlyChosen ? now.offered : palette.textures;
      chosen.count(palette, now.offered.length);
      families.count(letIn);
      music.offer(palette, letIn);
    },
    clear() {
      for (const filter of [chosen, families, music]) filter.clear();
      fields.search.value = '';
      for (const select of [fields.grade, fields.export]) select.value = '';
      for (const select of [fields.decision, fields.loop, fields.length]) select.value = 'all';
      choose();
    },
  };
}

interface Counted {
  readonly palette: PaletteAnswer;
  readonly isOnlyChosen: boolean;
  /** What is shown where only what was chosen is. */
  readonly offered: readonly Texture[];
}

function isAsCounted(now: Counted, before: Counted): boolean {
  return (
    now.palette === before.palette &&
    now.isOnlyChosen === before.isOnlyChosen &&
    now.offered.length === before.offered.length &&
    now.offered.every((texture, i) => texture === before.offered[i])
  );
}

/** The fields of the page, with their fixed choices. */
function openFields(onChange: (isSearch: boolean) => void) {
  const fields = {
    search: byId<HTMLInputElement>('search'),
    grade: byId<HTMLSelectElement>('by-grade'),
    decision: byId<HTMLSelectElement>('by-decision'),
    loop: byId<HTMLSelectElement>('by-loop'),
    length: byId<HTMLSelectElement>('by-length'),
    export: byId<HTMLSelectElement>('by-export'),
    order: byId<HTMLSelectElement>('order'),
  };
  for (const [select, names] of [
    [fields.decision, DECISIONS],
    [fields.loop, LOOPS],
    [fields.length, LENGTHS],
  ] as const) {
    select.replaceChildren(...Object.keys(names).map((name) => element('option', { value: name }, name)));
  }
  for (const field of Object.values(fields)) {
    field.addEventListener('input', () => onChange(field === fields.search));
  }
  const more = byId('more-filters');
  more.addEventListener('click', () => {
    more.setAttribute('aria-expanded', String(more.getAttribute('aria-expanded') !== 'true'));
  });
  const descending = byId('descending');
  descending.addEventListener('click', () => {
    descending.setAttribute('aria-pressed', String(descending.getAttribute('aria-pressed') !== 'true'));
    onChange(false);
  });
  return fields;
}

/** The orders with names of their own, then any column of the manifest. */
function offerOrders(select: HTMLSelectElement, columns: readonly string[]): void {
  const order = select.value || DEFAULT_QUERY.order;
  const named = [...Object.keys(ORDERS), 'stars'];
  const figures = element('optgroup', { label: 'any figure' });
  figures.append(...columns.filter((column) => !named.includes(column)).map(orderOption));
  select.replaceChildren(...named.map(orderOption), figures);
  select.value = order;
}

function orderOption(name: string): HTMLElement {
  return element('option', { value: name }, name.replaceAll('_', ' '));
}
