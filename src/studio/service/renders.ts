/** One texture made again, with another seed, length or setting: in `_rendered/` of its export, until somebody keeps it. */

import { bytesIfThere } from '../../archive/text-file.ts';
import { writeAtomic } from '../../archive/write.ts';
import { TEXTURE_ENDING } from '../../curation/texture-path.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { NotAllowedError, ProcessingError } from '../../errors.ts';
import { FAMILIES } from '../../families/index.ts';
import { adopt, release } from '../../palette/adopt.ts';
import type { OwnProject } from '../../palette/origin-project.ts';
import { textureOf } from '../../palette/palette.ts';
import { basename, join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';
import type {
  KeepVersionAnswer,
  ReleaseVersionAnswer,
  Rendering,
  RenderRequest,
  VersionOffer,
} from '../protocol.ts';
import { indexedTexture } from './export-index.ts';
import type { Jobs } from './jobs.ts';
import type { Found, Library } from './library.ts';
import type { RenderedOne, RenderTask } from './render-one.ts';
import { badRequest, notFound } from './request-error.ts';
import { treeOf } from './run-settings.ts';
import type { StudioMachine } from './studio-machine.ts';
import { versionOffer } from './version-offer.ts';
import { type Changes, freePath, freePlace, whatWords } from './version-place.ts';

/** Where renderings lie in an export; no run, curation or kit looks there. */
const RENDERED_FOLDER = '_rendered';

export interface Renders {
  /** Begins a rendering; its end is reported as an event. @throws RequestError */
  start(request: RenderRequest): Promise<void>;
  /** What was rendered since the studio was opened. */
  all(): readonly Rendering[];
  /** By the id of its texture; null where there is none. */
  find(id: string): Found | null;
  /** Makes it one of the export's own textures, which has the id that it had. @throws RequestError; as {@link adopt} */
  keep(id: string): Promise<KeepVersionAnswer>;
  /** Takes one that was kept out of the export again; it stays a version. @throws RequestError; as {@link release} */
  release(id: string): Promise<ReleaseVersionAnswer>;
}

type Made = Extract<RenderedOne, { bytes: Uint8Array }>;

interface RenderedFile {
  readonly rendering: Rendering;
  readonly found: Found;
  readonly recorded: Made['recorded'];
  /** Of its bytes. */
  readonly sha256: string;
}

export function openRenders(
  { platform, render }: Pick<StudioMachine, 'platform' | 'render'>,
  library: Library,
  jobs: Jobs,
  own: OwnProject,
): Renders {
  const all = new Map<string, RenderedFile>();
  /** @throws RequestError where there is none */
  const madeOne = (id: string): RenderedFile => {
    const one = all.get(id);
    if (!one) throw notFound('There is no such version.');
    return one;
  };
  return {
    all: () => [...all.values()].map(({ rendering }) => rendering),
    find: (id) => all.get(id)?.found ?? null,
    async start({ id, ...changes }) {
      const of = library.find(id);
      if (changes.settings) assertOffered(changes.settings, await versionOffer(platform, of));
      const { exportFolder, facts } = of.exportIndex;
      // One that was asked for in the same way gives up its place.
      const what = whatWords(changes);
      const others = [...all.values()].filter(
        ({ found, rendering }) => found.exportIndex.facts.id === facts.id && rendering.what !== what,
      );
      const isTaken = (path: string) => others.some(({ found }) => found.texture.path === path);
      const place = await freePlace(platform, of, changes, isTaken);
      const { settings } = changes;
      const asTree = settings === undefined ? changes : { ...changes, settings: treeOf(settings) };
      const task: RenderTask = { exportFolder, own, path: of.texture.path, place, changes: asTree };
      const job = { kind: 'render', export: facts.id, title: of.shown.title } as const;
      const work = jobs.start(job, async ({ signal, report }) => {
        const onProgress = (share: number) => {
          signal.throwIfAborted();
          report({ share, message: `listening to ${of.shown.sourceTitle}` });
        };
        const made = await render(task, onProgress, signal);
        signal.throwIfAborted();
        if (made.bytes === null) throw new ProcessingError(made.reason);
        const file = await savedRendering(platform, of, changes, made, own.folder);
        all.set(file.rendering.texture.id, file);
        return { message: doneWords(file.rendering), rendering: file.rendering };
      });
      // Its end is reported to all pages.
      work.catch(() => undefined);
    },
    async keep(id) {
      const one = madeOne(id);
      const { exportIndex, texture } = one.found;
      const bytes = await renderedBytes(platform, one);
      const isNew = await adopt(platform, exportIndex, { bytes, row: texture.row, recorded: one.recorded });
      await lookAgain(library);
      return { id, isNew };
    },
    async release(id) {
      const { found, sha256 } = madeOne(id);
      await release(platform, found.exportIndex, found.texture.path, sha256);
      await lookAgain(library);
      return { id };
    },
  };
}

/** What is done by now stays so, though the export cannot be read again; whoever asks for it next is told. */
async function lookAgain(library: Library): Promise<void> {
  await library.refresh().catch(() => undefined);
}

/** @throws NotAllowedError where its file is gone from among the renderings, or another */
async function renderedBytes(
  platform: Platform,
  { found: { texture }, rendering, sha256 }: RenderedFile,
): Promise<Uint8Array> {
  const bytes = await bytesIfThere(platform, texture.file);
  if (bytes !== null && (await platform.sha256Of(bytes)) === sha256) return bytes;
  throw new NotAllowedError(
    `“${rendering.file}” was ${bytes === null ? 'removed' : 'changed'} since it was made; make that version again.`,
    { context: { path: texture.file } },
  );
}

function doneWords({ isSame }: Rendering): string {
  return isSame
    ? 'It came out as it was, to the sample: what was changed plays no part in it.'
    : 'A version more: it stands under “versions”, to be heard beside the others.';
}

/** @throws RequestError where a setting is changed that it was not made with */
function assertOffered(changed: NonNullable<Changes['settings']>, { settings }: VersionOffer): void {
  const known = new Set(settings.map(({ section, key }) => `${section}.${key}`));
  const asked = Object.entries(changed).flatMap(([section, keys]) =>
    Object.keys(keys).map((key) => `${section}.${key}`),
  );
  const unknown = asked.find((name) => !known.has(name));
  if (unknown !== undefined) throw badRequest(`It was made without a setting “${unknown}”.`);
}

/** Writes a rendering beside the others. @param folder paths are shown as seen from here */
async function savedRendering(
  platform: Platform,
  of: Found,
  changes: Changes,
  made: Made,
  folder: string,
): Promise<RenderedFile> {
  const { exportFolder, exportRoot, facts } = of.exportIndex;
  const stem = join(exportFolder, RENDERED_FOLDER, basename(made.row.path).slice(0, -TEXTURE_ENDING.length));
  const file = await freePath(platform, stem, made.bytes);
  if (!(await platform.files.exists(file))) await writeAtomic(platform, file, made.bytes, exportRoot);
  const texture = { ...textureOf(made.row, exportFolder, FAMILIES)!, file };
  const worth = { texture, rank: null, place: of.shown.worth };
  const indexed = await indexedTexture(platform, worth, facts.id);
  const rendering: Rendering = {
    texture: { ...indexed.shown, decision: {} },
    of: of.shown.id,
    what: whatWords(changes),
    file: shownPath(file, folder),
    isSame: made.isSame,
    notes: made.notes.map((note) => `${note[0].toUpperCase()}${note.slice(1)}.`),
  };
  const found = { ...indexed, exportIndex: of.exportIndex, decision: {} };
  return { rendering, found, recorded: made.recorded, sha256: await platform.sha256Of(made.bytes) };
}
