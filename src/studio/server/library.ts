/** The export folders that the studio shows, kept as they are on the disk. */
import { type FSWatcher, watch } from 'node:fs';
import { MANIFEST_COLUMNS } from '../../archive/manifest-row.ts';
import type { Decided, DecisionChange } from '../../palette/decide.ts';
import { decide } from '../../palette/decide.ts';
import type { PaletteTexture } from '../../palette/palette.ts';
import type { Decision, PaletteAnswer, StudioEvent, Texture } from '../protocol.ts';
import { readShelf, type Shelf, type ShelfSite, type ShelfTexture, stampsOf } from './export-index.ts';
import { notFound } from './request-error.ts';
import { digestText } from './stamp-text.ts';

/** How often the files are looked at, ms: some file systems tell nothing of changes. */
const POLL_MS = 1000;
/** An export that a run writes to all the time is read again at most this often, as a multiple of what reading takes. */
const REST = 5;

/** A texture with its export. */
export interface Found extends ShelfTexture {
  readonly shelf: Shelf;
  readonly decision: Decision;
}

export interface Library {
  shelves(): readonly Shelf[];
  /** @throws Refusal where there is no such export */
  shelf(id: string): Shelf;
  /** @throws Refusal where there is no such texture */
  find(id: string): Found;
  all(): readonly Found[];
  revision(): string;
  /** {@link PaletteAnswer} without what goes on, as JSON, made once for each revision. */
  paletteText(): string;
  /** Saves decisions on textures of one export. @throws as {@link decide} */
  decide(shelf: Shelf, changes: ReadonlyMap<string, DecisionChange>): Promise<Decided>;
  /** Looks now whether something changed. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads all export folders, and reads them again when they change.
 * @param tell is told of what changed
 */
export async function openLibrary(
  sites: readonly ShelfSite[],
  tell: (event: StudioEvent) => void,
): Promise<Library> {
  const shelves = await Promise.all(sites.map(readShelf));
  const notBefore = sites.map(() => 0);

  const revision = () =>
    digestText(shelves.map(({ stamps }) => `${stamps.palette} ${stamps.decisions}`).join('\n'));

  const refreshOne = async (index: number, mayRest: boolean): Promise<void> => {
    const shelf = shelves[index];
    const now = stampsOf(shelf);
    const isOther = now.palette !== shelf.stamps.palette;
    if (!isOther && now.decisions === shelf.stamps.decisions) return;
    const started = performance.now();
    if (mayRest && isOther && started < notBefore[index]) return;
    const fresh = await readShelf(sites[index]);
    notBefore[index] = performance.now() + REST * (performance.now() - started);
    // A decision that was saved while this was read knows better.
    if (shelves[index] !== shelf) return;
    shelves[index] = fresh;
    if (isOther || fresh.facts.warning !== shelf.facts.warning) {
      tell({ kind: 'palette-changed', export: fresh.facts.id, revision: revision() });
    } else {
      const changes = changedDecisions(shelf, fresh);
      if (changes.length > 0) tell({ kind: 'decisions-changed', revision: revision(), changes });
    }
  };

  let told: { readonly revision: string; readonly text: string } | null = null;
  let last: Promise<void> = Promise.resolve();
  const refresh = (mayRest: boolean): Promise<void> => {
    const turn = last.then(async () => {
      for (const index of shelves.keys()) await refreshOne(index, mayRest);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  const look = () => void refresh(true).catch(() => undefined);
  const timer = setInterval(look, POLL_MS).unref();
  const watchers = sites.flatMap(({ exportFolder }) => watchFolder(exportFolder, look));

  const find = (id: string): Found => {
    for (const shelf of shelves) {
      const entry = shelf.textures.get(id);
      if (entry) return foundOf(shelf, entry);
    }
    throw notFound('There is no such texture any more.');
  };
  return {
    shelves: () => shelves,
    shelf(id) {
      const shelf = shelves.find(({ facts }) => facts.id === id);
      if (shelf) return shelf;
      throw notFound('There is no such export folder.');
    },
    find,
    all: () => shelves.flatMap((shelf) => [...shelf.textures.values()].map((entry) => foundOf(shelf, entry))),
    revision,
    paletteText() {
      const now = revision();
      if (told?.revision === now) return told.text;
      const answer: Omit<PaletteAnswer, 'job' | 'renderings'> = {
        revision: now,
        exports: shelves.map(({ facts }) => facts),
        columns: MANIFEST_COLUMNS,
        textures: shelves.flatMap(texturesOf),
      };
      told = { revision: now, text: JSON.stringify(answer) };
      return told.text;
    },
    async decide(shelf, changes) {
      const decided = await decide(shelf, changes);
      const index = shelves.findIndex(({ facts }) => facts.id === shelf.facts.id);
      const current = shelves[index];
      const facts = decided.warning === null ? current.facts : { ...current.facts, warning: decided.warning };
      const stamps = { ...current.stamps, decisions: stampsOf(shelf).decisions };
      const fresh = { ...current, facts, stamps, decisions: decided.decisions };
      shelves[index] = fresh;
      const changed = changedDecisions(current, fresh);
      if (changed.length > 0) {
        tell({ kind: 'decisions-changed', revision: revision(), changes: changed });
      }
      return decided;
    },
    refresh: () => refresh(false),
    async close() {
      clearInterval(timer);
      for (const watcher of watchers) watcher.close();
      await last;
    },
  };
}

function foundOf(shelf: Shelf, entry: ShelfTexture): Found {
  return { ...entry, shelf, decision: shelf.decisions.get(entry.texture.path) ?? {} };
}

function texturesOf({ textures, decisions }: Shelf): Texture[] {
  return [...textures.values()].map(({ shown, texture }) => ({
    ...shown,
    decision: decisions.get(texture.path) ?? {},
  }));
}

function changedDecisions(before: Shelf, after: Shelf): { id: string; decision: Decision }[] {
  const of = (shelf: Shelf, { path }: PaletteTexture) => shelf.decisions.get(path) ?? {};
  return [...after.textures.values()].flatMap(({ texture, shown }) => {
    const decision = of(after, texture);
    const isSame = JSON.stringify(decision) === JSON.stringify(of(before, texture));
    return isSame ? [] : [{ id: shown.id, decision }];
  });
}

/** Nothing where the folder is not there, or its system cannot tell. */
function watchFolder(folder: string, onChange: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
