/**
 * `manifest.csv`, the table of all textures in an export folder. Runs add to it: a row stays until its
 * file is replaced or gone. It is never edited in place; see `journal.ts` for what happens in between.
 */
import { FileSystemError, MalformedFileError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { digestOf } from './content-hash.ts';
import { diskError } from './disk-errors.ts';
import { journalPath, readJournal } from './journal.ts';
import { manifestFromCsv, manifestToCsv, SpoiltManifest } from './manifest-csv.ts';
import type { ManifestRow } from './manifest-row.ts';
import { sameBytes } from './same-bytes.ts';
import { setAside } from './set-aside.ts';
import { stampOf } from './stamp.ts';
import { bytesIfThere, strictText } from './text-file.ts';
import { writeAtomic } from './write.ts';

/** A manifest was kept under another name, and a new one begun. */
export interface SetAside {
  readonly code: 'manifest-set-aside';
  /** Absolute. */
  readonly manifest: string;
  /** Why it could not be read, as part of a sentence. */
  readonly why: string;
  /** Where it lies now. */
  readonly aside: string;
}

export interface SettledManifest {
  readonly path: string;
  readonly rows: readonly ManifestRow[];
  /** The manifest that was there, where it could not be read as one; else null. */
  readonly setAside: SetAside | null;
}

export function manifestPath(exportFolder: string): string {
  return join(exportFolder, 'manifest.csv');
}

/** What a manifest would be if it were settled now. */
interface Merged {
  readonly rows: ReadonlyMap<string, ManifestRow>;
  /** Those whose file is gone. */
  readonly gone: readonly ManifestRow[];
  /** Whether there is a manifest or a journal at all. */
  readonly found: boolean;
  readonly hasJournal: boolean;
  /** The manifest as it stands; null where there is none that can be read. */
  readonly bytes: Uint8Array | null;
}

/**
 * Brings the manifest up to date: takes the journal in, drops rows whose file is gone, sorts by path,
 * writes where that changed it, and removes the journal. Called at the start of every run, for the sake of one that
 * was cut off, and at its end. Nothing is written when there is neither a manifest nor a journal.
 *
 * @param exportRoot see {@link writeAtomic}
 * @throws NotAllowedError, DiskFullError, FileSystemError where it cannot be read or written
 * @throws MalformedFileError where it was altered so that it cannot be read; nothing is changed then
 */
export async function settleManifest(
  platform: Platform,
  exportFolder: string,
  exportRoot: string | null,
): Promise<SettledManifest> {
  const path = manifestPath(exportFolder);
  let moved: SetAside | null = null;
  const { rows, found, hasJournal, bytes } = await merge(platform, exportFolder, async (why) => {
    moved = { code: 'manifest-set-aside', manifest: path, why, aside: await setAside(platform, path) };
  });
  if (!found) return { path, rows: [], setAside: moved };
  const settled = new TextEncoder().encode(manifestToCsv(rows.values()));
  if (bytes === null || !sameBytes(settled, bytes)) await writeAtomic(platform, path, settled, exportRoot);
  if (hasJournal) {
    await platform.files.remove(journalPath(exportFolder)).catch((error) => {
      throw diskError(error, 'remove', journalPath(exportFolder));
    });
  }
  return { path, rows: [...rows.values()], setAside: moved };
}

/**
 * Whether a manifest is as a run left it, and every texture that it lists still there: then it need not be read, which for
 * ten thousand textures takes as long as all else together.
 *
 * @param stamp of the manifest as it was left
 * @param paths what it listed
 */
export async function isAsLeft(
  platform: Platform,
  exportFolder: string,
  stamp: string,
  paths: Iterable<string>,
): Promise<boolean> {
  if ((await stampOf(platform, manifestPath(exportFolder)))?.text !== stamp) return false;
  if (await platform.files.exists(journalPath(exportFolder))) return false;
  for (const path of paths) if (!(await isFile(platform, join(exportFolder, path)))) return false;
  return true;
}

/**
 * The paths of all textures that a settled manifest would list; nothing is written.
 * @throws NotAllowedError, FileSystemError where it cannot be read
 */
export async function listedPaths(platform: Platform, exportFolder: string): Promise<Set<string>> {
  const { rows } = await merge(platform, exportFolder, async () => {});
  return new Set(rows.keys());
}

/**
 * The rows of a manifest as it would be if it were settled now, by path; nothing is written.
 * @returns null where there is neither a manifest nor a journal
 * @throws FileSystemError where the manifest cannot be read, or not as one; NotAllowedError
 */
export async function listedRows(
  platform: Platform,
  exportFolder: string,
): Promise<ReadonlyMap<string, ManifestRow> | null> {
  return (await listedTable(platform, exportFolder))?.rows ?? null;
}

/**
 * The rows as {@link listedRows} has them, and those whose file is gone, which it leaves out.
 * @throws as that
 */
export async function listedTable(
  platform: Platform,
  exportFolder: string,
): Promise<Pick<Merged, 'rows' | 'gone'> | null> {
  const { rows, gone, found } = await merge(platform, exportFolder, async (why) => {
    const path = manifestPath(exportFolder);
    throw new FileSystemError(
      `“${path}” could not be read as a manifest (${why}); copy it again, or run what wrote it again.`,
      { context: { path } },
    );
  });
  return found ? { rows, gone } : null;
}

/** @param onTorn called, with the reason, where the manifest cannot be read as one */
async function merge(
  platform: Platform,
  exportFolder: string,
  onTorn: (why: string) => Promise<void>,
): Promise<Merged> {
  const manifest = await readManifest(platform, exportFolder, onTorn);
  const journal = await readJournal(platform, exportFolder);
  const rows = new Map(manifest.rows.map((row) => [row.path, row]));
  if (journal) {
    for (const [file, row] of journal.kept) rows.set(file, row);
    for (const [file, promise] of journal.promised) {
      // The run ended between the promise and the rename's note: the bytes tell which side of the rename.
      if ((await digestOf(platform, join(exportFolder, file))) === promise.sha256)
        rows.set(file, promise.row);
    }
  }
  const gone: ManifestRow[] = [];
  for (const [file, row] of [...rows]) {
    if (await isFile(platform, join(exportFolder, file))) continue;
    rows.delete(file);
    gone.push(row);
  }
  return {
    rows,
    gone,
    found: manifest.found || journal !== null,
    hasJournal: journal !== null,
    bytes: manifest.bytes,
  };
}

/** The manifest that was parsed last: a batch asks for the same one at each of its steps. */
const parsedLast = new WeakMap<
  Platform,
  { readonly bytes: Uint8Array; readonly rows: readonly ManifestRow[] }
>();

async function readManifest(
  platform: Platform,
  exportFolder: string,
  onTorn: (why: string) => Promise<void>,
) {
  const path = manifestPath(exportFolder);
  const bytes = await bytesIfThere(platform, path);
  if (bytes === null) return { rows: [], found: false, bytes };
  const known = parsedLast.get(platform);
  if (known && sameBytes(known.bytes, bytes)) return { rows: known.rows, found: true, bytes };
  parsedLast.delete(platform);
  const text = strictText(bytes);
  try {
    const rows = manifestFromCsv(text ?? new TextDecoder('latin1').decode(bytes));
    if (text === null) throw new SpoiltManifest('it is not in UTF-8');
    parsedLast.set(platform, { bytes, rows });
    return { rows, found: true, bytes };
  } catch (error) {
    if (error instanceof SpoiltManifest) throw spoilt(path, error);
    await onTorn((error as Error).message.replace(/\.$/, ''));
    return { rows: [], found: true, bytes: null };
  }
}

/** Such a table is not set aside and begun again: then all that it lists would be made again. */
function spoilt(path: string, cause: SpoiltManifest): MalformedFileError {
  return new MalformedFileError(
    `“${path}” was altered so that it cannot be read (${cause.message}); save it as CSV in UTF-8 with every column as text, put a copy back, or move it away to make everything again.`,
    { context: { path }, cause },
  );
}

async function isFile({ files }: Platform, path: string): Promise<boolean> {
  return (await files.stat(path).catch(() => null))?.kind === 'file';
}
