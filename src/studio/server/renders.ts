/** One texture made again, with another seed or length, beside the others: in `_rendered/` of its export. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { writeAtomic } from '../../archive/write.ts';
import { TEXTURE_ENDING } from '../../curation/texture-path.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { ProcessingError } from '../../errors.ts';
import type { OwnProject } from '../../palette/origin-project.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import type { Rendering, RenderRequest } from '../protocol.ts';
import type { Exchange } from './exchange.ts';
import { sendFileWithin } from './file.ts';
import type { Jobs } from './jobs.ts';
import type { Found, Library } from './library.ts';
import { type RenderedOne, type RenderTask, renderOne } from './render-one.ts';
import type { RenderMessage } from './render-thread.ts';
import { notFound } from './request-error.ts';
import { digestText } from './stamp-text.ts';

/** Where renderings lie in an export; no run, curation or kit looks there. */
const RENDERED_FOLDER = '_rendered';

export interface Renders {
  /** Begins a rendering; its end is reported as an event. @throws RequestError */
  start(request: RenderRequest): Promise<void>;
  /** What was rendered since the studio was opened. */
  all(): readonly Rendering[];
  /** @throws RequestError where there is none */
  send(exchange: Exchange, id: string): Promise<void>;
}

export function openRenders(library: Library, jobs: Jobs, own: OwnProject, threads: 0 | 1): Renders {
  const made = new Map<string, RenderedFile>();
  const renderIn = threads === 0 ? renderOne : renderInThread;
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
        const one = await renderIn(task, onProgress, signal);
        signal.throwIfAborted();
        if (one.bytes === null) throw new ProcessingError(one.reason);
        const file = await saveRendering(found, changes, one, own.folder);
        made.set(file.rendering.id, file);
        return { message: `It is in “${file.rendering.file}”.`, rendering: file.rendering };
      });
      // Its end is reported to all pages.
      work.catch(() => undefined);
    },
    async send(exchange, id) {
      const one = made.get(id);
      if (!one) throw notFound('There is no such rendering.');
      await sendFileWithin(exchange, one.file, one.exportFolder, 'audio/wav');
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
  found: Found,
  changes: Changes,
  { bytes, durationSec, notes }: Extract<RenderedOne, { bytes: Uint8Array }>,
  folder: string,
): Promise<RenderedFile> {
  const { exportFolder, exportRoot } = found.exportIndex;
  const file = await freePath(join(exportFolder, RENDERED_FOLDER, nameOf(found, changes)), bytes);
  await writeAtomic(nodePlatform, file, bytes, exportRoot);
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
async function freePath(stem: string, bytes: Uint8Array): Promise<string> {
  for (let n = 1; ; n++) {
    const path = `${stem}${n === 1 ? '' : `_${n}`}${TEXTURE_ENDING}`;
    const there = await readFile(path).catch(() => null);
    if (there === null || Buffer.compare(there, bytes) === 0) return path;
  }
}

/** It writes nothing, so it may be ended at any moment. */
function renderInThread(
  task: RenderTask,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<RenderedOne> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./render-thread.js', import.meta.url), { workerData: task });
    const end = () => void worker.terminate();
    signal.addEventListener('abort', end, { once: true });
    worker.on('message', (message: RenderMessage) => {
      if ('result' in message) resolve(message.result);
      else if (!signal.aborted) onProgress(message.share);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal.removeEventListener('abort', end);
      reject(signal.reason ?? new Error('The thread that rendered ended early.'));
    });
  });
}
