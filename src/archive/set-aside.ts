/** What is put out of the way, and what a killed run left out of its place. */
import { ConfigError } from '../errors.ts';
import { basename, dirname, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { diskError } from './disk-errors.ts';
import { FOLDER_RECORD, recordedKind } from './folder-record.ts';
import { sameBytes } from './same-bytes.ts';
import { unrecordedKind } from './unrecorded-folders.ts';
import { writeAtomic } from './write.ts';

/**
 * Keeps a file that is not what it should be under another name: `manifest.csv.bak` (`.bak2`, … where that is taken).
 * @returns the path it has now
 * @throws NotAllowedError, FileSystemError
 */
export async function setAside({ files }: Platform, path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const aside = asideName(path, n);
    if (await files.exists(aside)) continue;
    await files.rename(path, aside).catch((error) => {
      throw diskError(error, 'rename', path);
    });
    return aside;
  }
}

/**
 * Keeps what a file holds under such a name too, before something else is written into its place. What lies under one with these very bytes
 * is that copy already.
 * @param root see {@link writeAtomic}
 * @returns the path of the copy
 * @throws NotAllowedError, DiskFullError, FileSystemError
 */
export async function copyAside(
  platform: Platform,
  path: string,
  bytes: Uint8Array,
  root: string | null,
): Promise<string> {
  const { files } = platform;
  for (let n = 1; ; n++) {
    const aside = asideName(path, n);
    const kind = await files.kindOf(aside);
    if (kind === 'file' && sameBytes(await files.read(aside), bytes)) return aside;
    if (kind !== null) continue;
    await writeAtomic(platform, aside, bytes, root);
    return aside;
  }
}

function asideName(path: string, n: number): string {
  return `${path}.bak${n === 1 ? '' : n}`;
}

/** In a folder that is being made or taken away: that it is ours, whatever else is in it by now. */
const NOTE = '.afterglow-in-work';
const NOTE_TEXT = 'afterglow builds this folder, or takes it away. Where no run is at work, it may go.\n';

/** Where a folder lies while it is made, or, on its way out, while the new one takes its place. */
export function asideOf(folder: string, state: 'making' | 'old'): string {
  return join(dirname(folder), `.afterglow-${basename(folder)}.${state}`);
}

/** Where versions up to 0.2.0 put the folder that was to be replaced: a name that others may give too. */
function earlierAsideOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.old`);
}

/** Begins an empty folder of ours at a path; what a killed run left there goes. @throws ConfigError where it is not ours */
export async function beginFolder(platform: Platform, path: string): Promise<void> {
  const { files } = platform;
  if ((await files.kindOf(path)) !== null) await discard(platform, path);
  await files.makeFolder(path);
  await writeNote(platform, path);
}

/** Takes our note out of a folder that is whole, and says by itself what it is. */
export async function endFolder({ files }: Platform, path: string): Promise<void> {
  await files.remove(join(path, NOTE));
}

/** Whether a file, by its path in the folder, is our note. */
export function isNote(file: string): boolean {
  return file === NOTE;
}

/**
 * Removes a folder of ours, our note last: wherever that is cut off, it is known for ours.
 * @throws ConfigError where it is not
 */
export async function discard(platform: Platform, path: string): Promise<void> {
  const { files } = platform;
  if (!(await isOurs(platform, path))) {
    throw new ConfigError(`“${path}” is in the way, and not of this engine; move it away.`, {
      context: { path },
    });
  }
  if (!(await files.exists(join(path, NOTE)))) await writeNote(platform, path);
  for (const { name } of await files.list(path)) if (!isNote(name)) await files.removeTree(join(path, name));
  await files.removeTree(path);
}

/** Removes what was replaced: whoever replaced it knows that it may go. */
export async function takeAway(platform: Platform, path: string): Promise<void> {
  await writeNote(platform, path);
  await discard(platform, path);
}

async function writeNote({ files }: Platform, path: string): Promise<void> {
  await files.write(join(path, NOTE), new TextEncoder().encode(NOTE_TEXT));
}

async function isOurs(platform: Platform, path: string): Promise<boolean> {
  const { files } = platform;
  if ((await files.kindOf(path)) !== 'folder') return false;
  // Only a record, which is of nothing then.
  if ((await files.list(path)).every(({ name }) => name === FOLDER_RECORD)) return true;
  if (await files.exists(join(path, NOTE))) return true;
  return (await recordedKind(platform, path)) !== null || (await unrecordedKind(platform, path)) !== null;
}

/**
 * Puts a folder back that a killed run had set aside and not replaced yet; one that was replaced is removed. What is not
 * ours by what lies in it stays, whatever it is called.
 * @throws NotAllowedError, FileSystemError
 */
export async function putBack(platform: Platform, folder: string): Promise<void> {
  const { files } = platform;
  for (const old of [asideOf(folder, 'old'), earlierAsideOf(folder)]) {
    try {
      if (!(await isOurs(platform, old))) continue;
      const isReplaced = await files.exists(folder);
      if (!isReplaced && !(await files.exists(join(old, NOTE)))) await files.rename(old, folder);
      else if (old === asideOf(folder, 'old')) await discard(platform, old);
    } catch (error) {
      throw diskError(error, 'rename', old);
    }
  }
}

const SET_ASIDE = /^\.(?:afterglow-)?(.+)\.old$/;

/** Puts back every folder inside this one that a killed run had set aside and not replaced yet. @throws as putBack */
export async function putBackAll(platform: Platform, parent: string): Promise<void> {
  for (const { name } of await platform.files.list(parent).catch(() => [])) {
    const [, folder] = SET_ASIDE.exec(name) ?? [];
    if (folder === undefined || (await platform.files.exists(join(parent, folder)))) continue;
    await putBack(platform, join(parent, folder));
  }
}
