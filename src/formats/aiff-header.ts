import { pow } from '../dsp/maths.ts';
import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import { appleOrder, LONGEST_LAYOUT } from './apple-layout.ts';
import { bFormatNotice } from './b-format.ts';
import { ascii, type ByteReader, dataView } from './bytes.ts';
import { MOST_CHUNKS, nextChunk, type Span, secondFileNotice } from './chunks.ts';
import { assertPlausible, extentWarning, type PcmEncoding, type PcmHeader } from './pcm-layout.ts';
import { isEmpty, soundExtent, UNKNOWN_SIZE } from './sound-extent.ts';

interface Common {
  readonly channelCount: number;
  /** Frames the file says it has. */
  readonly frames: number;
  readonly sampleRate: number;
  readonly encoding: PcmEncoding;
  readonly bytesPerSample: number;
  readonly littleEndian: boolean;
}

/**
 * Reads the header of an AIFF (Apple, version 1.3) or AIFC file, chunks in any order. Where channels are more than two, Apple's chunk
 * `CHAN` says what they are.
 * Compression types NONE, twos, sowt, raw, in24, in32, fl32, fl64, alaw, ulaw. Integers are signed.
 *
 * @throws MalformedFileError without a usable `COMM` and `SSND` chunk
 * @throws UnsupportedFormatError for another compression, or a rate outside 8–192 kHz
 */
export async function readAiffHeader(reader: ByteReader): Promise<PcmHeader> {
  const { name } = reader;
  const compressed = ascii(await reader.read(8, 4), 0, 4) === 'AIFC';
  let common: Common | null = null;
  let sound: Span | null = null;
  let speakers: Uint8Array | null = null;
  let offset = 12;
  for (let count = 0; count < MOST_CHUNKS && offset + 8 <= reader.size; count++) {
    const head = await reader.read(offset, 12);
    const view = dataView(head);
    const id = ascii(head, 0, 4);
    const size = view.getUint32(4);
    if (id === 'COMM' && common === null) {
      common = parseCommon(name, await reader.read(offset + 8, Math.min(size, 22)), compressed);
    }
    if (id === 'SSND' && sound === null && head.length === 12) {
      // Eight bytes (offset, block size) stand before the samples; the offset skips alignment padding.
      const skipped = 8 + view.getUint32(8);
      sound = { offset: offset + 8 + skipped, size: Math.max(0, size - skipped) };
    }
    if (id === 'CHAN' && speakers === null) {
      speakers = await reader.read(offset + 8, Math.min(size, LONGEST_LAYOUT));
    }
    if (common !== null && sound !== null && (common.channelCount < 3 || speakers !== null)) break;
    offset = await nextChunk(reader, { offset: offset + 8, size }, false);
  }
  if (common === null) {
    throw new MalformedFileError(
      `“${name}” has no COMM chunk, so its samples cannot be understood; export it again.`,
    );
  }
  if (sound === null) {
    throw new MalformedFileError(
      `“${name}” has no SSND chunk, so there is nothing to hear; export it again.`,
    );
  }
  const { frames: claimed, ...format } = common;
  const { frameCount, warning } = await countFrames(reader, claimed, format, sound);
  const end = sound.offset + frameCount * format.bytesPerSample * format.channelCount;
  const channelOrder = (speakers && appleOrder(speakers, format.channelCount)) ?? 'aiff';
  return {
    layout: {
      ...format,
      containerBytes: format.bytesPerSample,
      fullScale: 1,
      dataOffset: sound.offset,
      frameCount,
      channelMask: 0,
      channelOrder,
    },
    warnings: [
      warning,
      await secondFileNotice(reader, end),
      bFormatNotice(name, channelOrder, format.channelCount),
    ].filter((said) => said !== null),
  };
}

