/** The palette as the server has it: loaded, and loaded again when it changes. */
import { announce, byId } from '../../../report/page/element.ts';
import { styleFamilies } from '../../../report/page/families.ts';
import type { MapAnswer, PaletteAnswer, Rendering, StudioEvent } from '../../protocol.ts';
import { getMap, getPalette } from '../backend/api.ts';
import { backend, type Unanswered } from '../backend/backend.ts';
import type { Filters } from '../choosing/filters.ts';
import type { PaletteStore } from '../choosing/palette-store.ts';
import type { Decisions } from '../keeping/decisions.ts';
import type { Versions } from '../making/versions.ts';
import type { Point } from '../map/map-view.ts';
import { nowFree } from '../state/at-work.ts';
import { remembered } from '../state/remembered.ts';
import { counted } from '../state/words.ts';
import type { Notices } from './notices.ts';
import type { Selection } from './selection.ts';

interface SessionParts {
  readonly store: PaletteStore;
  readonly decisions: Decisions;
  readonly filters: Filters;
  readonly notices: Notices;
  readonly versions: Versions;
  onPlaces(places: ReadonlyMap<string, Point>): void;
  readonly selection: Selection;
}

export interface Session {
  /** @throws Unanswered */
  open(): Promise<void>;
  /** What is selected stays so. Where the server does not answer, the page says so. */
  refresh(): Promise<void>;
  onEvent(event: StudioEvent): void;
}

export function createSession(parts: SessionParts): Session {
  const { store, decisions, filters, notices } = parts;

  async function open(): Promise<void> {
    const [palette, map] = await Promise.all([getPalette(), getMap().catch(() => null)]);
    styleFamilies(palette.families);
    decisions.take(palette.textures);
    store.load(palette);
    filters.offer(palette);
    parts.versions.take(palette.renderings);
    if (map) parts.onPlaces(placesOf(map));
    filters.count(palette, store.isOffered);
    store.query(filters.query());
    notices.trouble(warningsOf(palette));
    if (palette.job) notices.job(palette.job);
    const last = store.texture(remembered<string | null>('selected', null));
    const isWelcome = last && store.isShown(last) && decisions.of(last.id).decision !== 'reject';
    if (!store.selected.get() && isWelcome) parts.selection.select(last);
    else parts.selection.settle('news');
    performance.mark('palette shown');
    if (!map) await refreshMap();
  }
  async function refreshMap(): Promise<void> {
    try {
      parts.onPlaces(placesOf(await getMap()));
    } catch (error) {
      notices.trouble((error as Unanswered).message);
    }
  }

  return {
    open,
    async refresh() {
      try {
        await open();
        notices.changed(null);
        const fresh = store.fresh.get().size;
        announce(
          `The palette is shown as it is now${fresh > 0 ? `; ${counted(fresh, 'texture')} new` : ''}.`,
        );
      } catch (error) {
        notices.trouble((error as Unanswered).message);
      }
    },
    onEvent: (event) =>
      handleEvent(event, decisions, notices, {
        isEmpty: () => store.palette().textures.length === 0,
        onRendering: parts.versions.add,
        refreshMap: () => void refreshMap(),
        follow: () => void open().catch(({ message }: Unanswered) => notices.trouble(message)),
      }),
  };
}

function handleEvent(
  event: StudioEvent,
  decisions: Decisions,
  notices: Notices,
  {
    isEmpty,
    refreshMap,
    follow,
    onRendering,
  }: { isEmpty(): boolean; refreshMap(): void; follow(): void; onRendering(rendering: Rendering): void },
): void {
  switch (event.kind) {
    case 'decisions-changed':
      decisions.take(event.changes);
      break;
    case 'analysing':
      showMapProgress(`analysing: ${event.done} of ${event.all}`);
      break;
    case 'map-changed':
      showMapProgress('');
      refreshMap();
      break;
    case 'palette-changed':
      // Where there was nothing, there is no place to keep.
      if (backend().isFollowed || isEmpty()) {
        follow();
        break;
      }
      notices.changed('The export has changed: a run has written to it.');
      announce('The export has changed.');
      break;
    case 'job':
      notices.job(event.job);
      break;
    case 'job-done':
      notices.jobDone(event);
      nowFree();
      if (event.rendering) onRendering(event.rendering);
      announce(event.message);
      break;
    case 'answer':
      notices.answer(event.message);
      announce(event.message);
      break;
    case 'closing':
      notices.trouble('The studio was ended. Start “afterglow studio” again, and open its new address.');
  }
}

/** What is wrong with exports, where others are shown all the same; null where nothing is. */
function warningsOf({ exports, textures }: PaletteAnswer): string | null {
  const warnings = exports.flatMap(
    ({ warning, problem }) => warning ?? (textures.length > 0 ? problem : null) ?? [],
  );
  return warnings.length > 0 ? warnings.join(' ') : null;
}

function showMapProgress(words: string): void {
  byId('map-progress').textContent = words;
}

function placesOf({ places }: MapAnswer): ReadonlyMap<string, Point> {
  return new Map(places.map(({ id, x, y }) => [id, { x, y }]));
}
