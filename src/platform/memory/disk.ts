import { basename, dirname } from '../../paths.ts';
import type { EntryKind, FileStat } from '../platform.ts';
import { type Content, sizeOf } from './content.ts';

/** More than a tick of the coarsest file system's clock passes with each change, so that stamps tell all changes apart. */
const STEP_MS = 3000;
const FIRST_MS = Date.UTC(2026, 0, 1);

interface File {
  readonly content: Content;
  /** What a power cut leaves of it; null where that is nothing. */
  readonly flushed: Content | null;
  readonly modifiedMs: number;
  readonly changedMs: number;
}

/** What a disk holds, as data: without links, with folders under the same paths as on any other. */
export interface MemoryDisk {
  /** Null is a folder. */
  readonly entries: Map<string, File | null>;
  /** Time of the last change, ms since 1970. */
  nowMs: number;
  /** How often a machine was started on it. */
  starts: number;
}

export function memoryDisk(): MemoryDisk {
  return { entries: new Map([['/', null]]), nowMs: FIRST_MS, starts: 0 };
}

/** The same disk once more; what happens to one does not happen to the other. */
export function copyOfDisk(disk: MemoryDisk): MemoryDisk {
  return { ...disk, entries: new Map(disk.entries) };
}

/** What is left of a disk when the power goes: files as they were flushed last. */
export function afterPowerCut(disk: MemoryDisk): MemoryDisk {
  const left = copyOfDisk(disk);
  for (const [path, entry] of left.entries) {
    if (entry?.flushed === null) left.entries.delete(path);
    else if (entry) left.entries.set(path, { ...entry, content: entry.flushed });
  }
  return left;
}

/** An error as `Files` throws it. */
export function coded(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

export function kindAt({ entries }: MemoryDisk, path: string): Exclude<EntryKind, 'link' | 'other'> | null {
  const entry = entries.get(path);
  return entry === undefined ? null : entry === null ? 'folder' : 'file';
}

export function fileAt(disk: MemoryDisk, path: string): File {
  const entry = disk.entries.get(path);
  if (entry === null) throw coded('EISDIR', path);
  if (entry === undefined) throw coded(codeOfNothing(disk, path), path);
  return entry;
}

/** Why nothing stands at a path: something above it is a file, or it is only that nothing does. */
export function codeOfNothing(disk: MemoryDisk, path: string): 'ENOTDIR' | 'ENOENT' {
  for (let above = dirname(path); ; above = dirname(above)) {
    const kind = kindAt(disk, above);
    if (kind !== null) return kind === 'file' ? 'ENOTDIR' : 'ENOENT';
  }
}

/** @throws EEXIST where something stands there; ENOENT, ENOTDIR where nothing can */
export function assertFree(disk: MemoryDisk, path: string): void {
  if (kindAt(disk, path) !== null) throw coded('EEXIST', path);
  assertHome(disk, path);
}

/** @throws ENOENT, ENOTDIR where there is no folder for a path */
function assertHome(disk: MemoryDisk, path: string): void {
  if (kindAt(disk, dirname(path)) !== 'folder') throw coded(codeOfNothing(disk, path), path);
}

export function statAt(disk: MemoryDisk, path: string): FileStat | null {
  const entry = disk.entries.get(path);
  if (entry === undefined) {
    if (codeOfNothing(disk, path) === 'ENOTDIR') throw coded('ENOTDIR', path);
    return null;
  }
  if (entry === null) {
    return { kind: 'folder', size: 0, modifiedMs: 0, stamp: { text: '0', changedMs: 0 } };
  }
  const { content, modifiedMs, changedMs } = entry;
  const size = sizeOf(content);
  const text = `${size} ${modifiedMs} ${changedMs}`;
  return { kind: 'file', size, modifiedMs, stamp: { text, changedMs } };
}

/** The paths in a folder and below it. */
export function below({ entries }: MemoryDisk, folder: string): string[] {
  const start = folder === '/' ? '/' : `${folder}/`;
  return [...entries.keys()].filter((path) => path.startsWith(start) && path !== folder);
}

/** Names in a folder. */
export function namesIn(disk: MemoryDisk, folder: string): string[] {
  const kind = kindAt(disk, folder);
  if (kind !== 'folder') throw coded(kind === null ? codeOfNothing(disk, folder) : 'ENOTDIR', folder);
  return below(disk, folder)
    .filter((path) => dirname(path) === folder)
    .map((path) => basename(path));
}

/** Puts a file in its place. @param modifiedMs of a copy that keeps its time */
export function putFile(
  disk: MemoryDisk,
  path: string,
  held: Pick<File, 'content' | 'flushed'>,
  modifiedMs = disk.nowMs,
): void {
  assertHome(disk, path);
  disk.entries.set(path, { ...held, modifiedMs, changedMs: disk.nowMs });
}

/** Takes what stands at a path, and what is below it, to another. */
export function moveEntry(disk: MemoryDisk, from: string, to: string): void {
  const kind = kindAt(disk, from);
  if (kind === null) throw coded(codeOfNothing(disk, from), from);
  assertHome(disk, to);
  const there = kindAt(disk, to);
  if (there === 'folder' && kind === 'file') throw coded('EISDIR', to);
  if (there === 'file' && kind === 'folder') throw coded('ENOTDIR', to);
  if (there === 'folder' && below(disk, to).length > 0) throw coded('ENOTEMPTY', to);
  for (const path of [from, ...below(disk, from)]) {
    const entry = disk.entries.get(path)!;
    disk.entries.delete(path);
    disk.entries.set(to + path.slice(from.length), entry && { ...entry, changedMs: disk.nowMs });
  }
}

export function removeBelow(disk: MemoryDisk, path: string): void {
  for (const each of [path, ...below(disk, path)]) disk.entries.delete(each);
}

/** Lets the time of one change pass. */
export function tick(disk: MemoryDisk): void {
  disk.nowMs += STEP_MS;
}
