import { ascii, type ByteReader, dataView } from './bytes.ts';

/** Where a chunk's body lies: its first byte, and as many bytes as its header states. */
export interface Span {
  readonly offset: number;
  readonly size: number;
}

/** Nobody writes more; a damaged file of empty chunks must not keep us for hours. */
export const MOST_CHUNKS = 4096;

/** Chunks that programs are known to write into WAV and AIFF files, and the tags of other formats put behind them. */
const KNOWN_IDS = new Set([
  ...['fmt ', 'data', 'fact', 'LIST', 'smpl', 'inst', 'cue ', 'plst', 'bext', 'iXML', 'axml', 'cart', 'ds64'],
  ...['JUNK', 'junk', 'PAD ', 'FLLR', 'PEAK', 'acid', 'DISP', 'id3 ', 'ID3 ', '_PMX', 'umid', 'chna', 'levl'],
  ...['minf', 'elm1', 'regn', 'strc', 'afsp', 'LGWV', 'ResU', 'SAUR', 'RIFF', 'TAG ', 'APET', 'tlst', 'wavl'],
  ...['COMM', 'SSND', 'MARK', 'INST', 'MIDI', 'AESD', 'APPL', 'COMT', 'NAME', 'AUTH', '(c) ', 'ANNO', 'FVER'],
  ...['CHAN', 'basc', 'trns', 'cate', 'FORM'],
]);

interface ChunkHead {
  readonly id: string;
  readonly size: number;
}

function headAt(bytes: Uint8Array, at: number, littleEndian: boolean): ChunkHead | null {
  if (bytes.length < at + 8) return null;
  return { id: ascii(bytes, at, 4), size: dataView(bytes).getUint32(at + 4, littleEndian) };
}

/**
 * Where the chunk behind another begins. Chunks are padded to an even length (Multimedia Programming Interface 1.0,
 * 1991; EA IFF 85), which some writers forget: an odd one is followed by whatever is a chunk that is known.
 */
export async function nextChunk(reader: ByteReader, chunk: Span, littleEndian: boolean): Promise<number> {
  const end = chunk.offset + chunk.size;
  if (chunk.size % 2 === 0 || end + 8 > reader.size) return end + (chunk.size % 2);
  const bytes = await reader.read(end, 9);
  const isKnown = (at: number) => KNOWN_IDS.has(headAt(bytes, at, littleEndian)?.id ?? '');
  return isKnown(0) && !isKnown(1) ? end : end + 1;
}

/**
 * Whether chunks, and nothing else, stand from `at` to the end of a file. The last may be cut off where it is one
 * that is known, and what stands behind such a one does not matter; nothing at all is a chain of none.
 */
export async function chunksFollow(reader: ByteReader, at: number, littleEndian: boolean): Promise<boolean> {
  let offset = at;
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const head = headAt(await reader.read(offset, 8), 0, littleEndian);
    if (head === null || KNOWN_IDS.has(head.id)) return true;
    if (!/^[\x20-\x7e]{4}$/.test(head.id) || offset + 8 + head.size > reader.size) return false;
    offset = await nextChunk(reader, { offset: offset + 8, size: head.size }, littleEndian);
  }
  return true;
}

/** What to say where another WAV or AIFF stands behind the sound of one, as two that were joined byte by byte; else null. */
export async function secondFileNotice(reader: ByteReader, at: number): Promise<string | null> {
  const head = await reader.read(at, 13);
  const isFile = [0, 1].some((start) => /^(RIFF|RF64|FORM)....(WAVE|AIF[FC])$/s.test(ascii(head, start, 12)));
  if (!isFile) return null;
  return `“${reader.name}” has another file joined to its end, and only the first is read; part them to have both.`;
}
