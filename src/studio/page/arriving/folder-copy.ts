/** A folder of the user's as a copy of the export: what changed is written there, and what the export has no more is taken out. */
import type { ExportFile } from '../../inside/messages.ts';
import { folderWords } from './folder-words.ts';
import { removeFrom, type UserFolder, writeInto } from './user-folder.ts';

/** A file of the folder. */
interface Written {
  readonly stamp: string;
  /** SHA-256 of what was written, in numbers; null where it was there before, and may be anybody's. */
  readonly sha256: string | null;
}

export interface FolderCopy {
  readonly name: string;
  /**
   * Makes the folder as the export is. Only what was written here, and changed by nobody since, is removed.
   * @param files all of the export's
   * @param bytesOf one of them
   * @param onWriting is told before each file that is written
   * @returns how many were to be written, and complaints
   */
  update(
    files: readonly ExportFile[],
    bytesOf: (path: string) => Promise<Uint8Array<ArrayBuffer>>,
    onWriting: (number: number, of: number) => void,
  ): Promise<{ readonly changed: number; readonly failed: readonly string[] }>;
}

/** @param there what the folder holds already */
export function openFolderCopy(folder: UserFolder, there: readonly ExportFile[]): FolderCopy {
  /** By path. */
  const written = new Map<string, Written>(there.map(({ path, stamp }) => [path, { stamp, sha256: null }]));
  /** @returns complaints */
  async function takeOut(left: ReadonlySet<string>): Promise<string[]> {
    const failed: string[] = [];
    for (const [path, { sha256 }] of written) {
      if (left.has(path)) continue;
      try {
        if (sha256) await removeFrom(folder, path, async (bytes) => (await digestOf(bytes)) === sha256);
        written.delete(path);
      } catch (error) {
        failed.push(`“${path}” could not be removed: ${folderWords(error as Error)}`);
      }
    }
    return failed;
  }
  return {
    name: folder.name,
    async update(files, bytesOf, onWriting) {
      const changed = files.filter(({ path, stamp }) => written.get(path)?.stamp !== stamp);
      const failed: string[] = [];
      for (const [i, { path, stamp }] of changed.entries()) {
        onWriting(i + 1, changed.length);
        try {
          const bytes = await bytesOf(path);
          await writeInto(folder, path, bytes);
          written.set(path, { stamp, sha256: await digestOf(bytes) });
        } catch (error) {
          failed.push(`“${path}” could not be saved: ${folderWords(error as Error)}`);
        }
      }
      failed.push(...(await takeOut(new Set(files.map(({ path }) => path)))));
      return { changed: changed.length, failed };
    },
  };
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join(' ');
}
