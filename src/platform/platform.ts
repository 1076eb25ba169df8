/**
 * What the engine asks of a machine. `platform/node` is one with a disk, threads and ffmpeg, `platform/browser` a page's worker,
 * on the disk of `platform/memory`, which alone is a machine, too: `./core` offers it, and tests have it fail. Paths have slashes
 * everywhere (see `paths.ts`), and whatever may take a page's time is awaited, also where Node has it at once.
 */
import type { SoundStream } from '../formats/sound-stream.ts';

export interface Platform {
  readonly files: Files;
  readonly clock: Clock;
  readonly ownProcess: OwnProcess;
  /** Null where there are no threads: then all is done in the caller's own. */
  readonly workers: Workers | null;
  /** Reads what the engine's own readers do not know; null where there is no such thing. */
  readonly foreignDecoder: ForeignDecoder | null;
  readonly shipped: Shipped;
  /** A new SHA-256, of what comes in pieces. */
  sha256(): Digest;
  /** SHA-256 of bytes that are all there, in hex; they are not to change until it is known. */
  sha256Of(bytes: Uint8Array): Promise<string>;
  machine(): Machine;
}

export interface Machine {
  readonly cores: number;
  /** Bytes that this process may still take. */
  readonly freeBytes: number;
}

/** A digest that takes its bytes in pieces. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** The digest of all so far, in hex; no more may be added then. */
  hex(): string;
}

interface Clock {
  /** ms since 1970. */
  now(): number;
  /** ms since some moment; never goes back. */
  elapsed(): number;
  wait(ms: number): Promise<void>;
}

/** The process that works here, as others on the same machine see it. */
export interface OwnProcess {
  readonly id: number;
  isRunning(id: number): Promise<boolean>;
  /** Three whole numbers with dashes, never given twice on this machine while files named by them may lie about. */
  uniqueName(): string;
  /** The paths of the lock files that this process has. */
  readonly locks: Set<string>;
}

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** What stands in a folder, by its name; links are not followed. */
export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** What stands at a path, links followed. */
export interface FileStat {
  readonly kind: Exclude<EntryKind, 'link'>;
  /** Bytes. */
  readonly size: number;
  /** Last change to the content, ms since 1970, as fine as it is known. */
  readonly modifiedMs: number;
  readonly stamp: Stamp;
}

/** What a file system says of a file that changes with its content. */
export interface Stamp {
  /** Begins with the size and a space. Equal as text, equal as a file. */
  readonly text: string;
  /** Last change to the content or the entry, ms since 1970. */
  readonly changedMs: number;
}

/** A file's bytes at once, or piece by piece. */
export type FileBytes = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * A disk, or what passes for one. Paths are absolute. What fails throws an error with a `code` of POSIX: ENOENT, EEXIST,
 * ENOTDIR, EISDIR, ENOTEMPTY, EACCES, EROFS, ENOSPC, ELOOP, ENXIO, EIO (see `archive/disk-errors.ts`). A rename is whole or did
 * not happen. What is written, made, copied or renamed is on the disk under its name, whatever becomes of the power, once the
 * promise is kept, apart from `appendLines` without `flush`, and where a system has no way to wait for names. What is removed
 * may come back with the power.
 */
export interface Files {
  /** What somebody typed as a path, with slashes; relative ones stay so. */
  slashed(path: string): string;
  /** The absolute path, with slashes, of what somebody typed. @param from where a relative one starts, by default where the process does */
  absolute(path: string, from?: string): string;
  /** Null where nothing stands there. @throws where it cannot be known */
  stat(path: string): Promise<FileStat | null>;
  /** What stands there itself, links not followed; null where nothing does or it cannot be known. */
  kindOf(path: string): Promise<EntryKind | null>;
  /** Whether something is found there, links followed; false where it cannot be known. */
  exists(path: string): Promise<boolean>;
  /** In no order. */
  list(folder: string): Promise<readonly Entry[]>;
  /** All links resolved; what does not exist has no real path. */
  realPath(path: string): Promise<string>;
  /** @throws where the folder may not be searched, or written into */
  assertAccess(folder: string, to: 'read' | 'write'): Promise<void>;
  /** Bytes free to this user where a path is; null where that is not known. */
  freeBytes(path: string): Promise<number | null>;

