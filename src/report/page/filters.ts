/** The controls that say which textures are shown, and in what order. */
import { ORDERS, type Query } from './choice.ts';
import type { Sheet } from './contract.ts';
import { byId, element } from './element.ts';

export interface Filters {
  query(): Query;
  /** Only what was chosen, or all; nothing where nothing was chosen. */
  toggleChosen(): void;
}

/** @param onChange called when something else is to be shown */
export function createFilters({ textures, families: known }: Sheet, onChange: () => void): Filters {
  const search = byId<HTMLInputElement>('search');
  const order = byId<HTMLSelectElement>('order');
  const chosen = byId('chosen');
  const families = new Set<string>();
  /** How many there are, beside each family's name. */
  const counts = new Map<string, HTMLElement>();
  const chosenCount = textures.filter(({ rank }) => rank !== null).length;
  /** What curate chose comes first; the rest is a click away. */
  let onlyChosen = chosenCount > 0;

  /** What the switches let in, as the others stand. */
  function showCounts(): void {
    chosen.setAttribute('aria-pressed', String(onlyChosen));
    for (const [family, count] of counts) {
      const of = textures.filter((one) => one.family === family && (!onlyChosen || one.rank !== null));
      count.textContent = String(of.length);
    }
  }
  function toggleChosen(): void {
    if (chosenCount === 0) return;
    onlyChosen = !onlyChosen;
    showCounts();
    onChange();
  }

  for (const { id, plural } of known) {
    if (!textures.some(({ family }) => family === id)) continue;
    const count = element('span');
    counts.set(id, count);
    byId('families').append(familySwitch(id, plural, count, families, onChange));
  }
  for (const name of Object.keys(ORDERS)) order.append(element('option', { value: name }, name));
  chosen.hidden = chosenCount === 0;
  chosen.append(' ', element('span', {}, String(chosenCount)));
  chosen.addEventListener('click', toggleChosen);
  search.addEventListener('input', onChange);
  order.addEventListener('change', onChange);
  showCounts();
  return {
    toggleChosen,
    query: () => ({ search: search.value, families, onlyChosen, order: order.value }),
  };
}

/** @param chosen the families that are let in, which it changes */
function familySwitch(
  family: string,
  name: string,
  count: HTMLElement,
  chosen: Set<string>,
  onChange: () => void,
): HTMLElement {
  const button = element('button', { type: 'button', 'data-family': family, 'aria-pressed': 'false' });
  button.append(name, ' ', count);
  button.addEventListener('click', () => {
    const wasIn = chosen.delete(family);
    if (!wasIn) chosen.add(family);
    button.setAttribute('aria-pressed', String(!wasIn));
    onChange();
  });
  return button;
}
