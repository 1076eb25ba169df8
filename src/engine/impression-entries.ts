/** The lines of `.afterglow-impressions`: how they are written, and added by several threads at once. */
import { entryLines, type FileEntry } from '../archive/entry-file.ts';
import { join } from '../paths.ts';
import type { OpenFile, Platform } from '../platform/platform.ts';
import { fromBase64, toBase64 } from '../report/page/base64.ts';
import type { Impression, MadeImpression } from './impression.ts';
import { IMPRESSION_CODE } from './impression-code.ts';

/** The first line. Another for another form of the lines, or another way to make what they hold. */
export const HEAD = `afterglow impressions 1 ${IMPRESSION_CODE}`;

export function impressionsPath(exportFolder: string): string {
  return join(exportFolder, '.afterglow-impressions');
}

/** What was noted of a texture's file. */
export interface NotedFile {
  /** Empty where that was not sure. */
  readonly stamp: string;
  readonly sha256: string;
}

export type Picture = Pick<Impression, 'picture' | 'shapes'>;

/**
 * Makes a file that may be added to, before several do: what another engine began is of no use, and gives way. Should that
 * fail, what is added is of no use either, and is made again; that is all.
 */
export async function beginImpressions(platform: Platform, exportFolder: string): Promise<void> {
  const path = impressionsPath(exportFolder);
  const head = new TextEncoder().encode(`${HEAD}\n`);
  try {
    const file = await openIfThere(platform, path);
    const begins = new Uint8Array(head.length);
    await file?.read(begins, 0).finally(() => file.close());
    if (head.every((byte, i) => byte === begins[i])) return;
    await platform.files.remove(path);
    await platform.files.appendLines(path, `${HEAD}\n`, false);
  } catch {
    // It is made again.
  }
}

/** Adds lines to a file that was begun, all at once. Should that fail, they are made again another time. */
export async function addEntries(
  platform: Platform,
  exportFolder: string,
  entries: readonly FileEntry[],
): Promise<void> {
  const lines = entryLines(entries);
  await platform.files.appendLines(impressionsPath(exportFolder), lines, false).catch(() => undefined);
}

/** The lines of an impression. @param path of the texture under the export folder */
export function impressionEntries(
  path: string,
  { key, sha256, stamp, embedding, picture, shapes }: MadeImpression,
): FileEntry[] {
  return [
    embeddingEntry(key, embedding),
    { kind: 'picture', key, contents: `${JSON.stringify(shapes)} ${toBase64(picture)}` },
    fileEntry(path, { sha256, stamp }),
  ];
}

export function embeddingEntry(key: string, { buffer, byteOffset, byteLength }: Float32Array): FileEntry {
  return { kind: 'embedding', key, contents: toBase64(new Uint8Array(buffer, byteOffset, byteLength)) };
}

export function fileEntry(path: string, { sha256, stamp }: NotedFile): FileEntry {
  return { kind: 'file', key: sha256, contents: JSON.stringify([path, stamp]) };
}

/** @param base64 the bytes of the small preview */
export function previewEntry(key: string, base64: string): FileEntry {
  return { kind: 'preview', key, contents: base64 };
}

/** The inverse, of a picture's contents. */
export function pictureIn(contents: Uint8Array): Picture {
  const [shapes, picture] = new TextDecoder().decode(contents).split(' ');
  return { picture: fromBase64(picture), shapes: JSON.parse(shapes) };
}

/** Null where there is none, or something else stands in its place. */
export async function openIfThere({ files }: Platform, path: string): Promise<OpenFile | null> {
  const found = await files.stat(path).catch(() => null);
  return found?.kind === 'file' ? files.open(path).catch(() => null) : null;
}
