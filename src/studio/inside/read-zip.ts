/** Files out of a ZIP that somebody brought, read in place: PKWARE APPNOTE 6.3.10, stored or deflated, without ZIP64 and passwords. */
import type { Brought } from './messages.ts';

const END = 0x06054b50;
/** Bytes of the end record, and the longest comment behind it. */
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;

/** A file in a ZIP, not yet read. */
export interface ZipEntry {
  /** With slashes. */
  readonly path: string;
  /** @throws Error where its bytes are not there, or packed in another way */
  file(): Promise<File>;
}

/** @returns its files, without folders; null where it is no ZIP that can be read */
export async function zipEntries(zip: Blob): Promise<readonly ZipEntry[] | null> {
  const tail = await viewOf(zip.slice(-(END_LENGTH + LONGEST_COMMENT)));
  let end = tail.byteLength - END_LENGTH;
  while (end >= 0 && tail.getUint32(end, true) !== END) end--;
  if (end < 0) return null;
  const start = tail.getUint32(end + 16, true);
  const directory = await viewOf(zip.slice(start, start + tail.getUint32(end + 12, true)));
  const entries: ZipEntry[] = [];
  for (let at = 0; at + CENTRAL_LENGTH <= directory.byteLength; ) {
    if (directory.getUint32(at, true) !== CENTRAL_HEADER) return null;
    const [name, extra, comment] = [28, 30, 32].map((place) => directory.getUint16(at + place, true));
    const bytes = new Uint8Array(directory.buffer, at + CENTRAL_LENGTH).subarray(0, name);
    const path = new TextDecoder().decode(bytes);
    const packed = {
      path,
      way: directory.getUint16(at + 10, true),
      size: directory.getUint32(at + 20, true),
      offset: directory.getUint32(at + 42, true),
    };
    if (!path.endsWith('/')) entries.push({ path, file: () => unpacked(zip, packed) });
    at += CENTRAL_LENGTH + name + extra + comment;
  }
  return entries;
}

interface Packed {
  readonly path: string;
  readonly way: number;
  readonly size: number;
  readonly offset: number;
}

async function unpacked(zip: Blob, { path, way, size, offset }: Packed): Promise<File> {
  const header = await viewOf(zip.slice(offset, offset + LOCAL_LENGTH));
  const start = offset + LOCAL_LENGTH + header.getUint16(26, true) + header.getUint16(28, true);
  const bytes = zip.slice(start, start + size);
  if (way === STORED) return new File([bytes], path);
  if (way !== DEFLATED) throw new Error(`“${path}” is packed in a way that is not read.`);
  const inflating = bytes.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new File([await new Response(inflating).blob()], path);
}

async function viewOf(bytes: Blob): Promise<DataView> {
  return new DataView(await bytes.arrayBuffer());
}

/** All files of a ZIP as if they had been brought. @throws Error as {@link ZipEntry} */
export async function filesOfZip(entries: readonly ZipEntry[]): Promise<Brought[]> {
  const files: Brought[] = [];
  for (const entry of entries) files.push({ path: entry.path, file: await entry.file() });
  return files;
}
