/** A folder of the user's as a copy of the export: what changed is written there, and what the export has no more is taken out. */
import { announce } from '../../report/page/element.ts';
import type { ExportFile } from '../inside/messages.ts';
import type { StudioEvent } from '../protocol.ts';
import type { InsideBackend } from './inside-backend.ts';
import type { Unsaved } from './unsaved.ts';
import { removeFrom, type UserFolder, writeInto } from './user-folder.ts';

/** After a decision, others often follow, ms. */
const PAUSE_MS = 1500;
/** Complaints that are shown at once. */
const MOST_PROBLEMS = 6;

/** A file of the folder. */
interface Written {
  readonly stamp: string;
  /** SHA-256 of what was written, in numbers; null where it was there before, and may be anybody's. */
  readonly sha256: string | null;
}

interface FolderWriting {
  /** @param there what the folder holds already */
  into(folder: UserFolder, there: readonly ExportFile[]): void;
}

export function createFolderWriting(
  inside: InsideBackend,
  unsaved: Unsaved,
  say: (words: string) => void,
): FolderWriting {
  let folder: UserFolder | null = null;
  /** What the folder holds, by path. */
  const written = new Map<string, Written>();
  let timer = 0;
  let isMaking = false;
  let isWriting = false;
  /** Something changed while files were written. */
  let isAskedAgain = false;

  async function write(): Promise<void> {
    if (!folder || isMaking) return;
    isAskedAgain = isWriting;
    if (isWriting) return;
    isWriting = true;
    try {
      await writeChanged(folder);
    } catch (error) {
      say(`The folder could not be saved: ${(error as Error).message}`);
    } finally {
      isWriting = false;
    }
    if (isAskedAgain) await write();
  }

  async function writeChanged(into: UserFolder): Promise<void> {
    const files = await inside.call('exportFiles', null);
    const changed = files.filter(({ path, stamp }) => written.get(path)?.stamp !== stamp);
    const failed: string[] = [];
    for (const [i, { path, stamp }] of changed.entries()) {
      say(`saving ${i + 1} of ${changed.length} files into “${into.name}”…`);
      try {
        const bytes = await inside.call('exportFile', path);
        await writeInto(into, path, bytes);
        written.set(path, { stamp, sha256: await digestOf(bytes) });
      } catch (error) {
        failed.push(`“${path}” could not be saved: ${(error as Error).message}`);
      }
    }
    failed.push(...(await takeOut(into, new Set(files.map(({ path }) => path)))));
    // What was decided meanwhile is saved next.
    if (failed.length === 0 && !isAskedAgain) unsaved.clear();
    say(
      failed.length === 0
        ? `All is saved in “${into.name}”, and goes on being saved there.`
        : failed.slice(0, MOST_PROBLEMS).join(' '),
    );
    if (changed.length > 0) announce(`${changed.length} files saved in ${into.name}`);
  }
  /** Removes what was written here, is no file of the export any more, and was changed by nobody. @returns complaints */
  async function takeOut(from: UserFolder, there: ReadonlySet<string>): Promise<string[]> {
    const failed: string[] = [];
    for (const [path, { sha256 }] of written) {
      if (there.has(path)) continue;
      try {
        if (sha256) await removeFrom(from, path, async (bytes) => (await digestOf(bytes)) === sha256);
        written.delete(path);
      } catch (error) {
        failed.push(`“${path}” could not be removed: ${(error as Error).message}`);
      }
    }
    return failed;
  }
  inside.listen(
    ({ kind }: StudioEvent) => {
      if (kind === 'job') isMaking = true;
      if (kind === 'job-done') isMaking = false;
      if (!['job-done', 'palette-changed', 'decisions-changed'].includes(kind)) return;
      clearTimeout(timer);
      timer = window.setTimeout(write, PAUSE_MS);
    },
    () => {},
    () => {},
  );
  return {
    into(next, there) {
      folder = next;
      written.clear();
      for (const { path, stamp } of there) written.set(path, { stamp, sha256: null });
      void write();
    },
  };
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join(' ');
}
