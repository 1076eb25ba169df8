/** The export folders that the studio shows, kept as they are on the disk. */
import { MANIFEST_COLUMNS } from '../../archive/manifest-row.ts';
import type { Decided, DecisionChange } from '../../engine/decide.ts';
import { decide } from '../../engine/decide.ts';
import type { PaletteTexture } from '../../palette/palette.ts';
import type { Platform } from '../../platform/platform.ts';
import { shownFamilies } from '../../report/families.ts';
import type { Decision, PaletteAnswer, StudioEvent, Texture } from '../protocol.ts';
import { digestText } from './digest-text.ts';
import {
  type ExportIndex,
  type IndexedTexture,
  readExportIndex,
  type StudioExport,
  stampsOf,
} from './export-index.ts';
import { createRefresher } from './refresher.ts';
import { notFound } from './request-error.ts';
import type { StudioMachine } from './studio-machine.ts';

/** A texture with its export. */
export interface Found extends IndexedTexture {
  readonly exportIndex: ExportIndex;
  readonly decision: Decision;
}

export interface Library {
  exportIndexes(): readonly ExportIndex[];
  /** @throws RequestError where there is no such export */
  exportIndex(id: string): ExportIndex;
  /** @throws RequestError where there is no such texture */
  find(id: string): Found;
  all(): readonly Found[];
  revision(): string;
  /** {@link PaletteAnswer} without what is under way, as JSON, made once for each revision. */
  paletteText(): string;
  /** Saves decisions on textures of one export. @throws as {@link decide} */
  decide(exportIndex: ExportIndex, changes: ReadonlyMap<string, DecisionChange>): Promise<Decided>;
  /** Looks now whether something changed. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads all export folders, and reads them again when they change.
 * @param report is given what changed
 */
export async function openLibrary(
  { platform, watch, say }: Pick<StudioMachine, 'platform' | 'watch' | 'say'>,
  sites: readonly StudioExport[],
  report: (event: StudioEvent) => void,
): Promise<Library> {
  const all = await Promise.all(sites.map((site) => readExportIndex(platform, site)));
  const revision = () =>
    digestText(all.map(({ stamps }) => `${stamps.palette} ${stamps.decisions}`).join('\n'));
  const reportDecisions = (before: ExportIndex, after: ExportIndex) => {
    const changes = changedDecisions(before, after);
    if (changes.length > 0) report({ kind: 'decisions-changed', revision: revision(), changes });
  };
  const refresher = createRefresher({ platform, watch }, sites, all, (before, after) => {
    const isOther = after.stamps.palette !== before.stamps.palette;
    if (isOther || after.facts.warning !== before.facts.warning) {
      report({ kind: 'palette-changed', export: after.facts.id, revision: revision() });
    } else reportDecisions(before, after);
  });
  return {
    exportIndexes: () => all,
    exportIndex: (id) => withId(all, id),
    find: (id) => textureWithId(all, id),
    all: () => all.flatMap((one) => [...one.textures.values()].map((entry) => foundOf(one, entry))),
    revision,
    paletteText: createPaletteText(all, revision, say),
    async decide(exportIndex, changes) {
      const decided = await decide(platform, exportIndex, changes);
      const place = all.findIndex(({ facts }) => facts.id === exportIndex.facts.id);
      const before = all[place];
      all[place] = await withDecisions(platform, before, decided);
      reportDecisions(before, all[place]);
      return { ...decided, warning: decided.warning && say(decided.warning) };
    },
    refresh: () => refresher.refresh(),
    close: () => refresher.close(),
  };
}

/** @throws RequestError where there is none */
function withId(all: readonly ExportIndex[], id: string): ExportIndex {
  const found = all.find(({ facts }) => facts.id === id);
  if (found) return found;
  throw notFound('There is no such export folder.');
}

/** @throws RequestError where there is none */
function textureWithId(all: readonly ExportIndex[], id: string): Found {
  for (const exportIndex of all) {
    const entry = exportIndex.textures.get(id);
    if (entry) return foundOf(exportIndex, entry);
  }
  throw notFound('There is no such texture any more.');
}

function foundOf(exportIndex: ExportIndex, entry: IndexedTexture): Found {
  return { ...entry, exportIndex, decision: exportIndex.decisions.get(entry.texture.path) ?? {} };
}

/** The index after decisions were saved. */
async function withDecisions(
  platform: Platform,
  before: ExportIndex,
  { decisions, warning }: Decided,
): Promise<ExportIndex> {
  const facts = warning === null ? before.facts : { ...before.facts, warning };
  const stamps = { ...before.stamps, decisions: (await stampsOf(platform, before)).decisions };
  return { ...before, facts, stamps, decisions };
}

/** The palette as JSON, written again where the revision is another. */
function createPaletteText(
  all: readonly ExportIndex[],
  revision: () => string,
  say: StudioMachine['say'],
): () => string {
  let written: { readonly revision: string; readonly text: string } | null = null;
  return () => {
    const now = revision();
    if (written?.revision === now) return written.text;
    const answer: Omit<PaletteAnswer, 'job' | 'renderings'> = {
      revision: now,
      exports: all.map(({ facts }) => ({
        ...facts,
        problem: facts.problem && say(facts.problem),
        warning: facts.warning && say(facts.warning),
      })),
      families: shownFamilies(),
      columns: MANIFEST_COLUMNS,
      textures: all.flatMap(texturesOf),
    };
    written = { revision: now, text: JSON.stringify(answer) };
    return written.text;
  };
}

function texturesOf({ textures, decisions }: ExportIndex): Texture[] {
  return [...textures.values()].map(({ shown, texture }) => ({
    ...shown,
    decision: decisions.get(texture.path) ?? {},
  }));
}

function changedDecisions(before: ExportIndex, after: ExportIndex): { id: string; decision: Decision }[] {
  const of = (exportIndex: ExportIndex, { path }: PaletteTexture) => exportIndex.decisions.get(path) ?? {};
  return [...after.textures.values()].flatMap(({ texture, shown }) => {
    const decision = of(after, texture);
    const isSame = JSON.stringify(decision) === JSON.stringify(of(before, texture));
    return isSame ? [] : [{ id: shown.id, decision }];
  });
}
