/** The marks over the drops: drawn when one of them changes, and all the time while something plays. */

import { oncePerFrame } from '../state/once-per-frame.ts';
import type { Drop } from './map-drops.ts';
import { drawMarks } from './map-overlay.ts';
import type { View } from './map-view.ts';

/** How loud what plays is drawn where nothing is to move. */
const STILL_LEVEL = 0.4;

/** Ids. */
interface Marked {
  readonly selected: string | null;
  /** Nearest first. */
  readonly neighbours: readonly string[];
  readonly hovered: string | null;
  readonly gathered: readonly string[];
  readonly fresh: readonly string[];
  readonly playing: string | null;
}

export interface MapMarks {
  readonly marked: () => Marked;
  /** Changes some of them. */
  mark(changes: Partial<Marked>): void;
  /** Draws them with the next frame. */
  draw(): void;
  /** Draws them before this frame is shown: on a map of another size they would be stretched for one. */
  drawNow(): void;
}

interface MapState {
  view(): View;
  drop(id: string | null): Drop | null;
  /** How loud what plays is, 0 to 1. */
  level(): number;
}

export function createMapMarks(canvas: HTMLCanvasElement, { view, drop, level }: MapState): MapMarks {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  let marked: Marked = {
    selected: null,
    neighbours: [],
    hovered: null,
    gathered: [],
    fresh: [],
    playing: null,
  };

  function drawNow(): void {
    drawMarks(canvas, view(), {
      selected: drop(marked.selected),
      neighbours: marked.neighbours.map(drop).filter((one) => one !== null),
      hovered: drop(marked.hovered),
      gathered: marked.gathered.map(drop).filter((one) => one !== null),
      fresh: marked.fresh
        .map(drop)
        .filter((one) => one !== null)
        .filter(isShown),
      playing: drop(marked.playing),
      level: still.matches ? STILL_LEVEL : level(),
    });
    if (marked.playing !== null && !still.matches && canvas.offsetParent) draw();
  }
  const draw = oncePerFrame(drawNow);
  return {
    draw,
    drawNow,
    marked: () => marked,
    mark(changes) {
      marked = { ...marked, ...changes };
      draw();
    },
  };
}

const isShown = ({ state }: Drop) => state !== 'faint';
