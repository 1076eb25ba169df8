/** The palette on the page: what of it is shown, as map, as cells and as songs, and what the pointer is over. */
import { byId } from '../../../report/page/element.ts';
import { createFamilies } from '../../../report/page/families.ts';
import { showUnderstood } from '../../../report/page/understood.ts';
import { seconds } from '../../../report/page/words.ts';
import type { Texture } from '../../protocol.ts';
import type { CellsView } from '../cells/cells.ts';
import { conditionsOf, ORDERS } from '../choosing/choice.ts';
import type { Filters } from '../choosing/filters.ts';
import type { PaletteStore } from '../choosing/palette-store.ts';
import type { Decisions } from '../keeping/decisions.ts';
import type { PaletteMap } from '../map/map.ts';
import { glide } from '../map/map-glide.ts';
import type { Point } from '../map/map-view.ts';
import { hideTooltip, showTooltip } from '../map/tooltip.ts';
import type { SongsView } from '../songs/songs.ts';
import { noteOf } from '../state/words.ts';
import { showEmptyMessage } from './empty-message.ts';

interface ViewParts {
  readonly store: PaletteStore;
  readonly decisions: Decisions;
  readonly filters: Filters;
  readonly map: PaletteMap;
  readonly cells: CellsView;
  readonly songs: SongsView;
}

export interface PaletteViews {
  /** Where textures lie on the map, by id. */
  setPlaces(places: ReadonlyMap<string, Point>): void;
}

/** Shows the palette whenever what is to be shown of it changes. */
export function createPaletteViews(parts: ViewParts): PaletteViews {
  const { store, decisions, filters, map, songs } = parts;
  let places: ReadonlyMap<string, Point> = new Map();

  function showMap(): void {
    map.show({
      textures: store.palette().textures,
      families: createFamilies(store.palette().families),
      places,
      isShown: store.isShown,
      decision: ({ id }) => decisions.of(id).decision,
    });
  }
  store.shown.watch((shown) => {
    showCounts(shown.length, parts);
    showUnderstood(conditionsOf(filters.query().search, store.palette()));
    showCells(shown, parts);
    songs.show({ shown, decision: ({ id }) => decisions.of(id), palette: store.palette() });
    showMap();
    showEmptyMessage(store.palette(), shown.length, filters.clear);
  });
  let stopGliding = () => {};
  return {
    setPlaces(next) {
      stopGliding();
      stopGliding = glide(places, next, (now) => {
        places = now;
        showMap();
      });
    },
  };
}

/** How many are shown, and where what was chosen hides others that match, how many those would be. */
function showCounts(shownCount: number, parts: ViewParts): void {
  const { store, filters } = parts;
  byId('count').textContent = countWords(shownCount, parts);
  const query = filters.query();
  const all = query.onlyChosen ? store.countOfAll(query) : 0;
  byId('show-all').hidden = all <= shownCount;
  byId('show-all').textContent = `of the chosen; show all ${all}`;
}

function countWords(shownCount: number, { store, decisions }: ViewParts): string {
  const { textures } = store.palette();
  const kept = textures.filter(({ id }) => decisions.of(id).decision === 'keep').length;
  const count =
    shownCount === textures.length ? `${shownCount} shown` : `${shownCount} of ${textures.length}`;
  return `${count} · ${kept} kept`;
}

/** A cell shows the figure that they are ordered by, too. */
function showCells(shown: readonly Texture[], { store, decisions, filters, cells }: ViewParts): void {
  const { order } = filters.query();
  const isFigure = !(order in ORDERS) && order !== 'stars';
  cells.show({
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
