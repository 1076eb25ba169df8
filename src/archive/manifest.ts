/**
 * `manifest.csv`, the table of all textures in an export folder. Runs add to it: a row stays until its
 * file is replaced or gone. It is never edited in place; see `journal.ts` for what happens in between.
 */
import { FileSystemError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { digestOf } from './content-hash.ts';
import { diskError } from './disk-errors.ts';
import { journalPath, readJournal } from './journal.ts';
import { type ManifestTable, manifestFromCsv, manifestToCsv } from './manifest-csv.ts';
import { faultsInWords, type ManifestFault, tableFault } from './manifest-fault.ts';
import type { ManifestRow } from './manifest-row.ts';
import { sameBytes } from './same-bytes.ts';
import { copyAside } from './set-aside.ts';
import { stampOf } from './stamp.ts';
import { bytesIfThere, strictText } from './text-file.ts';
import { writeAtomic } from './write.ts';

/** A damaged manifest was kept under another name; what could be read of it stands in the new one. */
export interface SetAside {
  readonly code: 'manifest-set-aside';
  /** Absolute. */
  readonly manifest: string;
  /** What could not be read, as part of a sentence. */
  readonly why: string;
  /** Some rows could. */
  readonly hasRows: boolean;
  /** Where it lies now. */
  readonly aside: string;
}

export interface SettledManifest {
  readonly path: string;
  readonly rows: readonly ManifestRow[];
  /** The manifest that was there, where not all of it could be read; else null. */
  readonly setAside: SetAside | null;
  /** What of it could not be read. */
  readonly faults: readonly ManifestFault[];
}

const LINE_FEED = 0x0a;

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
  /** The manifest as it stands; null where there is none. */
  readonly bytes: Uint8Array | null;
  /** What of it could not be read. */
  readonly faults: readonly ManifestFault[];
}

/**
 * Brings the manifest up to date: takes the journal in, drops rows whose file is gone, sorts by path,
 * writes where that changed it, and removes the journal. Called at the start of every run, for the sake of one that
 * was cut off, and at its end. Nothing is written when there is neither a manifest nor a journal. A manifest that is damaged is kept
 * under another name first.
 *
 * @param exportRoot see {@link writeAtomic}
 * @throws NotAllowedError, DiskFullError, FileSystemError where it cannot be read or written
 */
export async function settleManifest(
  platform: Platform,
  exportFolder: string,
  exportRoot: string | null,
): Promise<SettledManifest> {
  const path = manifestPath(exportFolder);
  const { rows, found, hasJournal, bytes, faults } = await merge(platform, exportFolder);
  if (!found) return { path, rows: [], setAside: null, faults };
  const settled = new TextEncoder().encode(manifestToCsv(rows.values()));
  let setAside: SetAside | null = null;
  if (bytes !== null && faults.length > 0) {
    const aside = await copyAside(platform, path, bytes, exportRoot);
    setAside = {
      code: 'manifest-set-aside',
      manifest: path,
      why: faultsInWords(faults),
      hasRows: rows.size > 0,
      aside,
    };
  }
  if (bytes === null || !sameBytes(settled, bytes)) await writeAtomic(platform, path, settled, exportRoot);
  if (hasJournal) {
    await platform.files.remove(journalPath(exportFolder)).catch((error) => {
      throw diskError(error, 'remove', journalPath(exportFolder));
    });
  }
  return { path, rows: [...rows.values()], setAside, faults };
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
 * The rows that a settled manifest would list, also where none can be read, and what of it could not be; nothing is written.
 * @throws NotAllowedError, FileSystemError where it cannot be read
 */
export async function readableRows(
  platform: Platform,
  exportFolder: string,
): Promise<Pick<Merged, 'rows' | 'faults'>> {
  const { rows, faults } = await merge(platform, exportFolder);
  return { rows, faults };
}

/**
 * The rows of a manifest as it would be if it were settled now, by path; nothing is written.
 * @returns null where there is neither a manifest nor a journal
 * @throws FileSystemError where the manifest cannot be read, or no row of it; NotAllowedError
 */
export async function listedRows(
  platform: Platform,
  exportFolder: string,
): Promise<ReadonlyMap<string, ManifestRow> | null> {
  return (await listedTable(platform, exportFolder))?.rows ?? null;
}

/**
 * The rows as {@link listedRows} has them, those whose file is gone, which it leaves out, and what could not be read.
 * @throws as that
 */
export async function listedTable(
  platform: Platform,
  exportFolder: string,
): Promise<Pick<Merged, 'rows' | 'gone' | 'faults'> | null> {
  const { rows, gone, found, faults } = await merge(platform, exportFolder);
  if (faults.length > 0 && rows.size + gone.length === 0) {
    const path = manifestPath(exportFolder);
    throw new FileSystemError(
      `“${path}” could not be read as a manifest (${faults[0].what}); put a copy back, or run what wrote it once more, which keeps it under another name and begins a new one.`,
      { context: { path } },
    );
  }
  return found ? { rows, gone, faults } : null;
}

async function merge(platform: Platform, exportFolder: string): Promise<Merged> {
  const { bytes, rows: inManifest, faults } = await readManifest(platform, exportFolder);
  const journal = await readJournal(platform, exportFolder);
  const rows = new Map(inManifest.map((row) => [row.path, row]));
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
  const found = bytes !== null || journal !== null;
  return { rows, gone, found, hasJournal: journal !== null, bytes, faults };
}

/** The manifest that was parsed last: a batch asks for the same one at each of its steps. */
const parsedLast = new WeakMap<Platform, ManifestTable & { readonly bytes: Uint8Array }>();

/** Null bytes are no manifest. */
async function readManifest(
  platform: Platform,
  exportFolder: string,
): Promise<ManifestTable & { readonly bytes: Uint8Array | null }> {
  const bytes = await bytesIfThere(platform, manifestPath(exportFolder));
  if (bytes === null) return { rows: [], faults: [], bytes };
  const known = parsedLast.get(platform);
  if (known && sameBytes(known.bytes, bytes)) return known;
  const text = strictText(bytes);
  const table = manifestFromCsv(text ?? textByLines(bytes));
  const faults = text === null ? [tableFault('it is not in UTF-8'), ...table.faults] : table.faults;
  const read = { rows: table.rows, faults, bytes };
  parsedLast.set(platform, read);
  return read;
}

/**
 * Text that is not all UTF-8, line by line: what is not is read as an old Windows program saved it most often, and one spoilt byte
 * spoils its own line. A row that is read wrong names no file that is there.
 */
function textByLines(bytes: Uint8Array): string {
  const old = new TextDecoder('windows-1252');
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, start) + 1 || bytes.length;
    const line = bytes.subarray(start, end);
    lines.push(strictText(line) ?? old.decode(line));
    start = end;
  }
  return lines.join('');
}

async function isFile({ files }: Platform, path: string): Promise<boolean> {
  return (await files.stat(path).catch(() => null))?.kind === 'file';
}
