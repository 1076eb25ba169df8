/** What lies before one: the palette, what of it is shown, and the one that is at hand. */
import type { Decision, PaletteAnswer, Texture } from '../protocol.ts';
import { choose, type Wish } from './choice.ts';
import { createSignal, type Signal } from './signal.ts';

export interface Desk {
  palette(): PaletteAnswer;
  /** What is at hand stays so where it still is there. */
  lay(palette: PaletteAnswer): void;
  texture(id: string | null): Texture | null;
  /** What the manifest says of it in a column; empty where it says nothing. */
  figure(texture: Texture, column: string): string;
  /** Asks again which are shown. */
  ask(wish: Wish): void;
  readonly shown: Signal<readonly Texture[]>;
  isShown(texture: Texture): boolean;
  readonly selected: Signal<Texture | null>;
  /** The next one of those shown, by so many; it stops at the ends. */
  beside(by: number): Texture | null;
}

export function createDesk(decisionOf: (texture: Texture) => Decision): Desk {
  let palette: PaletteAnswer = {
    revision: '',
    exports: [],
    columns: [],
    textures: [],
    job: null,
    renderings: [],
  };
  let textures = new Map<string, Texture>();
  let shownIds = new Set<string>();
  const shown = createSignal<readonly Texture[]>([]);
  const selected = createSignal<Texture | null>(null);

  return {
    shown,
    selected,
    palette: () => palette,
    texture: (id) => (id === null ? null : (textures.get(id) ?? null)),
    figure: (texture, column) => texture.figures[palette.columns.indexOf(column)] ?? '',
    isShown: ({ id }) => shownIds.has(id),
    lay(next) {
      palette = next;
      textures = new Map(next.textures.map((texture) => [texture.id, texture]));
      const still = selected.get() && textures.get(selected.get()!.id);
      selected.set(still ?? null);
    },
    ask(wish) {
      const answer = choose(palette.textures, wish, decisionOf, palette.columns);
      shownIds = new Set(answer.map(({ id }) => id));
      shown.set(answer);
    },
    beside(by) {
      const all = shown.get();
      const at = all.findIndex(({ id }) => id === selected.get()?.id);
      if (at < 0) return all[0] ?? null;
      return all[Math.max(0, Math.min(all.length - 1, at + by))];
    },
  };
}
