/** Folders that hold what this engine made, wherever they lie: exports, kits, selections, instruments, and copies of them. */
import { dirname, extname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';

/** A table or text by which a folder is known: a file's name, and how its text begins. */
interface Sign {
  readonly file: string;
  readonly begins: RegExp;
  readonly what: string;
}

/** Programs that save a table may have put other separators and quotes, see `manifest-csv.ts`. */
const GAP = '"?[,;\\t]"?';
const tableOf = (...columns: readonly string[]) => new RegExp(`^"?${columns.join(GAP)}\\b`);

const EXPORT = 'an export of this engine';
const SIGNS: readonly Sign[] = [
  { file: 'manifest.csv', begins: tableOf('filename', 'source', 'type', 'duration_sec'), what: EXPORT },
  { file: '.afterglow-settings.json', begins: /^/, what: EXPORT },
  { file: '.manifest-journal.jsonl', begins: /^/, what: EXPORT },
  { file: 'KIT.csv', begins: tableOf('file', 'texture', 'source', 'family'), what: 'a kit of this engine' },
  {
    file: 'selection.json',
    begins: /^\s*\{\s*"version":\s*1,\s*"engine_version"/,
    what: 'a selection of this engine',
  },
];
/** The first line that `kits/sfz.ts` writes. */
const INSTRUMENT = /^\/\/ .*made by afterglow-engine$/m;

/** Bytes of a file that tell. */
const HEAD_LENGTH = 512;

/** What a folder is, where this engine made it; null for all others. */
export async function ownFolder(platform: Platform, folder: string): Promise<string | null> {
  for (const { file, begins, what } of SIGNS) {
    const path = join(folder, file);
    if ((await platform.files.exists(path)) && begins.test(await headOf(platform, path))) return what;
  }
  return (await holdsInstruments(platform, folder)) ? 'instruments of this engine' : null;
}

/** Instruments lie beside the folder of their samples. */
async function holdsInstruments(platform: Platform, folder: string): Promise<boolean> {
  if (!(await platform.files.exists(join(folder, 'samples')))) return false;
  for (const { name } of await platform.files.list(folder)) {
    const isText = extname(name).toLowerCase() === '.sfz';
    if (isText && INSTRUMENT.test(await headOf(platform, join(folder, name)))) return true;
  }
  return false;
}

/** What a folder lies in, or is, that this engine made; null where that is nothing. @param folder absolute */
export async function ownFolderAround(
  platform: Platform,
  folder: string,
): Promise<{ readonly path: string; readonly what: string } | null> {
  for (let path = folder; ; path = dirname(path)) {
    const what = await ownFolder(platform, path);
    if (what !== null) return { path, what };
    if (path === dirname(path)) return null;
  }
}

/** As UTF-8, and without the zeros that make UTF-16 of it; '' where it cannot be read. */
async function headOf({ files }: Platform, path: string): Promise<string> {
  const bytes = await files.readPieces(path, [0], HEAD_LENGTH).catch(() => new Uint8Array());
  return new TextDecoder().decode(bytes).replace(/\0|^\uFFFD+/g, '');
}
