/** One texture made again, with another seed, length or setting: in `_rendered/` of its export, until somebody keeps it. */

import { sameBytes } from '../../archive/same-bytes.ts';
import { writeAtomic } from '../../archive/write.ts';
import { TEXTURE_ENDING } from '../../curation/texture-path.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { ProcessingError } from '../../errors.ts';
import { FAMILIES } from '../../families/index.ts';
import { adopt, release } from '../../palette/adopt.ts';
import type { OwnProject } from '../../palette/origin-project.ts';
import { textureOf } from '../../palette/palette.ts';
import { basename, dirname, join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';
import { valueWords } from '../../wording/settings.ts';
import type { KeptRenderingAnswer, Rendering, RenderRequest, VersionOffer } from '../protocol.ts';
import { indexedTexture } from './export-index.ts';
import type { Jobs } from './jobs.ts';
import type { Found, Library } from './library.ts';
import type { RenderedOne, RenderTask } from './render-one.ts';
import { badRequest, notFound } from './request-error.ts';
import { titleOfSetting } from './run-settings.ts';
import type { StudioMachine } from './studio-machine.ts';
import { versionOffer } from './version-offer.ts';

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
  keep(id: string): Promise<KeptRenderingAnswer>;
  /** Takes one that was kept out of the export again; it stays a version. @throws RequestError; as {@link release} */
  release(id: string): Promise<KeptRenderingAnswer>;
}

type Made = Extract<RenderedOne, { bytes: Uint8Array }>;

interface RenderedFile {
  readonly rendering: Rendering;
  readonly found: Found;
  readonly recorded: Made['recorded'];
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
      const place = await freePlace(platform, of, changes, [...all.values()]);
      const task: RenderTask = { exportFolder, own, path: of.texture.path, place, changes };
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
      const { found, recorded } = madeOne(id);
      const { exportIndex, texture } = found;
      const bytes = await platform.files.read(texture.file);
      await adopt(platform, exportIndex, { bytes, row: texture.row, recorded });
      await library.refresh();
      return { id };
    },
    async release(id) {
      const { exportIndex, texture } = madeOne(id).found;
      const bytes = await platform.files.read(texture.file);
      await release(platform, exportIndex, { bytes, row: texture.row });
      await library.refresh();
      return { id };
    },
  };
}

function doneWords({ isSame, file }: Rendering): string {
  return isSame
    ? 'It came out as it was, to the sample: what was changed plays no part in it.'
    : `A version more, to be heard beside the others; it is in “${file}”.`;
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

type Changes = Omit<RenderRequest, 'id'>;

/**
 * Where it would lie in the export: beside the one that it was made from, under a name that says what is another about it.
 * @param others versions whose places are theirs; one that was asked for in the same way gives up its own
 */
async function freePlace(
  { files }: Platform,
  { texture, exportIndex }: Found,
  changes: Changes,
  others: readonly RenderedFile[],
): Promise<string> {
  const isTaken = (place: string) =>
    others.some(
      ({ found, rendering }) =>
        found.exportIndex.facts.id === exportIndex.facts.id &&
        found.texture.path === place &&
        rendering.what !== whatWords(changes),
    );
  const stem = join(dirname(texture.path), nameOf(texture.name, changes));
  for (let n = 1; ; n++) {
    const place = `${stem}${n === 1 ? '' : `_${n}`}${TEXTURE_ENDING}`;
    if (!isTaken(place) && !(await files.exists(join(exportIndex.exportFolder, place)))) return place;
  }
}

/** `choir_pad_warm_seed7_12s`, `choir_pad_warm_other`. */
function nameOf(name: string, { seed, lengthSec, settings }: Changes): string {
  const parts = [
    name,
    ...(seed === undefined ? [] : [`seed${seed}`]),
    ...(lengthSec === undefined ? [] : [`${lengthSec}s`]),
    ...(settings === undefined ? [] : ['other']),
  ];
  return parts.join('_');
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
  const { recorded } = made;
  return { rendering, recorded, found: { ...indexed, exportIndex: of.exportIndex, decision: {} } };
}

/** `seed 7, 12 s`, `Grains in one cloud: 9`: what is another about it. */
function whatWords({ seed, lengthSec, settings = {} }: Changes): string {
  const changed = Object.entries(settings).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ title: titleOfSetting(section, key), value })),
  );
  return [
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(lengthSec === undefined ? [] : [`${lengthSec} s`]),
    ...changed.map(({ title, value }) => `${title}: ${valueWords(value) || 'none'}`),
  ].join(', ');
}

/** A path where nothing stands, or these very bytes. */
async function freePath({ files }: Platform, stem: string, bytes: Uint8Array): Promise<string> {
  for (let n = 1; ; n++) {
    const path = `${stem}${n === 1 ? '' : `_${n}`}${TEXTURE_ENDING}`;
    const there = await files.read(path).catch(() => null);
    if (there === null || sameBytes(there, bytes)) return path;
  }
}
