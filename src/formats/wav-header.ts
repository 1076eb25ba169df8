import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import { bFormatNotice, isAmbGuid, statedBFormat } from './b-format.ts';
import { ascii, type ByteReader, dataView } from './bytes.ts';
import { MOST_CHUNKS, nextChunk, type Span, secondFileNotice } from './chunks.ts';
import type { ChannelOrder } from './downmix.ts';
import { assertPlausible, extentWarning, type PcmEncoding, type PcmHeader } from './pcm-layout.ts';
import { coolEditScale, sampleForm } from './sample-form.ts';
import { soundExtent, UNKNOWN_SIZE } from './sound-extent.ts';

/** wFormatTag values (RFC 2361, mmreg.h). */
const PCM = 0x0001;
const IEEE_FLOAT = 0x0003;
const ALAW = 0x0006;
const MULAW = 0x0007;
const EXTENSIBLE = 0xfffe;

/** Enough of `fmt ` for WAVEFORMATEXTENSIBLE. */
const FORMAT_LENGTH = 40;

interface WavFormat {
  readonly encoding: PcmEncoding;
  /** As stated. */
  readonly bits: number;
  readonly bytesPerSample: number;
  readonly channelCount: number;
  readonly sampleRate: number;
  readonly channelMask: number;
  /** Whether it is WAVEFORMATEXTENSIBLE, and of the sub-format that is ambisonic. */
  readonly isExtensible: boolean;
  readonly isAmbisonic: boolean;
}

type StoredSamples = Pick<
  PcmHeader['layout'],
  'encoding' | 'bytesPerSample' | 'containerBytes' | 'fullScale'
>;

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
  const littleEndian = ascii(riff, 0, 4) !== 'RIFX';
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
  const { channelCount, sampleRate, channelMask } = format;
  const { length, kind } = await soundExtent(reader, dataSpan, littleEndian);
  const frameBytes = format.bytesPerSample * channelCount;
  const frameCount = Math.floor(length / frameBytes);
  const sound: Span = { offset: dataSpan.offset, size: length };
  const channelOrder = await orderOf(reader, format, sound, littleEndian);
  const claimed = Math.floor(dataSpan.size / frameBytes);
  const warnings = [
    extentWarning(name, kind, frameCount, claimed, sampleRate),
    bFormatNotice(name, channelOrder, channelCount),
    await secondFileNotice(reader, sound.offset + length),
  ].filter((warning) => warning !== null);
  return {
    layout: {
      ...(await storedSamples(reader, format, sound, littleEndian)),
      littleEndian,
      channelCount,
      sampleRate,
      channelMask,
      channelOrder,
      dataOffset: sound.offset,
      frameCount,
    },
    warnings,
  };
}

/** Without speaker bits, channels are no more than tracks, unless the file says that they are B-format. */
async function orderOf(
  reader: ByteReader,
  { channelCount, channelMask, isAmbisonic }: WavFormat,
  sound: Span,
  littleEndian: boolean,
): Promise<ChannelOrder> {
  if (channelCount < 3) return 'tracks';
  if (isAmbisonic) return 'fuma';
  if (channelMask !== 0) return 'tracks';
  return (await statedBFormat(reader, sound, channelCount, littleEndian)) ?? 'tracks';
}

/** How samples are stored, by what they are where the header leaves it open: four bytes under the plain tag for PCM. */
async function storedSamples(
  reader: ByteReader,
  { encoding, bits, bytesPerSample, isExtensible }: WavFormat,
  sound: Span,
  littleEndian: boolean,
): Promise<StoredSamples> {
  const asStated = { encoding, bytesPerSample, containerBytes: bytesPerSample, fullScale: 1 };
  if (encoding !== 'signed' || bytesPerSample !== 4 || isExtensible) return asStated;
  const form = await sampleForm(reader, sound, littleEndian, bits);
  if (form === 'float') return { ...asStated, encoding: 'float', fullScale: coolEditScale(bits) };
  return form === 'right' ? { ...asStated, bytesPerSample: 3 } : asStated;
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
    if (id === 'ds64' && head.length >= 24) longDataSize = longSize(view.getBigUint64(16, littleEndian));
    if (id === 'fmt ' && format === null) format = { offset: offset + 8, size };
    if (id === 'data' && data === null) {
      if (longDataSize !== null && (size === UNKNOWN_SIZE || size === 0)) size = longDataSize;
      data = { offset: offset + 8, size };
    }
    if (format !== null && data !== null) break;
    offset = await nextChunk(reader, { offset: offset + 8, size }, littleEndian);
  }
  return { format, data };
}

/** A size of 64 bits; one that no disk holds was never filled in. */
function longSize(size: bigint): number {
  return size > BigInt(Number.MAX_SAFE_INTEGER) ? UNKNOWN_SIZE : Number(size);
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
  const isExtensible = tag === EXTENSIBLE && bytes.length >= 26;
  if (isExtensible) {
    channelMask = view.getUint32(20, littleEndian);
    // The sub-format GUID begins with the plain format's tag.
    tag = view.getUint16(24, littleEndian);
  }
  const isAmbisonic = isExtensible && isAmbGuid(bytes.subarray(26));
  assertPlausible(name, sampleRate, channelCount);
  const bytesPerSample = sampleLength(bits, blockAlign, channelCount);
  const encoding = encodingOf(tag, bytesPerSample);
  if (encoding === null) {
    throw new UnsupportedFormatError(
      `“${name}” is a WAV with codec 0x${tag.toString(16).padStart(4, '0')} at ${bits} bits, which cannot be read; convert it to PCM.`,
      { context: { name, codec: tag, bits } },
    );
  }
  return {
    encoding,
    bits,
    bytesPerSample,
    channelCount,
    sampleRate,
    channelMask,
    isExtensible,
    isAmbisonic,
  };
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
