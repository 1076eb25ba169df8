/** What textures of a view may be marked as, by id. */
export interface MarkedIds {
  readonly selected: string | null;
  /** What sounds by itself; a song that is played through is none of its finds. */
  readonly playing: string | null;
  readonly picked: ReadonlySet<string>;
}

export const NOTHING_MARKED: MarkedIds = { selected: null, playing: null, picked: new Set() };
