/** The picture of a song's strip: its levels, and a bar for each find below. */
import { cssColour, mix, styleColour } from '../../report/page/colours.ts';
import { openCanvas } from '../../report/page/drawing.ts';
import { colourProperty } from '../../report/page/families.ts';
import type { Decision, Texture } from '../protocol.ts';
import { barsOf, type FindBar, type SongFind } from './song-finds.ts';

/** CSS pixels. */
const WAVE_HEIGHT = 46;
const LANE = 10;
const BAR = 7;
const SHORTEST_BAR = 9;
/** The pointer finds a bar within this distance. */
const REACH = 12;
/** Lanes under a song; more finds than they hold lie over each other. */
const MOST_LANES = 10;
/** Between the levels and the first lane, CSS pixels. */
const GAP = 6;

export interface StripMarks {
  readonly selected: string | null;
  decision(texture: Texture): Decision;
}

interface Strip {
  readonly finds: readonly SongFind[];
  readonly songSec: number;
  /** Highest magnitude of equal parts of the song. */
  readonly peaks: readonly number[];
}

/** Makes the canvas as high as its finds want, and draws. @returns where the finds lie */
export function drawStrip(
  canvas: HTMLCanvasElement,
  { finds, songSec, peaks }: Strip,
  marks: StripMarks,
): FindBar[] {
  const bars = barsOf(finds, songSec, SHORTEST_BAR / Math.max(1, canvas.clientWidth), MOST_LANES);
  canvas.style.height = `${WAVE_HEIGHT + GAP + LANE * (1 + Math.max(...bars.map(({ lane }) => lane)))}px`;
  const open = openCanvas(canvas);
  if (!open) return bars;
  const { pen, all } = open;
  drawLevels(pen, peaks, all.width);
  for (const bar of bars) drawBar(pen, bar, all.width, marks);
  return bars;
}

function drawLevels(pen: CanvasRenderingContext2D, peaks: readonly number[], width: number): void {
  const most = Math.max(0.01, ...peaks);
  const step = width / peaks.length;
  pen.fillStyle = cssColour(mix(styleColour('ground'), styleColour('ink'), 0.3));
  for (const [i, peak] of peaks.entries()) {
    const half = Math.max(0.5, (WAVE_HEIGHT / 2) * (peak / most));
    pen.fillRect(i * step, WAVE_HEIGHT / 2 - half, Math.max(0.5, 0.7 * step), 2 * half);
  }
}

function drawBar(
  pen: CanvasRenderingContext2D,
  { find: { texture }, start, length, lane }: FindBar,
  all: number,
  { selected, decision }: StripMarks,
): void {
  const decided = decision(texture).decision;
  const [x, width] = [start * all, Math.max(SHORTEST_BAR - 2, length * all - 2)];
  const y = WAVE_HEIGHT + GAP + lane * LANE;
  const isSelected = texture.id === selected;
  pen.fillStyle = cssColour(styleColour(isSelected ? 'accent' : colourProperty(texture.family)));
  pen.globalAlpha = decided === 'reject' ? 0.35 : isSelected ? 1 : 0.85;
  pen.fillRect(x, y, width, BAR);
  pen.globalAlpha = 0.16;
  if (isSelected) pen.fillRect(x, 0, width, WAVE_HEIGHT);
  pen.globalAlpha = 1;
  if (decided !== 'keep' && texture.rank === null) return;
  pen.strokeStyle = cssColour(styleColour(decided === 'keep' ? 'accent' : 'muted'));
  pen.strokeRect(x - 0.5, y - 0.5, width + 1, BAR + 1);
}

/** The bar under a point of the picture; in the wave, the one that lies there in time. */
export function barAt(bars: readonly FindBar[], x: number, y: number, width: number): FindBar | null {
  let found: FindBar | null = null;
  let least = REACH;
  for (const bar of bars) {
    const [left, right] = [bar.start * width, (bar.start + bar.length) * width];
    const aside = Math.max(left - x, x - right, 0);
    const middle = WAVE_HEIGHT + GAP + bar.lane * LANE + BAR / 2;
    const distance = aside + (y < WAVE_HEIGHT ? bar.lane / MOST_LANES : Math.abs(y - middle));
    if (distance >= least) continue;
    least = distance;
    found = bar;
  }
  return found;
}
