/** The drops of the map as they lie at a zoom of 1, and which is where. */
import type { Families } from '../../../report/page/families.ts';
import type { Texture } from '../../protocol.ts';
import { crowdingOf } from './map-crowding.ts';
import { type Drop, glowRadius, heartRadius } from './map-drops.ts';
import { createGrid, type Direction, towards } from './map-grid.ts';
import { laidOut, offScreen, type Point, type View } from './map-view.ts';

/** The pointer finds a drop within this distance, CSS pixels. */
const REACH = 18;

export interface MapContent {
  readonly textures: readonly Texture[];
  readonly families: Families;
  /** Of 0 to 1; what has no place yet is not drawn. */
  readonly places: ReadonlyMap<string, Point>;
  isShown(texture: Texture): boolean;
  decision(texture: Texture): 'keep' | 'reject' | undefined;
}

export interface MapLayout {
  /** In the order in which they are drawn. */
  readonly drops: readonly Drop[];
  /** Null where it has no place. */
  drop(id: string | null): Drop | null;
  /** The one under a point of the screen, of those shown. */
  textureAt(at: Point, view: View): Texture | null;
  /** The one next to another in a direction, of those shown; the first where that one is not; null at the edge. */
  towards(id: string | null, direction: Direction): Texture | null;
}

export function createMapLayout(content: MapContent, size: Pick<View, 'width' | 'height'>): MapLayout {
  const laid = laidDrops(content, size);
  const byId = new Map(laid.map(({ texture, drop }) => [texture.id, drop]));
  const shown = laid.filter(({ drop }) => drop.state !== 'faint');
  const points = shown.map(({ drop }) => drop);
  const grid = createGrid(points);
  return {
    drops: laid.map(({ drop }) => drop),
    drop: (id) => (id === null ? null : (byId.get(id) ?? null)),
    textureAt(at, view) {
      const found = grid.nearest(offScreen(at, view), REACH / view.zoom);
      return found === null ? null : shown[found].texture;
    },
    towards(id, direction) {
      const from = shown.findIndex(({ texture }) => texture.id === id);
      if (from < 0) return shown[0]?.texture ?? null;
      const to = towards(points, from, direction);
      return to === null ? null : shown[to].texture;
    },
  };
}

/** Long ones first, so that short ones are not covered. */
function laidDrops(content: MapContent, size: Pick<View, 'width' | 'height'>) {
  const seen = content.textures.flatMap((texture) => {
    const place = content.places.get(texture.id);
    if (!place) return [];
    const { family, durationSec, sourceTitle, part, rank } = texture;
    const state = stateOf(texture, content);
    const isKept = content.decision(texture) === 'keep';
    const words = { song: sourceTitle, part, isChosen: rank !== null };
    return [{ texture, drop: { ...laidOut(place, size), family, durationSec, state, isKept, ...words } }];
  });
  const drops = seen.map(({ drop }) => drop);
  const reaches = drops.map(({ state, durationSec }) =>
    state === 'plain' ? glowRadius(heartRadius(durationSec)) : 0,
  );
  const strengths = crowdingOf(drops, reaches);
  return seen
    .map(({ texture, drop }, i): { texture: Texture; drop: Drop } => {
      return { texture, drop: { ...drop, strength: strengths[i] } };
    })
    .sort((a, b) => b.drop.durationSec - a.drop.durationSec);
}

function stateOf(texture: Texture, content: MapContent): Drop['state'] {
  if (!content.isShown(texture)) return 'faint';
  return content.decision(texture) === 'reject' ? 'rejected' : 'plain';
}
