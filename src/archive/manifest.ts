/**
 * `manifest.csv`, the table of all textures in an export folder. Runs add to it: a row stays until its
 * file is replaced or gone. It is never edited in place; see `journal.ts` for what happens in between.
 */
import { access, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from './disk-errors.ts';
import { journalPath, readJournal, sha256 } from './journal.ts';
import { manifestFromCsv, manifestToCsv } from './manifest-csv.ts';
import type { ManifestRow } from './manifest-row.ts';

export interface SettledManifest {
  readonly path: string;
  readonly rows: readonly ManifestRow[];
  /** Plain sentences about a manifest that could not be read and was set aside. */
  readonly warnings: readonly string[];
}

/** How the manifest's bytes reach the disk: atomically, inside the export root. */
export type WriteFile = (path: string, bytes: Uint8Array) => Promise<void>;

export function manifestPath(exportFolder: string): string {
  return join(exportFolder, 'manifest.csv');
}

/**
 * Brings the manifest up to date: takes the journal in, drops rows whose file is gone, sorts by path,
 * writes, and removes the journal. Called at the start of every run, for the sake of one that was cut off, and
 * at its end. Nothing is written when there is neither a manifest nor a journal.
 *
 * @throws NotAllowedError, DiskFullError, FileSystemError where it cannot be read or written
 */
export async function settleManifest(exportFolder: string, write: WriteFile): Promise<SettledManifest> {
  const path = manifestPath(exportFolder);
  const { rows: earlier, found, warnings } = await readManifest(exportFolder);
  const journal = await readJournal(exportFolder);
  if (!found && !journal) return { path, rows: [], warnings };

  const rows = new Map(earlier.map((row) => [row.path, row]));
  if (journal) {
    for (const [file, row] of journal.kept) rows.set(file, row);
    for (const [file, promise] of journal.promised) {
      // The run ended between the promise and the rename's note: the bytes tell which side of the rename.
      if ((await digestOf(join(exportFolder, file))) === promise.sha256) rows.set(file, promise.row);
    }
  }
  for (const file of [...rows.keys()]) {
    if (!(await isFile(join(exportFolder, file)))) rows.delete(file);
  }

  await write(path, new TextEncoder().encode(manifestToCsv(rows.values())));
  await rm(journalPath(exportFolder), { force: true }).catch((error) => {
    throw diskError(error, 'remove', journalPath(exportFolder));
  });
  return { path, rows: [...rows.values()], warnings };
}

/**
 * The manifest as it stands. One that is torn or not ours is set aside as `manifest.csv.bak`
 * (`.bak2`, … where that is taken), with a sentence in `warnings`.
 */
async function readManifest(exportFolder: string) {
  const path = manifestPath(exportFolder);
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return null;
    throw diskError(error, 'read', path);
  });
  if (text === null) return { rows: [], found: false, warnings: [] };
  try {
    return { rows: manifestFromCsv(text), found: true, warnings: [] };
  } catch (error) {
    const aside = await setAside(path);
    const why = (error as Error).message.replace(/\.$/, '');
    return {
      rows: [],
      found: true,
      warnings: [
        `${path} could not be read as a manifest (${why}); it was kept as ${aside} and a new one begun.`,
      ],
    };
  }
}

async function setAside(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const aside = `${path}.bak${n === 1 ? '' : n}`;
    if (await isThere(aside)) continue;
    await rename(path, aside).catch((error) => {
      throw diskError(error, 'rename', path);
    });
    return aside;
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function digestOf(path: string): Promise<string | null> {
  return readFile(path).then(sha256, () => null);
}
