/** The palette as the server has it: laid out, and told anew when it changes. */
import { byId } from '../../report/page/element.ts';
import type { MapAnswer, StudioEvent, Texture } from '../protocol.ts';
import { getMap, getPalette, type Unanswered } from './api.ts';
import type { Decisions } from './decisions.ts';
import type { Filters } from './filters.ts';
import type { Point } from './map-view.ts';
import type { Notices } from './notices.ts';
import type { Desk } from './palette-store.ts';
import { remembered } from './remembered.ts';

interface SessionParts {
  readonly desk: Desk;
  readonly decisions: Decisions;
  readonly filters: Filters;
  readonly notices: Notices;
  onPlaces(places: ReadonlyMap<string, Point>): void;
  onSelect(texture: Texture): void;
  say(words: string): void;
}

export interface Session {
  /** @throws Unanswered */
  open(): Promise<void>;
  /** What is at hand stays so. */
  refresh(): Promise<void>;
  onEvent(event: StudioEvent): void;
}

export function createSession(parts: SessionParts): Session {
  const { desk, decisions, filters, notices, say } = parts;

  async function open(): Promise<void> {
    const [palette, placed] = await Promise.all([getPalette(), getMap().catch(() => null)]);
    decisions.take(palette.textures);
    desk.lay(palette);
    filters.offer(palette);
    if (placed) parts.onPlaces(placesOf(placed.places));
    desk.ask(filters.wish());
    const warnings = palette.exports.flatMap(
      ({ warning, problem }) => warning ?? (palette.textures.length > 0 ? problem : null) ?? [],
    );
    notices.trouble(warnings.length > 0 ? warnings.join(' ') : null);
    if (palette.job) notices.job(palette.job);
    const first = desk.texture(remembered<string | null>('selected', null)) ?? desk.shown.get()[0];
    if (!desk.selected.get() && first) parts.onSelect(first);
    performance.mark('palette shown');
    if (!placed) await refreshMap();
  }

  async function refreshMap(): Promise<void> {
    try {
      parts.onPlaces(placesOf((await getMap()).places));
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
        say('The palette is shown as it is now.');
      } catch (error) {
        notices.trouble((error as Unanswered).message);
      }
    },
    onEvent(event) {
      const { kind } = event;
      if (kind === 'decisions-changed') decisions.take(event.changes);
      else if (kind === 'analysing') tellMap(`analysing: ${event.done} of ${event.all}`);
      else if (kind === 'job') notices.job(event.job);
      else if (kind === 'map-changed') {
        tellMap('');
        void refreshMap();
      } else if (kind === 'palette-changed') {
        notices.changed('The export has changed: a run has written to it.');
        say('The export has changed.');
      } else if (kind === 'job-done') {
        notices.jobDone(event);
        say(event.message);
      } else
        notices.trouble('The studio was ended. Start “afterglow studio” again, and open its new address.');
    },
  };
}

function tellMap(words: string): void {
  byId('map-told').textContent = words;
}

function placesOf(places: MapAnswer['places']): ReadonlyMap<string, Point> {
  return new Map(places.map(({ id, x, y }) => [id, { x, y }]));
}
