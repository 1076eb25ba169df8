/** The palette as the page holds it: all of it, what of it is shown, and which texture is selected. */
import type { Decision, PaletteAnswer, Texture } from '../protocol.ts';
import { choose, type Query } from './choice.ts';
import { createSignal, type Signal } from './signal.ts';

export interface PaletteStore {
  palette(): PaletteAnswer;
  /** What is selected stays so where it still is there. */
  load(palette: PaletteAnswer): void;
  texture(id: string | null): Texture | null;
  /** What the manifest says of it in a column; empty where it says nothing. */
  figure(texture: Texture, column: string): string;
  /** Chooses again which are shown. */
  query(query: Query): void;
  /** Shows a texture beside those that were asked for, until others are: somebody went to it from elsewhere. */
  letIn(texture: Texture): void;
  readonly shown: Signal<readonly Texture[]>;
  isShown(texture: Texture): boolean;
  readonly selected: Signal<Texture | null>;
  /** Ids of what came since the palette was opened, and was not selected yet. */
  readonly fresh: Signal<ReadonlySet<string>>;
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
  selected.watch((texture) => {
    if (texture && fresh.get().has(texture.id)) {
      fresh.set(new Set([...fresh.get()].filter((id) => id !== texture.id)));
    }
  });

  return {
    shown,
    selected,
    fresh,
    palette: () => palette,
    texture: (id) => (id === null ? null : (textures.get(id) ?? null)),
    figure: (texture, column) => texture.figures[palette.columns.indexOf(column)] ?? '',
    isShown: ({ id }) => shownIds.has(id),
    load(next) {
      // What is there at first is not new to anybody who never saw another.
      if (textures.size > 0) fresh.set(freshIn(next, textures, fresh.get()));
      palette = next;
      textures = new Map(next.textures.map((texture) => [texture.id, texture]));
      const still = selected.get() && textures.get(selected.get()!.id);
      selected.set(still ?? null);
    },
    query(query) {
      const answer = choose(palette, query, decisionOf);
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
      const offered = hasChosen ? others.filter(isChosen) : others;
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
