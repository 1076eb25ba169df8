/** Folders that hold what this engine made, wherever they lie: exports, kits, selections, instruments, and copies of them. */
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

/** What this engine makes folders of. */
export type OwnFolderKind = 'export' | 'kit' | 'selection' | 'instruments';

/** A table or text by which a folder is known: a file's name, and how its text begins. */
interface Sign {
  readonly file: string;
  readonly begins: RegExp;
  readonly what: OwnFolderKind;
}

/** Programs that save a table may have put other separators and quotes, see `manifest-csv.ts`. */
const GAP = '"?[,;\\t]"?';
const tableOf = (...columns: readonly string[]) => new RegExp(`^"?${columns.join(GAP)}\\b`);

const SIGNS: readonly Sign[] = [
  { file: 'manifest.csv', begins: tableOf('filename', 'source', 'type', 'duration_sec'), what: 'export' },
  { file: '.afterglow-settings.json', begins: /^/, what: 'export' },
  { file: '.manifest-journal.jsonl', begins: /^/, what: 'export' },
  { file: 'KIT.csv', begins: tableOf('file', 'texture', 'source', 'family'), what: 'kit' },
  {
    file: 'selection.json',
    begins: /^\s*\{\s*"version":\s*1,\s*"engine_version"/,
    what: 'selection',
  },
];
/** The first line that `kits/sfz.ts` writes. */
const INSTRUMENT = /^\/\/ .*made by afterglow-engine$/m;

/** Bytes of a file that tell. */
const HEAD_LENGTH = 512;

/**
 * What a folder is, where this engine made it; null for all others. Looked up at once, not awaited, as planning looks into
 * every folder of an archive.
 */
export function ownFolder(folder: string): OwnFolderKind | null {
  for (const { file, begins, what } of SIGNS) {
    const path = join(folder, file);
    if (existsSync(path) && begins.test(headOf(path))) return what;
  }
  return holdsInstruments(folder) ? 'instruments' : null;
}

/** Instruments lie beside the folder of their samples. */
function holdsInstruments(folder: string): boolean {
  if (!existsSync(join(folder, 'samples'))) return false;
  const names = readdirSync(folder).filter((name) => extname(name).toLowerCase() === '.sfz');
  return names.some((name) => INSTRUMENT.test(headOf(join(folder, name))));
}

/** What a folder lies in, or is, that this engine made; null where that is nothing. @param folder absolute */
export function ownFolderAround(
  folder: string,
): { readonly path: string; readonly what: OwnFolderKind } | null {
  for (let path = folder; ; path = dirname(path)) {
    const what = ownFolder(path);
    if (what !== null) return { path, what };
    if (path === dirname(path)) return null;
  }
}

/** As UTF-8, and without the zeros that make UTF-16 of it; '' where it cannot be read. */
function headOf(path: string): string {
  try {
    const handle = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(HEAD_LENGTH);
      const length = readSync(handle, bytes);
      return bytes
        .subarray(0, length)
        .toString('utf8')
        .replace(/\0|^\uFEFF|^\uFFFD+/g, '');
    } finally {
      closeSync(handle);
    }
  } catch {
    return '';
  }
}
