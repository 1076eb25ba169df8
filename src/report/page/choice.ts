/** Which textures are shown, and in what order. */
import { noteNumber } from '../../curation/note-names.ts';
import { numberIn } from '../../curation/row-facts.ts';
import type { Sheet, SheetTexture } from './contract.ts';
import { createFamilies, type Families } from './families.ts';
import { type Condition, conditionsIn, type Searched } from './search.ts';

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
    compare: byFigure(({ root }) => noteNumber(root)),
  },
  name: { compare: (a, b) => byWords(a.title, b.title) },
};

/** What is to be shown. */
export interface Query {
  /** Every condition has to be met: see `search.ts`. */
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
  const conditions = conditionsOf(sheet, search);
  const { heading, compare } = ORDERS[order];
  const places = textures
    .map((_, place) => place)
    .filter((place) => families.size === 0 || families.has(textures[place].family))
    .filter((place) => !onlyChosen || textures[place].rank !== null)
    .filter((place) => meetsAll(conditions, searchedOf(sheet, textures[place])))
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

/** What a search asks for. */
export function conditionsOf({ families }: Sheet, search: string): Condition[] {
  return conditionsIn(search, { families, hasDecisions: false });
}

function meetsAll(conditions: readonly Condition[], texture: Searched): boolean {
  return conditions.every((condition) => condition.fits(texture, {}));
}

function searchedOf({ columns }: Sheet, texture: SheetTexture): Searched {
  const cell = (column: string) => texture.figures[columns.indexOf(column)] ?? '';
  return {
    ...texture,
    sourceTitle: texture.source,
    variant: cell('variant'),
    root: noteNumber(texture.root),
    key: cell('detected_key'),
    bpm: numberIn(cell('detected_bpm')),
    isChosen: texture.rank !== null,
  };
}

const collator = new Intl.Collator('en', { numeric: true });

function byWords(a: string, b: string): number {
  return collator.compare(a, b);
}
