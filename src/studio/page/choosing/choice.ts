/** Which textures are shown, and in what order. */
import { keysThatFit } from '../../../curation/key-fit.ts';
import { pitchClassName } from '../../../curation/note-names.ts';
import { createFamilies, type Families } from '../../../report/page/families.ts';
import { type Condition, conditionsIn, type Searched } from '../../../report/page/search.ts';
import type { Decision, PaletteAnswer, Texture } from '../../protocol.ts';
import { searchedIn } from './searched.ts';

/** What is asked of key, root and tempo; empty: anything. */
export interface MusicQuery {
  /** As the manifest has it. */
  readonly key: string;
  /** Keys that fit with that one are let in, too. */
  readonly withFitting: boolean;
  /** A note's name without its octave. */
  readonly root: string;
  /** Whole beats a minute, at whose start a range of {@link TEMPO_STEP} begins. */
  readonly tempo: string;
}

/** Beats a minute that one choice of tempo spans. */
export const TEMPO_STEP = 10;

/** What is to be shown. */
export interface Query extends MusicQuery {
  /** Only what curate chose, and what is new. */
  readonly onlyChosen: boolean;
  /** Every condition has to be met: see `search.ts` of the report's page. */
  readonly search: string;
  /** None: all. */
  readonly families: ReadonlySet<string>;
  /** A grade, or empty for all. */
  readonly grade: string;
  readonly decision: keyof typeof DECISIONS;
  readonly loop: keyof typeof LOOPS;
  readonly length: keyof typeof LENGTHS;
  /** The id of an export folder, or empty for all. */
  readonly export: string;
  /** One of {@link ORDERS}, or a column of the manifest. */
  readonly order: string;
  readonly isDescending: boolean;
}

export const DEFAULT_QUERY: Query = {
  onlyChosen: false,
  key: '',
  withFitting: false,
  root: '',
  tempo: '',
  search: '',
  families: new Set(),
  grade: '',
  decision: 'all',
  loop: 'all',
  length: 'all',
  export: '',
  order: 'best first',
  isDescending: false,
};

export const DECISIONS: Readonly<Record<string, (decision: Decision) => boolean>> = {
  all: () => true,
  kept: ({ decision }) => decision === 'keep',
  starred: ({ stars = 0 }) => stars > 0,
  undecided: ({ decision }) => decision === undefined,
  rejected: ({ decision }) => decision === 'reject',
};

export const LOOPS: Readonly<Record<string, (texture: Texture) => boolean>> = {
  all: () => true,
  loops: ({ loop }) => loop !== null,
  'plays once': ({ loop }) => loop === null,
};

export const LENGTHS: Readonly<Record<string, (seconds: number) => boolean>> = {
  all: () => true,
  'under 1 s': (seconds) => seconds < 1,
  '1 to 5 s': (seconds) => seconds >= 1 && seconds <= 5,
  'over 5 s': (seconds) => seconds > 5,
};

type Compare = (a: Texture, b: Texture, families: Families) => number;

const byFamily: Compare = (a, b, families) => families.order(a.family) - families.order(b.family);

/** Orders with names of their own; what is equal stays as it was. */
export const ORDERS: Readonly<Record<string, Compare>> = {
  'best first': (a, b) => a.worth - b.worth,
  song: (a, b, families) => inWords(a.sourceTitle, b.sourceTitle) || byFamily(a, b, families),
  name: (a, b) => inWords(a.title, b.title),
  family: byFamily,
  length: (a, b) => a.durationSec - b.durationSec,
  brightness: byFigure(({ centroidHz }) => centroidHz),
  loudness: byFigure(({ lufs }) => lufs),
  root: byFigure(({ root }) => root && root.note + root.cents / 100),
  grade: (a, b) => inWords(a.grade, b.grade),
};

/**
 * @param decisionOf what was decided by now
 * @param isFresh what nobody has looked at yet is shown beside what was chosen
 */
export function choose(
  { textures, columns, families: known }: Pick<PaletteAnswer, 'textures' | 'columns' | 'families'>,
  query: Query,
  decisionOf: (texture: Texture) => Decision,
  isFresh: (texture: Texture) => boolean,
): Texture[] {
  const conditions = conditionsOf(query.search, { families: known });
  const searchedOf = searchedIn(columns);
  const shown = textures.filter(
    (texture) =>
      (!query.onlyChosen || texture.rank !== null || isFresh(texture)) &&
      (query.families.size === 0 || query.families.has(texture.family)) &&
      (query.grade === '' || texture.grade === query.grade) &&
      (query.export === '' || texture.export === query.export) &&
      LOOPS[query.loop](texture) &&
      LENGTHS[query.length](texture.durationSec) &&
      DECISIONS[query.decision](decisionOf(texture)) &&
      meetsAll(searchedOf(texture), decisionOf(texture), query, conditions),
  );
  const places = new Map(shown.map((texture, place) => [texture, place]));
  const compare = compareBy(query.order, shown, columns, decisionOf);
  const families = createFamilies(known);
  const sense = query.isDescending ? -1 : 1;
  return shown.sort((a, b) => sense * compare(a, b, families) || places.get(a)! - places.get(b)!);
}

/** What a search asks for. */
export function conditionsOf(search: string, { families }: Pick<PaletteAnswer, 'families'>): Condition[] {
  return conditionsIn(search, { families, hasDecisions: true });
}

function meetsAll(
  texture: Searched,
  decision: Decision,
  { key, withFitting, root, tempo }: MusicQuery,
  conditions: readonly Condition[],
): boolean {
  return (
    (key === '' || (withFitting ? keysThatFit(key).includes(texture.key) : key === texture.key)) &&
    (root === '' || (texture.root !== null && pitchClassName(texture.root) === root)) &&
    (tempo === '' || (texture.bpm !== null && tempoOf(texture.bpm) === Number(tempo))) &&
    conditions.every((condition) => condition.fits(texture, decision))
  );
}

/** Where the range begins in which a tempo lies. */
export function tempoOf(bpm: number): number {
  return TEMPO_STEP * Math.floor(bpm / TEMPO_STEP);
}

function compareBy(
  order: string,
  shown: readonly Texture[],
  columns: readonly string[],
  decisionOf: (texture: Texture) => Decision,
): Compare {
  if (order === 'stars') return (a, b) => (decisionOf(b).stars ?? 0) - (decisionOf(a).stars ?? 0);
  const isRejected = (texture: Texture) => Number(decisionOf(texture).decision === 'reject');
  if (order === DEFAULT_QUERY.order) return (a, b) => isRejected(a) - isRejected(b) || a.worth - b.worth;
  if (ORDERS[order]) return ORDERS[order];
  const column = columns.indexOf(order);
  const isNumber = shown.every(({ figures }) => !Number.isNaN(Number(figures[column])));
  if (!isNumber) return (a, b) => lastEmpty(a.figures[column], b.figures[column], inWords);
  return byFigure(({ figures }) => (figures[column] === '' ? null : Number(figures[column])));
}

/** What is unknown comes last. */
function byFigure(of: (texture: Texture) => number | null): Compare {
  return (a, b) => (of(a) ?? Number.POSITIVE_INFINITY) - (of(b) ?? Number.POSITIVE_INFINITY) || 0;
}

function lastEmpty(a: string, b: string, compare: (a: string, b: string) => number): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return compare(a, b);
}

const collator = new Intl.Collator('en', { numeric: true });

function inWords(a: string, b: string): number {
  return collator.compare(a, b);
}
