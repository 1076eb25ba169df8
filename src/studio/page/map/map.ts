/** The map of the palette: from dark to bright, from steady to moving; what lies together sounds alike. */
import { byId } from '../../../report/page/element.ts';
import { createFamilies } from '../../../report/page/families.ts';
import type { Texture } from '../../protocol.ts';
import type { Direction } from './map-grid.ts';
import { followPointer } from './map-input.ts';
import { createMapLayout, type MapContent } from './map-layout.ts';
import { createMapMarks, type MapMarks } from './map-marks.ts';
import { createMapSurface, type MapSurface } from './map-surface.ts';
import { onScreen, type Point, showing, type View, wholeView, zoomed } from './map-view.ts';

/** What a key or a button magnifies by. */
const STEP = 1.5;
const NOTHING: MapContent = {
  textures: [],
  places: new Map(),
  families: createFamilies([]),
  isShown: () => true,
  decision: () => undefined,
};

interface MapHandlers {
  onChoose(texture: Texture): void;
  /** @param at where its drop lies */
  onHover(texture: Texture | null, at: Point): void;
  /** How loud what plays is, 0 to 1. */
  level(): number;
}

export interface PaletteMap {
  show(content: MapContent): void;
  select(id: string | null, neighbours: readonly string[]): void;
  /** Those that are new wear a dot. */
  markFresh(ids: ReadonlySet<string>): void;
  /** Those that are picked wear a ring of their own. */
  pick(ids: readonly string[]): void;
  /** Those shown whose drops lie at such points of the map, CSS pixels from its corner. */
  within(isInside: (at: Point) => boolean): readonly Texture[];
  /** The one shown at a point. */
  textureAt(at: Point): Texture | null;
  setPlaying(id: string | null): void;
  /** The texture next to the selected one in a direction, of those shown; null at the edge. */
  towards(direction: Direction): Texture | null;
  magnify(direction: 'nearer' | 'further' | 'whole'): void;
  /** The colours are others. */
  repaint(): void;
}

export function createMap(handlers: MapHandlers): PaletteMap {
  let content = NOTHING;
  let layout = createMapLayout(content, wholeView(0, 0));
  const layOut = () => {
    layout = createMapLayout(content, surface.view());
    surface.draw(layout.drops);
  };
  const area = byId('map');
  const families = () => content.families;
  const onResize = () => {
    point(null);
    layOut();
    marks.drawNow();
  };
  const surface: MapSurface = createMapSurface(
    area,
    byId('map-field'),
    onResize,
    (isMoving) => marks.follow(isMoving),
    families,
  );
  const drop = (id: string | null) => layout.drop(id);
  const view = () => surface.view();
  const { level, onHover } = handlers;
  const marks: MapMarks = createMapMarks(byId('map-marks'), byId('map-breath'), { view, drop, level });
  const textureAt = (at: Point) => layout.textureAt(at, view());
  const point = createPointing(area, { textureAt, drop, view, marks, onHover });
  followPointer(area, {
    view: surface.view,
    onView: surface.setView,
    onPoint: point,
    onChoose(at) {
      const found = textureAt(at);
      if (found) handlers.onChoose(found);
    },
  });
  return {
    show(next) {
      content = next;
      layOut();
    },
    select(id, neighbours) {
      const its = drop(id);
      if (its && id !== marks.marked().selected) reveal(surface, its);
      marks.mark({ selected: id, neighbours });
    },
    markFresh: (ids) => marks.mark({ fresh: [...ids] }),
    pick: (picked) => marks.mark({ picked }),
    textureAt,
    within: (isInside) => thoseWithin(content, (id) => layout.drop(id), surface.view(), isInside),
    setPlaying: (playing) => marks.mark({ playing }),
    towards: (direction) => layout.towards(marks.marked().selected, direction),
    magnify(direction) {
      surface.setView(magnified(surface.view(), direction, drop(marks.marked().selected)));
    },
    repaint: surface.repaint,
  };
}

function thoseWithin(
  { textures, isShown }: MapContent,
  drop: (id: string) => Point | null,
  view: View,
  isInside: (at: Point) => boolean,
): Texture[] {
  return textures.filter((texture) => {
    const its = isShown(texture) ? drop(texture.id) : null;
    return its !== null && isInside(onScreen(its, view));
  });
}

interface Pointing extends Pick<MapHandlers, 'onHover'> {
  readonly marks: MapMarks;
  view(): View;
  textureAt(at: Point): Texture | null;
  drop(id: string | null): Point | null;
}

/** Marks and tells what lies under the pointer; null: the pointer is elsewhere. */
function createPointing(area: HTMLElement, { marks, view, textureAt, drop, onHover }: Pointing) {
  return (at: Point | null): void => {
    const found = at && textureAt(at);
    if ((found?.id ?? null) === marks.marked().hovered) return;
    area.classList.toggle('found', found !== null);
    const its = drop(found?.id ?? null);
    onHover(found, its ? onScreen(its, view()) : { x: 0, y: 0 });
    marks.mark({ hovered: found?.id ?? null });
  };
}

/** Moves the map, if need be, so that a drop is on the screen. */
function reveal(surface: MapSurface, drop: Point): void {
  const view = surface.view();
  const next = showing(view, drop);
  if (next.x !== view.x || next.y !== view.y) surface.setView(next);
}

/** @param selected stays where it is; null: the middle does */
function magnified(view: View, direction: 'nearer' | 'further' | 'whole', selected: Point | null): View {
  if (direction === 'whole') return wholeView(view.width, view.height);
  const at = selected ? onScreen(selected, view) : { x: view.width / 2, y: view.height / 2 };
  return zoomed(view, direction === 'nearer' ? STEP : 1 / STEP, at);
}
