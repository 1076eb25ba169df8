/** What lies beside the samples of a kit: its table and its note; and all of it as one ZIP. */
import { isNote } from '../archive/set-aside.ts';
import type { Families } from '../config/settings.ts';
import { zipOf } from '../formats/stored-zip.ts';
import { dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { kitNote } from '../targets/kit-note.ts';
import type { LeftOut } from '../targets/plan.ts';
import type { Profile } from '../targets/profile.ts';
import { shortenedText } from '../wording/kits.ts';
import { filesBelow } from './files-below.ts';
import { type KitFile, kitCsv } from './kit-csv.ts';
import type { KitTexture } from './texture-choice.ts';

const TABLE = 'KIT.csv';
const NOTE = 'README.txt';
const ZIP_ENDING = '.zip';

/** A kit whose samples lie in a folder. */
interface FilledKit {
  readonly files: readonly KitFile[];
  readonly leftOut: readonly LeftOut<KitTexture>[];
  /** Paths of textures whose files are gone. */
  readonly missing: readonly string[];
  readonly name: string;
  readonly profile: Profile;
  readonly isZipped: boolean;
  readonly families: Families;
}

/** Writes the table and the note of a kit into its folder. */
export async function writeBeside(platform: Platform, folder: string, kit: FilledKit): Promise<void> {
  const { name, profile, files, leftOut, missing, isZipped, families } = kit;
  const folders = [...new Set(files.map(({ file }) => dirname(file)))];
  const chains = new Set(files.filter(({ slice }) => slice !== null).map(({ file }) => file)).size;
  const write = (file: string, text: string) =>
    platform.files.write(join(folder, file), new TextEncoder().encode(text));
  await write(TABLE, kitCsv(files, leftOut, missing));
  const shortened = shortenedText(files, families);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const note = { name, samples: files.length, bytes, chains, folders, isZipped, shortened };
  await write(NOTE, kitNote(profile, note));
}

/**
 * Puts all of a folder into one ZIP in it, laid out as the folder was; of the rest, only table and note stay beside it.
 * @param name of the ZIP, without its ending
 * @returns the ZIP's file name
 */
export async function packKit(platform: Platform, folder: string, name: string): Promise<string> {
  const zip = `${name}${ZIP_ENDING}`;
  // Not what says that the folder is at work.
  const listed = (await platform.files.list(folder)).filter((entry) => !isNote(entry.name));
  const files = (await filesBelow(platform, folder)).filter((file) => !isNote(file));
  await platform.files.write(join(folder, zip), zipOf(filesIn(platform, folder, files)));
  for (const entry of listed) {
    if (![TABLE, NOTE].includes(entry.name)) await platform.files.removeTree(join(folder, entry.name));
  }
  return zip;
}

async function* filesIn(platform: Platform, folder: string, names: readonly string[]) {
  for (const name of names) yield { name, bytes: await platform.files.read(join(folder, name)) };
}
