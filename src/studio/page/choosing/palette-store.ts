/** The palette as the page holds it: all of it, what of it is shown, and which texture is selected. */
import type { Decision, PaletteAnswer, Texture } from '../../protocol.ts';
import { createSignal, type Signal } from '../state/signal.ts';
import { choose, type Query } from './choice.ts';

export interface PaletteStore {
  palette(): PaletteAnswer;
  /** What is selected stays so where it still is there. */
  load(palette: PaletteAnswer): void;
  texture(id: string | null): Texture | null;
  /** What the manifest says of it in a column; empty where it says nothing. */
  figure(texture: Texture, column: string): string;
  /** Chooses again which are shown. */
  query(query: Query): void;
  /** How many the same would show if it did not ask for what was chosen. */
  countOfAll(query: Query): number;
  /** Whether it is let in where only what was chosen is: that, and what is new. */
  isOffered(texture: Texture): boolean;
  /** Shows a texture beside those that were asked for, until others are: somebody went to it from elsewhere. */
  letIn(texture: Texture): void;
  readonly shown: Signal<readonly Texture[]>;
  isShown(texture: Texture): boolean;
  readonly selected: Signal<Texture | null>;
  /** Ids of what came since the palette was opened, and was not looked at yet; of a first run, none. */
  readonly fresh: Signal<ReadonlySet<string>>;
  /** It is not new any more. */
  look(texture: Texture | null): void;
  /** The texture so many places from the selected one, of those shown; it stops at the ends. */
  offset(by: number): Texture | null;
  /**
   * The next one worth hearing, of those shown, and behind the last the first: of what curate chose, or where it chose nothing,
   * the loops, the best first. What was rejected is passed over; null where there is no other.
   */
  next(): Texture | null;
}

const NOTHING: PaletteAnswer = {
  revision: '',
  exports: [],
  families: [],
  columns: [],
  textures: [],
  job: null,
  renderings: [],
};

export function createPaletteStore(decisionOf: (texture: Texture) => Decision): PaletteStore {
  let palette = NOTHING;
  let textures = new Map<string, Texture>();
  let shownIds = new Set<string>();
  const shown = createSignal<readonly Texture[]>([]);
  const selected = createSignal<Texture | null>(null);
  const fresh = createSignal<ReadonlySet<string>>(new Set());
  /** Of a palette whose first run is still going on, all would be new. */
  let isFirstRun = true;
  const isFresh = ({ id }: Texture) => fresh.get().has(id);
  const isOffered = (texture: Texture) => texture.rank !== null || isFresh(texture);
  function look(texture: Texture | null): void {
    if (texture && isFresh(texture)) fresh.set(new Set([...fresh.get()].filter((id) => id !== texture.id)));
  }
  selected.watch(look);

  return {
    shown,
    selected,
    fresh,
    look,
    palette: () => palette,
    texture: (id) => (id === null ? null : (textures.get(id) ?? null)),
    figure: (texture, column) => texture.figures[palette.columns.indexOf(column)] ?? '',
    isShown: ({ id }) => shownIds.has(id),
    load(next) {
      // What is there at first is not new to anybody who never saw another.
      const isOfFirstRun = isFirstRun && (palette.textures.length === 0 || palette.job !== null);
      if (!isOfFirstRun) fresh.set(freshIn(next, textures, fresh.get()));
      isFirstRun = isOfFirstRun;
      palette = next;
      textures = new Map(next.textures.map((texture) => [texture.id, texture]));
      selected.set(textures.get(selected.get()?.id ?? '') ?? null);
    },
    countOfAll: (query) => choose(palette, { ...query, onlyChosen: false }, decisionOf, isFresh).length,
    isOffered,
    query(query) {
      const answer = choose(palette, query, decisionOf, isFresh);
      shownIds = new Set(answer.map(({ id }) => id));
      shown.set(answer);
    },
    letIn(texture) {
      if (shownIds.has(texture.id)) return;
      shownIds.add(texture.id);
      shown.set([...shown.get(), texture]);
    },
    offset(by) {
      const all = shown.get();
      const at = all.findIndex(({ id }) => id === selected.get()?.id);
      if (at < 0) return all[0] ?? null;
      return all[Math.max(0, Math.min(all.length - 1, at + by))];
    },
    next() {
      const hasChosen = shown.get().some(isChosen);
      const all = hasChosen ? shown.get() : shown.get().toSorted(bestLoopsFirst);
      const at = all.findIndex(({ id }) => id === selected.get()?.id);
      const others = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))];
      const offered = hasChosen ? others.filter(isOffered) : others;
      return offered.find((one) => decisionOf(one).decision !== 'reject') ?? offered[0] ?? null;
    },
  };
}

const isChosen = ({ rank }: Texture) => rank !== null;

function bestLoopsFirst(a: Texture, b: Texture): number {
  return Number(a.loop === null) - Number(b.loop === null) || a.worth - b.worth;
}

/** Those that were not there before, and those that were new then and still are there. */
function freshIn(
  { textures }: PaletteAnswer,
  before: ReadonlyMap<string, Texture>,
  stillFresh: ReadonlySet<string>,
): ReadonlySet<string> {
  const ids = textures.map(({ id }) => id);
  return new Set(ids.filter((id) => !before.has(id) || stillFresh.has(id)));
}
