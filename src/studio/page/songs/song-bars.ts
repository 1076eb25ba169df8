/** The finds of a song as bars under its levels: each can be seen, pressed, and read out. */
import { element } from '../../../report/page/element.ts';
import type { Families } from '../../../report/page/families.ts';
import type { Decision, Texture } from '../../protocol.ts';
import type { MarkedIds } from '../state/marked-ids.ts';
import { accessibleName } from '../state/words.ts';
import { barsOf, type FindBar, findAt, type SongFind } from './song-finds.ts';

/** CSS pixels: what a finger or an unsteady hand meets (WCAG 2.2, 2.5.8); the style has the same height. */
const SHORTEST_BAR = 24;
const LANE = 25;
const GAP = 2;
/** Beside a find, its place in the levels still means it; CSS pixels. */
const REACH = 12;

export interface BarsContent {
  readonly families: Families;
  readonly marks: MarkedIds;
  decision(texture: Texture): Decision;
}

export interface SongBars {
  readonly box: HTMLElement;
  /** Lays them anew where the width is another. */
  show(songSec: number, content: BarsContent): void;
  /** The one that a bar of these is; null where an element is in none. */
  of(target: EventTarget | null): SongFind | null;
  /** The one at a place of the song, parts of it. */
  at(place: number): SongFind | null;
}

export function createSongBars(finds: readonly SongFind[]): SongBars {
  const box = element('div', { class: 'strip-finds' });
  let bars: readonly FindBar[] = [];
  let buttons: readonly HTMLElement[] = [];
  let width = 0;

  function lay(songSec: number): void {
    width = box.clientWidth;
    bars = barsOf(finds, songSec, {
      least: SHORTEST_BAR / Math.max(1, width),
      gap: GAP / Math.max(1, width),
    });
    buttons = bars.map(createBar);
    box.style.height = `${LANE * (1 + Math.max(...bars.map(({ lane }) => lane)))}px`;
    box.replaceChildren(...buttons);
  }
  return {
    box,
    show(songSec, content) {
      if (box.clientWidth === 0) return;
      if (box.clientWidth !== width) lay(songSec);
      for (const [i, { find }] of bars.entries()) mark(buttons[i], find.texture, content);
    },
    of: (target) => bars[buttons.findIndex((button) => button.contains(target as Node))]?.find ?? null,
    at: (place) => findAt(bars, place, REACH / Math.max(1, width)),
  };
}

/** Arrow keys walk the songs, so that Tab goes past them. */
function createBar({ find: { texture }, start, length, lane }: FindBar): HTMLElement {
  const bar = element('button', { type: 'button', 'data-family': texture.family, tabindex: '-1' });
  bar.append(element('span', {}, texture.part));
  bar.style.left = `${100 * start}%`;
  bar.style.width = `${100 * length}%`;
  bar.style.top = `${lane * LANE}px`;
  return bar;
}

function mark(bar: HTMLElement, texture: Texture, { families, marks, decision: of }: BarsContent): void {
  const decision = of(texture);
  const { selected, playing, picked } = marks;
  bar.className = `find ${decision.decision ?? ''}`;
  bar.classList.toggle('chosen', texture.rank !== null);
  bar.classList.toggle('sounds', texture.id === playing);
  bar.classList.toggle('picked', picked.has(texture.id));
  bar.setAttribute('aria-current', String(texture.id === selected));
  bar.setAttribute('aria-label', accessibleName(texture, decision, families, picked.has(texture.id)));
}
