import { ascii, type ByteReader, dataView } from './bytes.ts';

/** How long an MP4 or QuickTime file says its sound is. */
interface Statement {
  /** Units a second of the edit list. */
  readonly movieScale: number;
  /** Units a second of the track, and how many of them its samples last, delay and padding of the codec included. */
  readonly trackScale: number;
  readonly trackLength: number;
  /** The edits that show something: units of the movie, and of the track where they begin. */
  readonly edits: readonly { readonly length: number; readonly from: number }[];
  /** The length in frames that iTunes notes, null without its note. */
  readonly noted: number | null;
}

/**
 * The length of the first sound track of an MP4, M4A or QuickTime file without the delay and the padding of its codec:
 * by the edit list (ISO 14496-12 §8.6.6), or by the note of iTunes (`iTunSMPB`). Edit lists count in units that are
 * often as long as a millisecond; the length of the track, or the note, says it to the frame where they agree, and else the
 * longest is given that rounds to what is stated.
 *
 * @param sampleRate Hz, of the decoded sound
 * @returns frames; null where the file states none, or more than one
 */
export async function mp4SoundLength(reader: ByteReader, sampleRate: number): Promise<number | null> {
  const statement = await readStatement(reader);
  const frames = statement === null ? null : statedFrames(statement, sampleRate);
  return frames !== null && frames > 0 ? frames : null;
}

function statedFrames(statement: Statement, sampleRate: number): number | null {
  const { movieScale, trackScale, trackLength, edits, noted } = statement;
  const inFrames = (trackUnits: number) => Math.round((trackUnits * sampleRate) / trackScale);
  if (edits.length === 0) return noted ?? inFrames(trackLength);
  if (edits.length > 1) return null;
  const [{ length, from }] = edits;
  const rest = inFrames(trackLength - from);
  // An edit without a length shows all there is.
  if (length === 0) return rest;
  const unit = sampleRate / movieScale;
  const agrees = (frames: number) => Math.abs(frames - length * unit) <= Math.max(1, unit);
  if (agrees(rest)) return rest;
  if (noted !== null && agrees(noted)) return noted;
  return Math.floor(Number.isInteger(1 / unit) ? length * unit : (length + 1) * unit);
}

async function readStatement(reader: ByteReader): Promise<Statement | null> {
  const movie = await findBox(reader, { start: 0, end: reader.size }, ['moov']);
  // The length of what comes in fragments is not in the head of the file.
  if (movie === null || (await findBox(reader, movie, ['mvex'])) !== null) return null;
  const track = await soundTrack(reader, movie);
  const movieTime = await readTime(reader, await findBox(reader, movie, ['mvhd']));
  if (track === null || movieTime === null) return null;
  const trackTime = await readTime(reader, await findBox(reader, track, ['mdia', 'mdhd']));
  if (trackTime === null) return null;
  return {
    movieScale: movieTime.scale,
    trackScale: trackTime.scale,
    trackLength: trackTime.length,
    edits: await readEdits(reader, await findBox(reader, track, ['edts', 'elst'])),
    noted: await readNote(reader, movie),
  };
}

/** Bytes of the file. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A file has a dozen boxes on a level; a damaged one of empty boxes must not keep us. */
const MOST_BOXES = 4096;

/** The boxes that lie in `span`: their names and what they hold (ISO 14496-12 §4.2). */
async function* boxes(reader: ByteReader, span: Span): AsyncGenerator<Span & { readonly name: string }> {
  let start = span.start;
  for (let count = 0; count < MOST_BOXES && start + 8 <= span.end; count++) {
    const head = await reader.read(start, 16);
    if (head.length < 8) return;
    const view = dataView(head);
    let size = view.getUint32(0);
    let headLength = 8;
    if (size === 1 && head.length === 16) {
      size = Number(view.getBigUint64(8));
      headLength = 16;
    } else if (size === 0) {
      size = span.end - start;
    }
    if (size < headLength) return;
    yield { name: ascii(head, 4, 4), start: start + headLength, end: Math.min(span.end, start + size) };
    start += size;
  }
}

/** What the first box of this path holds. */
async function findBox(reader: ByteReader, span: Span, path: readonly string[]): Promise<Span | null> {
  for await (const box of boxes(reader, span)) {
    if (box.name !== path[0]) continue;
    return path.length === 1 ? box : findBox(reader, box, path.slice(1));
  }
  return null;
}

/** The first track of sound, which is the one that is decoded. */
async function soundTrack(reader: ByteReader, movie: Span): Promise<Span | null> {
  for await (const box of boxes(reader, movie)) {
    if (box.name !== 'trak') continue;
    const handler = await findBox(reader, box, ['mdia', 'hdlr']);
    if (handler !== null && ascii(await reader.read(handler.start + 8, 4), 0, 4) === 'soun') return box;
  }
  return null;
}

/** Scale and length of a movie header or a media header (§8.2.2, §8.4.2); null where they are not known. */
async function readTime(
  reader: ByteReader,
  box: Span | null,
): Promise<{ scale: number; length: number } | null> {
  if (box === null) return null;
  const bytes = await reader.read(box.start, 32);
  if (bytes.length < 32) return null;
  const view = dataView(bytes);
  const isLong = bytes[0] === 1;
  const scale = view.getUint32(isLong ? 20 : 12);
  const length = isLong ? Number(view.getBigUint64(24)) : view.getUint32(16);
  return scale === 0 || length >= 0xffffffff ? null : { scale, length };
}

/** More edits than this are no delay and padding. */
const MOST_EDITS = 16;

async function readEdits(reader: ByteReader, box: Span | null): Promise<{ length: number; from: number }[]> {
  if (box === null) return [];
  const head = await reader.read(box.start, 8);
  if (head.length < 8) return [];
  const isLong = head[0] === 1;
  const entryLength = isLong ? 20 : 12;
  const count = Math.min(MOST_EDITS, dataView(head).getUint32(4));
  const start = box.start + 8;
  const bytes = await reader.read(start, Math.max(0, Math.min(count * entryLength, box.end - start)));
  const view = dataView(bytes);
  const edits: { length: number; from: number }[] = [];
  for (let at = 0; at + entryLength <= bytes.length; at += entryLength) {
    const length = isLong ? Number(view.getBigUint64(at)) : view.getUint32(at);
    const from = isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    // An edit from -1 shows nothing: the track begins later.
    if (from >= 0) edits.push({ length, from });
  }
  return edits;
}

/** Its text: a zero, the delay, the padding and the length, in hexadecimal digits. */
const NOTE = /^ ?[0-9A-F]{8} [0-9A-F]{8} [0-9A-F]{8} ([0-9A-F]{16})/;

async function readNote(reader: ByteReader, movie: Span): Promise<number | null> {
  const meta = await findBox(reader, movie, ['udta', 'meta']);
  if (meta === null) return null;
  // Version and flags stand in front of its boxes.
  const list = await findBox(reader, { start: meta.start + 4, end: meta.end }, ['ilst']);
  if (list === null) return null;
  for await (const item of boxes(reader, list)) {
    if (item.name !== '----') continue;
    const name = await findBox(reader, item, ['name']);
    if (name === null || ascii(await reader.read(name.start + 4, 8), 0, 8) !== 'iTunSMPB') continue;
    const data = await findBox(reader, item, ['data']);
    const text = data === null ? '' : ascii(await reader.read(data.start + 8, 64), 0, 64);
    const digits = NOTE.exec(text)?.[1];
    return digits === undefined ? null : Number.parseInt(digits, 16);
  }
  return null;
}