function parseCommon(name: string, bytes: Uint8Array, compressed: boolean): Common {
  if (bytes.length < (compressed ? 22 : 18)) {
    throw new MalformedFileError(`“${name}” has a COMM chunk that is cut off; export it again.`);
  }
  const view = dataView(bytes);
  const channelCount = view.getInt16(0);
  // Whole Hertz, as in every other format; no recorder has run at half a one.
  const sampleRate = Math.round(extendedFloat(view, 8));
  const compression = compressed ? ascii(bytes, 18, 4) : 'NONE';
  const bits = view.getInt16(6);
  assertPlausible(name, sampleRate, channelCount);
  const coding = codingOf(compression, bits);
  if (coding === null) {
    throw new UnsupportedFormatError(
      `“${name}” is an AIFF with compression “${compression}” at ${bits} bits, which cannot be read; convert it to PCM.`,
      { context: { name, codec: compression, bits } },
    );
  }
  return { channelCount, frames: view.getUint32(2), sampleRate, ...coding };
}

function codingOf(
  compression: string,
  bits: number,
): Pick<Common, 'encoding' | 'bytesPerSample' | 'littleEndian'> | null {
  const width = Math.ceil(bits / 8);
  const integerWidth = width >= 1 && width <= 4 ? width : null;
  const coding = (encoding: PcmEncoding, bytesPerSample: number | null, littleEndian = false) =>
    bytesPerSample === null ? null : { encoding, bytesPerSample, littleEndian };
  switch (compression.toLowerCase()) {
    case 'none':
    case 'twos':
      return coding('signed', integerWidth);
    case 'sowt':
      return coding('signed', integerWidth, true);
    case 'raw ':
      return coding('unsigned', 1);
    case 'in24':
      return coding('signed', 3);
    case 'in32':
      return coding('signed', 4);
    case 'fl32':
      return coding('float', 4);
    case 'fl64':
      return coding('float', 8);
    case 'alaw':
      return coding('alaw', 1);
    case 'ulaw':
      return coding('ulaw', 1);
    default:
      return null;
  }
}

/** IEEE 754 80-bit extended: sign and 15-bit exponent, then 64 bits of mantissa with its leading 1 spelt out. */
function extendedFloat(view: DataView, offset: number): number {
  const exponent = view.getInt16(offset) - 16383;
  return (
    view.getUint32(offset + 2) * pow(2, exponent - 31) + view.getUint32(offset + 6) * pow(2, exponent - 63)
  );
}

/**
 * Frames there are: as many as SSND holds and COMM states, and more where sound lies behind what they state (libsndfile
 * and sox go by SSND as well). An SSND without a size was never finished: then COMM's count stands for it.
 */
async function countFrames(
  reader: ByteReader,
  claimed: number,
  format: Omit<Common, 'frames'>,
  sound: Span,
): Promise<{ frameCount: number; warning: string | null }> {
  const { name } = reader;
  const { sampleRate } = format;
  const frameBytes = format.bytesPerSample * format.channelCount;
  const isCounted = claimed !== 0 && claimed !== UNKNOWN_SIZE;
  const size = sound.size === 0 && isCounted ? claimed * frameBytes : sound.size;
  const { length, kind } = await soundExtent(reader, { offset: sound.offset, size }, false);
  const held = Math.floor(length / frameBytes);
  const warn = (frameCount: number, said: typeof kind, frames: number) => ({
    frameCount,
    warning: extentWarning(name, said, frameCount, frames, sampleRate),
  });
  if (!isCounted) return warn(held, held > 0 ? 'unstated' : 'stated', 0);
  if (claimed > held) return warn(held, 'short', claimed);
  if (kind === 'wrapped' || kind === 'stale') return warn(held, claimed === held ? 'stated' : kind, claimed);
  const behind = sound.offset + claimed * frameBytes;
  if (await isEmpty(reader, behind, length - claimed * frameBytes)) return warn(claimed, 'stated', claimed);
  return warn(held, 'stale', claimed);
}
