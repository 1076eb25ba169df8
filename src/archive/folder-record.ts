/**
 * `.afterglow-folder.json` in a kit, a folder of instruments or a selection: what the folder is, and which of its files this
 * engine made. What else lies there is somebody's.
 */

import * as z from 'zod';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { contentHash } from './content-hash.ts';
import { textIfThere } from './text-file.ts';

export const FOLDER_RECORD = '.afterglow-folder.json';

export type FolderKind = 'kit' | 'instruments' | 'selection';

const shape = z.object({
  version: z.literal(1),
  kind: z.enum(['kit', 'instruments', 'selection']),
  /** Of instruments: what their files begin with. Those of another name are not replaced. */
  name: z.string().optional(),
  engine_version: z.string(),
  /** By path with slashes: SHA-256 of the bytes as they were written, in hex. */
  files: z.record(z.string(), z.string()),
});

type FolderRecord = z.infer<typeof shape>;

/** What a folder holds that this engine made; null where no record says so. @throws NotAllowedError, FileSystemError */
export async function readFolderRecord(platform: Platform, folder: string): Promise<FolderRecord | null> {
  return recordIn(await textIfThere(platform, join(folder, FOLDER_RECORD)));
}

/**
 * What a folder is by its record; null where it has none, or none of the files that it lists is there any
 * more: somebody may put a folder to another use.
 */
export async function recordedKind(platform: Platform, folder: string): Promise<FolderKind | null> {
  const path = join(folder, FOLDER_RECORD);
  // Opening a pipe waits for somebody to write into it.
  if ((await platform.files.stat(path).catch(() => null))?.kind !== 'file') return null;
  const record = recordIn(await textIfThere(platform, path).catch(() => null));
  for (const file of Object.keys(record?.files ?? {})) {
    if (await platform.files.exists(join(folder, file))) return record!.kind;
  }
  return null;
}

/** What a record says beside its files. */
interface RecordFacts {
  readonly kind: FolderKind;
  readonly name?: string | undefined;
  readonly engineVersion: string;
  /** SHA-256 of files that are known, by path: they are not read. See what `build` is given in `palette/whole-folder.ts`. */
  readonly digests: ReadonlyMap<string, string>;
}

/**
 * Writes the record of a folder.
 * @param files those in it, with slashes, all of which this engine made
 */
export async function writeFolderRecord(
  platform: Platform,
  folder: string,
  files: readonly string[],
  { kind, name, engineVersion, digests }: RecordFacts,
): Promise<void> {
  const hashed: Record<string, string> = {};
  for (const file of files)
    hashed[file] = digests.get(file) ?? (await contentHash(platform, join(folder, file)));
  const record: FolderRecord = { version: 1, kind, name, engine_version: engineVersion, files: hashed };
  const text = `${JSON.stringify(record, null, 2)}\n`;
  await platform.files.write(join(folder, FOLDER_RECORD), new TextEncoder().encode(text));
}

function recordIn(text: string | null): FolderRecord | null {
  try {
    return shape.parse(JSON.parse(text ?? 'null'));
  } catch {
    return null;
  }
}
