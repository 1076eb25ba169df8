/** The marks over the drops: drawn when one of them changes, and carried along with the map. What plays breathes all the time. */

import { oncePerFrame } from '../state/once-per-frame.ts';
import { showBreath } from './map-breath.ts';
import type { Drop } from './map-drops.ts';
import { drawMarks } from './map-overlay.ts';
import { createSheet } from './map-sheet.ts';
import type { View } from './map-view.ts';

/** How loud what plays is drawn where nothing is to move. */
const STILL_LEVEL = 0.4;

/** Ids. */
interface Marked {
  readonly selected: string | null;
  /** Nearest first. */
  readonly neighbours: readonly string[];
  readonly hovered: string | null;
  readonly picked: readonly string[];
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
  /** The map lies otherwise. */
  follow(isMoving: boolean): void;
}

interface MapState {
  view(): View;
  drop(id: string | null): Drop | null;
  /** How loud what plays is, 0 to 1. */
  level(): number;
}

export function createMapMarks(
  canvas: HTMLCanvasElement,
  glow: HTMLElement,
  { view, drop, level }: MapState,
): MapMarks {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  const sheet = createSheet(canvas, 0);
  let marked: Marked = {
    selected: null,
    neighbours: [],
    hovered: null,
    picked: [],
    fresh: [],
    playing: null,
  };
  const dropsOf = (ids: readonly string[]) => ids.map(drop).filter((one) => one !== null);

  function paint(isMoving: boolean): void {
    drawMarks(sheet.open(view(), isMoving), view(), {
      selected: drop(marked.selected),
      neighbours: dropsOf(marked.neighbours),
      hovered: drop(marked.hovered),
      picked: dropsOf(marked.picked),
      fresh: dropsOf(marked.fresh).filter(isShown),
    });
  }
  function breathe(): void {
    showBreath(glow, drop(marked.playing), view(), still.matches ? STILL_LEVEL : level());
    if (marked.playing !== null && !still.matches && canvas.offsetParent) breatheOn();
  }
  const breatheOn = oncePerFrame(breathe);
  function drawNow(): void {
    paint(false);
    breathe();
  }
  const draw = oncePerFrame(drawNow);
  return {
    draw,
    drawNow,
    follow(isMoving) {
      if (!isMoving) draw();
      else if (sheet.isSpent(view())) paint(true);
      else sheet.carry(view());
      breathe();
    },
    marked: () => marked,
    mark(changes) {
      marked = { ...marked, ...changes };
      draw();
    },
  };
}

const isShown = ({ state }: Drop) => state !== 'faint';
