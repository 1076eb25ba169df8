/** Which textures are shown, and in what order. */
import type { Sheet, SheetTexture } from './contract.ts';
import { createFamilies, type Families } from './families.ts';

interface Order {
  /** What the list is parted by; undefined where it runs through. */
  readonly heading?: (texture: SheetTexture, families: Families) => string;
  /** As of a sort: below 0 where `a` comes first. What is equal stays as it was. */
  readonly compare: (a: SheetTexture, b: SheetTexture, families: Families) => number;
}

const byFamily: Order['compare'] = (a, b, families) => families.order(a.family) - families.order(b.family);

/** What is unknown comes last. */
const byFigure = (of: (texture: SheetTexture) => number | null) => (a: SheetTexture, b: SheetTexture) =>
  (of(a) ?? Number.POSITIVE_INFINITY) - (of(b) ?? Number.POSITIVE_INFINITY) || 0;

/** What was chosen first, then by quality. */
const byWorth = (a: SheetTexture, b: SheetTexture) =>
  byFigure(({ rank }) => rank)(a, b) || b.quality - a.quality;

/** The first is how the page opens. */
export const ORDERS: Readonly<Record<string, Order>> = {
  'best first': {
    heading: ({ family }, families) => families.plural(family),
    compare: (a, b, families) => byFamily(a, b, families) || byWorth(a, b),
  },
  source: {
    heading: ({ source }) => source,
    compare: (a, b, families) => byWords(a.source, b.source) || byFamily(a, b, families),
  },
  grade: {
    heading: ({ grade }) => `grade ${grade}`,
    compare: (a, b) => byWords(a.grade, b.grade) || byWorth(a, b),
  },
  'dark to bright': { compare: byFigure(({ centroidHz }) => centroidHz) },
  'quiet to loud': { compare: byFigure(({ lufs }) => lufs) },
  'short to long': { compare: byFigure(({ durationSec }) => durationSec) },
  root: {
    heading: ({ root }) => root || 'no clear root',
    compare: byFigure(({ root }) => (root === '' ? null : pitch(root))),
  },
  name: { compare: (a, b) => byWords(a.title, b.title) },
};

/** What is to be shown. */
export interface Query {
  /** Every word has to be found. */
  readonly search: string;
  /** None: all. */
  readonly families: ReadonlySet<string>;
  /** Only what curate chose. */
  readonly onlyChosen: boolean;
  readonly order: string;
}

/** Textures under one heading; an empty one where the list runs through. */
export interface Group {
  readonly heading: string;
  /** Places in the sheet. */
  readonly places: readonly number[];
}

export function choose(sheet: Sheet, { search, families, onlyChosen, order }: Query): Group[] {
  const { textures } = sheet;
  const known = createFamilies(sheet.families);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const { heading, compare } = ORDERS[order];
  const places = textures
    .map((_, place) => place)
    .filter((place) => families.size === 0 || families.has(textures[place].family))
    .filter((place) => !onlyChosen || textures[place].rank !== null)
    .filter((place) => words.every((word) => searchText(textures[place]).includes(word)))
    .sort((a, b) => compare(textures[a], textures[b], known) || a - b);
  const groups: { heading: string; places: number[] }[] = [];
  for (const place of places) {
    const under = heading?.(textures[place], known) ?? '';
    const last = groups.at(-1);
    if (last && last.heading === under) last.places.push(place);
    else groups.push({ heading: under, places: [place] });
  }
  return groups;
}

/** The texture that the page opens on: the first loop, or where none loops, the first of all. */
export function firstLoop({ textures }: Sheet, shown: readonly number[]): number {
  return shown.find((place) => textures[place].isLoop) ?? shown[0];
}

const searchTexts = new WeakMap<SheetTexture, string>();

function searchText(texture: SheetTexture): string {
  const { title, path, family, grade, root, rank, figures } = texture;
  const known = searchTexts.get(texture);
  if (known !== undefined) return known;
  const chosen = rank === null ? '' : 'chosen';
  const text = [title, path, family, `grade ${grade}`, root, chosen, ...figures].join('\n').toLowerCase();
  searchTexts.set(texture, text);
  return text;
}

const collator = new Intl.Collator('en', { numeric: true });

function byWords(a: string, b: string): number {
  return collator.compare(a, b);
}

/** Semitones from C0 of a note's name, such as `F#3`. */
function pitch(name: string): number {
  const [, letter, sharp, octave] = /^([A-G])(#?)(-?\d+)$/.exec(name) ?? [];
  return 'C D EF G A B'.indexOf(letter) + (sharp ? 1 : 0) + 12 * Number(octave);
}
