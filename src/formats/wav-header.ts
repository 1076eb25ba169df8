import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import { ascii, type ByteReader, dataView } from './bytes.ts';
import { assertPlausible, cutShort, type PcmEncoding, type PcmHeader } from './pcm-layout.ts';

/** wFormatTag values (RFC 2361, mmreg.h). */
const PCM = 0x0001;
const IEEE_FLOAT = 0x0003;
const ALAW = 0x0006;
const MULAW = 0x0007;
const EXTENSIBLE = 0xfffe;

/** A size a streaming writer leaves behind, or one that sends the reader to `ds64`. */
const UNKNOWN_SIZE = 0xffffffff;

/** Nobody writes more; a damaged file of empty chunks must not keep us for hours. */
const MOST_CHUNKS = 4096;

/** Enough of `fmt ` for WAVEFORMATEXTENSIBLE. */
const FORMAT_LENGTH = 40;

interface Span {
  readonly offset: number;
  readonly size: number;
}

interface WavFormat {
  readonly tag: number;
  readonly encoding: PcmEncoding;
  readonly bytesPerSample: number;
  readonly channelCount: number;
  readonly sampleRate: number;
  readonly channelMask: number;
}

/**
 * Reads the header of a WAV file: RIFF, RIFX, RF64 (EBU Tech 3306) or BW64 (ITU-R BS.2088), chunks in any order.
 * Sizes are believed only as far as the file reaches; what was wrong is in `warnings`.
 *
 * @throws MalformedFileError without a usable `fmt ` and `data` chunk
 * @throws UnsupportedFormatError for a codec other than PCM, float, A-law and µ-law, or a rate outside 8–192 kHz
 */
export async function readWavHeader(reader: ByteReader): Promise<PcmHeader> {
  const { name } = reader;
  const riff = await reader.read(0, 12);
  const kind = ascii(riff, 0, 4);
  const littleEndian = kind !== 'RIFX';
  const { format: formatSpan, data: dataSpan } = await findChunks(reader, littleEndian);
  if (formatSpan === null) {
    throw new MalformedFileError(
      `“${name}” has no fmt chunk, so its samples cannot be understood; export it again.`,
    );
  }
  const formatBytes = await reader.read(formatSpan.offset, Math.min(formatSpan.size, FORMAT_LENGTH));
  const format = parseFormat(name, formatBytes, littleEndian);
  if (dataSpan === null) {
    throw new MalformedFileError(
      `“${name}” has no data chunk, so there is nothing to hear; export it again.`,
    );
  }
  const warnings: string[] = [];
  const frameBytes = format.bytesPerSample * format.channelCount;
  const frameCount = Math.floor(await dataLength(reader, dataSpan, warnings, frameBytes, format.sampleRate));
  return {
    layout: {
      encoding: format.encoding,
      bytesPerSample: format.bytesPerSample,
      littleEndian,
      channelCount: format.channelCount,
      sampleRate: format.sampleRate,
      dataOffset: dataSpan.offset,
      frameCount,
      channelMask: format.channelMask,
    },
    warnings,
  };
}

/** Walks the chunks until both that matter are found. */
async function findChunks(
  reader: ByteReader,
  littleEndian: boolean,
): Promise<{ format: Span | null; data: Span | null }> {
  let format: Span | null = null;
  let data: Span | null = null;
  let longDataSize: number | null = null;
  let offset = 12;
  for (let count = 0; count < MOST_CHUNKS && offset + 8 <= reader.size; count++) {
    // 16 bytes more than the chunk's own header, because ds64 keeps the data size in its second eight.
    const head = await reader.read(offset, 24);
    const view = dataView(head);
    const id = ascii(head, 0, 4);
    let size = view.getUint32(4, littleEndian);
    if (id === 'ds64' && head.length >= 24) longDataSize = Number(view.getBigUint64(16, littleEndian));
    if (id === 'fmt ' && format === null) format = { offset: offset + 8, size };
    if (id === 'data' && data === null) {
      if (longDataSize !== null && size === UNKNOWN_SIZE) size = longDataSize;
      data = { offset: offset + 8, size };
    }
    if (format !== null && data !== null) break;
    // Chunks are padded to an even length (Multimedia Programming Interface 1.0, 1991).
    offset += 8 + size + (size % 2);
  }
  return { format, data };
}

