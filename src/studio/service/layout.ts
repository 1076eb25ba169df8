/**
 * Where textures lie on the map: from dark to bright across, from steady to moving upwards, and near to what sounds like
 * them. Pure, and the same for the same textures: places start from figures that each texture has by itself, so that a few
 * new ones push the others aside a little and turn nothing over.
 */
import { movementIn } from '../../curation/embedding.ts';
import { createPointTree } from '../../curation/point-tree.ts';
import { cos, log, sin } from '../../dsp/maths.ts';
import { Random } from '../../dsp/random.ts';

/** What is known of a texture that is to be laid out. */
export interface LayoutItem {
  /** Unique among the items. */
  readonly id: string;
  readonly centroidHz: number | null;
  /** Peak over RMS: all that the manifest says of movement. */
  readonly crestFactor: number | null;
  /** Null where the sound could not be read, or was not yet. */
  readonly embedding: Float32Array | null;
}

/** Hz: what lies at either edge. */
const DARKEST_HZ = 80;
const BRIGHTEST_HZ = 12_000;
/** Peak over RMS of a sine, and of what moves as much as {@link SOME_MOVEMENT}. */
const STILLEST_CREST = Math.SQRT2;
const SOME_CREST = 4.5;
/** {@link movementIn} in the middle of the scale; struck drums reach 2.3. */
const SOME_MOVEMENT = 1;
/** How much of a place is its rank among the others, which fills the map; the rest is its own figure. */
const BY_RANK = 0.7;
/** How many of those that sound alike draw at a texture, how strongly, and how often. */
const NEIGHBOURS = 6;
const DRAWN = 0.4;
const DRAWS = 12;
/** Then what lies on top of each other is moved apart, so often. */
const PUSHES = 24;
/** The distance that is left, of that at which as many would fill the map evenly. */
const APART = 0.6;

/** @returns x and y in turn, 0 to 1, in the order of the items */
export function layOut(items: readonly LayoutItem[]): Float64Array {
  const across = spread(items.map(({ centroidHz }) => centroidHz && brightness(centroidHz)));
  const upwards = spread(items.map(movement));
  const jitter = items.map(({ id }) => new Random('map', id));
  const own = new Float64Array(2 * items.length);
  for (let i = 0; i < items.length; i++) {
    own[2 * i] = across[i] + 0.01 * (jitter[i].uniform() - 0.5);
    own[2 * i + 1] = upwards[i] + 0.01 * (jitter[i].uniform() - 0.5);
  }
  const places = drawn(own, nearestOf(items));
  pushApart(places);
  return places;
}

function brightness(hertz: number): number {
  return within(log(hertz / DARKEST_HZ) / log(BRIGHTEST_HZ / DARKEST_HZ));
}

function movement({ crestFactor, embedding }: LayoutItem): number | null {
  if (embedding) return softly(movementIn(embedding) / SOME_MOVEMENT);
  if (!crestFactor) return null;
  return softly(log(crestFactor / STILLEST_CREST) / log(SOME_CREST / STILLEST_CREST));
}

/** 0 for nothing, a half for 1, and never quite 1: however many drums there are, none is as lively as the next. */
function softly(figure: number): number {
  return figure <= 0 ? 0 : figure / (1 + figure);
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Figures, moved towards their ranks; what is unknown lies in the middle. */
function spread(figures: readonly (number | null)[]): Float64Array {
  const known = figures.filter((figure) => figure !== null).sort((a, b) => a - b);
  const rank = new Map<number, number>();
  for (const [i, figure] of known.entries()) {
    // Equal figures share the middle of their ranks.
    const first = rank.has(figure) ? rank.get(figure)! : i;
    rank.set(figure, (first + i) / 2);
  }
  return Float64Array.from(figures, (figure) => {
    if (figure === null || known.length < 2) return figure ?? 0.5;
    return BY_RANK * (rank.get(figure)! / (known.length - 1)) + (1 - BY_RANK) * figure;
  });
}

/** For each item the places in the list of those that sound most like it; none for one without an embedding. */
function nearestOf(items: readonly LayoutItem[]): Int32Array[] {
  const known = items.flatMap(({ embedding }, i) => (embedding ? [{ embedding, i }] : []));
  const tree = createPointTree(known.map(({ embedding }) => embedding));
  const nearest = items.map(() => new Int32Array(0));
  for (const [n, { i }] of known.entries()) {
    nearest[i] = tree.nearest(n, NEIGHBOURS).map((other) => known[other].i);
  }
  return nearest;
}

/** Places between a texture's own and the middle of those that sound like it. */
function drawn(own: Float64Array, nearest: readonly Int32Array[]): Float64Array {
  let places = own;
  for (let turn = 0; turn < DRAWS; turn++) {
    const next = own.slice();
    for (let i = 0; i < nearest.length; i++) {
      if (nearest[i].length === 0) continue;
      let [x, y] = [0, 0];
      for (const j of nearest[i]) {
        x += places[2 * j] / nearest[i].length;
        y += places[2 * j + 1] / nearest[i].length;
      }
      next[2 * i] += DRAWN * (x - own[2 * i]);
      next[2 * i + 1] += DRAWN * (y - own[2 * i + 1]);
    }
    places = next;
  }
  return places;
}

/** Moves apart, in place, what lies closer than it need, and keeps all within the map. */
function pushApart(places: Float64Array): void {
  const count = places.length / 2;
  const least = APART / Math.sqrt(Math.max(count, 16));
  const columns = Math.floor(1 / least);
  const cellOf = (share: number) => Math.min(columns - 1, Math.floor(share * columns));
  // A grid of cells, each with its first texture, and after each texture the next in its cell; -1 ends it.
  const first = new Int32Array(columns * columns);
  const next = new Int32Array(count);
  for (let at = 0; at < places.length; at++) places[at] = within(places[at]);
  for (let turn = 0; turn < PUSHES; turn++) {
    first.fill(-1);
    for (let i = count - 1; i >= 0; i--) {
      const cell = cellOf(places[2 * i]) * columns + cellOf(places[2 * i + 1]);
      next[i] = first[cell];
      first[cell] = i;
    }
    for (let i = 0; i < count; i++) {
      const column = cellOf(places[2 * i]);
      const row = cellOf(places[2 * i + 1]);
      for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        for (let r = Math.max(0, row - 1); r <= Math.min(columns - 1, row + 1); r++) {
          for (let j = first[c * columns + r]; j >= 0; j = next[j]) if (j > i) part(places, i, j, least);
        }
      }
    }
    for (let at = 0; at < places.length; at++) places[at] = within(places[at]);
  }
}

/** Moves two apart by half of what they lack. */
function part(places: Float64Array, i: number, j: number, least: number): void {
  const x = places[2 * j] - places[2 * i];
  const y = places[2 * j + 1] - places[2 * i + 1];
  const distance = Math.sqrt(x * x + y * y);
  if (distance >= least) return;
  // Two at one place part along a direction that depends on nothing but their order.
  const isApart = distance > 1e-9;
  const towardsX = isApart ? x / distance : cos(i + j);
  const towardsY = isApart ? y / distance : sin(i + j);
  const half = (least - distance) / 4;
  places[2 * i] -= half * towardsX;
  places[2 * i + 1] -= half * towardsY;
  places[2 * j] += half * towardsX;
  places[2 * j + 1] += half * towardsY;
}
