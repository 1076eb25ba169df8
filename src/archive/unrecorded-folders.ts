/**
 * Kits, instruments and selections that versions 0.1.0 and 0.2.0 made, which have no record (see `folder-record.ts`): they are
 * known by what their files say. Nothing else may tell a folder in this way.
 */

import { extname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { parseCsv } from './csv.ts';
import type { FolderKind } from './folder-record.ts';
import { begins, headOf, tableOf } from './table-head.ts';
import { textIfThere } from './text-file.ts';

const TABLE = 'KIT.csv';
const KIT_TABLE = tableOf('file', 'texture', 'source', 'family');
const SELECTION = 'selection.json';
const SELECTION_TEXT = /^\s*\{\s*"version":\s*1,\s*"engine_version"/;
const INSTRUMENT_ENDINGS = ['.sfz', '.dspreset', '.multisample'];
/** The first line of an .sfz. */
const SFZ_LINE = /^\/\/ .*made by afterglow-engine$/m;
/** How .sfz and .dspreset named their samples. */
const SAMPLE_PATH = /samples\/[\w.+-]+\.wav/g;

/** What a folder is; null where it is none of these. */
export async function unrecordedKind(platform: Platform, folder: string): Promise<FolderKind | null> {
  if (await begins(platform, join(folder, TABLE), KIT_TABLE)) return 'kit';
  if (await begins(platform, join(folder, SELECTION), SELECTION_TEXT)) return 'selection';
  return (await holdsInstruments(platform, folder)) ? 'instruments' : null;
}

/** Instruments lie beside the folder of their samples. */
async function holdsInstruments(platform: Platform, folder: string): Promise<boolean> {
  if (!(await platform.files.exists(join(folder, 'samples')))) return false;
  for (const { name } of await platform.files.list(folder)) {
    const isText = extname(name).toLowerCase() === '.sfz';
    if (isText && SFZ_LINE.test(await headOf(platform, join(folder, name)))) return true;
  }
  return false;
}

/** What a kit is made of, by its own table; nothing where there is no such table. */
export async function filesOfKit(platform: Platform, folder: string): Promise<Set<string>> {
  const text = await textIfThere(platform, join(folder, TABLE));
  if (text === null) return new Set();
  try {
    const [header = [], ...records] = parseCsv(text);
    const column = header.indexOf('file');
    return new Set([TABLE, ...records.flatMap((record) => record[column] || [])]);
  } catch {
    return new Set([TABLE]);
  }
}

/** The instruments of a name, and the samples that they name. */
export async function filesOfInstruments(
  platform: Platform,
  folder: string,
  name: string,
): Promise<Set<string>> {
  const names = (await platform.files.list(folder).catch(() => [])).map((entry) => entry.name);
  const instruments = names.filter(
    (file) => file.startsWith(`${name}_`) && INSTRUMENT_ENDINGS.some((ending) => file.endsWith(ending)),
  );
  const ours = new Set(instruments);
  for (const file of instruments.filter((each) => !each.endsWith('.multisample'))) {
    const text = (await textIfThere(platform, join(folder, file))) ?? '';
    for (const [path] of text.matchAll(SAMPLE_PATH)) ours.add(path);
  }
  return ours;
}