function parseFormat(name: string, bytes: Uint8Array, littleEndian: boolean): WavFormat {
  if (bytes.length < 14) {
    throw new MalformedFileError(`“${name}” has a fmt chunk that is cut off; export it again.`);
  }
  const view = dataView(bytes);
  let tag = view.getUint16(0, littleEndian);
  const channelCount = view.getUint16(2, littleEndian);
  const sampleRate = view.getUint32(4, littleEndian);
  const blockAlign = view.getUint16(12, littleEndian);
  const bits = bytes.length >= 16 ? view.getUint16(14, littleEndian) : 0;
  let channelMask = 0;
  if (tag === EXTENSIBLE && bytes.length >= 26) {
    channelMask = view.getUint32(20, littleEndian);
    // The sub-format GUID begins with the plain format's tag.
    tag = view.getUint16(24, littleEndian);
  }
  assertPlausible(name, sampleRate, channelCount);
  const bytesPerSample = sampleLength(bits, blockAlign, channelCount);
  const encoding = encodingOf(tag, bytesPerSample);
  if (encoding === null) {
    throw new UnsupportedFormatError(
      `“${name}” is a WAV with codec 0x${tag.toString(16).padStart(4, '0')} at ${bits} bits, which cannot be read; convert it to PCM.`,
      { context: { name, codec: tag, bits } },
    );
  }
  return { tag, encoding, bytesPerSample, channelCount, sampleRate, channelMask };
}

/**
 * Bytes a sample. nBlockAlign decides where it is sound (24 bits may lie in four bytes),
 * the bit depth where it is not.
 */
function sampleLength(bits: number, blockAlign: number, channelCount: number): number {
  const fromBits = Math.ceil(bits / 8);
  const fromBlock = blockAlign / channelCount;
  if (Number.isInteger(fromBlock) && fromBlock >= Math.max(1, fromBits) && fromBlock <= 8) return fromBlock;
  return fromBits;
}

function encodingOf(tag: number, bytesPerSample: number): PcmEncoding | null {
  if (tag === PCM && bytesPerSample === 1) return 'unsigned';
  if (tag === PCM && bytesPerSample >= 2 && bytesPerSample <= 4) return 'signed';
  if (tag === IEEE_FLOAT && (bytesPerSample === 4 || bytesPerSample === 8)) return 'float';
  if (tag === ALAW && bytesPerSample === 1) return 'alaw';
  if (tag === MULAW && bytesPerSample === 1) return 'ulaw';
  return null;
}

/** Frames the data chunk really holds; adds a warning where its size lies. */
async function dataLength(
  reader: ByteReader,
  data: Span,
  warnings: string[],
  frameBytes: number,
  sampleRate: number,
): Promise<number> {
  const available = Math.max(0, reader.size - data.offset);
  const frames = Math.floor(available / frameBytes);
  const unknown =
    data.size === UNKNOWN_SIZE || (data.size === 0 && !(await chunkFollows(reader, data.offset)));
  if (unknown && available > 0) {
    warnings.push(`“${reader.name}” does not say how long it is; it is read to its end.`);
    return frames;
  }
  if (data.size > available) {
    warnings.push(cutShort(reader.name, frames, Math.floor(data.size / frameBytes), sampleRate));
    return frames;
  }
  return Math.floor(data.size / frameBytes);
}

/** Tells an empty data chunk with others behind it from a size that was never filled in. */
async function chunkFollows(reader: ByteReader, offset: number): Promise<boolean> {
  const head = await reader.read(offset, 8);
  if (head.length < 8) return true;
  const size = dataView(head).getUint32(4, true);
  return /^[A-Za-z][A-Za-z0-9 _-]{3}$/.test(ascii(head, 0, 4)) && offset + 8 + size <= reader.size;
}
