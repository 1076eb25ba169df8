/** The map of the palette: from dark to bright, from still to moving; what lies together sounds alike. */
import { byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { crowdingOf } from './map-crowding.ts';
import { glowRadius, heartRadius } from './map-drops.ts';
import { createField, type Drop } from './map-field.ts';
import { createGrid, type Direction, type Grid, towards } from './map-grid.ts';
import { followHand } from './map-input.ts';
import { drawMarks } from './map-overlay.ts';
import {
  laidOut,
  offScreen,
  onScreen,
  type Point,
  showing,
  type View,
  wholeView,
  zoomed,
} from './map-view.ts';

/** A finger finds a drop within this distance, CSS pixels. */
const REACH = 18;
/** The field is drawn finely again after the hand has rested, ms. */
const REST_MS = 120;
const STEP = 1.5;

interface MapSight {
  readonly textures: readonly Texture[];
  /** Of 0 to 1; what has no place yet is not drawn. */
  readonly places: ReadonlyMap<string, Point>;
  isShown(texture: Texture): boolean;
  decision(texture: Texture): 'keep' | 'reject' | undefined;
}

interface MapHand {
  onChoose(texture: Texture): void;
  onHover(texture: Texture | null, at: Point): void;
  /** How loud what plays is, 0 to 1. */
  level(): number;
}

export interface PaletteMap {
  /** Draws what is to be seen. */
  show(sight: MapSight): void;
  select(id: string | null, neighbours: readonly string[]): void;
  setPlaying(id: string | null): void;
  /** The texture next to the selected one in a direction, of those shown; null at the edge. */
  towards(direction: Direction): Texture | null;
  magnify(direction: 'nearer' | 'further' | 'whole'): void;
  /** The colours are others. */
  repaint(): void;
}

export function createMap(hand: MapHand): PaletteMap {
  const ground = byId('map');
  const marks = byId<HTMLCanvasElement>('map-marks');
  const field = createField(byId<HTMLCanvasElement>('map-field'));
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  let sight: MapSight | null = null;
  let view: View = wholeView(0, 0);
  let laid: { texture: Texture; drop: Drop }[] = [];
  let byTexture = new Map<string, Drop>();
  let shown: { texture: Texture; drop: Drop }[] = [];
  let grid: Grid = createGrid([]);
  let selected: string | null = null;
  let neighbours: readonly string[] = [];
  let playing: string | null = null;
  let hovered: Texture | null = null;
  let rest = 0;
  let frame = 0;

  function layOut(): void {
    if (!sight) return;
    const { textures, places } = sight;
    const seen = textures.flatMap((texture) => {
      const place = places.get(texture.id);
      if (!place) return [];
      const decision = sight!.decision(texture);
      const state = !sight!.isShown(texture) ? 'faint' : decision === 'reject' ? 'passed' : 'plain';
      const { family, durationSec } = texture;
      const drop = {
        ...laidOut(place, view),
        family,
        durationSec,
        state,
        isKept: decision === 'keep',
      } as const;
      return [{ texture, drop }];
    });
    const reaches = seen.map(({ drop }) =>
      drop.state === 'plain' ? glowRadius(heartRadius(drop.durationSec)) : 0,
    );
    const strengths = crowdingOf(
      seen.map(({ drop }) => drop),
      reaches,
    );
    laid = seen.map(({ texture, drop }, i) => ({ texture, drop: { ...drop, strength: strengths[i] } }));
    // Pools first, so that specks are not drowned.
    laid.sort((a, b) => b.drop.durationSec - a.drop.durationSec);
    byTexture = new Map(laid.map(({ texture, drop }) => [texture.id, drop]));
    shown = laid.filter(({ drop }) => drop.state !== 'faint');
    grid = createGrid(shown.map(({ drop }) => drop));
    drawField();
  }

  function drawField(): void {
    if (view.width === 0) return;
    const drops = laid.map(({ drop }) => drop);
    field.draw(drops, view);
    mark();
  }

  const dropOf = (id: string | null) => (id === null ? null : (byTexture.get(id) ?? null));

  function mark(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      drawMarks(marks, view, {
        selected: dropOf(selected),
        neighbours: neighbours.map(dropOf).filter((drop) => drop !== null),
        hovered: hovered && dropOf(hovered.id),
        playing: dropOf(playing),
        level: still.matches ? 0.4 : hand.level(),
      });
      if (playing !== null && !still.matches && ground.offsetParent) mark();
    });
  }

  function setView(next: View): void {
    view = next;
    if (field.isSpent(view)) drawField();
    else field.move(view);
    mark();
    clearTimeout(rest);
    rest = window.setTimeout(drawField, REST_MS);
  }

  function find(at: Point): Texture | null {
    const found = grid.nearest(offScreen(at, view), REACH / view.zoom);
    return found === null ? null : shown[found].texture;
  }

  function point(at: Point | null): void {
    const found = at && find(at);
    if (found === hovered) return;
    hovered = found;
    ground.classList.toggle('found', found !== null);
    const drop = found && byTexture.get(found.id);
    hand.onHover(found, drop ? onScreen(drop, view) : { x: 0, y: 0 });
    mark();
  }

  followHand(ground, {
    view: () => view,
    onView: setView,
    onPoint: point,
    onChoose(at) {
      const found = find(at);
      if (found) hand.onChoose(found);
    },
  });
  new ResizeObserver(() => {
    const { clientWidth, clientHeight } = ground;
    if (clientWidth === 0 || (clientWidth === view.width && clientHeight === view.height)) return;
    view = wholeView(clientWidth, clientHeight);
    layOut();
  }).observe(ground);

  return {
    show(next) {
      sight = next;
      layOut();
    },
    select(id, near) {
      const isOther = id !== selected;
      selected = id;
      neighbours = near;
      const drop = dropOf(id);
      if (drop && isOther) {
        const next = showing(view, drop);
        if (next.x !== view.x || next.y !== view.y) setView(next);
      }
      mark();
    },
    setPlaying(id) {
      playing = id;
      mark();
    },
    towards(direction) {
      const from = shown.findIndex(({ texture }) => texture.id === selected);
      if (from < 0) return shown[0]?.texture ?? null;
      const to = towards(
        shown.map(({ drop }) => drop),
        from,
        direction,
      );
      return to === null ? null : shown[to].texture;
    },
    magnify(direction) {
      if (direction === 'whole') setView(wholeView(view.width, view.height));
      else {
        const drop = dropOf(selected);
        const at = drop ? onScreen(drop, view) : { x: view.width / 2, y: view.height / 2 };
        setView(zoomed(view, direction === 'nearer' ? STEP : 1 / STEP, at));
      }
    },
    repaint() {
      field.forget();
      drawField();
    },
  };
}
