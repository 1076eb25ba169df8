/**
 * `.afterglow-impressions` in an export folder: impressions of its textures and small previews, by the digest of their
 * file and whether they loop, and which file had which digest when it was last looked at. What is damaged, torn or missing is made again.
 */
import {
  contentsAt,
  type EntryPlace,
  entryLines,
  type FileEntry,
  readEntries,
  type TakeEntry,
} from '../archive/entry-file.ts';
import { writeAtomic } from '../archive/write.ts';
import { EMBEDDING_SIZE } from '../curation/embedding.ts';
import type { OpenFile, Platform } from '../platform/platform.ts';
import { fromBase64 } from '../report/page/base64.ts';
import { impressionKey } from './impression.ts';
import {
  addEntries,
  beginImpressions,
  embeddingEntry,
  fileEntry,
  HEAD,
  impressionsPath,
  type NotedFile,
  openIfThere,
  type Picture,
  pictureIn,
} from './impression-entries.ts';

/** A file with less in it that is of no use is left as it is. */
const WORTH_PRUNING = 1_000_000;
const EMBEDDING_BYTES = 4 * EMBEDDING_SIZE;

/** What is kept of one sound. */
interface KeptSound {
  embedding: Float32Array | null;
  picture: EntryPlace | null;
  preview: EntryPlace | null;
}

export interface ImpressionFile {
  /** What is known of the file of a texture. @param path under the export folder */
  noted(path: string): NotedFile | undefined;
  /** Whether the whole impression of a sound is there. @param key see {@link impressionKey} */
  has(key: string): boolean;
  embedding(key: string): Float32Array | null;
  picture(key: string): Promise<Picture | null>;
  /** In base64, as the page has it. */
  preview(key: string): Promise<Uint8Array | null>;
  /** Adds lines. Should that fail, they are made again another time; that is all. */
  add(entries: readonly FileEntry[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads what there is. Where most of it is of no use any more, it is written anew without that.
 * @param isWritable whether anything may be written; else {@link ImpressionFile.add} does nothing
 * @param isUsed whether a path under the export folder is still a texture's
 */
export async function openImpressionFile(
  platform: Platform,
  exportFolder: string,
  isWritable: boolean,
  isUsed: (path: string) => boolean,
): Promise<ImpressionFile> {
  const path = impressionsPath(exportFolder);
  const read = await readFile(platform, path);
  if (!isWritable || !(await pruned(platform, exportFolder, read, isUsed))) {
    return fileOf(platform, exportFolder, isWritable, read);
  }
  await read.file?.close();
  return fileOf(platform, exportFolder, isWritable, await readFile(platform, path));
}

/** A file that was gone through. */
interface ReadFile {
  readonly file: OpenFile | null;
  /** Bytes; 0 where it holds nothing. */
  readonly size: number;
  readonly notes: ReadonlyMap<string, NotedFile>;
  /** By {@link impressionKey}. */
  readonly sounds: ReadonlyMap<string, KeptSound>;
}

async function readFile(platform: Platform, path: string): Promise<ReadFile> {
  const notes = new Map<string, NotedFile>();
  const sounds = new Map<string, KeptSound>();
  const file = await openIfThere(platform, path);
  const take: TakeEntry = (kind, key, contents, place) => {
    if (kind === 'file') takeNote(notes, key, contents);
    else takeSound(sounds, kind, key, contents, place);
  };
  return { file, notes, sounds, size: file ? await readEntries(file, HEAD, take) : 0 };
}

function fileOf(
  platform: Platform,
  exportFolder: string,
  isWritable: boolean,
  { file, size, notes, sounds }: ReadFile,
): ImpressionFile {
  let begun: Promise<void> | null = size > 0 ? Promise.resolve() : null;
  const contentsOf = async (place: EntryPlace | null | undefined) =>
    place && file ? contentsAt(file, place) : null;
  return {
    noted: (texture) => notes.get(texture),
    has: (key) => Boolean(sounds.get(key)?.embedding && sounds.get(key)?.picture),
    embedding: (key) => sounds.get(key)?.embedding ?? null,
    async picture(key) {
      const contents = await contentsOf(sounds.get(key)?.picture);
      return contents && pictureIn(contents);
    },
    preview: (key) => contentsOf(sounds.get(key)?.preview),
    async add(entries) {
      if (!isWritable || entries.length === 0) return;
      begun ??= beginImpressions(platform, exportFolder);
      await begun;
      await addEntries(platform, exportFolder, entries);
    },
    async close() {
      await file?.close();
    },
  };
}

/** Writes a file anew where most of it is of no use. @returns whether it did */
async function pruned(
  platform: Platform,
  exportFolder: string,
  { file, size, notes, sounds }: ReadFile,
  isUsed: (path: string) => boolean,
): Promise<boolean> {
  if (!file || size < WORTH_PRUNING) return false;
  const keptNotes = [...notes].filter(([path]) => isUsed(path));
  const used = new Set(
    keptNotes.flatMap(([, { sha256 }]) => [true, false].map((isLoop) => impressionKey(sha256, isLoop))),
  );
  const keptSounds = [...sounds].filter(([key]) => used.has(key));
  const bytes = keptSounds.reduce((sum, [, sound]) => sum + bytesOf(sound), 0);
  if (2 * bytes > size) return false;
  const lines = keptLines(file, keptNotes, keptSounds);
  return writeAtomic(platform, impressionsPath(exportFolder), lines, exportFolder).then(
    () => true,
    () => false,
  );
}

const decoder = new TextDecoder();

function takeNote(notes: Map<string, NotedFile>, sha256: string, contents: Uint8Array): void {
  const [path, stamp] = JSON.parse(decoder.decode(contents)) as [string, string];
  notes.set(path, { sha256, stamp });
}

function takeSound(
  sounds: Map<string, KeptSound>,
  kind: string,
  key: string,
  contents: Uint8Array,
  place: EntryPlace,
): void {
  const sound = sounds.get(key) ?? { embedding: null, picture: null, preview: null };
  sounds.set(key, sound);
  if (kind === 'embedding') {
    const { buffer } = fromBase64(decoder.decode(contents));
    if (buffer.byteLength === EMBEDDING_BYTES) sound.embedding = new Float32Array(buffer);
  } else if (kind === 'picture') sound.picture = place;
  else if (kind === 'preview') sound.preview = place;
}

/** Of the lines that count, if several were added. */
function bytesOf({ picture, preview }: KeptSound): number {
  return EMBEDDING_BYTES + (picture?.length ?? 0) + (preview?.length ?? 0);
}

/** A file of these, piece by piece. */
async function* keptLines(
  file: OpenFile,
  notes: readonly (readonly [path: string, noted: NotedFile])[],
  sounds: readonly (readonly [key: string, sound: KeptSound])[],
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${HEAD}\n`);
  yield encoder.encode(entryLines(notes.map(([path, noted]) => fileEntry(path, noted))));
  for (const [key, { embedding, picture, preview }] of sounds) {
    const entries: FileEntry[] = embedding ? [embeddingEntry(key, embedding)] : [];
    for (const [kind, place] of [
      ['picture', picture],
      ['preview', preview],
    ] as const) {
      if (place) entries.push({ kind, key, contents: decoder.decode(await contentsAt(file, place)) });
    }
    yield encoder.encode(entryLines(entries));
  }
}