  read(path: string): Promise<Uint8Array>;
  /**
   * Pieces of a file, one behind the other, zeros where it ends early.
   * @param starts bytes from the beginning
   * @param length of each piece, bytes
   * @param room as many bytes as all pieces take, for somebody who reads often: what is returned may be that, until it is given again
   */
  readPieces(path: string, starts: readonly number[], length: number, room?: Uint8Array): Promise<Uint8Array>;
  /** For reading by ranges. Opening a pipe waits for its writer, so look before. */
  open(path: string): Promise<OpenFile>;
  /** Nameless room for what memory does not hold; it goes with the process, however that ends. */
  scratch(): Promise<ScratchFile>;

  /** Makes a file. @throws EEXIST where something stands there, be it a link */
  write(path: string, bytes: FileBytes): Promise<void>;
  /** The same for a file that is renamed or removed before long: its name need not outlast the power. */
  writeTemporary(path: string, bytes: FileBytes): Promise<void>;
  /**
   * Adds lines to a file, which is made where there is none, in one go that other writers do not tear. A break is put
   * before them where the last line lacks its own.
   * @param text whole lines, the last break included
   * @param flush waits for the disk
   * @throws ELOOP where a link stands there, ENXIO a pipe or device: both are rejected in the very call that opens
   */
  appendLines(path: string, text: string, flush: boolean): Promise<void>;
  /** Copies a file's bytes, shared where the disk can, to where nothing stands. */
  copy(from: string, to: string): Promise<void>;
  /** Copies a file or a link as it is, times included, to where nothing stands. */
  copyAsIs(from: string, to: string): Promise<void>;
  /** Makes one folder. @throws EEXIST, ENOENT without the one above */
  makeFolder(path: string): Promise<void>;
  /** What stands at the new path is replaced, a folder only where it is empty. */
  rename(from: string, to: string): Promise<void>;
  /** @returns whether there was a file */
  remove(path: string): Promise<boolean>;
  /** @throws ENOTEMPTY */
  removeFolder(path: string): Promise<void>;
  /** With all that is below; nothing happens where nothing stands there. */
  removeTree(path: string): Promise<void>;
  /** Removes a file should the process end before the returned function is called. */
  removeAtExit(path: string): () => void;
}

export interface OpenFile {
  /** @returns how many bytes were read; fewer than there is room for only at the end */
  read(into: Uint8Array, start: number): Promise<number>;
  close(): Promise<void>;
}

export interface ScratchFile extends OpenFile {
  /** For messages. */
  readonly name: string;
  /** Adds bytes behind those that are there, one call after the other. */
  append(bytes: Uint8Array): Promise<void>;
}

/** Threads that do the engine's jobs (see `engine/jobs.ts`), each on a platform of its own. */
export interface Workers {
  /**
   * @param threads at least one
   * @param isSmall each job works on little, so a thread need not keep room for much
   */
  open(threads: number, isSmall: boolean): WorkerPool;
}

export interface WorkerPool {
  /**
   * Has a job done. Input, result and events are plain data.
   * @param onEvent called in order, for the last time before the result is there
   * @throws what the job throws, and where the thread breaks down
   */
  run(job: string, input: unknown, onEvent: (event: unknown) => void): Promise<unknown>;
  /** Asks jobs, those to come too, to end at the next good moment. */
  stop(): void;
  /** Ends the threads, which may give back their memory only later. No job may be under way whose end matters. */
  close(): Promise<void>;
}

interface ForeignDecoder {
  /** @throws UnsupportedFormatError where it finds no sound, or the program that it needs is not there (`cause`) */
  open(path: string): Promise<ForeignStream>;
}

/** A sound that a foreign decoder reads, with its own names for the container and the codec. */
export interface ForeignStream extends SoundStream {
  readonly container: string;
  readonly codec: string;
  /** Speaker bits of its output, as in a WAV. */
  readonly channelMask: number;
  /** Length that the file states, seconds; null where it states none, or holds more than this sound. */
  readonly statedSec: number | null;
  /** What is to be said of a file that the decoder complained of, once `blocks` are walked to their end; null where it did not. */
  complaint(): string | null;
  /** Ends the decoder. Walking `blocks` to their end, or leaving them, does so too. */
  close(): void;
}

/** Files that come with the engine, by path in its package. */
export interface Shipped {
  /** Names in a folder, sorted. */
  list(folder: string): readonly string[];
  read(path: string): Promise<string>;
}
