/** Names on the map: of regions from afar, of songs from nearer, of each texture from near by. */

import { groupedBy } from '../../../groups.ts';
import { cssColour, mix, styleColour } from '../../../report/page/colours.ts';
import type { Families } from '../../../report/page/families.ts';
import { type Drop, heartRadius } from './map-drops.ts';
import { growthOf, onScreen, type Point, type View } from './map-view.ts';

/** From this zoom on songs are named, and from that on single textures. */
const SONGS_FROM = 1.6;
const TEXTURES_FROM = 5;
/** A stretch of the map that gets one name at most, CSS pixels of the screen. */
const REGION = { width: 250, height: 150 };
/** So many drops of one name, and such a part of its region, make it that of the region. */
const LEAST_DROPS = 3;
const LEAST_PART = 0.4;
/** Names around a name that is the same, parts of a region. */
const APART = 1.4;
/** Half of a name's height, and room to the edges of the map, CSS pixels. */
const HALF_LINE = 10;
const EDGE = 6;
/** Between a drop and its name, CSS pixels: a ring has room there. */
const BESIDE = 8;
/** Names that are drawn at most. */
const MOST_NAMES = 80;

interface Name {
  readonly words: string;
  readonly at: Point;
  /** The more, the sooner it gets its place. */
  readonly weight: number;
  /** Beside its drop, or over the middle of a region. */
  readonly isBeside: boolean;
}

/** Draws the names that a view has room for. @param drops as they lie at a zoom of 1 */
export function drawNames(
  pen: CanvasRenderingContext2D,
  drops: readonly Drop[],
  view: View,
  families: Families,
): void {
  const shown = drops.filter(({ state }) => state === 'plain');
  const names = view.zoom >= TEXTURES_FROM ? ownNames(shown, view) : regionNames(drops, view, families);
  const isFar = view.zoom < SONGS_FROM;
  const style = getComputedStyle(document.documentElement);
  pen.font = `${isFar ? 'italic 16px' : '14px'} ${style.getPropertyValue('--serif')}`;
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.lineWidth = 3;
  pen.strokeStyle = cssColour(styleColour('ground'));
  pen.fillStyle = cssColour(mix(styleColour('ground'), styleColour('ink'), isFar ? 0.75 : 0.85));
  const taken: Box[] = [];
  for (const { words, at, isBeside } of names.sort((a, b) => b.weight - a.weight)) {
    const width = pen.measureText(words).width;
    const left = isBeside ? at.x : inside(at.x - width / 2, view.width - width);
    const box = { left, right: left + width, top: at.y - HALF_LINE, bottom: at.y + HALF_LINE };
    if (taken.length >= MOST_NAMES || taken.some((other) => isOver(box, other))) continue;
    taken.push(box);
    pen.strokeText(words, left, at.y);
    pen.fillText(words, left, at.y);
  }
}

/** A place that leaves room to the edges, where there is any. @param most where what is placed still fits */
function inside(place: number, most: number): number {
  return Math.max(EDGE, Math.min(most - EDGE, place));
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function isOver(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** What most of a region is: its family from afar, its song from nearer. */
function regionNames(drops: readonly Drop[], view: View, families: Families): Name[] {
  const nameOf = (drop: Drop) => (view.zoom < SONGS_FROM ? families.plural(drop.family) : drop.song);
  // Regions lie still on the map however it is moved.
  const regions = groupedBy(drops, ({ x, y }) => {
    const column = Math.floor((x * view.zoom) / REGION.width);
    return `${column} ${Math.floor((y * view.zoom) / REGION.height)}`;
  });
  const names: Name[] = [];
  for (const region of regions.values()) {
    const [words, own] = commonest(region, nameOf);
    if (own.length < LEAST_DROPS || own.length < LEAST_PART * region.length) continue;
    const middle = onScreen(middleOf(own), view);
    if (middle.x < 0 || middle.x > view.width || middle.y < 0 || middle.y > view.height) continue;
    const at = { x: middle.x, y: inside(middle.y - HALF_LINE, view.height - 2 * HALF_LINE) + HALF_LINE };
    names.push({ words, at, weight: own.length, isBeside: false });
  }
  return names.filter((name) => !names.some((other) => isSaidBetter(name, other)));
}

/** The same name stands near by, for more of them. */
function isSaidBetter(name: Name, other: Name): boolean {
  return (
    other.words === name.words &&
    other.weight > name.weight &&
    Math.abs(other.at.x - name.at.x) < APART * REGION.width &&
    Math.abs(other.at.y - name.at.y) < APART * REGION.height
  );
}

function commonest(drops: readonly Drop[], nameOf: (drop: Drop) => string): [string, Drop[]] {
  return [...groupedBy(drops, nameOf)].reduce((most, group) =>
    group[1].length > most[1].length ? group : most,
  );
}

function middleOf(drops: readonly Drop[]): Point {
  const mean = (of: (drop: Drop) => number) => drops.reduce((sum, drop) => sum + of(drop), 0) / drops.length;
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}

/** Right of each drop in sight: what was chosen first, then long ones. */
function ownNames(drops: readonly Drop[], view: View): Name[] {
  return drops.flatMap((drop) => {
    const { x, y } = onScreen(drop, view);
    if (x < 0 || y < 0 || x > view.width || y > view.height) return [];
    const at = { x: x + BESIDE + growthOf(view) * heartRadius(drop.durationSec), y };
    const weight = (drop.isKept || drop.isChosen ? 1e6 : 0) + drop.durationSec;
    return [{ words: `${drop.song}, ${drop.part}`, at, weight, isBeside: true }];
  });
}
