/** One texture made again, with another seed or length, beside the others: in `_rendered/` of its export. */

import { sameBytes } from '../../archive/same-bytes.ts';
import { writeAtomic } from '../../archive/write.ts';
import { TEXTURE_ENDING } from '../../curation/texture-path.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { ProcessingError } from '../../errors.ts';
import type { OwnProject } from '../../palette/origin-project.ts';
import { join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Rendering, RenderRequest } from '../protocol.ts';
import type { Answer } from './answer.ts';
import { digestText } from './digest-text.ts';
import type { Jobs } from './jobs.ts';
import type { Found, Library } from './library.ts';
import type { RenderedOne, RenderTask } from './render-one.ts';
import { notFound } from './request-error.ts';
import type { StudioMachine } from './studio-machine.ts';

/** Where renderings lie in an export; no run, curation or kit looks there. */
const RENDERED_FOLDER = '_rendered';

export interface Renders {
  /** Begins a rendering; its end is reported as an event. @throws RequestError */
  start(request: RenderRequest): Promise<void>;
  /** What was rendered since the studio was opened. */
  all(): readonly Rendering[];
  /** @throws RequestError where there is none */
  file(id: string): Answer;
}

export function openRenders(
  { platform, render }: Pick<StudioMachine, 'platform' | 'render'>,
  library: Library,
  jobs: Jobs,
  own: OwnProject,
): Renders {
  const made = new Map<string, RenderedFile>();
  return {
    all: () => [...made.values()].map(({ rendering }) => rendering),
    async start({ id, seed, lengthSec }) {
      const found = library.find(id);
      const { exportFolder, facts } = found.exportIndex;
      const changes = {
        ...(seed === undefined ? {} : { seed }),
        ...(lengthSec === undefined ? {} : { lengthSec }),
      };
      const task: RenderTask = { exportFolder, own, path: found.texture.path, changes };
      const job = { kind: 'render', export: facts.id, title: found.shown.title } as const;
      const work = jobs.start(job, async ({ signal, report }) => {
        const onProgress = (share: number) => {
          signal.throwIfAborted();
          report({ share, message: `analysing ${found.texture.source}` });
        };
        const one = await render(task, onProgress, signal);
        signal.throwIfAborted();
        if (one.bytes === null) throw new ProcessingError(one.reason);
        const file = await saveRendering(platform, found, changes, one, own.folder);
        made.set(file.rendering.id, file);
        return { message: `It is in “${file.rendering.file}”.`, rendering: file.rendering };
      });
      // Its end is reported to all pages.
      work.catch(() => undefined);
    },
    file(id) {
      const one = made.get(id);
      if (!one) throw notFound('There is no such rendering.');
      return { kind: 'file', file: one.file, folder: one.exportFolder, type: 'audio/wav' };
    },
  };
}

interface RenderedFile {
  readonly rendering: Rendering;
  readonly file: string;
  readonly exportFolder: string;
}

type Changes = Pick<RenderRequest, 'seed' | 'lengthSec'>;

/** Writes a rendering beside the others. @param folder paths are shown as seen from here */
async function saveRendering(
  platform: Platform,
  found: Found,
  changes: Changes,
  { bytes, durationSec, notes }: Extract<RenderedOne, { bytes: Uint8Array }>,
  folder: string,
): Promise<RenderedFile> {
  const { exportFolder, exportRoot } = found.exportIndex;
  const file = await freePath(platform, join(exportFolder, RENDERED_FOLDER, nameOf(found, changes)), bytes);
  await writeAtomic(platform, file, bytes, exportRoot);
  const rendering = {
    id: `r1-${digestText(file)}`,
    of: found.shown.id,
    file: shownPath(file, folder),
    durationSec,
    notes: notes.map((note) => `${note[0].toUpperCase()}${note.slice(1)}.`),
  };
  return { rendering, file, exportFolder };
}

/** `choir_pad_warm_seed7_12s`: what is another about it. */
function nameOf({ texture }: Found, { seed, lengthSec }: Changes): string {
  const parts = [
    texture.name,
    ...(seed === undefined ? [] : [`seed${seed}`]),
    ...(lengthSec === undefined ? [] : [`${lengthSec}s`]),
  ];
  return parts.join('_');
}

/** A path where nothing stands, or these very bytes. */
async function freePath({ files }: Platform, stem: string, bytes: Uint8Array): Promise<string> {
  for (let n = 1; ; n++) {
    const path = `${stem}${n === 1 ? '' : `_${n}`}${TEXTURE_ENDING}`;
    const there = await files.read(path).catch(() => null);
    if (there === null || sameBytes(there, bytes)) return path;
  }
}
