/** The palette on the page: what of it is shown, as map and as list, and what the pointer is over. */
import { byId, element } from '../../report/page/element.ts';
import { createFamilies } from '../../report/page/families.ts';
import { seconds } from '../../report/page/words.ts';
import type { Texture } from '../protocol.ts';
import { ORDERS } from './choice.ts';
import type { Decisions } from './decisions.ts';
import { showEmptyMessage } from './empty-message.ts';
import type { Filters } from './filters.ts';
import type { PaletteList } from './list.ts';
import type { PaletteMap } from './map.ts';
import type { Point } from './map-view.ts';
import type { PaletteStore } from './palette-store.ts';
import { conditionsIn } from './search.ts';
import { hideTooltip, showTooltip } from './tooltip.ts';
import { noteOf } from './words.ts';

interface ViewParts {
  readonly store: PaletteStore;
  readonly decisions: Decisions;
  readonly filters: Filters;
  readonly map: PaletteMap;
  readonly list: PaletteList;
}

export interface PaletteViews {
  /** Where textures lie on the map, by id. */
  setPlaces(places: ReadonlyMap<string, Point>): void;
}

/** Shows the palette whenever what is to be shown of it changes. */
export function createPaletteViews(parts: ViewParts): PaletteViews {
  const { store, decisions, filters, map } = parts;
  let places: ReadonlyMap<string, Point> = new Map();

  function showMap(): void {
    map.show({
      textures: store.palette().textures,
      places,
      isShown: store.isShown,
      decision: ({ id }) => decisions.of(id).decision,
    });
  }
  store.shown.watch((shown) => {
    byId('count').textContent = countWords(shown.length, parts);
    showUnderstood(parts);
    showList(shown, parts);
    showMap();
    showEmptyMessage(store.palette(), shown.length, filters.clear);
  });
  return {
    setPlaces(next) {
      places = next;
      showMap();
    },
  };
}

/** What of the search was taken for more than a word. */
function showUnderstood({ store, filters }: ViewParts): void {
  const conditions = conditionsIn(filters.query().search, store.palette()).filter(({ isWord }) => !isWord);
  byId('understood').replaceChildren(...conditions.map(({ words }) => element('span', {}, words)));
}

function countWords(shownCount: number, { store, decisions }: ViewParts): string {
  const { textures } = store.palette();
  const kept = textures.filter(({ id }) => decisions.of(id).decision === 'keep').length;
  const count =
    shownCount === textures.length ? `${shownCount} shown` : `${shownCount} of ${textures.length}`;
  return `${count} · ${kept} kept`;
}

/** The list shows the figure that it is ordered by, too. */
function showList(shown: readonly Texture[], { store, decisions, filters, list }: ViewParts): void {
  const { order } = filters.query();
  const isFigure = !(order in ORDERS) && order !== 'stars';
  list.show({
    shown,
    families: createFamilies(store.palette().families),
    decision: ({ id }) => decisions.of(id),
    figure: isFigure ? { name: order, of: (texture) => store.figure(texture, order) } : null,
  });
}

/** What a drop is, beside it. */
export function describeDrop(
  texture: Texture | null,
  at: Point,
  { store, decisions }: Pick<ViewParts, 'store' | 'decisions'>,
): void {
  if (!texture) {
    hideTooltip();
    return;
  }
  const key = store.figure(texture, 'detected_key') || (texture.root ? noteOf(texture.root.note) : '');
  const facts = [key, seconds(texture.durationSec)].filter(Boolean).join(', ');
  showTooltip(decisions.of(texture.id).name ?? texture.title, facts, at);
}
